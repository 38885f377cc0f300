import { useMemo, type ReactElement } from 'react';
import type { Health } from '../../__generated__/CascadeTreeQuery.graphql';
import { Button } from '../../ui/Button';
import { StatusBadge } from '../goals/badges';
import { HEALTHS, totals, type Tree } from './tree';

interface LegendProps {
  readonly tree: Tree;
  readonly chosen: readonly Health[];
  readonly onToggle: (status: Health) => void;
  readonly onClear: () => void;
}

/** What the shapes and colors mean and how many goals have each; pressing one dims all others. */
export function Legend({ tree, chosen, onToggle, onClear }: LegendProps): ReactElement {
  const counts = useMemo(() => totals(tree), [tree]);
  return (
    <div role="group" aria-label="Highlight goals by status" className="mt-3 flex flex-wrap items-center gap-1.5">
      {HEALTHS.map((health, index) => (
        <button
          key={health}
          type="button"
          aria-pressed={chosen.includes(health)}
          onClick={() => onToggle(health)}
          className="inline-flex min-h-8 items-center gap-1.5 rounded-full border border-edge bg-surface px-2.5 text-sm hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:shadow-[inset_0_0_0_1px_var(--color-accent)] pointer-coarse:min-h-10 forced-colors:aria-pressed:border-4"
        >
          <StatusBadge health={health} />
          <span className="font-semibold num">{counts[index]!.toLocaleString('en-US')}</span>
        </button>
      ))}
      {chosen.length > 0 && (
        <Button look="quiet" small onPress={onClear}>
          Show all alike
        </Button>
      )}
    </div>
  );
}
