import type { ReactElement } from 'react';
import { count } from '../../lib/numbers';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { fileName, save, treeCsv } from './csv';
import type { Explorer } from './useExplorer';

/** How much there is, how much of it is hidden, what was found, and the whole of it to take along. */
export function Summary({ explorer }: { readonly explorer: Explorer }): ReactElement {
  const { tree } = explorer;
  const hidden = tree.hiddenBelow[0]!;
  return (
    <div className="mt-3 mb-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 text-sm num">
      <p>{count(tree.size - (tree.hasPlan ? 1 : 0), 'goal')}</p>
      {hidden > 0 && (
        <p className="flex items-center gap-1 text-muted">
          <Icon name="hidden" className="size-4" />
          {count(hidden, 'goal')} you cannot see
        </p>
      )}
      <p role="status" className="flex-1 font-medium max-sm:order-last max-sm:basis-full">
        {found(explorer)}
      </p>
      <Button small className="max-sm:ml-auto" onPress={() => save(treeCsv(tree, location.origin), fileName(tree.titles[0]!, new Date()))}>
        Download as CSV
      </Button>
    </div>
  );
}

function found({ matches: { active, rows, is }, active: selected }: Explorer): string {
  if (!active) return '';
  if (rows.length === 0) return 'No goal here fits.';
  const total = rows.length.toLocaleString('en-US');
  if (is[selected]) return `Match ${(rows.indexOf(selected) + 1).toLocaleString('en-US')} of ${total}`;
  return `${total} ${rows.length === 1 ? 'match' : 'matches'}`;
}
