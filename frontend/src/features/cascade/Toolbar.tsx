import type { ReactElement, Ref } from 'react';
import { levelWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Select, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import type { CascadeSearch } from './cascadeSearch';
import { Legend } from './Legend';
import { levelsIn } from './opening';
import { HEALTHS, LEVELS } from './tree';
import type { Explorer } from './useExplorer';

interface ToolbarProps {
  readonly explorer: Explorer;
  readonly search: CascadeSearch;
  readonly onSearch: (change: CascadeSearch) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly findBox: Ref<HTMLInputElement>;
}

const VIEWS = [
  { value: 'outline', label: 'Outline' },
  { value: 'map', label: 'Map' },
];

/** What is looked for, how far down the tree is open, and what its colors mean. */
export function Toolbar({ explorer, search, onSearch, text, onText, findBox }: ToolbarProps): ReactElement {
  const { tree, matches, level } = explorer;
  const statuses = search.status ?? [];
  const levels = levelsIn(tree).map((index) => ({ value: String(index), label: `${levelWord(LEVELS[index]!)}s` }));
  const named = level !== null && levels.some(({ value }) => value === String(level));
  return (
    <>
      <search className="mt-3 grid items-end gap-3 grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(0,1fr)_13rem_auto]">
        <div className="col-span-2 flex items-end gap-1.5 lg:col-span-1">
          <TextField
            label="Find a goal"
            type="search"
            value={text}
            onChange={onText}
            inputRef={findBox}
            className="block min-w-0 flex-1"
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              explorer.step(event.shiftKey ? -1 : 1);
            }}
          />
          <Button aria-label="Previous match" isDisabled={matches.rows.length === 0} onPress={() => explorer.step(-1)} className="min-h-9.5 px-2.5">
            <Icon name="down" className="size-5 rotate-180" />
          </Button>
          <Button aria-label="Next match" isDisabled={matches.rows.length === 0} onPress={() => explorer.step(1)} className="min-h-9.5 px-2.5">
            <Icon name="down" />
          </Button>
        </div>
        {levels.length > 0 && (
          <Select
            id="cascade-level"
            label="Open down to"
            value={named ? String(level) : ''}
            onChange={(value) => value && explorer.openLevel(Number(value))}
            options={named ? levels : [{ value: '', label: 'As opened by hand' }, ...levels]}
          />
        )}
        <Choices label="View" value={search.view ?? 'outline'} onChange={(view) => onSearch({ view: view === 'map' ? view : undefined })} options={VIEWS} />
      </search>
      <Legend
        tree={tree}
        chosen={statuses}
        onToggle={(status) => {
          const next = HEALTHS.filter((one) => (one === status) !== statuses.includes(one));
          onSearch({ status: next.length ? next : undefined });
        }}
        onClear={() => onSearch({ status: undefined })}
      />
    </>
  );
}
