import type { GoalLevel, Health } from '../../__generated__/CascadeTreeQuery.graphql';

/** The states of a goal, the ones that need attention first. */
export const HEALTHS: readonly Health[] = ['OFF_TRACK', 'AT_RISK', 'OUTDATED', 'NO_DATA', 'PENDING', 'ON_TRACK'];
export const LEVELS: readonly GoalLevel[] = ['STRATEGIC_GOAL', 'STRATEGIC_OBJECTIVE', 'UNIT', 'TEAM', 'INDIVIDUAL'];

/** One tree as the server sends it: columns in tree order, the root first. */
export interface Pack {
  readonly ids: readonly string[];
  readonly parents: readonly number[];
  readonly titles: readonly string[];
  readonly levels: readonly string[];
  readonly health: readonly string[];
  readonly progress: readonly (number | null | undefined)[];
  readonly hidden: readonly number[];
  readonly viaHidden: readonly boolean[];
  readonly truncated: boolean;
}

/**
 * A tree in columns, in tree order: a row's descendants are the rows after it, up to its `end`. Every view of the
 * cascade reads this one, by row number.
 */
export interface Tree {
  readonly size: number;
  /** Whether row 0 is the plan itself rather than a goal. */
  readonly hasPlan: boolean;
  readonly truncated: boolean;
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  /** Row of the parent, -1 for the top. */
  readonly parent: Int32Array;
  /** Row after the last descendant. */
  readonly end: Int32Array;
  /** Steps below the top. */
  readonly depth: Uint16Array;
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: Int32Array;
  readonly siblings: Int32Array;
  /** Index into `LEVELS`, -1 for the plan. */
  readonly level: Int8Array;
  /** Index into `HEALTHS`, -1 for the plan. */
  readonly health: Int8Array;
  /** 0..1, NaN where there is none. */
  readonly progress: Float64Array;
  /** Goals directly below that the viewer cannot see, and all of them in the branch. */
  readonly hidden: Int32Array;
  readonly hiddenBelow: Int32Array;
  readonly viaHidden: Uint8Array;
  /** Goals below by state: six numbers a row, in the order of `HEALTHS`. */
  readonly below: Int32Array;
  /** The highest level (as an index) found below a row; `LEVELS.length` where nothing is. */
  readonly highestBelow: Int8Array;
}

/** Join the trees of a plan's strategic goals under the plan itself; one goal's tree stands alone. */
export function buildTree(packs: readonly Pack[], plan?: { readonly id: string; readonly title: string }): Tree {
  const used = plan ? withoutNested(packs) : packs.slice(0, 1);
  const first = plan ? 1 : 0;
  const size = used.reduce((sum, pack) => sum + pack.ids.length, first);
  const ids: string[] = plan ? [plan.id] : [];
  const titles: string[] = plan ? [plan.title] : [];
  const tree = {
    parent: new Int32Array(size).fill(-1),
    end: new Int32Array(size),
    depth: new Uint16Array(size),
    place: new Int32Array(size).fill(1),
    siblings: new Int32Array(size).fill(1),
    level: new Int8Array(size).fill(-1),
    health: new Int8Array(size).fill(-1),
    progress: new Float64Array(size).fill(Number.NaN),
    hidden: new Int32Array(size),
    hiddenBelow: new Int32Array(size),
    viaHidden: new Uint8Array(size),
    below: new Int32Array(size * HEALTHS.length),
    highestBelow: new Int8Array(size).fill(LEVELS.length),
  };
  let row = first;
  for (const pack of used) {
    const start = row;
    for (let i = 0; i < pack.ids.length; i++, row++) {
      const up = pack.parents[i]!;
      ids.push(pack.ids[i]!);
      titles.push(pack.titles[i]!);
      tree.parent[row] = up < 0 ? first - 1 : start + up;
      tree.level[row] = LEVELS.indexOf(pack.levels[i] as GoalLevel);
      tree.health[row] = HEALTHS.indexOf(pack.health[i] as Health);
      tree.progress[row] = pack.progress[i] ?? Number.NaN;
      tree.hidden[row] = tree.hiddenBelow[row] = pack.hidden[i]!;
      tree.viaHidden[row] = pack.viaHidden[i] ? 1 : 0;
    }
  }
  addUp(tree, size);
  return { size, hasPlan: plan !== undefined, truncated: used.some((pack) => pack.truncated), ids, titles, ...tree };
}

/** A strategic goal that serves another one already stands in the other's tree. */
function withoutNested(packs: readonly Pack[]): readonly Pack[] {
  const nested = new Set(packs.flatMap((pack) => pack.ids.slice(1)));
  return packs.filter((pack) => pack.ids.length > 0 && !nested.has(pack.ids[0]!));
}

type Columns = Pick<Tree, 'parent' | 'end' | 'depth' | 'place' | 'siblings' | 'level' | 'health' | 'hiddenBelow' | 'below' | 'highestBelow'>;

/** Fill in what follows from parents: depths and places downward, ends and sums upward. */
function addUp({ parent, end, depth, place, siblings, level, health, hiddenBelow, below, highestBelow }: Columns, size: number): void {
  const children = new Int32Array(size);
  const states = HEALTHS.length;
  for (let row = 0; row < size; row++) {
    const up = parent[row]!;
    end[row] = row + 1;
    if (up < 0) continue;
    depth[row] = depth[up]! + 1;
    place[row] = ++children[up]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const up = parent[row]!;
    if (up < 0) continue;
    siblings[row] = children[up]!;
    if (end[row]! > end[up]!) end[up] = end[row]!;
    hiddenBelow[up]! += hiddenBelow[row]!;
    for (let state = 0; state < states; state++) below[up * states + state]! += below[row * states + state]!;
    if (health[row]! >= 0) below[up * states + health[row]!]! += 1;
    highestBelow[up] = Math.min(highestBelow[up]!, level[row]!, highestBelow[row]!);
  }
}

export const hasChildren = (tree: Tree, row: number): boolean => tree.end[row]! > row + 1;

/** How many visible goals are below a row, at any depth. */
export const goalsBelow = (tree: Tree, row: number): number => tree.end[row]! - row - 1;

export const isPlan = (tree: Tree, row: number): boolean => tree.hasPlan && row === 0;

export const healthOf = (tree: Tree, row: number): Health | null => HEALTHS[tree.health[row]!] ?? null;

export const levelOf = (tree: Tree, row: number): GoalLevel | null => LEVELS[tree.level[row]!] ?? null;

/** How many goals of the whole tree are in each state, in the order of `HEALTHS`. */
export function totals(tree: Tree): number[] {
  const counts = HEALTHS.map(() => 0);
  for (const state of tree.health) if (state >= 0) counts[state]! += 1;
  return counts;
}

/** Rows from the top to this one, itself left out. */
export function ancestors(tree: Tree, row: number): number[] {
  const path: number[] = [];
  for (let up = tree.parent[row]!; up >= 0; up = tree.parent[up]!) path.unshift(up);
  return path;
}
