import type { Environment } from 'relay-runtime';
import type { CascadePageQuery } from '../../__generated__/CascadePageQuery.graphql';
import type { CascadeTreeQuery } from '../../__generated__/CascadeTreeQuery.graphql';
import { warm } from '../../app/pageQuery';
import { cascadePageQuery } from './CascadePage.query';
import { treeVariables, type CascadeSearch } from './cascadeSearch';
import { cascadeTreeQuery } from './CascadeTree.query';

/** Start both of the page's queries at once. The page waits for the small one only, and shows the tree when it comes. */
export async function warmCascade(environment: Environment, { root }: CascadeSearch): Promise<void> {
  void warm<CascadeTreeQuery>(environment, cascadeTreeQuery, treeVariables(root));
  await warm<CascadePageQuery>(environment, cascadePageQuery, {});
}
