import { Environment, Network, RecordSource, Store, type FetchFunction, type GraphQLResponse } from 'relay-runtime';

/** The session ended or never began; the router answers it with the sign-in page. */
export class SignedOut extends Error {}

/** The server could not be reached: nothing was answered at all. */
export class Unreachable extends Error {}

/** The server answered with a fault that the reader cannot mend; `reference` helps those who can. */
export class ServerFault extends Error {
  constructor(
    message: string,
    readonly reference: string | null = null,
  ) {
    super(message);
  }
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; correlationId?: string } }[];
  /** Fields answered with null because this person may not read them, whether or not they hold anything. */
  extensions?: { redactions?: { path: string }[] };
}

/** Called when any answer says that nobody is signed in. */
let onSignedOut: () => void = () => {};
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

/** One GraphQL request to the app's own origin; the header is what a forged cross-site form cannot send. */
export async function ask(query: string, variables: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-lineofsight': 'app' },
      body: JSON.stringify({ query, variables }),
    });
  } catch {
    reachable(false);
    throw new Unreachable('The server could not be reached.');
  }
  reachable(true);
  if (response.status === 401) return { errors: [{ message: 'Signed out.', extensions: { code: 'UNAUTHENTICATED' } }] };
  try {
    return (await response.json()) as Answer;
  } catch {
    throw new ServerFault(`The server answered ${response.status} instead of data.`, response.headers.get('x-request-id'));
  }
}

const withheld = new Set<string>();

/** Whether the server withheld `field` somewhere in a page about the row `id`: null then means hidden, not empty. */
export function isWithheld(id: string, field: string): boolean {
  return withheld.has(`${id} ${field}`);
}

const fetchGraphQL: FetchFunction = async (request, variables) => {
  const answer = await ask(request.text ?? '', variables);
  const first = answer.errors?.[0];
  if (first?.extensions?.code === 'UNAUTHENTICATED') {
    onSignedOut();
    throw new SignedOut(first.message);
  }
  if (first && answer.data == null) throw new ServerFault(first.message, first.extensions?.correlationId ?? null);
  for (const { path } of answer.extensions?.redactions ?? []) withheld.add(`${variables['id']} ${path.split('.').at(-1)}`);
  return answer as GraphQLResponse;
};

/** A fresh store; signing in or out always begins with one, so that nobody sees what another person loaded. */
export function createEnvironment(): Environment {
  return new Environment({
    network: Network.create(fetchGraphQL),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 30 }),
  });
}

/* Whether the last request reached the server, for the banner of a lost connection. */
let connected = true;
const watchers = new Set<() => void>();

function reachable(now: boolean): void {
  if (now === connected) return;
  connected = now;
  for (const watcher of watchers) watcher();
}

export const connection = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  isUp: (): boolean => connected,
};
