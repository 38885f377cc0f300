import { useCallback, useId, useState, type ReactElement } from 'react';
import { fullDate, dayStart, shortDate } from '../lib/dates';
import { amount, count } from '../lib/numbers';
import { sourceWord } from '../lib/words';
import { Button } from '../ui/Button';
import { line, scale, ticks } from './scale';

interface Point {
  readonly id: string;
  readonly period: string;
  readonly periodEnd: string;
  readonly value?: number | null;
  readonly text?: string | null;
  readonly source: string;
  readonly target?: number | null;
}

interface HistoryProps {
  readonly title: string;
  readonly unit?: string | null | undefined;
  /** Oldest first. */
  readonly points: readonly Point[];
  readonly target?: number | null | undefined;
  readonly lowerBound?: number | null | undefined;
  readonly upperBound?: number | null | undefined;
  /** How many values there are in all, of which `points` are the latest. */
  readonly total: number;
}

/** A measure over time with its target line; the same values as a table on request. */
export function History({ total, ...chart }: HistoryProps): ReactElement | null {
  const [asTable, setAsTable] = useState(false);
  const tableId = useId();
  const { points, title } = chart;
  if (points.length === 0) return null;
  const drawable = points.filter((point) => point.value != null).length > 1;
  return (
    <div className="mt-3">
      {drawable && <Drawing {...chart} />}
      <div className="mt-1 flex flex-wrap items-center justify-between gap-2 text-sm text-muted">
        <span>{total > points.length ? `The latest ${points.length} of ${count(total, 'value')}` : count(total, 'value')}</span>
        <Button look="quiet" small aria-expanded={asTable} aria-controls={asTable ? tableId : undefined} onPress={() => setAsTable(!asTable)}>
          {asTable ? 'Hide table' : 'Show as table'}
          <span className="sr-only">: {title}</span>
        </Button>
      </div>
      {asTable && (
        <div id={tableId} className="mt-1 max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={`Values of ${title}`}>
          <table className="w-full text-sm num">
            <thead className="sticky top-0 bg-surface text-left text-muted">
              <tr>
                <th className="py-1 pr-4 font-medium">Period</th>
                <th className="py-1 pr-4 text-right font-medium">Value</th>
                <th className="py-1 pr-4 text-right font-medium">Target</th>
                <th className="py-1 font-medium">Where it came from</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {points.toReversed().map((point) => (
                <tr key={point.id}>
                  <th scope="row" className="py-1 pr-4 text-left font-normal">
                    {point.period}
                  </th>
                  <td className="py-1 pr-4 text-right">{point.value == null ? point.text : amount(point.value, chart.unit)}</td>
                  <td className="py-1 pr-4 text-right">{point.target == null ? '–' : amount(point.target, chart.unit)}</td>
                  <td className="py-1">{sourceWord(point.source)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

const HEIGHT = 150;
const LEFT = 52;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;

/** Drawn at the width it has, so that its letters are as large on a phone as on a desktop. */
function Drawing(chart: Omit<HistoryProps, 'total'>): ReactElement {
  const [width, setWidth] = useState(0);
  const frame = useCallback((element: HTMLDivElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="h-37.5 max-w-3xl">
      {width > 0 && <Plot {...chart} width={width} />}
    </div>
  );
}

function Plot({ title, unit, points, target, lowerBound, upperBound, width }: Omit<HistoryProps, 'total'> & { readonly width: number }): ReactElement {
  const values = points.filter((point): point is Point & { value: number } => point.value != null);
  const first = values[0]!;
  const last = values.at(-1)!;
  const aims = [target, lowerBound, upperBound].filter((aim) => aim != null);
  const steps = ticks(Math.min(...values.map((p) => p.value), ...aims), Math.max(...values.map((p) => p.value), ...aims), 4);
  const x = scale([dayStart(first.periodEnd), dayStart(last.periodEnd)], [LEFT, width - RIGHT]);
  const y = scale([steps[0]!, steps.at(-1)!], [HEIGHT - BOTTOM, TOP]);
  const summary = `${title}: from ${amount(first.value, unit)} on ${fullDate(first.periodEnd)} to ${amount(last.value, unit)} on ${fullDate(last.periodEnd)}${
    target == null ? '' : `; target ${amount(target, unit)}`
  }.`;
  const at = (point: Point & { value: number }): [number, number] => [x(dayStart(point.periodEnd)), y(point.value)];
  return (
    <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={summary} width={width} height={HEIGHT} className="block text-muted" fontSize="11.5">
      {steps.map((step) => (
        <g key={step}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(step)} y2={y(step)} className="stroke-line" />
          <text x={LEFT - 8} y={y(step) + 4} textAnchor="end" fill="currentColor">
            {amount(step)}
          </text>
        </g>
      ))}
      {lowerBound != null && upperBound != null && (
        <rect x={LEFT} width={width - LEFT - RIGHT} y={y(upperBound)} height={Math.max(0, y(lowerBound) - y(upperBound))} className="fill-good-soft" />
      )}
      {aims.map((aim) => (
        <g key={aim} className="text-good">
          <line x1={LEFT} x2={width - RIGHT} y1={y(aim)} y2={y(aim)} stroke="currentColor" strokeWidth="1.5" strokeDasharray="5 4" />
        </g>
      ))}
      {target != null && (
        <text x={width - RIGHT} y={y(target) + (y(target) < 24 ? 13 : -5)} textAnchor="end" className="fill-good" fontWeight="600">
          Target {amount(target)}
        </text>
      )}
      <path d={line(values.map(at))} fill="none" className="stroke-accent" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
      {values.map((point) => (
        <circle key={point.id} cx={at(point)[0]} cy={at(point)[1]} r={point === last ? 4 : 2} className="fill-accent" />
      ))}
      <text x={LEFT} y={HEIGHT - 6} fill="currentColor">
        {shortDate(first.periodEnd)}
      </text>
      <text x={width - RIGHT} y={HEIGHT - 6} textAnchor="end" fill="currentColor">
        {shortDate(last.periodEnd)}
      </text>
    </svg>
  );
}
