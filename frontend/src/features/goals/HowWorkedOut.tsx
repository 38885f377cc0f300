import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { HowWorkedOut_goal$data, HowWorkedOut_goal$key } from '../../__generated__/HowWorkedOut_goal.graphql';
import { daysBetween, fullDate, today } from '../../lib/dates';
import { amount, count, percent } from '../../lib/numbers';
import { cadenceWord, statusWord } from '../../lib/words';
import { Icon } from '../../ui/Icon';

/** How the goal's numbers came about, in words, with the numbers that went in. */
export function HowWorkedOut({ goal }: { readonly goal: HowWorkedOut_goal$key }): ReactElement {
  const data = useFragment(
    graphql`
      fragment HowWorkedOut_goal on Goal {
        status
        health
        progress
        progressSource
        progressCoverage {
          counted
          total
        }
        expectedProgress
        startDate
        dueDate
        cadence
        lastObservedOn
        nextCheckInOn
        metrics(first: 20) {
          nodes {
            id
            name
            direction
            unitOfMeasure
            baseline
            current
            target
            lowerBound
            upperBound
            progress
            weight
          }
        }
      }
    `,
    goal,
  );
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-6 items-center gap-1 rounded-sm font-medium text-accent hover:underline">
        <Icon name="right" className="size-4 transition-transform group-open:rotate-90" />
        How is this worked out?
      </summary>
      <div className="mt-2 max-w-prose space-y-2 border-l-2 border-line pl-4 num">
        <p>{progressText(data)}</p>
        <Parts goal={data} />
        {(data.progressSource === 'CHILDREN' || data.progressSource === 'BOTH') && (
          <p>
            Each goal below adds its progress times its weight, divided by the weights of all that have a number; active goals count, and closed ones that were not dropped.{' '}
            <a href="#counts" className="link">
              See them with their shares
            </a>
          </p>
        )}
        <p>{expectedText(data)}</p>
        <p>{statusText(data)}</p>
        <p>{freshText(data)}</p>
      </div>
    </details>
  );
}

type Goal = HowWorkedOut_goal$data;

const SOURCES: Record<string, string> = {
  MEASURES: 'from its measures and milestones',
  CHILDREN: 'built from the goals below that count toward it',
  BOTH: 'from its own measures and milestones together with the goals below',
  MANUAL: 'entered by hand in check-ins',
};

function progressText({ progress, progressSource, progressCoverage }: Goal): string {
  const source = SOURCES[progressSource];
  if (!source) return 'It has no measure, milestone or contributing goal yet, so there is no progress to work out.';
  if (progress == null) return `Its progress comes ${source}; none of these has a number yet.`;
  const coverage =
    progressCoverage && progressCoverage.counted < progressCoverage.total
      ? ` ${progressCoverage.counted} of ${progressCoverage.total} have a number; the rest are left out, not counted as nothing.`
      : '';
  return `Progress is ${percent(progress)}, ${source}.${coverage}`;
}

function Parts({ goal }: { readonly goal: Goal }): ReactElement | null {
  const metrics = goal.metrics.nodes.filter((metric) => metric.progress != null);
  if ((goal.progressSource !== 'MEASURES' && goal.progressSource !== 'BOTH') || metrics.length === 0) return null;
  const weighted = metrics.length > 1 && metrics.some((metric) => metric.weight != null);
  return (
    <ul className="list-disc space-y-1 pl-5">
      {metrics.map((metric) => (
        <li key={metric.id}>
          {metric.name}: {sumOf(metric)}
          {weighted && metric.weight != null && ` Weight ${percent(metric.weight)}.`}
        </li>
      ))}
    </ul>
  );
}

function sumOf(metric: Goal['metrics']['nodes'][number]): string {
  const { direction, baseline, current, target, progress, unitOfMeasure: unit } = metric;
  const share = percent(progress ?? 0);
  if (direction === 'MAINTAIN') {
    const { lowerBound: low, upperBound: high } = metric;
    const band =
      low != null && high != null
        ? `between ${amount(low)} and ${amount(high, unit)}`
        : low != null
          ? `at or above ${amount(low, unit)}`
          : `at or below ${amount(high ?? 0, unit)}`;
    return `to be kept ${band}, now ${current == null ? 'unknown' : amount(current, unit)}: ${share}.`;
  }
  if (direction === 'REACH') return `reached or not; now ${current == null ? 'unknown' : amount(current, unit)} of ${target == null ? 'its target' : amount(target, unit)}: ${share}.`;
  if (baseline == null || current == null || target == null) return `${share} of the way to its target.`;
  return `(${amount(current)} − ${amount(baseline)}) ÷ (${amount(target)} − ${amount(baseline)}) = ${share} of the way from start to target.`;
}

function expectedText({ expectedProgress, startDate, dueDate }: Goal): string {
  if (expectedProgress == null) return 'Without a due date there is no plan to be ahead of or behind; it is judged on being up to date.';
  const total = startDate && dueDate ? daysBetween(startDate, dueDate) : 0;
  const gone = startDate ? Math.max(0, Math.min(total, daysBetween(startDate, today()))) : 0;
  const elapsed = total > 0 && Math.abs(gone / total - expectedProgress) < 0.015;
  return elapsed
    ? `By today ${percent(expectedProgress)} is expected: ${gone} of ${count(total, 'day')} have passed.`
    : `By today ${percent(expectedProgress)} is expected, by its milestones, the targets of its periods, or its dates.`;
}

function statusText({ status, health, progress, expectedProgress }: Goal): string {
  const word = statusWord(health);
  if (status !== 'ACTIVE') return `Status moves only while a goal is active; it stands at “${word}”.`;
  if (health === 'OUTDATED') return `Status is “${word}”, because the last check-in is older than it should be, whatever it said.`;
  if (health === 'NO_DATA') return `Status is “${word}”, because nothing has been reported.`;
  if (health === 'PENDING') return `Status is “${word}”: less than a tenth is expected by now and no number is due.`;
  if (progress == null || !expectedProgress) return `Status is “${word}”.`;
  return `${percent(progress)} ÷ ${percent(expectedProgress)} = ${percent(progress / expectedProgress)} of plan, so its status is “${word}” (on track from 90%, at risk from 70%).`;
}

function freshText({ cadence, lastObservedOn, nextCheckInOn }: Goal): string {
  const last = lastObservedOn ? `Last updated ${fullDate(lastObservedOn)}.` : 'Never updated so far.';
  const next = nextCheckInOn ? ` Next check-in by ${fullDate(nextCheckInOn)}.` : '';
  return `${last} A check-in is expected ${cadenceWord(cadence).toLowerCase()}.${next}`;
}
