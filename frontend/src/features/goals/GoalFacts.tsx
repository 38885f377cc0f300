import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { GoalFacts_goal$key } from '../../__generated__/GoalFacts_goal.graphql';
import { dueIn, fullDate, shortDate } from '../../lib/dates';
import { listed, percent } from '../../lib/numbers';
import { ambitionWord, cadenceWord, kindWord, levelWord, originWord, visibilityWord } from '../../lib/words';
import { OwnerLink } from './OwnerLink';

/** Who, where, when and for whose eyes: the facts beside a goal. */
export function GoalFacts({ goal }: { readonly goal: GoalFacts_goal$key }): ReactElement {
  const data = useFragment(
    graphql`
      fragment GoalFacts_goal on Goal {
        level
        kind
        ambition
        origin
        status
        visibility
        cadence
        startDate
        dueDate
        weight
        shareCarried
        nextCheckInOn
        owner {
          ...OwnerLink_owner
        }
        unit {
          id
          name
        }
        plan {
          id
          name
        }
        cycle {
          name
        }
        pillar {
          name
        }
        mandate {
          citation
          authority
          deadline
        }
        contributors(first: 20) {
          totalCount
          nodes {
            share
            person {
              name
            }
            unit {
              name
            }
          }
        }
      }
    `,
    goal,
  );
  const helpers = data.contributors.nodes.map(({ person, unit, share }) => ((person ?? unit)?.name ?? 'someone you cannot see') + (share == null ? '' : ` (${percent(share)})`));
  const more = data.contributors.totalCount - helpers.length;
  return (
    <dl className="panel divide-y divide-line px-4 py-1 text-sm num">
      <Fact label="Owner">
        <OwnerLink owner={data.owner} />
      </Fact>
      {data.unit && (
        <Fact label="Department or team">
          <Link to="/units/$unitId" params={{ unitId: data.unit.id }} className="link">
            {data.unit.name}
          </Link>
        </Fact>
      )}
      {helpers.length > 0 && <Fact label="Also working on it">{listed(more > 0 ? [...helpers, `${more} more`] : helpers)}</Fact>}
      <Fact label="Level">{levelWord(data.level)}</Fact>
      {data.dueDate && (
        <Fact label="Due">
          {fullDate(data.dueDate)}
          {data.status === 'ACTIVE' && <span className="block text-muted">{dueIn(data.dueDate)}</span>}
        </Fact>
      )}
      {data.startDate && <Fact label="Starts">{fullDate(data.startDate)}</Fact>}
      <Fact label="Check-ins">
        {cadenceWord(data.cadence)}
        {data.status === 'ACTIVE' && data.nextCheckInOn && <span className="block text-muted">next by {shortDate(data.nextCheckInOn)}</span>}
      </Fact>
      {data.shareCarried != null && <Fact label="Share of the goal at the top">{percent(data.shareCarried)}</Fact>}
      {data.weight != null && <Fact label="Share of its owner’s work">{percent(data.weight)}</Fact>}
      {data.plan && <Fact label="Plan">{data.plan.name}</Fact>}
      {data.pillar && <Fact label="Pillar">{data.pillar.name}</Fact>}
      {data.mandate && (
        <Fact label="Required by law">
          {data.mandate.citation}
          {data.mandate.authority && `, ${data.mandate.authority}`}
          {data.mandate.deadline && `, by ${fullDate(data.mandate.deadline)}`}
        </Fact>
      )}
      {data.cycle && <Fact label="Cycle">{data.cycle.name}</Fact>}
      {data.kind !== 'OUTCOME' && <Fact label="Kind">{kindWord(data.kind)}</Fact>}
      <Fact label="Ambition">{ambitionWord(data.ambition)}</Fact>
      {data.origin && <Fact label="How it came about">{originWord(data.origin)}</Fact>}
      <Fact label="Who can see it">{data.status === 'DRAFT' ? 'A draft: the owner, the author and the direct manager' : visibilityWord(data.visibility)}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="grid grid-cols-[9rem_minmax(0,1fr)] gap-3 py-2">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
