import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { LineOfSightPageQuery } from '../../__generated__/LineOfSightPageQuery.graphql';
import { NotHere } from '../../app/NotFound';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { buttonClass } from '../../ui/Button';
import { CountsToward } from '../goals/CountsToward';
import { Chain } from './Chain';
import { lineOfSightPageQuery } from './LineOfSightPage.query';

/** Why a goal exists, upward, and who helps it, downward. */
export function LineOfSightPage(): ReactElement {
  const { goalId } = useParams({ from: '/signed-in/goals/$goalId/line-of-sight' });
  const { goal } = usePageQuery<LineOfSightPageQuery>(lineOfSightPageQuery, { id: goalId });
  if (!goal) return <NotHere what="goal" />;
  return (
    <>
      <p className="text-sm text-muted">Line of sight</p>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <PageTitle title={`Line of sight: ${goal.title}`} className="max-w-3xl text-2xl font-semibold tracking-tight">
          {goal.title}
        </PageTitle>
        <Link to="/goals/$goalId" params={{ goalId: goal.id }} className={buttonClass()}>
          Open goal
        </Link>
      </div>
      <div className="mt-3 space-y-9">
        <div>
          <Chain goal={goal} />
        </div>
        <div className="max-w-3xl">
          <CountsToward goal={goal} />
        </div>
      </div>
    </>
  );
}
