import type { Pack } from './tree';

/** A made-up tree for tests: `[title, children]` from the top down. */
export type Sketch = readonly [title: string, children?: readonly Sketch[], more?: { health?: string; progress?: number | null; hidden?: number; viaHidden?: boolean }];

const LEVELS = ['STRATEGIC_GOAL', 'STRATEGIC_OBJECTIVE', 'UNIT', 'TEAM', 'INDIVIDUAL'];

export function packOf(sketch: Sketch): Pack {
  const pack = { ids: [] as string[], parents: [] as number[], titles: [] as string[], levels: [] as string[], health: [] as string[], progress: [] as (number | null)[], hidden: [] as number[], viaHidden: [] as boolean[], truncated: false };
  const add = ([title, children = [], more = {}]: Sketch, parent: number, depth: number) => {
    const row = pack.ids.push(`id-${title}`) - 1;
    pack.parents.push(parent);
    pack.titles.push(title);
    pack.levels.push(LEVELS[Math.min(depth, 4)]!);
    pack.health.push(more.health ?? 'ON_TRACK');
    pack.progress.push(more.progress === undefined ? 0.5 : more.progress);
    pack.hidden.push(more.hidden ?? 0);
    pack.viaHidden.push(more.viaHidden ?? false);
    for (const child of children) add(child, row, depth + 1);
  };
  add(sketch, -1, 0);
  return pack;
}

/** A tree of `size` goals, each with up to eight below it, down to the fifth level and beyond. */
export function bigPack(size: number): Pack {
  const children: number[][] = Array.from({ length: size }, () => []);
  for (let n = 1; n < size; n++) children[Math.floor((n - 1) / 8)]!.push(n);
  const sketch = (n: number): Sketch => [`Goal ${n}`, children[n]!.map(sketch), { health: ['ON_TRACK', 'AT_RISK', 'OFF_TRACK'][n % 3]!, hidden: n % 100 === 0 ? 1 : 0 }];
  return packOf(sketch(0));
}
