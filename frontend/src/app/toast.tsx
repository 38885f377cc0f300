import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';

/** One short sentence that something was done; read out politely, gone after a while, never taking the focus. */
let message: { text: string; key: number } | null = null;
const watchers = new Set<() => void>();

export function say(text: string | null): void {
  message = text === null ? null : { text, key: Date.now() };
  for (const watcher of watchers) watcher();
}

export function Toast(): ReactElement {
  const current = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => message,
  );
  useEffect(() => {
    if (!current) return undefined;
    const timer = setTimeout(() => say(null), 8000);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-0 bottom-20 z-40 flex justify-center px-4 lg:bottom-6">
      {current && (
        <div key={current.key} className="pointer-events-auto flex items-center gap-3 rounded-md bg-ink py-2 pr-2 pl-4 text-ground shadow-(--shadow-pop)">
          <span>{current.text}</span>
          <Button look="quiet" small aria-label="Dismiss" onPress={() => say(null)} className="text-ground hover:bg-transparent">
            <Icon name="close" className="size-4" />
          </Button>
        </div>
      )}
    </div>
  );
}
