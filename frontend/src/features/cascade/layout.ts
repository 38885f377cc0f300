import type { Shown } from './opening';
import type { Tree } from './tree';

/** Sizes of the map at its natural scale, in pixels. */
export const BOX = { width: 250, height: 46, acrossGap: 56, downGap: 8 } as const;
export const ACROSS = BOX.width + BOX.acrossGap;
export const DOWN = BOX.height + BOX.downGap;

/** Where the rows on show stand on the map: their boxes' upper left corners, by place among those on show. */
export interface Layout {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** A tidy tree from left to right: ends below one another in tree order, each parent halfway along its children. */
export function layOut(tree: Tree, shown: Shown): Layout {
  const count = shown.rows.length;
  const x = new Float32Array(count);
  const y = new Float32Array(count).fill(-1);
  const last = new Float32Array(count).fill(-1);
  let ends = 0;
  let deepest = 0;
  for (let index = 0; index < count; index++) {
    const row = shown.rows[index]!;
    deepest = Math.max(deepest, tree.depth[row]!);
    x[index] = tree.depth[row]! * ACROSS;
    const next = shown.rows[index + 1];
    if (next === undefined || tree.parent[next] !== row) y[index] = ends++ * DOWN;
  }
  // Backward, a parent meets its last child first and its first child last.
  for (let index = count - 1; index >= 0; index--) {
    if (last[index]! >= 0) y[index] = (y[index]! + last[index]!) / 2;
    const up = tree.parent[shown.rows[index]!]!;
    if (up < 0) continue;
    const above = shown.at[up]!;
    if (last[above]! < 0) last[above] = y[index]!;
    y[above] = y[index]!;
  }
  return { x, y, width: deepest * ACROSS + BOX.width, height: Math.max(1, ends) * DOWN - BOX.downGap };
}

/** The part of the map in sight: `scale` times the map, moved by x and y pixels. */
export interface Sight {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const MARGIN = 16;
const SMALLEST = 0.002;
const LARGEST = 2;

/** All of the map, no larger than natural. */
export function fitting(layout: Layout, width: number, height: number): Sight {
  const scale = Math.max(SMALLEST, Math.min(1, (width - 2 * MARGIN) / layout.width, (height - 2 * MARGIN) / layout.height));
  return { scale, x: (width - layout.width * scale) / 2, y: (height - layout.height * scale) / 2 };
}

/** Zoom by a factor, keeping the point under (x, y) where it is. */
export function zoomed(sight: Sight, factor: number, x: number, y: number): Sight {
  const scale = Math.min(LARGEST, Math.max(SMALLEST, sight.scale * factor));
  const by = scale / sight.scale;
  return { scale, x: x - (x - sight.x) * by, y: y - (y - sight.y) * by };
}

/** Move as little as needed to have a box in sight; one at the far left keeps the way to its children in sight too. */
export function toSee(sight: Sight, layout: Layout, index: number, width: number, height: number): Sight {
  const left = layout.x[index]! * sight.scale + sight.x;
  const top = layout.y[index]! * sight.scale + sight.y;
  const right = left + BOX.width * sight.scale;
  const bottom = top + BOX.height * sight.scale;
  const by = (low: number, high: number, size: number) => (low < MARGIN ? MARGIN - low : high > size - MARGIN ? Math.max(size - MARGIN - high, MARGIN - low) : 0);
  return { ...sight, x: sight.x + by(left, right, width), y: sight.y + by(top, bottom, height) };
}

/** The place among those on show of the box at a point, or -1. */
export function boxAt(layout: Layout, sight: Sight, x: number, y: number): number {
  const mapX = (x - sight.x) / sight.scale;
  const mapY = (y - sight.y) / sight.scale;
  return layout.x.findIndex((left, index) => mapX >= left && mapX <= left + BOX.width && mapY >= layout.y[index]! && mapY <= layout.y[index]! + BOX.height);
}
