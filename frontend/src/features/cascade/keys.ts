import { plain } from './finding';
import { withRow, withSiblings, type Open, type Shown } from './opening';
import { hasChildren, type Tree } from './tree';

/** Where a tree stands: what is open and which row is selected. */
export interface Standpoint {
  readonly tree: Tree;
  readonly open: Open;
  readonly shown: Shown;
  readonly active: number;
}

export interface Move {
  readonly active: number;
  readonly open: Open;
}

/** What a key does in a treegrid, after the ARIA practices; null for keys that mean nothing here. */
export function press(key: string, { tree, open, shown, active }: Standpoint, page = 10): Move | null {
  const at = shown.at[active]!;
  const last = shown.rows.length - 1;
  const to = (index: number): Move => ({ active: shown.rows[Math.min(last, Math.max(0, index))]!, open });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowRight':
      if (!hasChildren(tree, active)) return to(at);
      return open[active] ? { active: active + 1, open } : { active, open: withRow(open, active, true) };
    case 'ArrowLeft':
      if (open[active]) return { active, open: withRow(open, active, false) };
      return { active: Math.max(tree.parent[active]!, 0), open };
    case '*':
      return { active, open: withSiblings(tree, open, active) };
    default:
      return null;
  }
}

/** The next row on show whose title begins with what was typed; the same letter again goes on to the next such row. */
export function typeAhead({ tree, shown, active }: Pick<Standpoint, 'tree' | 'shown' | 'active'>, typed: string): number {
  const letters = plain(typed);
  const again = letters.length > 1 && [...letters].every((letter) => letter === letters[0]);
  const sought = again ? letters[0]! : letters;
  const from = shown.at[active]! + (sought.length === 1 ? 1 : 0);
  for (let step = 0; step < shown.rows.length; step++) {
    const row = shown.rows[(from + step) % shown.rows.length]!;
    if (plain(tree.titles[row]!).startsWith(sought)) return row;
  }
  return active;
}
