import { describe, expect, it } from 'vitest';
import { daysBetween, dueIn, fullDate, shortDate, span, today } from './dates';

describe('calendar dates', () => {
  it('[A4] shows a due date as the same day in every time zone', () => {
    const before = process.env['TZ'];
    for (const zone of ['Pacific/Honolulu', 'UTC', 'Pacific/Kiritimati']) {
      process.env['TZ'] = zone;
      expect(fullDate('2026-05-04')).toBe('4 May 2026');
      expect(shortDate('2026-01-01', '2026-07-01')).toBe('1 Jan');
    }
    process.env['TZ'] = before;
  });

  it('leaves the year out only where it is this year', () => {
    expect(shortDate('2026-05-04', '2026-11-22')).toBe('4 May');
    expect(shortDate('2027-05-04', '2026-11-22')).toBe('4 May 2027');
  });

  it('counts whole days across a change of clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
  });

  it('says how long in the unit that reads best', () => {
    expect([1, 5, 13, 21, 69, 120, 800].map(span)).toEqual(['1 day', '5 days', '13 days', '3 weeks', '10 weeks', '4 months', '2 years']);
  });

  it('[A4] says when something is due', () => {
    expect(dueIn('2026-11-22', '2026-11-22')).toBe('due today');
    expect(dueIn('2026-11-23', '2026-11-22')).toBe('due tomorrow');
    expect(dueIn('2026-12-13', '2026-11-22')).toBe('due in 3 weeks');
    expect(dueIn('2026-11-20', '2026-11-22')).toBe('2 days overdue');
  });

  it('takes the date where the reader is', () => {
    expect(today(new Date(2026, 0, 9, 23, 59))).toBe('2026-01-09');
  });
});
