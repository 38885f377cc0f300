import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import type { GoalTable_person$data, GoalTable_person$key } from '../../__generated__/GoalTable_person.graphql';
import type { GoalTableNextQuery } from '../../__generated__/GoalTableNextQuery.graphql';
import { dueIn, shortDate } from '../../lib/dates';
import { amount, count } from '../../lib/numbers';
import { paceSentence } from '../../lib/pace';
import { Button, buttonClass } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { ProgressBar } from '../../ui/ProgressBar';
import { Empty } from '../../ui/States';
import { useCheckIn } from '../checkins/CheckInProvider';
import { Standing, toneOf } from './badges';
import type { GoalSearch } from './goalSearch';

type Goal = GoalTable_person$data['goals']['edges'][number]['node'];
type Sort = NonNullable<GoalSearch['sort']>;

interface GoalTableProps {
  readonly person: GoalTable_person$key;
  readonly search: GoalSearch;
  readonly onSort: (sort: Sort, desc: boolean) => void;
  readonly onClear: () => void;
}

/** A person's goals: a table on a desktop, cards on a phone, from the same markup. */
export function GoalTable({ person, search, onSort, onClear }: GoalTableProps): ReactElement {
  const { data, loadNext, hasNext, isLoadingNext } = usePaginationFragment<GoalTableNextQuery, GoalTable_person$key>(
    graphql`
      fragment GoalTable_person on Person
      @refetchable(queryName: "GoalTableNextQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 50 }, after: { type: "String" }, filter: { type: "GoalFilter" }, orderBy: { type: "GoalOrder" }) {
        goals(filter: $filter, orderBy: $orderBy, first: $first, after: $after) @connection(key: "GoalTable_person_goals") {
          totalCount
          edges {
            node {
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
              viewerCan {
                checkIn
              }
              metrics(first: 1) {
                totalCount
                nodes {
                  id
                  name
                  unitOfMeasure
                  current
                  target
                  targetText
                }
              }
              primaryParent {
                __typename
                ... on Goal {
                  id
                  title
                }
              }
            }
          }
        }
      }
    `,
    person,
  );
  const goals = data.goals.edges.map((edge) => edge.node);
  const filtered = Boolean(search.q || search.status || search.stage);
  if (goals.length === 0) {
    return (
      <div className="mt-5">
        {filtered ? (
          <Empty title="No goal of yours fits this filter" action={<Button onPress={onClear}>Show my open goals</Button>} />
        ) : (
          <Empty
            title="You have no open goals"
            action={
              <Link to="/goals/new" className={buttonClass('primary')}>
                Start a goal
              </Link>
            }
          >
            <p>A goal says what you want to achieve, which of the agency’s goals it serves, and how you will know.</p>
          </Empty>
        )}
      </div>
    );
  }
  return (
    <>
      <p className="mt-5 mb-2 text-sm text-muted num" role="status">
        {count(data.goals.totalCount, 'goal')}
      </p>
      <div className="panel overflow-hidden">
        <table className="w-full max-lg:block lg:table-fixed">
          <thead className="border-b border-line text-left text-sm text-muted max-lg:hidden">
            <tr>
              <Head sort="title" label="Goal" search={search} onSort={onSort} />
              <Head sort="status" label="Status" width="w-40" search={search} onSort={onSort} />
              <Head sort="progress" label="Progress" width="w-48" search={search} onSort={onSort} />
              <th className="w-40 px-3 py-2 font-medium">Measure</th>
              <Head sort="due" label="Due" width="w-30" search={search} onSort={onSort} />
              <th className="w-26 px-3 py-2">
                <span className="sr-only">Check in</span>
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line max-lg:block">
            {goals.map((goal) => (
              <Row key={goal.id} goal={goal} />
            ))}
          </tbody>
        </table>
      </div>
      {hasNext && (
        <Button look="quiet" className="mt-3" isDisabled={isLoadingNext} onPress={() => loadNext(50)}>
          {isLoadingNext ? 'Loading…' : 'Show more goals'}
        </Button>
      )}
    </>
  );
}

function Head({ sort, label, width = '', search, onSort }: { readonly sort: Sort; readonly label: string; readonly width?: string; readonly search: GoalSearch; readonly onSort: (sort: Sort, desc: boolean) => void }): ReactElement {
  const active = (search.sort ?? 'due') === sort;
  const desc = active && search.desc === true;
  return (
    <th className={`px-3 py-1 font-medium ${width}`} aria-sort={active ? (desc ? 'descending' : 'ascending') : undefined}>
      <button type="button" className="inline-flex min-h-7 items-center gap-1 rounded-sm font-medium hover:text-ink" onClick={() => onSort(sort, active && !desc)}>
        {label}
        <Icon name="down" className={`size-3.5 ${active ? '' : 'opacity-0'} ${desc ? '' : 'rotate-180'}`} />
      </button>
    </th>
  );
}

function Row({ goal }: { readonly goal: Goal }): ReactElement {
  const checkIn = useCheckIn();
  const active = goal.status === 'ACTIVE';
  const cell = 'px-3 py-2.5 align-top max-lg:block max-lg:px-4 max-lg:py-0.5';
  const parent = goal.primaryParent;
  return (
    <tr data-goal={goal.id} className="focus-within:bg-accent-soft/50 max-lg:block max-lg:py-3">
      <th scope="row" className={`${cell} text-left font-normal`}>
        <Link to="/goals/$goalId" params={{ goalId: goal.id }} data-goal-link className="quiet-link font-semibold">
          {goal.title}
        </Link>
        <p className="mt-0.5 flex items-center gap-1 text-sm text-muted">
          <Icon name="up" className="size-3.5" />
          <span className="sr-only">Main goal this supports: </span>
          {!parent ? 'Not linked to the plan' : parent.__typename === 'Goal' ? parent.title : 'A goal you cannot see'}
        </p>
      </th>
      <td className={cell}>
        <Standing {...goal} />
      </td>
      <td className={`${cell} num`}>
        <span className="block text-sm">{paceSentence(goal)}</span>
        {goal.progress != null && (
          <ProgressBar
            value={goal.progress}
            expected={active ? goal.expectedProgress : null}
            tone={active ? (toneOf(goal.health) === 'muted' ? 'accent' : toneOf(goal.health)) : 'muted'}
            className="mt-1.5 h-1.5 max-lg:max-w-60"
          />
        )}
      </td>
      <td className={`${cell} text-sm num`}>{measureText(goal)}</td>
      <td className={`${cell} text-sm whitespace-nowrap num`}>
        {goal.dueDate ? (
          <>
            <span className="lg:hidden">Due </span>
            {shortDate(goal.dueDate)}
            {active && <span className="block text-muted max-lg:inline max-lg:before:content-[',_']">{dueIn(goal.dueDate)}</span>}
          </>
        ) : (
          <span className="text-muted">No date</span>
        )}
      </td>
      <td className={`${cell} text-right max-lg:pt-2 max-lg:text-left`}>
        {goal.viewerCan.checkIn && (
          <Button small onPress={() => checkIn(goal.id)}>
            Check in<span className="sr-only">: {goal.title}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

function measureText(goal: Goal): ReactElement {
  const [metric] = goal.metrics.nodes;
  if (!metric) return <span className="text-muted max-lg:hidden">None</span>;
  const target = metric.target != null ? amount(metric.target, metric.unitOfMeasure) : metric.targetText;
  const more = goal.metrics.totalCount - 1;
  return (
    <>
      <span className="line-clamp-2 text-muted">{metric.name}</span>
      {metric.current == null ? 'No number yet' : amount(metric.current)}
      {target && ` of ${target}`}
      {more > 0 && <span className="text-muted"> and {more} more</span>}
    </>
  );
}
