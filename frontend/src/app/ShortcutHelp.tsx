import { type ReactElement } from 'react';
import { Dialog } from '../ui/Dialog';
import { setShortcutsOn, useShortcutsOn } from './shortcuts';

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['c', 'Check in on the goal in focus, or the one on the page'],
  ['n', 'New goal'],
  ['j  k', 'Next and previous goal in a list'],
  ['↑  ↓', 'Up and down the line of sight'],
  ['/', 'Search in My goals and in Cascade'],
  ['g h', 'Go to Home'],
  ['g g', 'Go to My goals'],
  ['g l', 'Go to Line of sight'],
  ['Ctrl Enter', 'Save a check-in from any of its boxes'],
  ['Esc', 'Close a dialog'],
  ['?', 'This list'],
];

export function ShortcutHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  const on = useShortcutsOn();
  return (
    <Dialog title="Keyboard shortcuts" isOpen onClose={onClose}>
      <dl className="divide-y divide-line">
        {KEYS.map(([keys, what]) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-1.5">
            <dt className="order-2 flex gap-1">
              {keys.split(/\s+/).map((key) => (
                <kbd key={key} className="min-w-6 rounded-sm border border-edge bg-sunken px-1.5 text-center font-sans text-sm">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-ink">{what}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-4 flex min-h-9 items-center gap-2.5">
        <input type="checkbox" className="size-5 accent-accent" checked={on} onChange={(event) => setShortcutsOn(event.target.checked)} />
        Use single-letter shortcuts
      </label>
    </Dialog>
  );
}
