import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore, type KeyboardEvent, type ReactElement } from 'react';
import { matchesBelow } from './finding';
import { press, typeAhead } from './keys';
import { OutlineRow } from './OutlineRow';
import { hasChildren } from './tree';
import type { Explorer } from './useExplorer';

export interface ViewProps {
  readonly explorer: Explorer;
  /** What is looked for, to be marked in the titles. */
  readonly text: string;
  readonly onOpenGoal: (row: number) => void;
}

/** Heights in rem: a line on a desktop, a small card on a phone; the row of column names on a desktop. */
const LINE = 2.75;
const CARD = 5.25;
const HEAD = 2.25;
/** Letters typed within this many milliseconds belong together. */
const PAUSE = 700;
const COLUMNS = ['Goal', 'Status', 'Progress', 'Below', 'Hidden'];
const GRID = 'lg:grid lg:grid-cols-[minmax(0,1fr)_9.5rem_7.5rem_6rem_4rem] lg:items-center lg:gap-x-2';

/** The tree as rows that open and close: of any length, as only the rows in sight are drawn. */
export function Outline({ explorer, text, onOpenGoal }: ViewProps): ReactElement {
  const { tree, open, shown, active, matches } = explorer;
  const scroller = useRef<HTMLDivElement>(null);
  const takesFocus = useRef(false);
  const typed = useRef({ letters: '', at: 0 });
  const wide = useWide();
  const rem = rootFontSize();
  const head = wide ? HEAD * rem : 0;
  const height = (wide ? LINE : CARD) * rem;
  const at = Math.max(0, shown.at[active]!);
  const virtual = useVirtualizer({
    count: shown.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => tree.ids[shown.rows[index]!]!,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
    // The selected row stays drawn wherever the reader scrolls, so that the focus is never lost with it.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), at])].filter((index) => index < range.count).sort((a, b) => a - b),
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  useEffect(() => {
    const { startIndex, endIndex } = virtual.range ?? { startIndex: at, endIndex: at };
    virtual.scrollToIndex(at, { align: at < startIndex - 1 || at > endIndex + 1 ? 'center' : 'auto' });
  }, [virtual, at]);
  useLayoutEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      onOpenGoal(active);
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - head) / height) - 1);
    let move = press(event.key, explorer, page);
    const goesOn = Date.now() - typed.current.at < PAUSE;
    if (!move && (/^[\p{L}\p{N}]$/u.test(event.key) || (event.key === ' ' && goesOn))) {
      typed.current = { letters: (goesOn ? typed.current.letters : '') + event.key, at: Date.now() };
      move = { active: typeAhead(explorer, typed.current.letters), open };
    }
    if (!move) return;
    event.preventDefault();
    takesFocus.current = true;
    explorer.move(move);
  };

  return (
    <div ref={scroller} className="panel relative h-[70dvh] overflow-y-auto overscroll-contain lg:h-[max(24rem,calc(100dvh-21.5rem))]">
      <div role="treegrid" aria-label="Goals, each with the goals that count toward it" aria-rowcount={shown.rows.length + 1} aria-colcount={COLUMNS.length} onKeyDown={onKeyDown}>
        <div role="rowgroup" className="top-0 z-10 max-lg:sr-only lg:sticky">
          <div role="row" aria-rowindex={1} className={`h-9 border-b border-line bg-surface px-3 text-sm text-muted ${GRID}`}>
            {COLUMNS.map((column, index) => (
              <div key={column} role="columnheader" aria-colindex={index + 1} className={`font-medium ${index === 0 ? 'pl-7' : ''} ${index > 2 ? 'text-right' : ''}`}>
                {column}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = shown.rows[item.index]!;
            return (
              <OutlineRow
                key={item.key}
                tree={tree}
                row={row}
                index={item.index}
                expanded={hasChildren(tree, row) ? open[row] === 1 : undefined}
                active={row === active}
                matchesBelow={matches.active ? matchesBelow(matches, tree, row) : null}
                match={!matches.active ? 'none' : matches.is[row] ? 'yes' : 'no'}
                text={text}
                size={item.size}
                start={item.start - head}
                wide={wide}
                className={GRID}
                onSelect={explorer.select}
                onToggle={explorer.toggle}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

const desktop = typeof matchMedia === 'function' ? matchMedia('(min-width: 64rem)') : null;

function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      desktop?.addEventListener('change', listener);
      return () => desktop?.removeEventListener('change', listener);
    },
    () => desktop?.matches ?? true,
  );
}

/** One rem in pixels: rows grow with the reader's font size. */
function rootFontSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
