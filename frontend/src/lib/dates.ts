/**
 * Calendar dates (`2026-05-04`) have no time zone: they are read and shown as UTC, so that no reader's zone can move
 * them to another day. Timestamps (`2026-05-04T09:30:00Z`) are shown in the reader's own zone.
 */

const DAY = 86_400_000;
const LOCALE = 'en-GB';

/** Milliseconds of midnight UTC of a calendar date. */
export function dayStart(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}

/** Today's calendar date where the reader is. */
export function today(now: Date = new Date()): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** Whole days from one calendar date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayStart(to) - dayStart(from)) / DAY);
}

/** "4 May", with the year unless it is this one. */
export function shortDate(date: string, now: string = today()): string {
  const sameYear = date.slice(0, 4) === now.slice(0, 4);
  return new Intl.DateTimeFormat(LOCALE, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(dayStart(date));
}

/** "4 May 2026". */
export function fullDate(date: string): string {
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    dayStart(date),
  );
}

/** "Monday 4 May 2026", for a timestamp in the reader's zone. */
export function longDay(now: Date = new Date()): string {
  return new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long' }).format(now);
}

/** "4 May 2026, 09:30", in the reader's zone. */
export function moment(timestamp: string): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(timestamp));
}

/** The reader's calendar date of a timestamp. */
export function dateOf(timestamp: string): string {
  return today(new Date(timestamp));
}

function plural(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/** A length of time in the largest unit that reads naturally: "5 days", "3 weeks", "4 months". */
export function span(days: number): string {
  const n = Math.abs(Math.round(days));
  if (n < 14) return plural(n, 'day');
  if (n < 70) return plural(Math.round(n / 7), 'week');
  if (n < 730) return plural(Math.round(n / 30.44), 'month');
  return plural(Math.round(n / 365.25), 'year');
}

/** "due today", "due in 3 weeks", "5 days overdue". */
export function dueIn(date: string, now: string = today()): string {
  const days = daysBetween(now, date);
  if (days === 0) return 'due today';
  if (days === 1) return 'due tomorrow';
  return days > 0 ? `due in ${span(days)}` : `${span(days)} overdue`;
}
