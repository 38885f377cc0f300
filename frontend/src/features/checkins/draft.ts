import { parseAmount } from '../../lib/numbers';

/** What someone has entered so far. `about`: a measure's or milestone's id, "progress", or "" for words alone. */
export interface Draft {
  readonly about: string;
  readonly value: string;
  readonly confidence: string | null;
  readonly note: string;
  readonly view: string;
  readonly blocker: string;
  /** The same for as long as nothing is changed, so that a save tried again is recorded once. */
  readonly clientKey: string;
}

interface Subject {
  readonly id: string;
  readonly kind: 'metric' | 'milestone' | 'progress' | 'words';
}

/** The mutation's input for a draft, or the message that belongs under its number. */
export function inputOf(goalId: string, subject: Subject, draft: Draft) {
  const common = {
    goalId,
    clientKey: draft.clientKey,
    ...(draft.confidence ? { confidence: Number(draft.confidence) } : {}),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
    ...(draft.view ? { view: draft.view as 'ON_TRACK' } : {}),
    ...(draft.blocker.trim() ? { blocker: draft.blocker.trim() } : {}),
  };
  const value = parseAmount(draft.value);
  switch (subject.kind) {
    case 'metric':
      if (!draft.value.trim()) return { error: 'Enter the latest number.' };
      // Some measures are words ("Tier 2 reached"): the server keeps those as text.
      return { input: { ...common, metricId: subject.id, ...(value === null ? { text: draft.value.trim() } : { value }) } };
    case 'progress':
      if (value === null || value < 0 || value > 100) return { error: 'Enter a number from 0 to 100.' };
      return { input: { ...common, progress: value / 100 } };
    case 'milestone':
      return { input: { ...common, milestoneId: subject.id } };
    default:
      return { input: common };
  }
}

/** Share of the way from baseline to target, as the server works it out; null where it needs more than that. */
export function shareCovered(metric: { direction: string; baseline?: number | null; target?: number | null }, value: number): number | null {
  const { direction, baseline, target } = metric;
  if ((direction !== 'INCREASE' && direction !== 'DECREASE') || baseline == null || target == null || baseline === target) return null;
  return Math.min(1, Math.max(0, (value - baseline) / (target - baseline)));
}
