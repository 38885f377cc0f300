import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { LineCrumbs_goal$key } from '../../__generated__/LineCrumbs_goal.graphql';
import { Icon } from '../../ui/Icon';

/** The line of sight in one line, from the top down to this goal, leading to the page that explains it. */
export function LineCrumbs({ goal }: { readonly goal: LineCrumbs_goal$key }): ReactElement {
  const data = useFragment(
    graphql`
      fragment LineCrumbs_goal on Goal {
        id
        status
        unalignedReason
        lineOfSight {
          __typename
          ... on Goal {
            id
            title
          }
          ... on HiddenGoal {
            level
          }
        }
      }
    `,
    goal,
  );
  const above = data.lineOfSight.slice(1).reverse();
  // Of a long way up, its top and its last two steps; the page behind the link shows them all.
  const skipped = Math.max(0, above.length - 3);
  const shown = skipped ? [above[0]!, ...above.slice(-2)] : above;
  return (
    <nav aria-label="Line of sight" className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted sm:flex-nowrap">
      <Link
        to="/goals/$goalId/line-of-sight"
        params={{ goalId: data.id }}
        className="inline-flex min-h-6 shrink-0 items-center gap-1.5 rounded-sm font-semibold text-accent hover:underline"
      >
        <Icon name="sight" className="size-4.5" />
        Line of sight
      </Link>
      {above.length === 0 ? (
        <span>· {data.unalignedReason ? `Not linked to the plan: ${data.unalignedReason}` : 'Not linked to the plan yet'}</span>
      ) : (
        <ol className="flex min-w-0 items-center gap-x-1.5 max-sm:w-full max-sm:flex-col max-sm:items-start">
          {shown.map((step, index) => (
            <li key={step.__typename === 'Goal' ? step.id : index} className="inline-flex max-w-full min-w-0 items-center gap-1.5">
              <Icon name="right" className="size-3.5" />
              {skipped > 0 && index === 1 && (
                <>
                  <span className="shrink-0">{skipped} more</span>
                  <Icon name="right" className="size-3.5" />
                </>
              )}
              {step.__typename === 'Goal' ? (
                <Link to="/goals/$goalId" params={{ goalId: step.id }} className="quiet-link inline-flex min-h-6 min-w-0 items-center">
                  <span className="truncate">{step.title}</span>
                </Link>
              ) : (
                <span className="inline-flex items-center gap-1 italic">
                  <Icon name="hidden" className="size-4" />A goal you cannot see
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </nav>
  );
}
