import { daysBetween, shortDate, span, today } from './dates';
import { percent } from './numbers';

/** What the sentence about a goal's progress is made of; all of it comes from the server. */
export interface Pace {
  readonly status: string;
  readonly outcome?: string | null;
  readonly progress: number | null | undefined;
  readonly expectedProgress: number | null | undefined;
  readonly startDate: string | null | undefined;
  readonly dueDate: string | null | undefined;
  readonly lastObservedOn: string | null | undefined;
}

/** How far off plan, as a clause: "on plan", "about three weeks behind plan"; empty where there is nothing to compare. */
export function aheadOrBehind(goal: Pace): string {
  const { progress, expectedProgress: expected, startDate, dueDate } = goal;
  if (progress == null || expected == null) return '';
  const gap = progress - expected;
  const direction = gap < 0 ? 'behind plan' : 'ahead of plan';
  const length = startDate && dueDate ? daysBetween(startDate, dueDate) : 0;
  // A goal that must hold its level all along (or is past its date) has no "weeks" to be behind by.
  if (length <= 0 || expected >= 1) return Math.abs(gap) < 0.005 ? 'on plan' : direction;
  const days = gap * length;
  if (Math.abs(days) < 4 || Math.abs(gap) < 0.02) return 'on plan';
  return `about ${spelled(span(days))} ${direction}`;
}

/** "62%, about three weeks behind plan, updated 4 May": the one sentence before any number. */
export function paceSentence(goal: Pace, now: string = today()): string {
  const updated = goal.lastObservedOn ? `updated ${shortDate(goal.lastObservedOn, now)}` : '';
  if (goal.progress == null) {
    const waiting = goal.status === 'DRAFT' || goal.status === 'PROPOSED' || goal.status === 'APPROVED';
    return waiting ? 'Not started yet' : ['No data yet', updated].filter(Boolean).join(', ');
  }
  const running = goal.status === 'ACTIVE';
  const parts = [percent(goal.progress), running ? aheadOrBehind(goal) : '', updated];
  return parts.filter(Boolean).join(', ');
}

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Small counts read better as words: "3 weeks" → "three weeks". */
function spelled(text: string): string {
  return text.replace(/^(\d+)/, (digits) => SMALL[Number(digits)] ?? digits);
}
