import { createContext, lazy, Suspense, useContext, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { useShortcuts } from '../../app/shortcuts';
import { clientKey } from '../../lib/clientKey';

/** One wish to check in: `key` tells a second wish for the same goal from the first. */
export interface CheckInRequest {
  readonly goalId: string;
  readonly key: string;
  /** Begin with this milestone or measure chosen. */
  readonly about?: string | undefined;
}

type Open = (goalId: string, about?: string) => void;

const OpenCheckIn = createContext<Open>(() => {});

const CheckInDialog = lazy(() => import('./CheckInDialog').then((module) => ({ default: module.CheckInDialog })));

/** Open the check-in dialog for a goal. */
export function useCheckIn(): Open {
  return useContext(OpenCheckIn);
}

/** Holds the one check-in dialog of the app, and its shortcut `c`. */
export function CheckInProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [request, setRequest] = useState<CheckInRequest | null>(null);
  const open = useMemo<Open>(() => (goalId, about) => setRequest({ goalId, about, key: clientKey() }), []);
  useShortcuts({
    c: () => {
      const goalId = goalInFocus();
      if (goalId) open(goalId);
    },
  });
  return (
    <OpenCheckIn.Provider value={open}>
      {children}
      <Suspense fallback={null}>{request && <CheckInDialog request={request} />}</Suspense>
    </OpenCheckIn.Provider>
  );
}

/** The goal whose row has the focus, else the one whose page this is. */
function goalInFocus(): string | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-goal]');
  return (row ?? document.querySelector<HTMLElement>('[data-page-goal]'))?.dataset[row ? 'goal' : 'pageGoal'];
}
