import { hasChildren, LEVELS, type Tree } from './tree';

/** Which rows show what is below them: 1 for open, by row number. Never changed in place. */
export type Open = Uint8Array;

/** Rows that are on show, from the top down, and where each row stands among them (-1 where it is not). */
export interface Shown {
  readonly rows: Int32Array;
  readonly at: Int32Array;
}

export function shown(tree: Tree, open: Open): Shown {
  const rows = new Int32Array(tree.size);
  const at = new Int32Array(tree.size).fill(-1);
  let count = 0;
  for (let row = 0; row < tree.size; row = open[row] ? row + 1 : tree.end[row]!) {
    at[row] = count;
    rows[count++] = row;
  }
  return { rows: rows.subarray(0, count), at };
}

/** Open every row that has a goal of this level or higher somewhere below it. */
export function openToLevel(tree: Tree, level: number): Open {
  return Uint8Array.from(tree.highestBelow, (highest) => (highest <= level && highest < LEVELS.length ? 1 : 0));
}

/** Levels (as indexes) that the tree holds below its top, highest first. */
export function levelsIn(tree: Tree): number[] {
  const found = new Set<number>();
  for (let row = 1; row < tree.size; row++) if (tree.level[row]! >= 0) found.add(tree.level[row]!);
  return [...found].sort((a, b) => a - b);
}

/** The level to start with: as far down as still fits a screen or so, and one level at the least. */
export function startLevel(tree: Tree, fits = 40): number {
  const levels = levelsIn(tree);
  const fitting = levels.filter((level) => shown(tree, openToLevel(tree, level)).rows.length <= fits);
  return fitting.at(-1) ?? levels[0] ?? LEVELS.length - 1;
}

export function withRow(open: Open, row: number, value: boolean): Open {
  const next = open.slice();
  next[row] = value ? 1 : 0;
  return next;
}

/** Open all siblings of a row, itself too, that have anything below them. */
export function withSiblings(tree: Tree, open: Open, row: number): Open {
  const next = open.slice();
  const up = tree.parent[row]!;
  const last = up < 0 ? tree.size : tree.end[up]!;
  for (let sibling = up + 1; sibling < last; sibling = tree.end[sibling]!) if (hasChildren(tree, sibling)) next[sibling] = 1;
  return next;
}

/** Open whatever stands above the given rows; the same array where all is open already. */
export function withAncestors(tree: Tree, open: Open, rows: Iterable<number>): Open {
  let next = open;
  const seen = new Uint8Array(tree.size);
  for (const row of rows) {
    for (let up = tree.parent[row]!; up >= 0 && !seen[up]; up = tree.parent[up]!) {
      seen[up] = 1;
      if (next[up]) continue;
      if (next === open) next = open.slice();
      next[up] = 1;
    }
  }
  return next;
}

/** The same rows open in a tree that was read anew. */
export function carriedOver(from: Tree, open: Open, to: Tree): Open {
  const openIds = new Set(from.ids.filter((_, row) => open[row]));
  return Uint8Array.from(to.ids, (id, row) => (openIds.has(id) && hasChildren(to, row) ? 1 : 0));
}
