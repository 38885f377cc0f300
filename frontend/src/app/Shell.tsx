import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import type { ShellQuery } from '../__generated__/ShellQuery.graphql';
import { CheckInProvider } from '../features/checkins/CheckInProvider';
import { Icon, type IconName } from '../ui/Icon';
import { Notice, PageSkeleton } from '../ui/States';
import { connection } from './environment';
import { PageBoundary } from './Failure';
import { usePageQuery } from './pageQuery';
import { PersonMenu } from './PersonMenu';
import { shellQuery } from './Shell.query';
import { useShortcuts } from './shortcuts';
import { Toast } from './toast';

const ShortcutHelp = lazy(() => import('./ShortcutHelp').then((module) => ({ default: module.ShortcutHelp })));

/** The frame around every page: skip link, agency, navigation, and the places where short messages appear. */
export function Shell(): ReactElement {
  return (
    <PageBoundary>
      <Frame />
    </PageBoundary>
  );
}

function Frame(): ReactElement {
  const { viewer, agency } = usePageQuery<ShellQuery>(shellQuery, {});
  const [helpOpen, setHelpOpen] = useState(false);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useShortcuts({
    '?': () => setHelpOpen(true),
    'g h': () => void navigate({ to: '/' }),
    'g g': () => void navigate({ to: '/goals' }),
    'g l': () => void navigate({ to: '/line-of-sight' }),
    ...(viewer.can.createGoal ? { n: () => void navigate({ to: '/goals/new' }) } : {}),
    j: () => moveBetweenGoals(1),
    k: () => moveBetweenGoals(-1),
  });
  const unit = viewer.person?.unit;
  return (
    <CheckInProvider>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        Skip to content
      </a>
      <div className="lg:grid lg:min-h-dvh lg:grid-cols-[14.5rem_minmax(0,1fr)]">
        <Rail>
          <Item to="/" icon="home" label="Home" exact />
          <Item to="/goals" icon="goals" label="My goals" exact />
          <Item to="/line-of-sight" icon="sight" label="Line of sight" exact />
          <Item to="/plan" icon="plan" label="The plan" />
          <Item to="/cascade" icon="cascade" label="Cascade" />
          {unit && <Item to="/units/$unitId" params={{ unitId: unit.id }} icon="unit" label="My department" short="Department" />}
        </Rail>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-20 flex h-14 items-center justify-between gap-4 border-b border-line bg-ground px-4 sm:px-8 print:hidden">
            <p className="min-w-0 truncate font-medium">{agency?.name ?? 'Line of Sight'}</p>
            <PersonMenu
              name={viewer.name}
              personId={viewer.person?.id ?? null}
              onShortcuts={() => setHelpOpen(true)}
            />
          </header>
          <LostConnection />
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 pt-6 pb-28 sm:px-8 lg:pb-12">
            <PageBoundary key={pathname}>
              <Outlet />
            </PageBoundary>
          </main>
        </div>
      </div>
      <Toast />
      <Suspense fallback={null}>{helpOpen && <ShortcutHelp onClose={() => setHelpOpen(false)} />}</Suspense>
    </CheckInProvider>
  );
}

/** The frame before anyone knows who is here: the same places, empty. */
export function ShellSkeleton(): ReactElement {
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[14.5rem_minmax(0,1fr)]">
      <div className="hidden border-r border-line bg-surface lg:block" />
      <div className="min-w-0">
        <div className="h-14 border-b border-line" />
        <main className="mx-auto w-full max-w-6xl px-4 pt-6 sm:px-8">
          <PageSkeleton />
        </main>
      </div>
    </div>
  );
}

/** The left rail of a desktop, the bottom bar of a phone: one list of links, placed by style alone. */
function Rail({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:sticky lg:top-0 lg:h-dvh lg:border-t-0 lg:border-r lg:pb-0 print:hidden"
    >
      <p className="hidden h-14 items-center gap-2.5 px-5 text-lg font-semibold tracking-tight lg:flex">
        <span className="grid size-7 place-items-center rounded-md bg-accent text-on-accent">
          <Icon name="sight" />
        </span>
        Line of Sight
      </p>
      <ul className="flex justify-around lg:mt-2 lg:flex-col lg:gap-0.5 lg:px-3">{children}</ul>
    </nav>
  );
}

interface ItemProps {
  readonly to: '/' | '/goals' | '/line-of-sight' | '/plan' | '/cascade' | '/units/$unitId';
  readonly params?: { unitId: string };
  readonly icon: IconName;
  readonly label: string;
  readonly short?: string;
  readonly exact?: boolean;
}

function Item({ to, params, icon, label, short, exact = false }: ItemProps): ReactElement {
  return (
    <li className="min-w-0 flex-1 lg:flex-none">
      <Link
        to={to}
        params={params ?? {}}
        activeOptions={{ exact, includeSearch: false }}
        className="flex min-h-14 flex-col items-center justify-center gap-0.5 px-0.5 text-[0.6875rem]/4 text-muted hover:text-ink lg:min-h-9 lg:flex-row lg:justify-start lg:gap-2.5 lg:rounded-md lg:px-2.5 lg:text-base lg:hover:bg-sunken aria-[current=page]:font-semibold aria-[current=page]:text-accent lg:aria-[current=page]:bg-accent-soft"
      >
        <Icon name={icon} />
        <span className="max-w-full truncate lg:hidden">{short ?? label}</span>
        <span className="hidden lg:inline">{label}</span>
      </Link>
    </li>
  );
}

function LostConnection(): ReactElement | null {
  const up = useSyncExternalStore(connection.subscribe, connection.isUp);
  if (up) return null;
  return (
    <div className="px-4 pt-4 sm:px-8">
      <Notice tone="warn" alert>
        The server cannot be reached. You can read what is already here; anything you save will have to wait until the connection is back.
      </Notice>
    </div>
  );
}

/** `j` and `k`: to the next or previous goal of the list on the page. */
function moveBetweenGoals(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-goal-link]')];
  const here = rows.findIndex((row) => row === document.activeElement || row.closest('[data-goal]')?.contains(document.activeElement));
  rows[here === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step))]?.focus();
}
