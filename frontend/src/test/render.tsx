import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render, type RenderResult } from '@testing-library/react';
import { RelayEnvironmentProvider } from 'react-relay/hooks';
import { createAppRouter } from '../app/router';
import { createTestServer, type Sent } from './server';

export const amara = { __typename: 'Person', id: 'P1', name: 'Amara Castellanos' };

/** Someone signed in, who may do what `can` says. */
export const viewer = { kind: 'PERSON', name: amara.name, person: amara, can: { createGoal: true } };

/** The whole app at one address, over a server that holds `root`. */
export function renderApp(address: string, root: Record<string, unknown>): RenderResult & { sent: Sent[] } {
  const { environment, sent } = createTestServer({ viewer, ...root });
  const router = createAppRouter(environment);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [address] }) });
  const result = render(
    <RelayEnvironmentProvider environment={environment}>
      <RouterProvider router={router} />
    </RelayEnvironmentProvider>,
  );
  return { ...result, sent };
}
