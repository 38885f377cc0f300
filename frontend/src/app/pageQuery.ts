import { useContext, createContext } from 'react';
import { fetchQuery, useLazyLoadQuery } from 'react-relay/hooks';
import { createOperationDescriptor, getRequest, type Environment, type GraphQLTaggedNode, type OperationType } from 'relay-runtime';

/**
 * Start a page's query from its route's loader. A page already in the store shows at once and is refreshed behind the
 * reader's back; otherwise the router keeps the old page until the answer is here. Failures are left to the page, whose
 * own read meets them inside its error boundary.
 */
export async function warm<Q extends OperationType>(
  environment: Environment,
  query: GraphQLTaggedNode,
  variables: Q['variables'],
): Promise<void> {
  const operation = createOperationDescriptor(getRequest(query), variables);
  const ready = environment.check(operation).status === 'available';
  const answer = fetchQuery<Q>(environment, query, variables, { fetchPolicy: 'network-only' })
    .toPromise()
    .then(
      () => undefined,
      () => undefined,
    );
  if (!ready) await answer;
}

/** Counts up with each "Try again", so that a failed query is asked anew. */
export const Attempt = createContext(0);

/** Read what `warm` fetched, or fetch it now. */
export function usePageQuery<Q extends OperationType>(query: GraphQLTaggedNode, variables: Q['variables']): Q['response'] {
  const attempt = useContext(Attempt);
  return useLazyLoadQuery<Q>(query, variables, { fetchPolicy: 'store-or-network', fetchKey: attempt });
}
