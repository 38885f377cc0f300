import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { Milestones_goal$key } from '../../__generated__/Milestones_goal.graphql';
import { dateOf, dueIn, shortDate, today } from '../../lib/dates';
import { percent } from '../../lib/numbers';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Section';
import { useCheckIn } from '../checkins/CheckInProvider';
import { AddMilestone } from './AddParts';

/** Dated checkpoints, done or not, in the order of their dates. */
export function Milestones({ goal }: { readonly goal: Milestones_goal$key }): ReactElement | null {
  const data = useFragment(
    graphql`
      fragment Milestones_goal on Goal {
        id
        viewerCan {
          checkIn
          addMilestone
        }
        milestones(first: 50) {
          nodes {
            id
            title
            dueDate
            weight
            doneAt
          }
        }
      }
    `,
    goal,
  );
  const checkIn = useCheckIn();
  const milestones = data.milestones.nodes.toSorted((a, b) => (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999'));
  const { checkIn: canCheckIn, addMilestone: canAdd } = data.viewerCan;
  if (milestones.length === 0 && !canAdd) return null;
  return (
    <Section id="milestones" title="Milestones" aside={canAdd && <AddMilestone goalId={data.id} />}>
      {milestones.length === 0 && <p className="text-muted">No milestones. Add one where a date along the way matters.</p>}
      {milestones.length > 0 && <ul className="panel divide-y divide-line">
      {milestones.map((milestone) => {
        const late = !milestone.doneAt && milestone.dueDate != null && milestone.dueDate < today();
        return (
          <li key={milestone.id} className="flex items-center gap-3 px-4 py-2.5">
            <Icon name={milestone.doneAt ? 'good' : late ? 'warn' : 'blank'} className={`size-5 ${milestone.doneAt ? 'text-good' : late ? 'text-warn' : 'text-muted'}`} />
            <div className="min-w-0 flex-1">
              <p>{milestone.title}</p>
              <p className="text-sm text-muted num">
                {milestone.doneAt ? `Done ${shortDate(dateOf(milestone.doneAt))}` : milestone.dueDate ? `${shortDate(milestone.dueDate)}, ${dueIn(milestone.dueDate)}` : 'No date'}
                {milestone.weight != null && ` · weight ${percent(milestone.weight)}`}
              </p>
            </div>
            {canCheckIn && !milestone.doneAt && (
              <Button small onPress={() => checkIn(data.id, milestone.id)}>
                Mark done<span className="sr-only">: {milestone.title}</span>
              </Button>
            )}
          </li>
        );
      })}
      </ul>}
    </Section>
  );
}
