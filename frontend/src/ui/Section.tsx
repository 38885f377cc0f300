import type { ReactElement, ReactNode } from 'react';

/** A titled part of a page. */
export function Section({ id, title, aside, children }: { readonly id: string; readonly title: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
