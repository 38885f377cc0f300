import type { Health } from '../../__generated__/CascadeTreeQuery.graphql';
import { HEALTHS } from './tree';

/** What the cascade shows, as it stands in the address; leaving something out means its default. */
export interface CascadeSearch {
  /** Id of a plan, or of the goal at the top; the first plan where it is left out. */
  readonly root?: string | undefined;
  readonly view?: 'map' | undefined;
  readonly status?: readonly Health[] | undefined;
  readonly find?: string | undefined;
}

/** The view that an address asks for; what cannot be read is left out. */
export function readCascadeSearch(search: Record<string, unknown>): CascadeSearch {
  const { root, view, status, find } = search;
  const wanted: unknown[] = Array.isArray(status) ? status : [status];
  const statuses = HEALTHS.filter((health) => wanted.includes(health));
  const text = typeof find === 'string' || typeof find === 'number' ? String(find).trim() : '';
  return {
    root: typeof root === 'string' && root ? root : undefined,
    view: view === 'map' ? view : undefined,
    status: statuses.length ? statuses : undefined,
    find: text || undefined,
  };
}

export function treeVariables(root: string | undefined): { root: string; chosen: boolean } {
  return { root: root ?? '', chosen: root !== undefined };
}
