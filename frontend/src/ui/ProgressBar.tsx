import type { ReactElement } from 'react';

interface ProgressBarProps {
  /** 0..1. */
  readonly value: number;
  /** Where it should be by now, 0..1; drawn as a notch. */
  readonly expected?: number | null | undefined;
  readonly tone?: 'accent' | 'good' | 'warn' | 'bad' | 'stale' | 'muted';
  readonly className?: string;
}

const TONES = { accent: 'bg-fill-accent', good: 'bg-fill-good', warn: 'bg-fill-warn', bad: 'bg-fill-bad', stale: 'bg-fill-stale', muted: 'bg-edge' };

/** A drawing of a share that a sentence beside it already gives: hidden from assistive technology. */
export function ProgressBar({ value, expected, tone = 'accent', className = 'h-1.5' }: ProgressBarProps): ReactElement {
  return (
    <div aria-hidden="true" className={`relative rounded-full bg-sunken forced-colors:border ${className}`}>
      <div className={`h-full rounded-full forced-colors:bg-[CanvasText] ${TONES[tone]}`} style={{ width: `${Math.min(1, Math.max(0, value)) * 100}%` }} />
      {expected != null && expected > 0 && (
        <div className="absolute -inset-y-0.5 w-0.5 rounded bg-ink forced-colors:bg-[Highlight]" style={{ left: `calc(${Math.min(1, expected) * 100}% - 1px)` }} />
      )}
    </div>
  );
}
