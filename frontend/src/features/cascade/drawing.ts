import { percent } from '../../lib/numbers';
import { matchesBelow } from './finding';
import { BOX, type Layout, type Sight } from './layout';
import { goalsBelow, hasChildren, HEALTHS, type Tree } from './tree';
import type { Explorer } from './useExplorer';

/** Below this scale letters cannot be read: a branch is then one bar of its states and a count. */
const FAR = 0.5;
const FONT = `-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`;

const NAMES = ['ground', 'surface', 'line', 'edge', 'ink', 'muted', 'accent', 'accent-soft', 'thread', 'good', 'warn', 'bad', 'stale', 'fill-good', 'fill-warn', 'fill-bad', 'fill-stale'] as const;
export type Palette = Record<(typeof NAMES)[number], string>;

/** The theme's colors as they are right now, light or dark. */
export function palette(inside: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.style.transitionProperty = 'none'; // else a color is read on its way from the one before
  inside.append(probe);
  const colors = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--color-${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  ) as Palette;
  probe.remove();
  return colors;
}

/** In the order of HEALTHS: color of the mark, color of the bar, shape on a 20 by 20 ground. */
const STATES: readonly (readonly [mark: keyof Palette, bar: keyof Palette, shape: string])[] = [
  ['bad', 'fill-bad', 'M10 2.4 17.6 10 10 17.6 2.4 10zM10 6.4v4.4M10 13.2v.3'],
  ['warn', 'fill-warn', 'M10 3.2 17.8 16.5H2.2zM10 8v4M10 14.2v.3'],
  ['stale', 'fill-stale', 'M17.2 10a7.2 7.2 0 1 1-14.4 0a7.2 7.2 0 1 1 14.4 0M10 5.8V10l2.8 2'],
  ['muted', 'edge', 'M17.2 10a7.2 7.2 0 1 1-14.4 0a7.2 7.2 0 1 1 14.4 0M7 10h6'],
  ['muted', 'edge', 'M17.2 10a7.2 7.2 0 1 1-14.4 0a7.2 7.2 0 1 1 14.4 0M6.8 10h.1M10 10h.1M13.2 10h.1'],
  ['good', 'fill-good', 'M17.2 10a7.2 7.2 0 1 1-14.4 0a7.2 7.2 0 1 1 14.4 0M6.8 10.3l2.3 2.3 4.2-4.8'],
];

interface Scene {
  readonly explorer: Explorer;
  readonly layout: Layout;
  readonly sight: Sight;
  readonly colors: Palette;
  readonly width: number;
  readonly height: number;
  /** Titles broken into lines, kept from one frame to the next. */
  readonly lines: Map<number, readonly string[]>;
  readonly focused: boolean;
}

/** Draw what is in sight; everything else is skipped, so that a frame costs what it shows. */
export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { explorer, layout, sight, colors, width, height } = scene;
  const { tree, shown, matches } = explorer;
  const { scale } = sight;
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, height);
  context.save();
  context.translate(sight.x, sight.y);
  context.scale(scale, scale);
  const [left, right] = [-sight.x / scale, (width - sight.x) / scale];
  const [top, bottom] = [-sight.y / scale, (height - sight.y) / scale];
  const near = scale >= FAR;

  context.lineWidth = Math.max(1.25, 1 / scale);
  context.strokeStyle = colors.edge;
  context.globalAlpha = 0.7;
  context.beginPath();
  for (let index = 1; index < shown.rows.length; index++) {
    const above = shown.at[tree.parent[shown.rows[index]!]!]!;
    const [fromX, fromY] = [layout.x[above]! + BOX.width, layout.y[above]! + BOX.height / 2];
    const [toX, toY] = [layout.x[index]!, layout.y[index]! + BOX.height / 2];
    if (toX < left || fromX > right || Math.max(fromY, toY) < top || Math.min(fromY, toY) > bottom) continue;
    const middle = (fromX + toX) / 2;
    context.moveTo(fromX, fromY);
    if (near) context.bezierCurveTo(middle, fromY, middle, toY, toX, toY);
    else {
      context.lineTo(middle, fromY);
      context.lineTo(middle, toY);
      context.lineTo(toX, toY);
    }
  }
  context.stroke();
  context.globalAlpha = 1;

  for (let index = 0; index < shown.rows.length; index++) {
    const [x, y] = [layout.x[index]!, layout.y[index]!];
    if (x > right || x + BOX.width + 60 < left || y > bottom || y + BOX.height < top) continue;
    const row = shown.rows[index]!;
    context.globalAlpha = !matches.active || matches.is[row] ? 1 : matchesBelow(matches, tree, row) > 0 ? 0.65 : 0.3;
    if (near) drawGoal(context, scene, row, x, y);
    else drawBranch(context, scene, row, x, y);
    context.globalAlpha = 1;
    if (row === explorer.active) {
      context.lineWidth = Math.max(2.5, 2.5 / scale);
      context.strokeStyle = scene.focused ? colors.accent : colors.ink;
      context.strokeRect(x - 2, y - 2, BOX.width + 4, BOX.height + 4);
    }
  }
  context.restore();
}

function drawGoal(context: CanvasRenderingContext2D, scene: Scene, row: number, x: number, y: number): void {
  const { explorer, colors } = scene;
  const { tree, open } = explorer;
  const state = STATES[tree.health[row]!];
  context.fillStyle = row === explorer.active ? colors['accent-soft'] : colors.ground;
  context.fillRect(x, y, BOX.width, BOX.height);
  context.strokeStyle = colors.edge;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, BOX.width - 1, BOX.height - 1);
  if (state) {
    context.save();
    context.translate(x + 8, y + 5);
    context.scale(0.8, 0.8);
    context.strokeStyle = colors[state[0]];
    context.lineWidth = 1.7;
    context.lineCap = context.lineJoin = 'round';
    context.stroke(new Path2D(state[2]));
    context.restore();
  }
  const textX = x + (state ? 30 : 10);
  const progress = tree.progress[row]!;
  context.textBaseline = 'middle';
  if (!Number.isNaN(progress)) {
    context.font = `12px ${FONT}`;
    context.textAlign = 'right';
    context.fillStyle = colors.muted;
    context.fillText(percent(progress), x + BOX.width - 8, y + 13);
  }
  context.textAlign = 'left';
  context.font = `13px ${FONT}`;
  context.fillStyle = colors.ink;
  for (const [n, line] of linesOf(context, scene, row, state ? 30 : 10).entries()) context.fillText(line, textX, y + 13.5 + n * 16);
  if (!hasChildren(tree, row)) return;
  drawStates(context, scene, row, x + 1, y + BOX.height - 5, BOX.width - 2, 4);
  if (!open[row]) drawCount(context, scene, row, x, y, 12);
}

function drawBranch(context: CanvasRenderingContext2D, scene: Scene, row: number, x: number, y: number): void {
  const { explorer, colors, sight } = scene;
  const { tree, open } = explorer;
  const closed = hasChildren(tree, row) && !open[row];
  if (closed || tree.health[row]! < 0) drawStates(context, scene, row, x, y, BOX.width, BOX.height);
  else {
    context.fillStyle = colors[STATES[tree.health[row]!]![1]];
    context.fillRect(x, y, BOX.width, BOX.height);
  }
  if (closed && (BOX.height + BOX.downGap) * sight.scale >= 12) drawCount(context, scene, row, x, y, 11 / sight.scale);
}

/** The goals below by state, as one bar. */
function drawStates(context: CanvasRenderingContext2D, { explorer: { tree }, colors }: Scene, row: number, x: number, y: number, width: number, height: number): void {
  const below = goalsBelow(tree, row);
  let from = x;
  for (let state = 0; state < HEALTHS.length; state++) {
    const share = (tree.below[row * HEALTHS.length + state]! / below) * width;
    context.fillStyle = colors[STATES[state]![1]];
    context.fillRect(from, y, share, height);
    from += share;
  }
}

function drawCount(context: CanvasRenderingContext2D, { explorer: { tree, matches }, colors }: Scene, row: number, x: number, y: number, size: number): void {
  context.font = `600 ${size}px ${FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = colors.ink;
  const below = goalsBelow(tree, row).toLocaleString('en-US');
  context.fillText(matches.active ? `${matchesBelow(matches, tree, row).toLocaleString('en-US')} of ${below}` : `+${below}`, x + BOX.width + size / 2, y + BOX.height / 2);
}

/** A title in at most two lines; the first leaves room for the progress. */
function linesOf(context: CanvasRenderingContext2D, { explorer: { tree }, lines }: Scene, row: number, indent: number): readonly string[] {
  const known = lines.get(row);
  if (known) return known;
  const widths = [BOX.width - indent - 44, BOX.width - indent - 8];
  const broken: string[] = [''];
  for (const word of tree.titles[row]!.split(/\s+/)) {
    const line = broken.at(-1)!;
    const longer = line ? `${line} ${word}` : word;
    if (!line || context.measureText(longer).width <= widths[broken.length - 1]!) broken[broken.length - 1] = longer;
    else if (broken.length < 2) broken.push(word);
    else {
      broken[1] = `${line}…`;
      break;
    }
  }
  const cut = broken.map((line, n) => shortened(context, line, widths[n]!));
  lines.set(row, cut);
  return cut;
}

function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  let line = text;
  while (line.length > 1 && context.measureText(line).width > width) line = `${line.slice(0, -2)}…`;
  return line;
}

/** What the map shows, in one sentence. */
export function mapSummary(tree: Tree, shownGoals: number): string {
  const counts = HEALTHS.map((_, state) => tree.below[state]!);
  const [off, risk] = counts;
  return `Map of “${tree.titles[0]}” with ${goalsBelow(tree, 0).toLocaleString('en-US')} goals below it, ${shownGoals.toLocaleString('en-US')} boxes drawn; ${off!.toLocaleString('en-US')} are off track and ${risk!.toLocaleString('en-US')} at risk. The outline shows the same goals as text.`;
}
