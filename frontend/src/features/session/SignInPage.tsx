import { useSearch } from '@tanstack/react-router';
import { Suspense, useState, type FormEvent, type ReactElement } from 'react';
import { graphql } from 'react-relay/hooks';
import type { SignInPageMutation } from '../../__generated__/SignInPageMutation.graphql';
import { PageTitle } from '../../app/PageTitle';
import { pathWithin } from '../../app/pathWithin';
import { useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Problems } from '../../ui/Problems';
import { Notice, PageSkeleton } from '../../ui/States';
import { Door } from './Door';
import { useSite, type CastMember } from './site';

/** E-mail and password; in a demo, also the cast with one click. */
export function SignInPage(): ReactElement {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Door>
        <SignIn />
      </Door>
    </Suspense>
  );
}

function SignIn(): ReactElement {
  const { back } = useSearch({ from: '/sign-in' });
  const { demo } = useSite();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy, problems } = useChange<SignInPageMutation>(graphql`
    mutation SignInPageMutation($input: SessionSignInInput!) {
      sessionSignIn(input: $input) {
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
  const signIn = (input: { email: string; password: string }) =>
    // A full load: the new session starts with an empty memory.
    run({ variables: { input }, onDone: () => window.location.assign(pathWithin(back) ?? '/') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() && password) signIn({ email: email.trim(), password });
  };
  return (
    <div className={`grid gap-10 ${demo ? 'lg:grid-cols-[22rem_minmax(0,1fr)]' : 'mx-auto max-w-sm'}`}>
      <div>
        <PageTitle title="Sign in" />
        <form className="mt-5 space-y-4" onSubmit={submit}>
          <Problems problems={problems} />
          <TextField label="E-mail" type="email" name="email" autoComplete="username" value={email} onChange={setEmail} error={tried && !email.trim() ? 'Enter your e-mail.' : null} autoFocus={!demo} />
          <TextField label="Password" type="password" name="password" autoComplete="current-password" value={password} onChange={setPassword} error={tried && !password ? 'Enter your password.' : null} />
          <Button type="submit" look="primary" isDisabled={busy} className="w-full">
            {busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </form>
        <p className="mt-4 text-sm text-muted">No password yet, or lost it? Your administrator can send you a sign-in link that works once.</p>
      </div>
      {demo && (
        <section aria-labelledby="cast">
          <Notice tone="warn">
            <p>
              <strong className="font-semibold">This is a demo.</strong> The agency, its people and its numbers are invented, and anyone who can open this page can change
              them. Do not enter real data.
            </p>
          </Notice>
          <h2 id="cast" className="mt-5 mb-2.5 text-lg font-semibold">
            Look around as…
          </h2>
          <ul className="grid gap-2.5 sm:grid-cols-2">
            {demo.people.map((person) => (
              <li key={person.email}>
                <Cast person={person} busy={busy} onPick={() => signIn({ email: person.email, password: demo.password })} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Cast({ person, busy, onPick }: { readonly person: CastMember; readonly busy: boolean; readonly onPick: () => void }): ReactElement {
  return (
    <button
      type="button"
      disabled={busy}
      onClick={onPick}
      className="panel group flex h-full w-full items-start gap-3 px-4 py-3 text-left hover:border-accent disabled:opacity-60"
    >
      <span className="min-w-0 flex-1">
        <span className="block font-semibold text-accent first-letter:uppercase group-hover:underline">{person.role}</span>
        <span className="block">{person.name}</span>
        <span className="block text-sm text-muted">{person.about}</span>
      </span>
      <Icon name="right" className="mt-0.5 size-4.5 text-muted" />
    </button>
  );
}
