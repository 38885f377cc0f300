import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Component, useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../ui/Button';
import { PageSkeleton } from '../ui/States';
import { ServerFault, SignedOut, Unreachable } from './environment';
import { PageTitle } from './PageTitle';
import { Attempt } from './pageQuery';

interface BoundaryProps {
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { error: Error | null }> {
  override state = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Failure
        error={error}
        onRetry={() => {
          this.setState({ error: null });
          this.props.onRetry();
        }}
      />
    );
  }
}

/** What every page stands in: a failure shows here with "Try again", and the shell around it keeps working. */
export function PageBoundary({ children }: { readonly children: ReactNode }): ReactElement {
  const [attempt, setAttempt] = useState(0);
  return (
    <Attempt.Provider value={attempt}>
      <Boundary onRetry={() => setAttempt((n) => n + 1)}>{children}</Boundary>
    </Attempt.Provider>
  );
}

export function Failure({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }): ReactElement {
  if (error instanceof SignedOut) return <PageSkeleton />; // the sign-in page is on its way
  const lost = error instanceof Unreachable;
  const reference = error instanceof ServerFault ? error.reference : null;
  return (
    <div className="max-w-prose py-10" role="alert">
      <PageTitle title={lost ? 'No connection to the server' : 'This page did not load'} />
      <p className="mt-2 text-muted">
        {lost
          ? 'The server did not answer. Your network may be down, or the server may be restarting.'
          : 'Something went wrong on the server. It is not something you did.'}
      </p>
      {reference && <p className="mt-2 text-sm text-muted">If you report it, give this number: {reference}</p>}
      <div className="mt-5">
        <Button look="primary" onPress={onRetry}>
          Try again
        </Button>
      </div>
    </div>
  );
}

/** The router's own error component: a page's code that could not be loaded, or a fault while drawing it. */
export function RouteFailure({ error }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  return <Failure error={error instanceof Error ? error : new Error(String(error))} onRetry={() => void router.invalidate()} />;
}
