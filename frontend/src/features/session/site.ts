import { use } from 'react';

/** What a stranger may know of this installation. */
export interface Site {
  readonly agency: string | null;
  /** Only where the database is a demo: who can be tried, and the one password they share. */
  readonly demo: { readonly people: readonly CastMember[]; readonly password: string } | null;
}

export interface CastMember {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly about: string;
}

const nothing: Site = { agency: null, demo: null };
let site: Promise<Site> | undefined;

/** Loaded once; where it cannot be read, the sign-in form alone is enough. */
export function useSite(): Site {
  site ??= fetch('/site.json', { headers: { accept: 'application/json' } })
    .then((response) => (response.ok ? (response.json() as Promise<Site>) : nothing))
    .catch(() => nothing);
  return use(site);
}
