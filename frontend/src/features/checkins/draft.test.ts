import { describe, expect, it } from 'vitest';
import { inputOf, shareCovered, type Draft } from './draft';

const draft: Draft = { about: 'M1', value: '4,120', confidence: '4', note: ' Going well ', view: '', blocker: '', clientKey: 'k' };

describe('a check-in draft', () => {
  it('[A6] becomes the input of the mutation', () => {
    expect(inputOf('G1', { id: 'M1', kind: 'metric' }, draft)).toEqual({
      input: { goalId: 'G1', metricId: 'M1', value: 4120, confidence: 4, note: 'Going well', clientKey: 'k' },
    });
  });

  it('keeps a measure in words as words', () => {
    expect(inputOf('G1', { id: 'M1', kind: 'metric' }, { ...draft, value: 'Tier 2' }).input).toMatchObject({ text: 'Tier 2' });
  });

  it('[A4] says which milestone was reached', () => {
    expect(inputOf('G1', { id: 'MS', kind: 'milestone' }, draft).input).toMatchObject({ milestoneId: 'MS', note: 'Going well' });
  });

  it('asks for a number where one is needed', () => {
    expect(inputOf('G1', { id: 'M1', kind: 'metric' }, { ...draft, value: '' }).error).toBeTruthy();
    expect(inputOf('G1', { id: 'progress', kind: 'progress' }, { ...draft, value: '140' }).error).toBeTruthy();
    expect(inputOf('G1', { id: 'progress', kind: 'progress' }, { ...draft, value: '40' }).input).toMatchObject({ progress: 0.4 });
  });
});

it('guesses progress only by the fixed formula', () => {
  expect(shareCovered({ direction: 'DECREASE', baseline: 31, target: 14 }, 22.5)).toBe(0.5);
  expect(shareCovered({ direction: 'INCREASE', baseline: 0, target: 10 }, 14)).toBe(1);
  expect(shareCovered({ direction: 'MAINTAIN', baseline: 0, target: 10 }, 5)).toBeNull();
  expect(shareCovered({ direction: 'INCREASE', baseline: 10, target: 10 }, 5)).toBeNull();
});
