import type { ReactElement } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import type { CountsToward_goal$key } from '../../__generated__/CountsToward_goal.graphql';
import type { CountsTowardNextQuery } from '../../__generated__/CountsTowardNextQuery.graphql';
import { count, percent } from '../../lib/numbers';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Section';
import { GoalList, GoalRow } from './GoalRow';

/** The goals below that count toward this one, each with the share it carries; hidden ones are counted, never shown. */
export function CountsToward({ goal }: { readonly goal: CountsToward_goal$key }): ReactElement | null {
  const { data, loadNext, hasNext, isLoadingNext } = usePaginationFragment<CountsTowardNextQuery, CountsToward_goal$key>(
    graphql`
      fragment CountsToward_goal on Goal
      @refetchable(queryName: "CountsTowardNextQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }) {
        children(first: $first, after: $after) @connection(key: "CountsToward_goal_children") {
          totalCount
          hiddenCount
          edges {
            node {
              id
              ...GoalRow_goal
            }
            alignment {
              shareCarried
              reason
            }
          }
        }
      }
    `,
    goal,
  );
  const { edges, hiddenCount } = data.children;
  if (edges.length === 0 && hiddenCount === 0) return null;
  return (
    <Section id="counts" title="Goals that count toward it">
      {edges.length > 0 && (
        <GoalList label="Goals that count toward this one">
          {edges.map(({ node, alignment }) => (
            <GoalRow
              key={node.id}
              goal={node}
              showOwner
              note={
                (alignment.shareCarried != null || alignment.reason) && (
                  <p className="mt-0.5 text-sm text-muted num">
                    {alignment.shareCarried != null && `Carries ${percent(alignment.shareCarried)} of this goal. `}
                    {alignment.reason}
                  </p>
                )
              }
            />
          ))}
        </GoalList>
      )}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        {hiddenCount > 0 ? (
          <p className="flex items-center gap-1.5 text-sm text-muted">
            <Icon name="hidden" className="size-4.5" />
            {count(hiddenCount, 'more goal', 'more goals')} you cannot see
          </p>
        ) : (
          <span />
        )}
        {hasNext && (
          <Button look="quiet" isDisabled={isLoadingNext} onPress={() => loadNext(20)}>
            {isLoadingNext ? 'Loading…' : 'Show more'}
          </Button>
        )}
      </div>
    </Section>
  );
}
