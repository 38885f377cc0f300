import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { MyGoalsPageQuery } from '../../__generated__/MyGoalsPageQuery.graphql';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { useShortcuts } from '../../app/shortcuts';
import { statusWord } from '../../lib/words';
import { buttonClass } from '../../ui/Button';
import { Select, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Empty } from '../../ui/States';
import { goalVariables, STATUSES, type GoalSearch } from './goalSearch';
import { GoalTable } from './GoalTable';
import { myGoalsPageQuery } from './MyGoalsPage.query';

const STAGE_OPTIONS = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed and retired' },
  { value: 'all', label: 'All' },
];
const SORT_OPTIONS = [
  { value: 'due', label: 'Due date' },
  { value: 'title', label: 'Title' },
  { value: 'status', label: 'Status' },
  { value: 'progress', label: 'Progress' },
];
const STATUS_OPTIONS = [{ value: '', label: 'Any' }, ...STATUSES.map((value) => ({ value, label: statusWord(value) }))];

/** Every goal I own, with a filter that lives in the address, so that it can be kept and sent. */
export function MyGoalsPage(): ReactElement {
  const search = useSearch({ from: '/signed-in/goals' });
  const navigate = useNavigate({ from: '/goals' });
  const { viewer } = usePageQuery<MyGoalsPageQuery>(myGoalsPageQuery, goalVariables(search));
  const set = (change: { [key in keyof GoalSearch]?: GoalSearch[key] | undefined }) =>
    void navigate({ search: (now) => clean({ ...now, ...change }), replace: true, resetScroll: false });

  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? '');
  useEffect(() => {
    if (text.trim() === (search.q ?? '')) return undefined;
    const timer = setTimeout(() => set({ q: text.trim() || undefined }), 200);
    return () => clearTimeout(timer);
  });
  useShortcuts({ '/': () => box.current?.focus() });

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <PageTitle title="My goals" />
        {viewer.can.createGoal && (
          <Link to="/goals/new" className={buttonClass('primary')} aria-keyshortcuts="n">
            <Icon name="plus" />
            New goal
          </Link>
        )}
      </div>
      {viewer.person ? (
        <>
          <search className="mt-5 grid grid-cols-2 gap-3 sm:grid-cols-[minmax(0,20rem)_12rem_12rem]">
            <TextField label="Search" type="search" value={text} onChange={setText} inputRef={box} className="col-span-2 block sm:col-span-1" />
            <Select id="stage" label="Stage" value={search.stage ?? 'open'} onChange={(value) => set({ stage: value === 'open' ? undefined : (value as 'all') })} options={STAGE_OPTIONS} />
            <Select id="status" label="Status" value={search.status ?? ''} onChange={(value) => set({ status: (value || undefined) as GoalSearch['status'] })} options={STATUS_OPTIONS} />
            <Select
              id="sort"
              label="Sort by"
              value={search.sort ?? 'due'}
              onChange={(value) => set({ sort: value === 'due' ? undefined : (value as 'title'), desc: undefined })}
              options={SORT_OPTIONS}
              className="block max-sm:col-span-2 lg:hidden"
            />
          </search>
          <GoalTable
            person={viewer.person}
            search={search}
            onSort={(sort, desc) => set({ sort: sort === 'due' ? undefined : sort, desc: desc || undefined })}
            onClear={() => {
              setText('');
              void navigate({ search: {}, replace: true });
            }}
          />
        </>
      ) : (
        <div className="mt-6">
          <Empty title="This sign-in is not a person’s">
            <p>Only people own goals. An administrator can tie your sign-in to your record.</p>
          </Empty>
        </div>
      )}
    </>
  );
}

function clean(search: { [key in keyof GoalSearch]?: GoalSearch[key] | undefined }): GoalSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as GoalSearch;
}
