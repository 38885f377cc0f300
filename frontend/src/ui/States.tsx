import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

/** Nothing to show: what this place is, why it is empty, and one thing to do. */
export function Empty({ title, children, action }: { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }): ReactElement {
  return (
    <div className="rounded-lg border border-dashed border-line px-5 py-8 text-center">
      <p className="font-medium">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-prose text-sm text-muted">{children}</div>}
      {action && <div className="mt-4 flex justify-center gap-2">{action}</div>}
    </div>
  );
}

const NOTICES = {
  info: { icon: 'info', classes: 'bg-accent-soft border-accent' },
  warn: { icon: 'warn', classes: 'bg-warn-soft border-warn' },
  bad: { icon: 'bad', classes: 'bg-bad-soft border-bad' },
  good: { icon: 'good', classes: 'bg-good-soft border-good' },
} satisfies Record<string, { icon: IconName; classes: string }>;

/** A message set apart from the page. `alert` reads it out at once. */
export function Notice({ tone = 'info', alert = false, children }: { readonly tone?: keyof typeof NOTICES; readonly alert?: boolean; readonly children: ReactNode }): ReactElement {
  const { icon, classes } = NOTICES[tone];
  return (
    <div role={alert ? 'alert' : undefined} className={`flex gap-2.5 rounded-md border-l-4 px-3 py-2.5 ${classes}`}>
      <Icon name={icon} className="mt-0.5 size-5" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** Lines the height of the text that is coming. */
export function SkeletonLines({ lines = 3 }: { readonly lines?: number }): ReactElement {
  return (
    <div aria-hidden="true" className="space-y-3">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={`skeleton h-4 ${line % 3 === 2 ? 'w-2/3' : 'w-full'}`} />
      ))}
    </div>
  );
}

/** A page that is on its way. */
export function PageSkeleton(): ReactElement {
  return (
    <div aria-busy="true">
      <h1 className="sr-only">Loading…</h1>
      <div aria-hidden="true" className="skeleton h-8 w-72 max-w-full" />
      <div aria-hidden="true" className="skeleton mt-3 h-4 w-96 max-w-full" />
      <div aria-hidden="true" className="mt-8 space-y-3">
        {[0, 1, 2, 3, 4].map((row) => (
          <div key={row} className="skeleton h-14 w-full" />
        ))}
      </div>
    </div>
  );
}
