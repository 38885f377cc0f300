import { useMemo, useState } from 'react';
import { find, nextMatch, plainTitles, type Matches, type Wanted } from './finding';
import type { Move } from './keys';
import { carriedOver, openToLevel, shown, startLevel, withAncestors, withRow, type Open, type Shown } from './opening';
import type { Tree } from './tree';

interface State {
  readonly tree: Tree;
  readonly open: Open;
  /** The one selected row, the same in every view. */
  readonly active: number;
  /** The level that the tree was opened to; null once rows were opened by hand. */
  readonly level: number | null;
  readonly sought: string;
}

export interface Explorer extends State {
  readonly shown: Shown;
  readonly matches: Matches;
  readonly select: (row: number) => void;
  readonly move: (move: Move) => void;
  readonly toggle: (row: number) => void;
  readonly openLevel: (level: number) => void;
  /** To the next or the previous match. */
  readonly step: (step: 1 | -1) => void;
}

/** What both views of one tree share: what is open, what is selected, what matches. */
export function useExplorer(tree: Tree, wanted: Wanted): Explorer {
  const [state, setState] = useState<State>(() => started(tree));
  const titles = useMemo(() => plainTitles(tree), [tree]);
  const matches = useMemo(() => find(tree, titles, wanted), [tree, titles, wanted]);
  let now = state;
  if (now.tree !== tree) now = readAnew(now, tree);
  if (now.sought !== wanted.text) {
    const hits = wanted.text ? matches.rows : [];
    now = { ...revealed(now, hits), active: hits[0] ?? now.active, sought: wanted.text };
  }
  if (now !== state) setState(now);
  const visible = useMemo(() => shown(tree, now.open), [tree, now.open]);

  return {
    ...now,
    shown: visible,
    matches,
    select: (row) => setState((was) => ({ ...revealed(was, [row]), active: row })),
    move: ({ active, open }) => setState((was) => ({ ...was, active, open, level: open === was.open ? was.level : null })),
    toggle: (row) =>
      setState((was) => {
        const closing = was.open[row] === 1;
        const inside = closing && was.active > row && was.active < tree.end[row]!;
        return { ...was, open: withRow(was.open, row, !closing), active: inside ? row : was.active, level: null };
      }),
    openLevel: (level) => setState((was) => onShow({ ...was, open: openToLevel(tree, level), level })),
    step: (step) => {
      const row = nextMatch(matches, now.active, step);
      if (row >= 0) setState((was) => ({ ...revealed(was, [row]), active: row }));
    },
  };
}

function started(tree: Tree): State {
  const level = startLevel(tree);
  return { tree, open: openToLevel(tree, level), active: 0, level, sought: '' };
}

/** The same place in a tree that came anew from the server; another tree starts afresh. */
function readAnew(state: State, tree: Tree): State {
  if (state.tree.ids[0] !== tree.ids[0]) return started(tree);
  const active = Math.max(0, tree.ids.indexOf(state.tree.ids[state.active]!));
  return onShow({ ...state, tree, open: carriedOver(state.tree, state.open, tree), active });
}

function revealed(state: State, rows: readonly number[]): State {
  const open = withAncestors(state.tree, state.open, rows);
  return open === state.open ? state : { ...state, open, level: null };
}

/** A selected row that is no longer on show gives way to its highest closed ancestor. */
function onShow(state: State): State {
  const { tree, open } = state;
  let active = state.active;
  for (let up = tree.parent[active]!; up >= 0; up = tree.parent[up]!) if (!open[up]) active = up;
  return { ...state, active };
}
