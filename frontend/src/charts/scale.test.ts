import { expect, it } from 'vitest';
import { line, scale, ticks } from './scale';

it('spans the values in round steps', () => {
  expect(ticks(37, 90, 4)).toEqual([20, 40, 60, 80, 100]);
  expect(ticks(0.02, 0.11, 4)[0]).toBe(0);
  expect(ticks(5, 5, 4).length).toBeGreaterThan(1);
});

it('maps a range, and one of no width to its middle', () => {
  expect(scale([0, 10], [100, 200])(5)).toBe(150);
  expect(scale([3, 3], [0, 10])(3)).toBe(5);
  expect(line([[0, 1], [2, 3]])).toBe('M0.0 1.0L2.0 3.0');
});
