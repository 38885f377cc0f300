import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { Measures_goal$data, Measures_goal$key } from '../../__generated__/Measures_goal.graphql';
import { History } from '../../charts/History';
import { amount, percent } from '../../lib/numbers';
import { directionWord } from '../../lib/words';
import { ProgressBar } from '../../ui/ProgressBar';
import { Section } from '../../ui/Section';
import { AddMeasure } from './AddParts';

type Metric = Measures_goal$data['metrics']['nodes'][number];

/** A goal's measures: each one sentence, then where it stands between start and target, then its history. */
export function Measures({ goal }: { readonly goal: Measures_goal$key }): ReactElement {
  const data = useFragment(
    graphql`
      fragment Measures_goal on Goal {
        id
        viewerCan {
          addMetric
        }
        metrics(first: 20) {
          nodes {
            id
            name
            direction
            unitOfMeasure
            baseline
            commit
            target
            stretch
            targetText
            lowerBound
            upperBound
            current
            progress
            weight
            values(last: 60) {
              totalCount
              nodes {
                id
                period
                periodEnd
                value
                text
                source
                target
              }
            }
          }
        }
      }
    `,
    goal,
  );
  const metrics = data.metrics.nodes;
  return (
    <Section id="measures" title="Measures" aside={data.viewerCan.addMetric && <AddMeasure goalId={data.id} />}>
      {metrics.length === 0 ? (
        <p className="text-muted">No measure of its own yet.</p>
      ) : (
        <ul className="space-y-3">
          {metrics.map((metric) => (
            <li key={metric.id} className="panel p-4">
              <Measure metric={metric} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Measure({ metric }: { readonly metric: Metric }): ReactElement {
  const unit = metric.unitOfMeasure;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">{metric.name}</h3>
        {metric.progress != null && <p className="text-sm text-muted num">{percent(metric.progress)} of the way</p>}
      </div>
      <p className="mt-0.5 num">{sentence(metric)}</p>
      {metric.progress != null && <ProgressBar value={metric.progress} className="mt-2 h-1.5" />}
      <dl className="mt-2.5 flex flex-wrap gap-x-6 gap-y-1 text-sm num">
        <Fact label="Start" value={metric.baseline} unit={unit} />
        <Fact label="Minimum" value={metric.commit} unit={unit} />
        <Fact label="Target" value={metric.target} unit={unit} text={metric.targetText} />
        <Fact label="Best case" value={metric.stretch} unit={unit} />
        {metric.weight != null && (
          <div className="flex gap-1.5">
            <dt className="text-muted">Weight</dt>
            <dd>{percent(metric.weight)}</dd>
          </div>
        )}
      </dl>
      <History
        title={metric.name}
        unit={unit}
        points={metric.values.nodes}
        target={metric.target}
        lowerBound={metric.lowerBound}
        upperBound={metric.upperBound}
        total={metric.values.totalCount}
      />
    </>
  );
}

function Fact({ label, value, unit, text }: { readonly label: string; readonly value?: number | null | undefined; readonly unit?: string | null | undefined; readonly text?: string | null | undefined }): ReactElement | null {
  if (value == null && !text) return null;
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{label}</dt>
      <dd>{value == null ? text : amount(value, unit)}</dd>
    </div>
  );
}

/** "Now 4,120 permits; raise it from 3,200 to 5,000." */
function sentence(metric: Metric): string {
  const { current, baseline, target, targetText, lowerBound, upperBound, direction, unitOfMeasure: unit } = metric;
  const now = current == null ? 'No number yet' : `Now ${amount(current, unit)}`;
  if (direction === 'MAINTAIN') {
    if (lowerBound != null && upperBound != null) return `${now}; keep it between ${amount(lowerBound)} and ${amount(upperBound, unit)}.`;
    if (lowerBound != null) return `${now}; keep it at or above ${amount(lowerBound, unit)}.`;
    if (upperBound != null) return `${now}; keep it at or below ${amount(upperBound, unit)}.`;
  }
  const aim = target != null ? amount(target, unit) : targetText;
  if (!aim) return `${now}; no target set.`;
  if (direction === 'REACH') return `${now}; to reach ${aim}.`;
  return `${now}; ${directionWord(direction).toLowerCase()} it ${baseline != null ? `from ${amount(baseline)} ` : ''}to ${aim}.`;
}
