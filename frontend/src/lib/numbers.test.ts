import { expect, it } from 'vitest';
import { amount, count, listed, parseAmount, percent } from './numbers';

it('shows a share as a percentage, keeping a decimal only below one percent', () => {
  expect([0, 0.004, 0.62, 1].map(percent)).toEqual(['0%', '0.4%', '62%', '100%']);
});

it('writes a number with its unit of measure as people do', () => {
  expect(amount(4120, 'permits')).toBe('4,120 permits');
  expect(amount(62.5, '%')).toBe('62.5%');
  expect(amount(1200, '$')).toBe('$1,200');
  expect(amount(4.25)).toBe('4.25');
  expect([amount(1, 'working days'), amount(1, 'people'), amount(1, 'days per permit'), amount(0, 'days')]).toEqual([
    '1 working day',
    '1 person',
    '1 day per permit',
    '0 days',
  ]);
});

it('reads numbers the way they are typed, and nothing else', () => {
  expect(['4,120', ' 62 % ', '-3.5', '.5', '$1,200'].map(parseAmount)).toEqual([4120, 62, -3.5, 0.5, 1200]);
  expect(['', 'many', '1e5', '4.5.6', '--2'].map(parseAmount)).toEqual([null, null, null, null, null]);
});

it('counts and lists in words', () => {
  expect(count(1, 'goal')).toBe('1 goal');
  expect(count(1200, 'goal')).toBe('1,200 goals');
  expect(listed(['one', 'two', 'three'])).toBe('one, two and three');
});
