import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { UnitPageQuery } from '../../__generated__/UnitPageQuery.graphql';
import { NotHere } from '../../app/NotFound';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { count } from '../../lib/numbers';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Section';
import { Empty } from '../../ui/States';
import { GoalList, GoalRow } from '../goals/GoalRow';
import { unitPageQuery } from './UnitPage.query';

/** A department or team with its goals. */
export function UnitPage(): ReactElement {
  const { unitId } = useParams({ from: '/signed-in/units/$unitId' });
  const { unit } = usePageQuery<UnitPageQuery>(unitPageQuery, { id: unitId });
  if (!unit) return <NotHere what="department or team" />;
  return (
    <>
      {unit.ancestors.length > 0 && (
        <nav aria-label="Where it belongs">
          <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-muted">
            {unit.ancestors.map((ancestor) => (
              <li key={ancestor.id} className="inline-flex items-center gap-1.5">
                <Link to="/units/$unitId" params={{ unitId: ancestor.id }} className="quiet-link inline-flex min-h-6 items-center">
                  {ancestor.name}
                </Link>
                <Icon name="right" className="size-3.5" />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <PageTitle title={unit.name} />
      <p className="mt-1 text-muted num">
        {unit.lead ? (
          <>
            Led by{' '}
            <Link to="/people/$personId" params={{ personId: unit.lead.id }} className="link">
              {unit.lead.name}
            </Link>
            {unit.lead.jobTitle && `, ${unit.lead.jobTitle}`}
          </>
        ) : (
          'Nobody leads it at the moment'
        )}{' '}
        · {count(unit.people.totalCount, 'person', 'people')}
      </p>
      <div className="mt-7 space-y-8">
        <Section id="goals" title="Goals">
          {unit.goals.nodes.length === 0 ? (
            <Empty title="No open goal of its own that you can see" />
          ) : (
            <>
              <GoalList label={`Goals of ${unit.name}`}>
                {unit.goals.nodes.map((goal) => (
                  <GoalRow key={goal.id} goal={goal} showOwner exceptOwner={unit.id} />
                ))}
              </GoalList>
              {unit.goals.totalCount > unit.goals.nodes.length && (
                <p className="mt-2 text-sm text-muted num">The first {unit.goals.nodes.length} of {count(unit.goals.totalCount, 'goal')}.</p>
              )}
            </>
          )}
        </Section>
        {unit.children.totalCount > 0 && (
          <Section id="parts" title="Departments and teams in it">
            <ul className="panel divide-y divide-line">
              {unit.children.nodes.map((child) => (
                <li key={child.id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
                  <Link to="/units/$unitId" params={{ unitId: child.id }} className="quiet-link font-semibold">
                    {child.name}
                  </Link>
                  <span className="text-sm text-muted">{child.lead?.name ?? 'No lead'}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}
