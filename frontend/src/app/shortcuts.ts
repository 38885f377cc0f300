import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/**
 * Single-letter shortcuts. They never fire while someone types, and can be switched off (WCAG 2.1.4). A two-letter
 * shortcut such as "g h" is its letters one after the other within a second.
 */

const listeners = new Set<() => void>();

function stored(): boolean {
  try {
    return localStorage.getItem('shortcuts') !== 'off';
  } catch {
    return true;
  }
}

let on = stored();

export function setShortcutsOn(value: boolean): void {
  on = value;
  try {
    localStorage.setItem('shortcuts', value ? 'on' : 'off');
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => on,
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role="dialog"],[role="menu"]') !== null;
}

let prefix = '';
let prefixAt = 0;

/** Run the handler that `keys` names for the pressed shortcut, e.g. `{ '?': showHelp, 'g h': goHome }`. */
export function useShortcuts(keys: Record<string, (event: KeyboardEvent) => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const pair = Date.now() - prefixAt < 1000 && prefix ? `${prefix} ${event.key}` : '';
    const handler = (pair && keys[pair]) || keys[event.key];
    if (handler) {
      event.preventDefault();
      handler(event);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

/* Registered at load, in the capture phase's opposite: after every handler has seen the key, it becomes the prefix. */
if (typeof window !== 'undefined') {
  window.addEventListener('keydown', (event) => {
    prefix = isTyping(event.target) ? '' : event.key;
    prefixAt = Date.now();
  });
}
