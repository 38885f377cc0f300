import { Link } from '@tanstack/react-router';
import { Suspense, useState, type FormEvent, type ReactElement } from 'react';
import { graphql } from 'react-relay/hooks';
import type { WelcomePageMutation } from '../../__generated__/WelcomePageMutation.graphql';
import { PageTitle } from '../../app/PageTitle';
import { otherProblems, problemAt, useChange } from '../../lib/problems';
import { Button, buttonClass } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Problems } from '../../ui/Problems';
import { PageSkeleton } from '../../ui/States';
import { Door } from './Door';

/** Where a one-time sign-in link leads: choose a password. The secret stands after "#", so no server log ever holds it. */
export function WelcomePage(): ReactElement {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Door>
        <div className="mx-auto max-w-sm">
          <Welcome />
        </div>
      </Door>
    </Suspense>
  );
}

const SHORTEST = 12;

function Welcome(): ReactElement {
  const [secret] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const [short, setShort] = useState(false);
  const { run, busy, problems } = useChange<WelcomePageMutation>(graphql`
    mutation WelcomePageMutation($input: SessionUseLinkInput!) {
      sessionUseLink(input: $input) {
        viewer {
          kind
        }
        problems {
          __typename
          code
          message
          path
        }
      }
    }
  `);
  if (!secret) {
    return (
      <>
        <PageTitle title="This link is not complete" />
        <p className="mt-2 text-muted">Copy the whole address from the message you received, up to its last letter.</p>
        <p className="mt-5">
          <Link to="/sign-in" className={buttonClass('primary')}>
            Sign in with a password
          </Link>
        </p>
      </>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShort(password.length < SHORTEST);
    if (password.length < SHORTEST) return;
    run({ variables: { input: { secret, password } }, onDone: () => window.location.replace('/') });
  };
  return (
    <>
      <PageTitle title="Welcome" />
      <p className="mt-1 text-muted">Choose a password. This link works once.</p>
      <form className="mt-5 space-y-4" onSubmit={submit}>
        <Problems problems={otherProblems(problems, 'password')} />
        <TextField
          label="New password"
          hint={`At least ${SHORTEST} characters; a few words in a row are easy to remember and hard to guess.`}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          error={short ? `Use at least ${SHORTEST} characters.` : problemAt(problems, 'password')}
          autoFocus
        />
        <Button type="submit" look="primary" isDisabled={busy || !password} className="w-full">
          {busy ? 'One moment…' : 'Set password and sign in'}
        </Button>
      </form>
    </>
  );
}
