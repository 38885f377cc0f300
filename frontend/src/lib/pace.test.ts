import { describe, expect, it } from 'vitest';
import { aheadOrBehind, paceSentence, type Pace } from './pace';

const goal: Pace = {
  status: 'ACTIVE',
  progress: 0.62,
  expectedProgress: 0.68,
  startDate: '2026-01-01',
  dueDate: '2026-12-31',
  lastObservedOn: '2026-05-04',
};

describe('the sentence before the numbers', () => {
  it('[A6] tells progress, distance from plan and freshness', () => {
    expect(paceSentence(goal, '2026-05-20')).toBe('62%, about three weeks behind plan, updated 4 May');
    expect(paceSentence({ ...goal, progress: 0.8 }, '2026-05-20')).toBe('80%, about six weeks ahead of plan, updated 4 May');
  });

  it('calls a small difference on plan', () => {
    expect(aheadOrBehind({ ...goal, progress: 0.675 })).toBe('on plan');
  });

  it('never shows missing data as nothing done', () => {
    expect(paceSentence({ ...goal, progress: null, lastObservedOn: null })).toBe('No data yet');
    expect(paceSentence({ ...goal, progress: null, status: 'DRAFT', lastObservedOn: null })).toBe('Not started yet');
    expect(paceSentence({ ...goal, progress: 0 }, '2026-05-20')).toContain('0%');
  });

  it('says no weeks where there is no plan in time', () => {
    expect(aheadOrBehind({ ...goal, expectedProgress: 1 })).toBe('behind plan');
    expect(aheadOrBehind({ ...goal, dueDate: null })).toBe('behind plan');
    expect(aheadOrBehind({ ...goal, expectedProgress: null })).toBe('');
    expect(paceSentence({ ...goal, status: 'CLOSED' }, '2026-05-20')).toBe('62%, updated 4 May');
  });
});
