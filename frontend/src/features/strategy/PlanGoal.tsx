import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { PlanGoal_goal$key } from '../../__generated__/PlanGoal_goal.graphql';
import { count } from '../../lib/numbers';
import { GoalList, GoalRow } from '../goals/GoalRow';

/** A strategic goal and the objectives under it. */
export function PlanGoal({ goal }: { readonly goal: PlanGoal_goal$key }): ReactElement {
  const data = useFragment(
    graphql`
      fragment PlanGoal_goal on Goal {
        title
        ...GoalRow_goal
        children(first: 20) {
          hiddenCount
          edges {
            node {
              id
              ...GoalRow_goal
            }
          }
        }
      }
    `,
    goal,
  );
  const { edges, hiddenCount } = data.children;
  return (
    <li>
      <GoalList label={data.title}>
        <GoalRow goal={data} showOwner />
      </GoalList>
      {edges.length > 0 && (
        <div className="mt-2 ml-3 border-l-2 border-thread pl-3 sm:ml-5 sm:pl-5">
          <GoalList label={`Goals that count toward ${data.title}`}>
            {edges.map(({ node }) => (
              <GoalRow key={node.id} goal={node} showOwner />
            ))}
          </GoalList>
        </div>
      )}
      {hiddenCount > 0 && <p className="mt-1 ml-8 text-sm text-muted">{count(hiddenCount, 'more goal', 'more goals')} you cannot see</p>}
    </li>
  );
}
