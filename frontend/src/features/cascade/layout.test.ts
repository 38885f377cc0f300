import { describe, expect, it } from 'vitest';
import { ACROSS, BOX, boxAt, DOWN, fitting, layOut, toSee, zoomed } from './layout';
import { openToLevel, shown } from './opening';
import { bigPack, packOf } from './packs';
import { buildTree } from './tree';

const tree = buildTree([packOf(['Top', [['A', [['A1'], ['A2']]], ['B']]])]);
const layout = layOut(tree, shown(tree, openToLevel(tree, 4)));

describe('the map', () => {
  it('puts a parent halfway along its children, and nothing on top of anything', () => {
    expect([...layout.x]).toEqual([0, ACROSS, 2 * ACROSS, 2 * ACROSS, ACROSS]);
    expect([...layout.y]).toEqual([1.25, 0.5, 0, 1, 2].map((slot) => slot * DOWN));
    expect([layout.width, layout.height]).toEqual([2 * ACROSS + BOX.width, 2 * DOWN + BOX.height]);
  });

  it('lays out only what is open', () => {
    expect([...layOut(tree, shown(tree, openToLevel(tree, 1))).y]).toEqual([0.5, 0, 1].map((slot) => slot * DOWN));
    expect([...layOut(tree, shown(tree, new Uint8Array(tree.size))).y]).toEqual([0]);
  });

  it('keeps order and distance with many goals', () => {
    const big = buildTree([bigPack(5000)]);
    const all = shown(big, openToLevel(big, 4));
    const { x, y } = layOut(big, all);
    const lowest = new Map<number, number>();
    for (let index = 0; index < x.length; index++) {
      expect(y[index]! - (lowest.get(x[index]!) ?? -DOWN)).toBeGreaterThanOrEqual(DOWN - 0.5);
      lowest.set(x[index]!, y[index]!);
    }
  });

  it('fits, zooms about a point, and moves to what is selected', () => {
    const sight = fitting(layout, 400, 300);
    expect(sight.scale).toBeLessThan(1);
    expect(layout.width * sight.scale).toBeLessThanOrEqual(400);
    const nearer = zoomed(sight, 2, 100, 50);
    expect((100 - nearer.x) / nearer.scale).toBeCloseTo((100 - sight.x) / sight.scale);
    const moved = toSee({ scale: 1, x: 0, y: 0 }, layout, 3, 400, 300);
    expect(layout.x[3]! + BOX.width + moved.x).toBeLessThanOrEqual(400);
    expect(moved.y).toBe(0);
    expect(boxAt(layout, moved, layout.x[3]! + moved.x + 5, layout.y[3]! + 5)).toBe(3);
    expect(boxAt(layout, moved, -5, -5)).toBe(-1);
  });
});
