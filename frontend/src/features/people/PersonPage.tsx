import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { PersonPageQuery } from '../../__generated__/PersonPageQuery.graphql';
import { NotHere } from '../../app/NotFound';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { count } from '../../lib/numbers';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Section';
import { Empty } from '../../ui/States';
import { GoalList, GoalRow } from '../goals/GoalRow';
import { personPageQuery } from './PersonPage.query';

/** A person, and the goals of theirs that I may see. */
export function PersonPage(): ReactElement {
  const { personId } = useParams({ from: '/signed-in/people/$personId' });
  const { person } = usePageQuery<PersonPageQuery>(personPageQuery, { id: personId });
  if (!person) return <NotHere what="person" />;
  const managers = person.managers.toReversed();
  return (
    <>
      <PageTitle title={person.name} />
      <p className="mt-1 text-muted">
        {person.jobTitle}
        {person.unit && (
          <>
            {person.jobTitle && ' · '}
            <Link to="/units/$unitId" params={{ unitId: person.unit.id }} className="link">
              {person.unit.name}
            </Link>
          </>
        )}
      </p>
      {person.email && (
        <p className="mt-1">
          <a href={`mailto:${person.email}`} className="link">
            {person.email}
          </a>
        </p>
      )}
      {managers.length > 0 && (
        <nav aria-label="Managers" className="mt-4">
          <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-muted">
            <li>Reports to</li>
            {managers.map((manager) => (
              <li key={manager.id} className="inline-flex items-center gap-1.5">
                <Icon name="right" className="size-3.5" />
                <Link to="/people/$personId" params={{ personId: manager.id }} className="quiet-link inline-flex min-h-6 items-center">
                  {manager.name}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="mt-7 space-y-8">
        <Section id="goals" title="Goals">
          {person.goals.nodes.length === 0 ? (
            <Empty title="No open goal that you can see" />
          ) : (
            <>
              <GoalList label={`Goals of ${person.name}`}>
                {person.goals.nodes.map((goal) => (
                  <GoalRow key={goal.id} goal={goal} />
                ))}
              </GoalList>
              {person.goals.totalCount > person.goals.nodes.length && (
                <p className="mt-2 text-sm text-muted num">The first {person.goals.nodes.length} of {count(person.goals.totalCount, 'goal')}.</p>
              )}
            </>
          )}
        </Section>
        {person.reports.totalCount > 0 && (
          <Section id="reports" title={`${count(person.reports.totalCount, 'person reports', 'people report')} to ${person.name}`}>
            <ul className="panel divide-y divide-line">
              {person.reports.nodes.map((report) => (
                <li key={report.id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
                  <Link to="/people/$personId" params={{ personId: report.id }} className="quiet-link font-semibold">
                    {report.name}
                  </Link>
                  <span className="text-sm text-muted">{report.jobTitle}</span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}
