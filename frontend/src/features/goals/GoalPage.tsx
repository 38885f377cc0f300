import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { GoalPageQuery, GoalPageQuery$data } from '../../__generated__/GoalPageQuery.graphql';
import { NotHere } from '../../app/NotFound';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { paceSentence } from '../../lib/pace';
import { levelWord, statusWord } from '../../lib/words';
import { ProgressBar } from '../../ui/ProgressBar';
import { Section } from '../../ui/Section';
import { Empty, Notice } from '../../ui/States';
import { StageBadge, StatusBadge, toneOf } from './badges';
import { CheckIns } from './CheckIns';
import { CountsToward } from './CountsToward';
import { GoalActions } from './GoalActions';
import { GoalFacts } from './GoalFacts';
import { goalPageQuery } from './GoalPage.query';
import { HowWorkedOut } from './HowWorkedOut';
import { LineCrumbs } from './LineCrumbs';
import { Measures } from './Measures';
import { Milestones } from './Milestones';

type Goal = NonNullable<GoalPageQuery$data['goal']>;

/** Everything about one goal: where it stands, why it exists, how it is measured, what was reported. */
export function GoalPage(): ReactElement {
  const { goalId } = useParams({ from: '/signed-in/goals/$goalId' });
  const { goal } = usePageQuery<GoalPageQuery>(goalPageQuery, { id: goalId });
  if (!goal) return <NotHere what="goal" />;
  return (
    <article data-page-goal={goal.viewerCan.checkIn ? goal.id : undefined}>
      <LineCrumbs goal={goal} />
      <header className="mt-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="text-sm font-medium text-muted">{levelWord(goal.level)}</span>
          <StageBadge status={goal.status} outcome={goal.outcome} />
        </div>
        <PageTitle title={goal.title} className="mt-1 max-w-4xl text-2xl font-semibold tracking-tight" />
        {goal.description && <p className="mt-1.5 max-w-prose whitespace-pre-line text-muted">{goal.description}</p>}
      </header>
      {goal.returnReason && (
        <div className="mt-4 max-w-prose">
          <Notice tone="warn">
            <p>
              <span className="font-medium">Sent back to be changed.</span> {goal.returnReason}
            </p>
          </Notice>
        </div>
      )}
      <GoalActions goal={goal} />
      <div className="mt-6 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-8">
          <Stand goal={goal} />
          <Measures goal={goal} />
          <Milestones goal={goal} />
          <CountsToward goal={goal} />
          <Section id="check-ins" title="Check-ins">
            <CheckIns goal={goal} />
          </Section>
        </div>
        <aside aria-label="Facts about this goal">
          <GoalFacts goal={goal} />
        </aside>
      </div>
    </article>
  );
}

/** The one sentence before any number, with the way it was worked out behind it. */
function Stand({ goal }: { readonly goal: Goal }): ReactElement {
  const active = goal.status === 'ACTIVE';
  if (!active && goal.progress == null) {
    return (
      <Empty title="Not started yet">
        <p>Check-ins begin once this goal is active.</p>
      </Empty>
    );
  }
  const tone = active ? toneOf(goal.health) : 'muted';
  return (
    <section aria-label="Where it stands" className="panel p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {active && <StatusBadge health={goal.health} />}
        <p className="text-lg font-medium num">{paceSentence(goal)}</p>
      </div>
      {goal.view && active && <p className="mt-0.5 text-sm text-muted">Its owner sees it as {statusWord(goal.view).toLowerCase()}.</p>}
      {goal.progress != null && (
        <ProgressBar value={goal.progress} expected={active ? goal.expectedProgress : null} tone={tone === 'muted' ? 'accent' : tone} className="mt-3 mb-2 h-2.5" />
      )}
      <HowWorkedOut goal={goal} />
    </section>
  );
}
