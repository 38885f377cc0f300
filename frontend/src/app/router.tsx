import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { fetchQuery } from 'react-relay/hooks';
import type { Environment } from 'relay-runtime';
import type { GoalPageQuery } from '../__generated__/GoalPageQuery.graphql';
import type { HomePageQuery } from '../__generated__/HomePageQuery.graphql';
import type { LineOfSightPageQuery } from '../__generated__/LineOfSightPageQuery.graphql';
import type { MyGoalsPageQuery } from '../__generated__/MyGoalsPageQuery.graphql';
import type { MySightPageQuery } from '../__generated__/MySightPageQuery.graphql';
import type { NewGoalPageQuery } from '../__generated__/NewGoalPageQuery.graphql';
import type { PersonPageQuery } from '../__generated__/PersonPageQuery.graphql';
import type { PlanPageQuery } from '../__generated__/PlanPageQuery.graphql';
import type { ShellQuery } from '../__generated__/ShellQuery.graphql';
import type { UnitPageQuery } from '../__generated__/UnitPageQuery.graphql';
import { readCascadeSearch } from '../features/cascade/cascadeSearch';
import { warmCascade } from '../features/cascade/warmCascade';
import { goalPageQuery } from '../features/goals/GoalPage.query';
import { goalVariables, readGoalSearch } from '../features/goals/goalSearch';
import { myGoalsPageQuery } from '../features/goals/MyGoalsPage.query';
import { newGoalPageQuery } from '../features/goals/NewGoalPage.query';
import { homePageQuery } from '../features/home/HomePage.query';
import { lineOfSightPageQuery } from '../features/line-of-sight/LineOfSightPage.query';
import { mySightPageQuery } from '../features/line-of-sight/MySightPage.query';
import { personPageQuery } from '../features/people/PersonPage.query';
import { unitPageQuery } from '../features/people/UnitPage.query';
import { planPageQuery } from '../features/strategy/PlanPage.query';
import { PageSkeleton } from '../ui/States';
import { RouteFailure } from './Failure';
import { NotFound } from './NotFound';
import { pathWithin } from './pathWithin';
import { warm } from './pageQuery';
import { shellQuery } from './Shell.query';
import { Shell, ShellSkeleton } from './Shell';

interface Context {
  readonly environment: Environment;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound });

// What a search leaves out is set to undefined here: the router keeps any parameter that is merely not mentioned.

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string | undefined } => ({ back: pathWithin(search['back']) }),
  component: lazyRouteComponent(() => import('../features/session/SignInPage'), 'SignInPage'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../features/session/WelcomePage'), 'WelcomePage'),
});

/** Everything behind the sign-in: its loader sends a stranger to the sign-in page, and then back where they were going. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  pendingComponent: ShellSkeleton,
  loader: async ({ context, location }) => {
    const data = await fetchQuery<ShellQuery>(context.environment, shellQuery, {}, { fetchPolicy: 'store-or-network' })
      .toPromise()
      .catch(() => undefined); // the shell's own read meets the failure inside its boundary
    if (data?.viewer.kind === 'ANONYMOUS') throw redirect({ to: '/sign-in', search: { back: location.href } });
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  loader: ({ context }) => warm<HomePageQuery>(context.environment, homePageQuery, {}),
  component: lazyRouteComponent(() => import('../features/home/HomePage'), 'HomePage'),
});

const myGoals = createRoute({
  getParentRoute: () => signedIn,
  path: '/goals',
  validateSearch: readGoalSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm<MyGoalsPageQuery>(context.environment, myGoalsPageQuery, goalVariables(deps)),
  component: lazyRouteComponent(() => import('../features/goals/MyGoalsPage'), 'MyGoalsPage'),
});

const newGoal = createRoute({
  getParentRoute: () => signedIn,
  path: '/goals/new',
  validateSearch: (search: Record<string, unknown>): { serves?: string | undefined } => ({
    serves: typeof search['serves'] === 'string' ? search['serves'] : undefined,
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => warm<NewGoalPageQuery>(context.environment, newGoalPageQuery, { serves: deps.serves ?? '', hasServes: Boolean(deps.serves) }),
  component: lazyRouteComponent(() => import('../features/goals/NewGoalPage'), 'NewGoalPage'),
});

const goal = createRoute({
  getParentRoute: () => signedIn,
  path: '/goals/$goalId',
  loader: ({ context, params }) => warm<GoalPageQuery>(context.environment, goalPageQuery, { id: params.goalId }),
  component: lazyRouteComponent(() => import('../features/goals/GoalPage'), 'GoalPage'),
});

const goalSight = createRoute({
  getParentRoute: () => signedIn,
  path: '/goals/$goalId/line-of-sight',
  loader: ({ context, params }) => warm<LineOfSightPageQuery>(context.environment, lineOfSightPageQuery, { id: params.goalId }),
  component: lazyRouteComponent(() => import('../features/line-of-sight/LineOfSightPage'), 'LineOfSightPage'),
});

const mySight = createRoute({
  getParentRoute: () => signedIn,
  path: '/line-of-sight',
  loader: ({ context }) => warm<MySightPageQuery>(context.environment, mySightPageQuery, {}),
  component: lazyRouteComponent(() => import('../features/line-of-sight/MySightPage'), 'MySightPage'),
});

const plan = createRoute({
  getParentRoute: () => signedIn,
  path: '/plan',
  loader: ({ context }) => warm<PlanPageQuery>(context.environment, planPageQuery, {}),
  component: lazyRouteComponent(() => import('../features/strategy/PlanPage'), 'PlanPage'),
});

const cascade = createRoute({
  getParentRoute: () => signedIn,
  path: '/cascade',
  validateSearch: readCascadeSearch,
  loader: ({ context, location }) => warmCascade(context.environment, readCascadeSearch(location.search)),
  component: lazyRouteComponent(() => import('../features/cascade/CascadePage'), 'CascadePage'),
});

const person = createRoute({
  getParentRoute: () => signedIn,
  path: '/people/$personId',
  loader: ({ context, params }) => warm<PersonPageQuery>(context.environment, personPageQuery, { id: params.personId }),
  component: lazyRouteComponent(() => import('../features/people/PersonPage'), 'PersonPage'),
});

const unit = createRoute({
  getParentRoute: () => signedIn,
  path: '/units/$unitId',
  loader: ({ context, params }) => warm<UnitPageQuery>(context.environment, unitPageQuery, { id: params.unitId }),
  component: lazyRouteComponent(() => import('../features/people/UnitPage'), 'UnitPage'),
});

/** An address that leads nowhere, told inside the shell. */
const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

const tree = root.addChildren([
  signIn,
  welcome,
  signedIn.addChildren([home, myGoals, newGoal, goal, goalSight, mySight, plan, cascade, person, unit, nowhere]),
]);

/** The app's addresses. A page keeps the old one on screen until its answer is here, for at most 150 ms. */
export function createAppRouter(environment: Environment) {
  return createRouter({
    routeTree: tree,
    context: { environment },
    defaultPreload: 'intent',
    defaultPreloadDelay: 80,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteFailure,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
