import { useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { percent } from '../../lib/numbers';
import { statusWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { draw, mapSummary, palette, type Palette } from './drawing';
import { press } from './keys';
import { boxAt, fitting, layOut, toSee, zoomed, type Layout, type Sight } from './layout';
import type { ViewProps } from './Outline';
import { hasChildren, healthOf, type Tree } from './tree';

const STEP = 1.3;
const READABLE = 0.8;

/** The same tree drawn from left to right: to be dragged, zoomed and walked. Everything in it also stands in the outline. */
export function TreeMap({ explorer, onOpenGoal }: ViewProps): ReactElement {
  const { tree, shown, open, active, matches } = explorer;
  const layout = useMemo(() => layOut(tree, shown), [tree, shown]);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [lines, setLines] = useState(() => ({ tree, of: new Map<number, readonly string[]>() }));
  if (lines.tree !== tree) setLines({ tree, of: new Map() });
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [colors, setColors] = useState<Palette | null>(null);
  const [focused, setFocused] = useState(false);
  const [sight, setSight] = useState<Sight | null>(null);
  const { width, height } = size;

  useEffect(() => {
    const element = frame.current!;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const read = () => setColors(palette(frame.current!));
    read();
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', read);
    const chosen = new MutationObserver(read);
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      scheme.removeEventListener('change', read);
      chosen.disconnect();
    };
  }, []);

  // Opening a branch moves everything below it: the selected box stays where the reader sees it.
  const anchor = useRef({ row: -1, y: 0 });
  const settle = useEffectEvent(() => {
    if (!width) return;
    const at = Math.max(0, shown.at[active]!);
    const y = layout.y[at]!;
    const by = anchor.current.row === active ? anchor.current.y - y : 0;
    anchor.current = { row: active, y };
    setSight((now) => (now ? toSee({ ...now, y: now.y + by * now.scale }, layout, at, width, height) : firstSight(layout, at, width, height)));
  });
  useEffect(() => settle(), [layout, active, width, height]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !sight || !colors || !width) return undefined;
    const request = requestAnimationFrame(() => {
      const sharp = window.devicePixelRatio || 1;
      const element = canvas.current!;
      if (element.width !== Math.round(width * sharp) || element.height !== Math.round(height * sharp)) {
        element.width = Math.round(width * sharp);
        element.height = Math.round(height * sharp);
      }
      context.setTransform(sharp, 0, 0, sharp, 0, 0);
      draw(context, { explorer, layout, sight, colors, width, height, lines: lines.of, focused });
    });
    return () => cancelAnimationFrame(request);
  });

  const zoom = (factor: number, x = width / 2, y = height / 2) => setSight((now) => now && zoomed(now, factor, x, y));
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = frame.current!.getBoundingClientRect();
    zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) / 400), event.clientX - box.left, event.clientY - box.top);
  });
  useEffect(() => {
    const element = canvas.current!;
    const listener = (event: WheelEvent) => onWheel(event);
    element.addEventListener('wheel', listener, { passive: false }); // React's own are passive and could not keep the page still
    return () => element.removeEventListener('wheel', listener);
  }, []);

  const { onPointerDown, onPointerMove, onPointerUp } = usePointers({
    pan: (x, y) => setSight((now) => now && { ...now, x: now.x + x, y: now.y + y }),
    zoom,
    tap: (x, y, twice) => {
      const at = sight ? boxAt(layout, sight, x, y) : -1;
      if (at < 0) return;
      const row = shown.rows[at]!;
      if (twice && hasChildren(tree, row)) explorer.toggle(row);
      else explorer.select(row);
    },
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pans: Record<string, readonly [number, number]> = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
    const pan = event.shiftKey ? pans[event.key] : undefined;
    const move = press(event.key, explorer);
    if (pan) setSight((now) => now && { ...now, x: now.x + pan[0], y: now.y + pan[1] });
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') setSight(fitting(layout, width, height));
    else if (event.key === 'Enter') onOpenGoal(active);
    else if (event.key === ' ' && hasChildren(tree, active)) explorer.toggle(active);
    else if (move) explorer.move(move);
    else return;
    event.preventDefault();
  };

  return (
    <div className="panel overflow-hidden">
      <div className="flex flex-wrap gap-1.5 border-b border-line px-2 py-1.5">
        <Button small aria-label="Zoom in" onPress={() => zoom(STEP)}>
          <Icon name="plus" className="size-4" />
        </Button>
        <Button small aria-label="Zoom out" onPress={() => zoom(1 / STEP)}>
          <span aria-hidden="true" className="grid size-4 place-items-center">
            −
          </span>
        </Button>
        <Button small onPress={() => setSight(fitting(layout, width, height))}>
          Fit all
        </Button>
        {hasChildren(tree, active) && (
          <Button small onPress={() => explorer.toggle(active)}>
            {open[active] ? 'Close' : 'Open'} branch
          </Button>
        )}
      </div>
      <div ref={frame} className="relative h-[70dvh] lg:h-[max(22rem,calc(100dvh-24.25rem))]">
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          aria-label={mapSummary(tree, shown.rows.length)}
          aria-describedby="cascade-map-keys"
          className="absolute inset-0 size-full cursor-grab touch-none focus-visible:-outline-offset-2 active:cursor-grabbing"
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
        />
      </div>
      <p id="cascade-map-keys" className="border-t border-line px-3 py-1.5 text-sm text-muted">
        Drag to move, scroll or pinch to zoom, double-click a goal to open what is below it. With the keyboard: arrow keys walk, + and − zoom, 0 fits all, Enter opens the goal.
      </p>
      <p className="sr-only" aria-live="polite">
        {focused && spoken(tree, active, matches.active && matches.is[active] === 1)}
      </p>
    </div>
  );
}

/** Readable from the start, around the selected goal, even where all of the map would not fit. */
function firstSight(layout: Layout, at: number, width: number, height: number): Sight {
  const all = fitting(layout, width, height);
  if (all.scale >= READABLE) return all;
  const x = width < 700 ? 16 - layout.x[at]! * READABLE : Math.min(16, 16 - (layout.x[at]! - 320) * READABLE);
  return { scale: READABLE, x, y: height / 2 - layout.y[at]! * READABLE };
}

function spoken(tree: Tree, row: number, match: boolean): string {
  const health = healthOf(tree, row);
  const progress = tree.progress[row]!;
  return [tree.titles[row], health && statusWord(health), !Number.isNaN(progress) && percent(progress), match && 'a match'].filter(Boolean).join(', ');
}

interface Gestures {
  readonly pan: (x: number, y: number) => void;
  readonly zoom: (factor: number, x: number, y: number) => void;
  readonly tap: (x: number, y: number, twice: boolean) => void;
}

/** One finger or the mouse drags, two fingers pinch, and what hardly moved is a tap. */
function usePointers({ pan, zoom, tap }: Gestures): Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp', (event: PointerEvent<HTMLElement>) => void> {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(0);
  const lastTap = useRef({ at: 0, x: 0, y: 0 });
  const here = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (down.current.size === 0) moved.current = 0;
      down.current.set(event.pointerId, here(event));
    },
    onPointerMove: (event) => {
      const was = down.current.get(event.pointerId);
      if (!was) return;
      const now = here(event);
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const apart = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(was.x - other.x, was.y - other.y));
        zoom(apart, (now.x + other.x) / 2, (now.y + other.y) / 2);
        moved.current += 10;
      } else {
        pan(now.x - was.x, now.y - was.y);
        moved.current += Math.abs(now.x - was.x) + Math.abs(now.y - was.y);
      }
      down.current.set(event.pointerId, now);
    },
    onPointerUp: (event) => {
      if (!down.current.delete(event.pointerId) || moved.current > 5) return;
      const { x, y } = here(event);
      const twice = Date.now() - lastTap.current.at < 400 && Math.hypot(x - lastTap.current.x, y - lastTap.current.y) < 12;
      lastTap.current = { at: twice ? 0 : Date.now(), x, y };
      tap(x, y, twice);
    },
  };
}
