import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { count, percent } from '../../lib/numbers';
import { statusWord } from '../../lib/words';
import { Icon } from '../../ui/Icon';
import { ProgressBar } from '../../ui/ProgressBar';
import { StatusBadge, toneOf } from '../goals/badges';
import { pieces } from './finding';
import { goalsBelow, healthOf, isPlan, type Tree } from './tree';

interface OutlineRowProps {
  readonly tree: Tree;
  readonly row: number;
  readonly index: number;
  /** Undefined where nothing is below it. */
  readonly expanded: boolean | undefined;
  readonly active: boolean;
  /** Whether it is what is looked for; "none" where nothing is. */
  readonly match: 'yes' | 'no' | 'none';
  /** How many goals below it are what is looked for; null where nothing is. */
  readonly matchesBelow: number | null;
  readonly text: string;
  /** Height and place in pixels. */
  readonly size: number;
  readonly start: number;
  /** A line of a desktop rather than a card of a phone. */
  readonly wide: boolean;
  readonly className: string;
  readonly onSelect: (row: number) => void;
  readonly onToggle: (row: number) => void;
}

/** One goal of the outline. The row takes the focus; what is inside it is for the pointer. */
export function OutlineRow({ tree, row, index, expanded, active, match, matchesBelow, text, size, start, wide, className, onSelect, onToggle }: OutlineRowProps): ReactElement {
  const health = healthOf(tree, row);
  const hidden = tree.hidden[row]!;
  const below = goalsBelow(tree, row);
  const belowText = below === 0 ? '' : matchesBelow === null ? below.toLocaleString('en-US') : `${matchesBelow.toLocaleString('en-US')} of ${below.toLocaleString('en-US')}`;
  const dimmed = match === 'no';
  const indent = wide ? 1.25 : 0.75; // rem a level
  return (
    <div
      role="row"
      data-row={row}
      aria-level={tree.depth[row]! + 1}
      aria-posinset={tree.place[row]}
      aria-setsize={tree.siblings[row]}
      aria-rowindex={index + 2}
      aria-expanded={expanded}
      aria-selected={active}
      tabIndex={active ? 0 : -1}
      onFocus={() => {
        if (!active) onSelect(row);
      }}
      onClick={() => onSelect(row)}
      className={`absolute inset-x-0 top-0 overflow-hidden border-b border-line px-3 focus-visible:-outline-offset-2 max-lg:flex max-lg:flex-col max-lg:justify-center ${className} ${active ? 'bg-accent-soft' : 'hover:bg-sunken'} ${dimmed ? 'text-muted' : ''}`}
      style={{ height: size, transform: `translateY(${start}px)` }}
    >
      <div role="rowheader" aria-colindex={1} className="flex min-w-0 items-center gap-1" style={{ paddingInlineStart: `${tree.depth[row]! * indent}rem` }}>
        {expanded === undefined ? <span className="w-6 shrink-0 max-lg:w-8" /> : <Toggle expanded={expanded} onPress={() => onToggle(row)} />}
        {tree.viaHidden[row] === 1 && (
          <span title="Below a goal you cannot see">
            <Icon name="hidden" className="size-4 text-muted" />
            <span className="sr-only">Below a goal you cannot see: </span>
          </span>
        )}
        <Title tree={tree} row={row} text={match === 'yes' ? text : ''} strong={match === 'yes' || (match === 'none' && tree.depth[row]! <= (tree.hasPlan ? 1 : 0))} />
      </div>
      <div role="gridcell" aria-colindex={2} className="flex items-center text-sm max-lg:sr-only">
        {health && <Status health={health} dimmed={dimmed} />}
      </div>
      <div role="gridcell" aria-colindex={3} className="flex min-w-0 items-center gap-2 text-sm num max-lg:gap-3 max-lg:pt-1" style={wide ? undefined : { paddingInlineStart: `${tree.depth[row]! * indent + 2.25}rem` }}>
        {health && (
          <span className="lg:hidden" aria-hidden="true">
            <Status health={health} dimmed={dimmed} />
          </span>
        )}
        {health && <Progress value={tree.progress[row]!} health={health} dimmed={dimmed} />}
        <span className="ml-auto truncate text-muted lg:hidden" aria-hidden="true">
          {[below > 0 && `${belowText} below`, hidden > 0 && `${hidden} hidden`].filter(Boolean).join(', ')}
        </span>
      </div>
      <div role="gridcell" aria-colindex={4} className={`text-right text-sm num max-lg:sr-only ${matchesBelow ? 'font-medium text-ink' : 'text-muted'}`}>
        {belowText}
      </div>
      <div role="gridcell" aria-colindex={5} className="text-right text-sm text-muted num max-lg:sr-only">
        {hidden > 0 && (
          <span title={`${count(hidden, 'goal')} directly below that you cannot see`}>
            <span className="flex items-center justify-end gap-1" aria-hidden="true">
              <Icon name="hidden" className="size-4" />
              {hidden.toLocaleString('en-US')}
            </span>
            <span className="sr-only">{count(hidden, 'goal')} directly below that you cannot see</span>
          </span>
        )}
      </div>
    </div>
  );
}

/** For the pointer alone: the row itself says whether it is open, and the arrow keys open it. */
function Toggle({ expanded, onPress }: { readonly expanded: boolean; readonly onPress: () => void }): ReactElement {
  return (
    <span
      aria-hidden="true"
      data-toggle
      className="grid size-6 shrink-0 cursor-pointer place-items-center rounded-sm text-muted hover:bg-line hover:text-ink max-lg:size-8"
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      <Icon name={expanded ? 'down' : 'right'} className="size-4" />
    </span>
  );
}

function Title({ tree, row, text, strong }: { readonly tree: Tree; readonly row: number; readonly text: string; readonly strong: boolean }): ReactElement {
  const words = pieces(tree.titles[row]!, text).map((part, n) =>
    n % 2 === 1 ? (
      <mark key={n} className="rounded-sm bg-warn-soft text-ink underline decoration-2 underline-offset-2">
        {part}
      </mark>
    ) : (
      part
    ),
  );
  const look = `line-clamp-2 leading-tight ${strong ? 'font-semibold' : ''}`;
  if (isPlan(tree, row)) return <span className={look}>{words}</span>;
  return (
    <Link to="/goals/$goalId" params={{ goalId: tree.ids[row]! }} tabIndex={-1} preload={false} className={`quiet-link ${look}`} onClick={(event) => event.stopPropagation()}>
      {words}
    </Link>
  );
}

function Status({ health, dimmed }: { readonly health: string; readonly dimmed: boolean }): ReactElement {
  return dimmed ? <span className="text-muted">{statusWord(health)}</span> : <StatusBadge health={health} />;
}

function Progress({ value, health, dimmed }: { readonly value: number; readonly health: string; readonly dimmed: boolean }): ReactElement {
  if (Number.isNaN(value)) return <span className="text-muted">No number yet</span>;
  const tone = toneOf(health);
  return (
    <>
      <ProgressBar value={value} tone={dimmed ? 'muted' : tone === 'muted' ? 'accent' : tone} className="h-1.5 w-14" />
      <span>{percent(value)}</span>
    </>
  );
}
