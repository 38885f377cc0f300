import type { Health } from '../../__generated__/CascadeTreeQuery.graphql';
import { HEALTHS, isPlan, type Tree } from './tree';

/** What is looked for. Without text and without statuses nothing is, and no row is dimmed. */
export interface Wanted {
  readonly text: string;
  readonly statuses: readonly Health[];
}

export interface Matches {
  /** Whether anything is looked for at all. */
  readonly active: boolean;
  /** Rows that match, in tree order. */
  readonly rows: readonly number[];
  readonly is: Uint8Array;
  /** How many match before each row; one longer than the tree. */
  readonly before: Int32Array;
}

/** Letters without case and accents, one for one, so that places in it are places in the title. */
export function plain(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => {
    const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return bare.length === letter.length ? bare : letter;
  }).join('');
}

/** The tree's titles made plain, once for a tree. */
export const plainTitles = (tree: Tree): readonly string[] => tree.titles.map(plain);

export function find(tree: Tree, titles: readonly string[], { text, statuses }: Wanted): Matches {
  const sought = plain(text.trim());
  const states = new Set(statuses.map((status) => HEALTHS.indexOf(status)));
  const is = new Uint8Array(tree.size);
  const rows: number[] = [];
  const active = sought !== '' || states.size > 0;
  const before = new Int32Array(tree.size + 1);
  for (let row = 0; active && row < tree.size; row++) {
    const fits = (!sought || titles[row]!.includes(sought)) && (states.size === 0 || states.has(tree.health[row]!));
    if (fits && !isPlan(tree, row)) {
      is[row] = 1;
      rows.push(row);
    }
    before[row + 1] = rows.length;
  }
  return { active, rows, is, before };
}

/** How many goals below a row match. */
export const matchesBelow = ({ before }: Matches, tree: Tree, row: number): number => before[tree.end[row]!]! - before[row + 1]!;

/** The next match after a row, or the previous one before it, going round; -1 where there is none. */
export function nextMatch({ rows }: Matches, from: number, step: 1 | -1): number {
  if (rows.length === 0) return -1;
  return step === 1 ? (rows.find((row) => row > from) ?? rows[0]!) : (rows.findLast((row) => row < from) ?? rows.at(-1)!);
}

/** A title cut where it matches: [before, match, after, match, after …]. */
export function pieces(title: string, text: string): string[] {
  const sought = plain(text.trim());
  if (!sought) return [title];
  const inside = plain(title);
  const cut: string[] = [];
  let from = 0;
  for (let at = inside.indexOf(sought); at !== -1; at = inside.indexOf(sought, from)) {
    cut.push(title.slice(from, at), title.slice(at, at + sought.length));
    from = at + sought.length;
  }
  return [...cut, title.slice(from)];
}
