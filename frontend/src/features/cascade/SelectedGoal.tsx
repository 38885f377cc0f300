import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { count, percent } from '../../lib/numbers';
import { levelWord } from '../../lib/words';
import { buttonClass } from '../../ui/Button';
import { StatusBadge } from '../goals/badges';
import { ancestors, goalsBelow, hasChildren, healthOf, isPlan, levelOf, type Tree } from './tree';

/** The selected goal in words, and where to go from it. */
export function SelectedGoal({ tree, row }: { readonly tree: Tree; readonly row: number }): ReactElement {
  const level = levelOf(tree, row);
  const health = healthOf(tree, row);
  const progress = tree.progress[row]!;
  const path = ancestors(tree, row).map((up) => tree.titles[up]!);
  const hidden = tree.hiddenBelow[row]!;
  return (
    <section aria-label="Selected goal" className="panel mt-3 flex flex-wrap items-start justify-between gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        {path.length > 0 && <p className="text-sm text-muted">{path.join(' › ')}</p>}
        <p className="font-semibold">{tree.titles[row]}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-muted num">
          <span>{isPlan(tree, row) ? 'The plan’s mission' : level && levelWord(level)}</span>
          {health && <StatusBadge health={health} />}
          {health && <span>{Number.isNaN(progress) ? 'No progress to show yet' : percent(progress)}</span>}
          <span>{goalsBelow(tree, row) ? `${count(goalsBelow(tree, row), 'goal')} below` : 'No goals below'}</span>
          {hidden > 0 && <span>{count(hidden, 'goal')} below you cannot see</span>}
        </p>
      </div>
      <div className="flex gap-2">
        {row > 0 && hasChildren(tree, row) && (
          <Link from="/cascade" to="/cascade" search={(now) => ({ ...now, root: tree.ids[row]! })} className={buttonClass('quiet', true)}>
            Start from here
          </Link>
        )}
        {isPlan(tree, row) ? (
          <Link to="/plan" className={buttonClass('secondary', true)}>
            Open the plan
          </Link>
        ) : (
          <Link to="/goals/$goalId" params={{ goalId: tree.ids[row]! }} className={buttonClass('secondary', true)}>
            Open goal
          </Link>
        )}
      </div>
    </section>
  );
}
