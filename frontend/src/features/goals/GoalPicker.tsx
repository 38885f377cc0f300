import { lazy, Suspense, useDeferredValue, useEffect, useState, type ReactElement } from 'react';
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay/hooks';
import type { GoalPickerQuery, GoalPickerQuery$data } from '../../__generated__/GoalPickerQuery.graphql';
import { levelWord } from '../../lib/words';

const Picker = lazy(() => import('../../ui/Picker').then((module) => ({ default: module.Picker })));

const goalPickerQuery = graphql`
  query GoalPickerQuery($filter: GoalFilter!) {
    goals(filter: $filter, first: 12) {
      nodes {
        id
        title
        level
        owner {
          name
        }
      }
    }
  }
`;

type Found = GoalPickerQuery$data['goals']['nodes'];

/** Said where someone typed words and chose nothing. */
export const CHOOSE_ONE = 'Choose a goal from the list, or clear this box.';

export interface PickedGoal {
  readonly id: string;
  readonly title: string;
}

interface GoalPickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: PickedGoal | null;
  /** The goal picked, and what stands in the box: words without a goal are not an answer yet. */
  readonly onChange: (goal: PickedGoal | null, text: string) => void;
  /** Never offered: the goal itself. */
  readonly except?: string;
}

/** Find a goal by typing part of its title. Only goals that may take contributors are offered. */
export function GoalPicker({ label, hint, error, value, onChange, except }: GoalPickerProps): ReactElement {
  const environment = useRelayEnvironment();
  const [text, setText] = useState(value?.title ?? '');
  const [found, setFound] = useState<Found>([]);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const wanted = useDeferredValue(text === value?.title ? '' : text.trim());

  useEffect(() => {
    const filter = { status: ['APPROVED' as const, 'ACTIVE' as const], ...(wanted ? { text: wanted } : { level: ['STRATEGIC_OBJECTIVE' as const, 'UNIT' as const, 'TEAM' as const] }) };
    setState('loading');
    const timer = setTimeout(() => {
      subscription = fetchQuery<GoalPickerQuery>(environment, goalPickerQuery, { filter }, { fetchPolicy: 'store-or-network' }).subscribe({
        next: (data) => {
          setFound(data.goals.nodes);
          setState('idle');
        },
        error: () => setState('failed'),
      });
    }, 80);
    let subscription: { unsubscribe: () => void } | undefined;
    return () => {
      clearTimeout(timer);
      subscription?.unsubscribe();
    };
  }, [environment, wanted]);

  return (
    <Suspense fallback={<Coming label={label} hint={hint} />}>
      <Picker
        label={label}
        hint={hint}
        error={error}
        text={text}
        selectedId={value?.id ?? null}
        onText={(now) => {
          setText(now);
          if (now !== value?.title) onChange(null, now);
        }}
        onPick={(id) => {
          const goal = found.find((one) => one.id === id);
          if (!goal) return;
          setText(goal.title);
          onChange({ id: goal.id, title: goal.title }, goal.title);
        }}
        empty={state === 'loading' ? 'Searching…' : state === 'failed' ? 'The search did not work. Type again to retry.' : 'No goal with these words that you can see.'}
        options={found
          .filter((goal) => goal.id !== except)
          .map((goal) => ({ id: goal.id, label: goal.title, detail: [levelWord(goal.level), goal.owner?.name].filter(Boolean).join(' · ') }))}
      />
    </Suspense>
  );
}

/** The picker's place while its code loads, as high as it will be. */
function Coming({ label, hint }: { readonly label: string; readonly hint?: string | undefined }): ReactElement {
  return (
    <div aria-busy="true">
      <p className="font-semibold">{label}</p>
      {hint && <p className="text-sm text-muted">{hint}</p>}
      <div aria-hidden="true" className="field mt-1" />
    </div>
  );
}
