import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useDeferredValue, useMemo, type ReactElement, type Ref } from 'react';
import type { CascadeTreeQuery } from '../../__generated__/CascadeTreeQuery.graphql';
import { usePageQuery } from '../../app/pageQuery';
import { Button } from '../../ui/Button';
import { Empty, Notice } from '../../ui/States';
import { treeVariables, type CascadeSearch } from './cascadeSearch';
import { cascadeTreeQuery } from './CascadeTree.query';
import { Outline } from './Outline';
import { SelectedGoal } from './SelectedGoal';
import { Summary } from './Summary';
import { Toolbar } from './Toolbar';
import { buildTree, isPlan, type Tree } from './tree';
import { useExplorer } from './useExplorer';

const TreeMap = lazy(() => import('./TreeMap').then((module) => ({ default: module.TreeMap })));

interface CascadeTreeProps {
  readonly search: CascadeSearch;
  readonly onSearch: (change: CascadeSearch) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly findBox: Ref<HTMLInputElement>;
}

/** The tree that the address asks for, or why there is none. */
export function CascadeTree(props: CascadeTreeProps): ReactElement {
  const { node, plans } = usePageQuery<CascadeTreeQuery>(cascadeTreeQuery, treeVariables(props.search.root));
  const tree = useMemo(() => treeOf(node ?? plans?.nodes[0]), [node, plans]);
  if (!tree) {
    return (
      <div className="mt-6">
        <Empty title="You cannot see this goal" action={<Button onPress={() => props.onSearch({ root: undefined })}>Start from the whole plan</Button>}>
          <p>Either there is no such goal, or its owner shares it with fewer people. If someone sent you here, ask them, or your manager, to give you access.</p>
        </Empty>
      </div>
    );
  }
  if (tree.hasPlan && tree.size === 1) {
    return (
      <div className="mt-6">
        <Empty title="This plan has no strategic goal that you can see">
          <p>Once it has, this page shows each of them with everything that counts toward it.</p>
        </Empty>
      </div>
    );
  }
  return <Views {...props} tree={tree} />;
}

type Root = NonNullable<CascadeTreeQuery['response']['node']> | NonNullable<CascadeTreeQuery['response']['plans']>['nodes'][number];

function treeOf(root: Root | undefined): Tree | null {
  if (!root) return null;
  if ('goals' in root) return buildTree(root.goals.nodes.flatMap(({ cascade }) => cascade ?? []), { id: root.id, title: root.mission ?? root.name });
  return 'cascade' in root && root.cascade ? buildTree([root.cascade]) : null;
}

function Views({ tree, search, onSearch, text, onText, findBox }: CascadeTreeProps & { readonly tree: Tree }): ReactElement {
  const navigate = useNavigate();
  const sought = useDeferredValue(text.trim());
  const wanted = useMemo(() => ({ text: sought, statuses: search.status ?? [] }), [sought, search.status]);
  const explorer = useExplorer(tree, wanted);
  const openGoal = (row: number) => void (isPlan(tree, row) ? navigate({ to: '/plan' }) : navigate({ to: '/goals/$goalId', params: { goalId: tree.ids[row]! } }));
  return (
    <>
      <Toolbar explorer={explorer} search={search} onSearch={onSearch} text={text} onText={onText} findBox={findBox} />
      {tree.truncated && (
        <div className="mt-3">
          <Notice tone="warn">This tree has more than 50,000 goals; only the first 50,000 are shown. Start from a goal further down to see the rest.</Notice>
        </div>
      )}
      <Summary explorer={explorer} />
      {search.view === 'map' ? (
        <Suspense fallback={<div className="skeleton h-[70dvh]" />}>
          <TreeMap explorer={explorer} text={sought} onOpenGoal={openGoal} />
        </Suspense>
      ) : (
        <Outline explorer={explorer} text={sought} onOpenGoal={openGoal} />
      )}
      <SelectedGoal tree={tree} row={explorer.active} />
    </>
  );
}
