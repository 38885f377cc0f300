import { Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { buttonClass } from '../ui/Button';
import { PageTitle } from './PageTitle';

/** An address that leads nowhere. */
export function NotFound(): ReactElement {
  return (
    <Absent title="Page not found">
      <p>If you typed the address, check that it is correct. If you followed a link, it may be out of date.</p>
    </Absent>
  );
}

/**
 * A row that does not exist, or that this person may not see: the server gives both the same answer on purpose, so
 * that nobody learns of what is hidden, and so does this page.
 */
export function NotHere({ what }: { readonly what: string }): ReactElement {
  return (
    <Absent title={`You cannot see this ${what}`}>
      <p>
        Either there is no such {what}, or its owner shares it with fewer people. If someone sent you here, ask them, or your manager, to
        give you access.
      </p>
    </Absent>
  );
}

function Absent({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="max-w-prose py-10">
      <PageTitle title={title} />
      <div className="mt-2 text-muted">{children}</div>
      <p className="mt-5 flex gap-2">
        <Link to="/" className={buttonClass('primary')}>
          Go to Home
        </Link>
        <Link to="/goals" className={buttonClass()}>
          My goals
        </Link>
      </p>
    </div>
  );
}
