import { Link, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { stagesActivateMutation } from '../../__generated__/stagesActivateMutation.graphql';
import type { stagesApproveMutation } from '../../__generated__/stagesApproveMutation.graphql';
import type { TaskRow_task$data, TaskRow_task$key } from '../../__generated__/TaskRow_task.graphql';
import { say } from '../../app/toast';
import { dueIn, span } from '../../lib/dates';
import { useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { Icon, type IconName } from '../../ui/Icon';
import { useCheckIn } from '../checkins/CheckInProvider';
import { activateMutation, approveMutation } from '../goals/stages';

const ICONS: Record<string, IconName> = { CHECK_IN: 'clock', APPROVAL: 'person', MILESTONE: 'flag', ACTIVATION: 'goals' };

/** One thing that is due, with the button that does it. */
export function TaskRow({ task: key }: { readonly task: TaskRow_task$key }): ReactElement | null {
  const task = useFragment(
    graphql`
      fragment TaskRow_task on Task {
        kind
        dueOn
        overdueDays
        goal {
          id
          title
          owner {
            name
          }
          viewerCan {
            checkIn
            approve
            activate
          }
        }
        milestone {
          id
          title
        }
      }
    `,
    key,
  );
  const { goal } = task;
  if (!goal) return null; // hidden since the task was made
  return (
    <li data-goal={goal.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 focus-within:bg-accent-soft/50 sm:flex-nowrap">
      <Icon name={ICONS[task.kind] ?? 'clock'} className={`size-5 self-start sm:self-center ${task.overdueDays > 0 ? 'text-warn' : 'text-muted'}`} />
      <div className="min-w-0 flex-1">
        <p>
          <Link to="/goals/$goalId" params={{ goalId: goal.id }} data-goal-link className="quiet-link font-semibold">
            {goal.title}
          </Link>
        </p>
        <p className="text-sm text-muted num">
          {what(task, goal.owner?.name)} ·{' '}
          <span className={task.overdueDays > 0 ? 'font-medium text-warn' : ''}>{task.overdueDays > 0 ? `${span(task.overdueDays)} overdue` : dueIn(task.dueOn)}</span>
        </p>
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:pl-9">
        <Doing kind={task.kind} goal={goal} milestone={task.milestone} />
      </div>
    </li>
  );
}

function what({ kind, milestone }: TaskRow_task$data, owner = 'Someone'): string {
  switch (kind) {
    case 'CHECK_IN':
      return 'Check in';
    case 'APPROVAL':
      return `${owner} asks you to approve it`;
    case 'MILESTONE':
      return `Milestone: ${milestone?.title ?? 'one you cannot see'}`;
    case 'ACTIVATION':
      return 'Approved: ready to start';
    default:
      return 'Something is due';
  }
}

interface DoingProps {
  readonly kind: TaskRow_task$data['kind'];
  readonly goal: NonNullable<TaskRow_task$data['goal']>;
  readonly milestone: TaskRow_task$data['milestone'];
}

function Doing({ kind, goal, milestone }: DoingProps): ReactElement {
  const checkIn = useCheckIn();
  const router = useRouter();
  const approve = useChange<stagesApproveMutation>(approveMutation);
  const activate = useChange<stagesActivateMutation>(activateMutation);
  const done = (sentence: string) => ({
    onDone: () => {
      say(sentence);
      void router.invalidate();
    },
    onRefused: ([problem]: readonly { message: string }[]) => say(problem?.message ?? 'That did not work.'),
  });
  const about = <span className="sr-only">: {goal.title}</span>;
  const variables = { input: { goalId: goal.id } };
  if (kind === 'CHECK_IN' && goal.viewerCan.checkIn)
    return (
      <Button look="primary" small onPress={() => checkIn(goal.id)}>
        Check in{about}
      </Button>
    );
  if (kind === 'MILESTONE' && goal.viewerCan.checkIn)
    return (
      <Button small onPress={() => checkIn(goal.id, milestone?.id)}>
        Mark done{about}
      </Button>
    );
  if (kind === 'APPROVAL' && goal.viewerCan.approve)
    return (
      <Button look="primary" small isDisabled={approve.busy} onPress={() => approve.run({ variables, ...done(`Approved: ${goal.title}`) })}>
        Approve{about}
      </Button>
    );
  if (kind === 'ACTIVATION' && goal.viewerCan.activate)
    return (
      <Button look="primary" small isDisabled={activate.busy} onPress={() => activate.run({ variables, ...done(`Started: ${goal.title}`) })}>
        Start{about}
      </Button>
    );
  return (
    <Link to="/goals/$goalId" params={{ goalId: goal.id }} className="link inline-flex min-h-7 items-center text-sm">
      Open{about}
    </Link>
  );
}
