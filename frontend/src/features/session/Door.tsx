import type { ReactElement, ReactNode } from 'react';
import { Icon } from '../../ui/Icon';
import { useSite } from './site';

/** The page around signing in: whose agency this is, and nothing else to tell strangers. */
export function Door({ children }: { readonly children: ReactNode }): ReactElement {
  const { agency } = useSite();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <p className="mx-auto flex h-14 max-w-5xl items-center gap-2.5 px-4 font-semibold sm:px-8">
          <span className="grid size-7 place-items-center rounded-md bg-accent text-on-accent">
            <Icon name="sight" />
          </span>
          Line of Sight
          {agency && <span className="min-w-0 truncate border-l border-line pl-2.5 font-normal text-muted">{agency}</span>}
        </p>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-5xl flex-1 px-4 py-8 sm:px-8 sm:py-12">
        {children}
      </main>
    </div>
  );
}
