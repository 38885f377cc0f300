import type { ReactElement } from 'react';
import { outcomeWord, stageWord, statusWord } from '../../lib/words';
import { Icon, type IconName } from '../../ui/Icon';

export type Tone = 'good' | 'warn' | 'bad' | 'stale' | 'muted';

const LOOKS: Record<string, { icon: IconName; tone: Tone }> = {
  ON_TRACK: { icon: 'good', tone: 'good' },
  AT_RISK: { icon: 'warn', tone: 'warn' },
  OFF_TRACK: { icon: 'bad', tone: 'bad' },
  OUTDATED: { icon: 'clock', tone: 'stale' },
  NO_DATA: { icon: 'blank', tone: 'muted' },
  PENDING: { icon: 'early', tone: 'muted' },
};

const TEXT: Record<Tone, string> = { good: 'text-good', warn: 'text-warn', bad: 'text-bad', stale: 'text-stale', muted: 'text-muted' };

export function toneOf(health: string): Tone {
  return LOOKS[health]?.tone ?? 'muted';
}

/** Status of a goal: shape, word and colour, so that none of them is needed alone. */
export function StatusBadge({ health }: { readonly health: string }): ReactElement {
  const look = LOOKS[health] ?? { icon: 'blank', tone: 'muted' };
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${TEXT[look.tone]}`}>
      <Icon name={look.icon} className="size-4.5" />
      {statusWord(health)}
    </span>
  );
}

/** Stage of a goal's life; a closed goal also says how it ended. */
export function StageBadge({ status, outcome }: { readonly status: string; readonly outcome?: string | null | undefined }): ReactElement {
  const tone = status === 'PROPOSED' ? 'bg-accent-soft text-accent border-transparent' : 'bg-sunken text-ink border-transparent';
  return (
    <span className={`inline-flex items-center rounded-full border px-2.5 py-0.5 text-sm whitespace-nowrap ${tone}`}>
      {stageWord(status)}
      {outcome && `: ${outcomeWord(outcome).toLowerCase()}`}
    </span>
  );
}

/** While a goal is only planned its stage says more than its status. */
export function Standing({ status, outcome, health }: { readonly status: string; readonly outcome?: string | null | undefined; readonly health: string }): ReactElement {
  return status === 'ACTIVE' ? <StatusBadge health={health} /> : <StageBadge status={status} outcome={outcome} />;
}
