import type { ReactElement } from 'react';
import { graphql, usePaginationFragment } from 'react-relay/hooks';
import type { CheckIns_goal$data, CheckIns_goal$key } from '../../__generated__/CheckIns_goal.graphql';
import type { CheckInsNextQuery } from '../../__generated__/CheckInsNextQuery.graphql';
import { isWithheld } from '../../app/environment';
import { moment } from '../../lib/dates';
import { amount, percent } from '../../lib/numbers';
import { confidenceWord, statusWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';

type CheckIn = CheckIns_goal$data['checkIns']['edges'][number]['node'];

/** What was reported, newest first. */
export function CheckIns({ goal }: { readonly goal: CheckIns_goal$key }): ReactElement {
  const { data, loadNext, hasNext, isLoadingNext } = usePaginationFragment<CheckInsNextQuery, CheckIns_goal$key>(
    graphql`
      fragment CheckIns_goal on Goal
      @refetchable(queryName: "CheckInsNextQuery")
      @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }) {
        id
        checkIns(first: $first, after: $after) @connection(key: "CheckIns_goal_checkIns") {
          edges {
            node {
              id
              at
              value
              text
              progress
              confidence
              note
              view
              blocker
              onBehalfOf {
                id
                name
              }
              author {
                id
                name
              }
              metric {
                id
                name
                unitOfMeasure
              }
              milestone {
                id
                title
              }
            }
          }
        }
      }
    `,
    goal,
  );
  const checkIns = data.checkIns.edges.map((edge) => edge.node);
  if (checkIns.length === 0) return <p className="text-muted">Nobody has checked in on this goal so far.</p>;
  return (
    <>
      {isWithheld(data.id, 'note') && (
        <p className="mb-3 flex items-center gap-1.5 text-sm text-muted">
          <Icon name="hidden" className="size-4.5" />
          Notes, if there are any, are read by those who work on this goal, the managers above and the strategy office.
        </p>
      )}
      <ol className="relative space-y-4 border-l-2 border-line pl-5">
        {checkIns.map((checkIn) => (
          <li key={checkIn.id} className="relative">
            <span aria-hidden="true" className="absolute top-2 -left-[1.6rem] size-2.5 rounded-full border-2 border-ground bg-thread" />
            <p className="text-sm text-muted num">
              <time dateTime={checkIn.at}>{moment(checkIn.at)}</time>
              {checkIn.author && ` · ${checkIn.author.name}`}
              {checkIn.onBehalfOf && ` for ${checkIn.onBehalfOf.name}`}
            </p>
            <p className="num">{what(checkIn)}</p>
            {checkIn.blocker && (
              <p className="mt-0.5 flex max-w-prose items-start gap-1.5">
                <Icon name="warn" className="mt-0.5 size-4.5 text-warn" />
                <span>In the way: {checkIn.blocker}</span>
              </p>
            )}
            {checkIn.note && <p className="mt-0.5 max-w-prose whitespace-pre-line text-ink">{checkIn.note}</p>}
          </li>
        ))}
      </ol>
      {hasNext && (
        <Button look="quiet" className="mt-3" isDisabled={isLoadingNext} onPress={() => loadNext(20)}>
          {isLoadingNext ? 'Loading…' : 'Show earlier check-ins'}
        </Button>
      )}
    </>
  );
}

/** "Permits issued: 4,120 permits. Fairly sure." */
function what({ metric, milestone, value, text, progress, confidence, view }: CheckIn): string {
  const parts = [
    milestone && `Milestone reached: ${milestone.title}.`,
    metric && value != null && `${metric.name}: ${amount(value, metric.unitOfMeasure)}.`,
    metric && value == null && text && `${metric.name}: ${text}.`,
    !metric && progress != null && `${percent(progress)} done.`,
    confidence != null && `${confidenceWord(String(confidence))} (${confidence} of 5).`,
    view && `Own view: ${statusWord(view).toLowerCase()}.`,
  ].filter(Boolean);
  return parts.join(' ') || 'An update.';
}
