import type { GoalOrderField, GoalStatus, Health, MyGoalsPageQuery$variables } from '../../__generated__/MyGoalsPageQuery.graphql';

/** My goals' filter, as it stands in the address; leaving something out means its default. */
export interface GoalSearch {
  readonly stage?: 'open' | 'closed' | 'all' | undefined;
  readonly status?: Health | undefined;
  readonly q?: string | undefined;
  readonly sort?: 'title' | 'due' | 'progress' | 'status' | undefined;
  readonly desc?: true | undefined;
}

export const STAGES: Record<NonNullable<GoalSearch['stage']>, readonly GoalStatus[]> = {
  open: ['DRAFT', 'PROPOSED', 'APPROVED', 'ACTIVE'],
  closed: ['CLOSED', 'RETIRED'],
  all: ['DRAFT', 'PROPOSED', 'APPROVED', 'ACTIVE', 'CLOSED', 'RETIRED'],
};

export const STATUSES: readonly Health[] = ['OFF_TRACK', 'AT_RISK', 'OUTDATED', 'NO_DATA', 'PENDING', 'ON_TRACK'];

const SORTS: Record<NonNullable<GoalSearch['sort']>, GoalOrderField> = { title: 'TITLE', due: 'DUE_DATE', progress: 'PROGRESS', status: 'HEALTH' };

const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);

/** The filter that an address asks for; what cannot be read is left out. */
export function readGoalSearch(search: Record<string, unknown>): GoalSearch {
  const stage = oneOf(search['stage'], ['closed', 'all'] as const);
  const status = oneOf(search['status'], STATUSES);
  const sort = oneOf(search['sort'], ['title', 'progress', 'status'] as const);
  const q = typeof search['q'] === 'string' || typeof search['q'] === 'number' ? String(search['q']).trim() : '';
  return { stage, status, q: q || undefined, sort, desc: search['desc'] === true || undefined };
}

export function goalVariables({ stage = 'open', status, q, sort = 'due', desc }: GoalSearch): MyGoalsPageQuery$variables {
  return {
    filter: { status: [...STAGES[stage]], ...(status ? { health: [status] } : {}), ...(q ? { text: q } : {}) },
    orderBy: { field: SORTS[sort], direction: desc ? 'DESC' : 'ASC' },
  };
}
