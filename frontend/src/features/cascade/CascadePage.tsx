import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState, type ReactElement } from 'react';
import type { CascadePageQuery } from '../../__generated__/CascadePageQuery.graphql';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { useShortcuts } from '../../app/shortcuts';
import { buttonClass } from '../../ui/Button';
import { Select } from '../../ui/Field';
import { Empty } from '../../ui/States';
import { cascadePageQuery } from './CascadePage.query';
import type { CascadeSearch } from './cascadeSearch';
import { CascadeTree } from './CascadeTree';

type Plans = CascadePageQuery['response']['plans']['nodes'];

/** How a strategic goal, or the whole plan, is carried down to each team and person. */
export function CascadePage(): ReactElement {
  const search = useSearch({ from: '/signed-in/cascade' });
  const navigate = useNavigate({ from: '/cascade' });
  const plans = usePageQuery<CascadePageQuery>(cascadePageQuery, {}).plans.nodes;
  const empty = plans.length === 0 && !search.root;
  const set = (change: CascadeSearch) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true, resetScroll: false });

  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.find ?? '');
  useEffect(() => {
    if (text.trim() === (search.find ?? '')) return undefined;
    const timer = setTimeout(() => set({ find: text.trim() || undefined }), 300);
    return () => clearTimeout(timer);
  });
  useShortcuts({ '/': () => box.current?.focus() });

  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 lg:flex-nowrap">
        <div>
          <PageTitle title="Cascade" />
          <p className="mt-1 text-muted">From the plan to each person: every goal with those that count toward it.</p>
        </div>
        {!empty && (
          <Select
            id="cascade-root"
            label="Start from"
            value={search.root ?? plans[0]?.id ?? ''}
            onChange={(root) => set({ root: root === plans[0]?.id ? undefined : root })}
            options={rootOptions(plans, search.root)}
            className="block w-full lg:w-96 lg:shrink-0"
          />
        )}
      </div>
      {empty ? (
        <div className="mt-6">
          <Empty
            title="No plan has been published yet"
            action={
              <Link to="/goals" className={buttonClass()}>
                My goals
              </Link>
            }
          >
            <p>The strategy office publishes it; this page then shows everything that counts toward it.</p>
          </Empty>
        </div>
      ) : (
        <Suspense key={search.root ?? ''} fallback={<TreeSkeleton />}>
          <CascadeTree search={search} onSearch={set} text={text} onText={setText} findBox={box} />
        </Suspense>
      )}
    </>
  );
}

function rootOptions(plans: Plans, root: string | undefined): { value: string; label: string }[] {
  const options = plans.flatMap((plan) => [
    { value: plan.id, label: plans.length === 1 ? 'The whole plan' : `The whole of ${plan.name}` },
    ...plan.goals.nodes.map((goal) => ({ value: goal.id, label: goal.title })),
  ]);
  return root === undefined || options.some(({ value }) => value === root) ? options : [{ value: root, label: 'One goal, and what counts toward it' }, ...options];
}

/** The height of the tree that is coming. */
function TreeSkeleton(): ReactElement {
  return (
    <div aria-busy="true" className="mt-4">
      <p className="sr-only" role="status">
        Loading the goals…
      </p>
      <div aria-hidden="true" className="skeleton h-9 w-2/3" />
      <div aria-hidden="true" className="mt-4 space-y-2">
        {[0, 1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
          <div key={row} className="skeleton h-10 w-full" />
        ))}
      </div>
    </div>
  );
}
