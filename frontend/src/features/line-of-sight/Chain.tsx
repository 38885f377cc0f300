import { Link } from '@tanstack/react-router';
import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { Chain_goal$data, Chain_goal$key } from '../../__generated__/Chain_goal.graphql';
import { percent } from '../../lib/numbers';
import { paceSentence } from '../../lib/pace';
import { levelWord } from '../../lib/words';
import { Icon } from '../../ui/Icon';
import { Standing } from '../goals/badges';
import { chainSentence } from './chainSentence';

type Step = Chain_goal$data['lineOfSight'][number];

/** A goal's line of sight: the mission on top, this goal at the foot, and between them each goal it serves, with why. */
export function Chain({ goal: key }: { readonly goal: Chain_goal$key }): ReactElement {
  const goal = useFragment(
    graphql`
      fragment Chain_goal on Goal {
        id
        title
        shareCarried
        unalignedReason
        plan {
          id
          name
          mission
          vision
        }
        lineOfSight {
          __typename
          ... on Goal {
            id
            title
            level
            status
            outcome
            health
            progress
            expectedProgress
            startDate
            dueDate
            lastObservedOn
            owner {
              name
            }
            primaryAlignment {
              shareCarried
              reason
            }
          }
          ... on HiddenGoal {
            level
          }
        }
      }
    `,
    key,
  );
  const list = useRef<HTMLOListElement>(null);
  const steps = goal.lineOfSight.toReversed();
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!move) return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])];
    const here = links.indexOf(document.activeElement as HTMLElement);
    if (here === -1) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, here + move))]?.focus();
  };
  const linked = steps.length > 1;
  return (
    <>
      <p className="max-w-prose text-lg num">{chainSentence(goal)}</p>
      <nav aria-label="Line of sight" className="mt-6 max-w-3xl">
        <ol ref={list} onKeyDown={onKeyDown}>
          {goal.plan?.mission && (
            <Rung top dot="mission">
              <div className="panel border-thread bg-accent-soft px-4 py-3">
                <p className="text-sm text-muted">Mission · {goal.plan.name}</p>
                <p className="mt-0.5 text-lg font-medium">{goal.plan.mission}</p>
              </div>
            </Rung>
          )}
          {steps.map((step, index) => (
            <StepRung
              key={step.__typename === 'Goal' ? step.id : `hidden ${index}`}
              step={step}
              above={index > 0 ? steps[index - 1] : undefined}
              top={index === 0 && !goal.plan?.mission}
              mine={index === steps.length - 1}
              toPlan={index === 0 && Boolean(goal.plan?.mission)}
            />
          ))}
        </ol>
      </nav>
      {!linked && goal.unalignedReason && <p className="mt-4 max-w-prose text-muted">Why it serves no other goal: {goal.unalignedReason}</p>}
    </>
  );
}

interface StepRungProps {
  readonly step: Step;
  readonly above: Step | undefined;
  readonly top: boolean;
  readonly mine: boolean;
  readonly toPlan: boolean;
}

function StepRung({ step, above, top, mine, toPlan }: StepRungProps): ReactElement {
  if (step.__typename !== 'Goal') {
    return (
      <Rung top={top} dot="hidden" why={null}>
        <div className="flex items-center gap-2 rounded-lg border border-dashed border-edge px-4 py-3 text-muted">
          <Icon name="hidden" />
          <span>
            A goal you cannot see
            {step.__typename === 'HiddenGoal' && <span className="text-sm"> · {levelWord(step.level)}</span>}
          </span>
        </div>
      </Rung>
    );
  }
  const link = step.primaryAlignment;
  const why = above ? (
    <span>
      {link?.shareCarried != null && <span className="font-medium text-ink">Carries {percent(link.shareCarried)} of the goal above. </span>}
      {link?.reason}
    </span>
  ) : toPlan ? (
    'A strategic goal of the plan'
  ) : null;
  return (
    <Rung top={top} dot={mine ? 'mine' : 'step'} why={why}>
      <div className={`panel px-4 py-3 focus-within:border-accent hover:border-accent ${mine ? 'border-2 border-accent' : ''}`}>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-0.5 text-sm text-muted">
          <span>
            {mine && <span className="font-semibold text-accent">This goal · </span>}
            {levelWord(step.level)}
            {step.owner && ` · ${step.owner.name}`}
          </span>
          <Standing {...step} />
        </div>
        <Link
          to={mine ? '/goals/$goalId' : '/goals/$goalId/line-of-sight'}
          params={{ goalId: step.id }}
          data-step
          aria-current={mine ? 'true' : undefined}
          className="quiet-link mt-0.5 inline-block text-lg font-semibold"
        >
          {step.title}
        </Link>
        <p className="text-sm text-muted num">{paceSentence(step)}</p>
      </div>
    </Rung>
  );
}

/** One card on the thread, with what ties it to the card above. */
function Rung({ top = false, dot, why, children }: { readonly top?: boolean; readonly dot: 'mission' | 'step' | 'mine' | 'hidden'; readonly why?: ReactNode; readonly children: ReactNode }): ReactElement {
  const dots = {
    mission: 'bg-accent border-accent',
    step: 'bg-surface border-thread',
    mine: 'bg-thread border-accent',
    hidden: 'bg-ground border-edge border-dashed',
  };
  const thread = 'absolute -left-[1.375rem] w-0.5 bg-thread sm:-left-[1.625rem]';
  return (
    <li className="pl-8 sm:pl-10">
      {!top && (
        <div className="relative flex min-h-9 items-center py-1.5 text-sm text-muted num">
          <span aria-hidden="true" className={`${thread} inset-y-0`} />
          {why}
        </div>
      )}
      <div className="relative">
        <span aria-hidden="true" className={`${thread} ${top ? 'top-5' : 'top-0'} ${dot === 'mine' ? 'h-5' : 'bottom-0'}`} />
        <span aria-hidden="true" className={`absolute top-4 -left-7 size-3.5 rounded-full border-2 sm:-left-8 ${dots[dot]}`} />
        {children}
      </div>
    </li>
  );
}
