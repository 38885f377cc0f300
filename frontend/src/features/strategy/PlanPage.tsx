import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { PlanPageQuery } from '../../__generated__/PlanPageQuery.graphql';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { fullDate } from '../../lib/dates';
import { Empty } from '../../ui/States';
import { PlanGoal } from './PlanGoal';
import { planPageQuery } from './PlanPage.query';

/** Why the agency exists and what it set out to reach. */
export function PlanPage(): ReactElement {
  const { plans } = usePageQuery<PlanPageQuery>(planPageQuery, {});
  return (
    <>
      <PageTitle title="The plan" />
      {plans.nodes.length === 0 && (
        <div className="mt-6">
          <Empty title="No plan has been published yet">
            <p>The strategy office publishes it; every goal can then be linked to it.</p>
          </Empty>
        </div>
      )}
      {plans.nodes.map((plan) => (
        <section key={plan.id} aria-labelledby={plan.id} className="mt-5">
          <h2 id={plan.id} className="text-xl font-semibold">
            {plan.name}
          </h2>
          <p className="mt-0.5 text-sm text-muted num">
            {plan.publisher && (
              <Link to="/units/$unitId" params={{ unitId: plan.publisher.id }} className="link">
                {plan.publisher.name}
              </Link>
            )}
            {plan.startDate && plan.endDate && ` · ${fullDate(plan.startDate)} to ${fullDate(plan.endDate)}`}
          </p>
          {(plan.mission || plan.vision) && (
            <dl className="panel mt-4 space-y-3 border-thread bg-accent-soft px-4 py-4 sm:px-5">
              {plan.mission && (
                <div>
                  <dt className="text-sm text-muted">Mission</dt>
                  <dd className="max-w-prose text-lg font-medium">{plan.mission}</dd>
                </div>
              )}
              {plan.vision && (
                <div>
                  <dt className="text-sm text-muted">Vision</dt>
                  <dd className="max-w-prose">{plan.vision}</dd>
                </div>
              )}
            </dl>
          )}
          <h3 className="mt-7 mb-3 text-lg font-semibold">Strategic goals</h3>
          <ul className="space-y-6">
            {plan.goals.nodes.map((goal) => (
              <PlanGoal key={goal.id} goal={goal} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
