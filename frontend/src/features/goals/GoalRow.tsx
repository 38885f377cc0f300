import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { GoalRow_goal$key } from '../../__generated__/GoalRow_goal.graphql';
import { dueIn, shortDate } from '../../lib/dates';
import { paceSentence } from '../../lib/pace';
import { ProgressBar } from '../../ui/ProgressBar';
import { Standing, toneOf } from './badges';

interface GoalRowProps {
  readonly goal: GoalRow_goal$key;
  /** Named where the list is not all one owner's. */
  readonly showOwner?: boolean;
  /** Whose page it is, and so need not be named. */
  readonly exceptOwner?: string;
  /** What can be done with it in place. */
  readonly action?: ReactNode;
  /** A line of its own, such as the share it carries. */
  readonly note?: ReactNode;
}

/** One goal in a list: title, where it stands in one sentence, when it is due. */
export function GoalRow({ goal, showOwner = false, exceptOwner, action, note }: GoalRowProps): ReactElement {
  const data = useFragment(
    graphql`
      fragment GoalRow_goal on Goal {
        id
        title
        status
        outcome
        health
        progress
        expectedProgress
        startDate
        dueDate
        lastObservedOn
        owner {
          id
          name
        }
      }
    `,
    goal,
  );
  const active = data.status === 'ACTIVE';
  return (
    <li data-goal={data.id} className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3 focus-within:bg-accent-soft/50 sm:flex-nowrap">
      <div className="min-w-0 flex-1 basis-full sm:basis-auto">
        <Link to="/goals/$goalId" params={{ goalId: data.id }} data-goal-link className="quiet-link font-semibold">
          {data.title}
        </Link>
        <p className="mt-0.5 text-sm text-muted num">
          {showOwner && data.owner?.id !== exceptOwner && <>{data.owner?.name ?? 'Someone you cannot see'} · </>}
          {paceSentence(data)}
          {data.dueDate && (
            <>
              {' · '}
              {active ? dueIn(data.dueDate) : `due ${shortDate(data.dueDate)}`}
            </>
          )}
        </p>
        {note}
      </div>
      {data.progress != null && (
        <ProgressBar
          value={data.progress}
          expected={active ? data.expectedProgress : null}
          tone={active ? (toneOf(data.health) === 'muted' ? 'accent' : toneOf(data.health)) : 'muted'}
          className="hidden h-1.5 w-28 shrink-0 md:block"
        />
      )}
      <div className="flex sm:w-40">
        <Standing {...data} />
      </div>
      {action && <div className="ml-auto flex shrink-0 gap-2 sm:ml-0">{action}</div>}
    </li>
  );
}

/** The box that rows stand in. */
export function GoalList({ label, children }: { readonly label?: string; readonly children: ReactNode }): ReactElement {
  return (
    <ul aria-label={label} className="panel divide-y divide-line overflow-hidden">
      {children}
    </ul>
  );
}
