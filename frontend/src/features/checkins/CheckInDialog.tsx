import { useRouter } from '@tanstack/react-router';
import { Suspense, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLazyLoadQuery } from 'react-relay/hooks';
import type { CheckInDialogQuery, CheckInDialogQuery$data } from '../../__generated__/CheckInDialogQuery.graphql';
import type { CheckInDialogRecordMutation } from '../../__generated__/CheckInDialogRecordMutation.graphql';
import { say } from '../../app/toast';
import { amount, percent } from '../../lib/numbers';
import { clientKey } from '../../lib/clientKey';
import { otherProblems, problemAt, useChange, type Problem } from '../../lib/problems';
import { confidenceWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Actions, Dialog } from '../../ui/Dialog';
import { Select, TextArea, TextField } from '../../ui/Field';
import { Problems } from '../../ui/Problems';
import { Notice, SkeletonLines } from '../../ui/States';
import { checkInDialogQuery, recordCheckInMutation } from './CheckInDialog.query';
import { useCheckIn, type CheckInRequest } from './CheckInProvider';
import { inputOf, type Draft } from './draft';
import { showAtOnce } from './showAtOnce';

type Goal = NonNullable<CheckInDialogQuery$data['goal']>;

const CONFIDENCE = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value, detail: confidenceWord(value) }));
const VIEWS = [
  { value: '', label: 'Leave as it is' },
  { value: 'ON_TRACK', label: 'On track' },
  { value: 'AT_RISK', label: 'At risk' },
  { value: 'OFF_TRACK', label: 'Off track' },
];

/**
 * The check-in dialog: a number, how sure you are, a note. It closes at once and comes back only where the save fails.
 * One dialog from the first moment on, its content loading inside, so that closing it gives the focus back.
 */
export function CheckInDialog({ request }: { readonly request: CheckInRequest }): ReactElement {
  const [closed, setClosed] = useState<string | null>(null);
  const close = () => setClosed(request.key);
  return (
    <Dialog
      key={request.key}
      title={
        <Suspense fallback="…">
          <Title request={request} />
        </Suspense>
      }
      about="Check in"
      isOpen={closed !== request.key}
      onClose={close}
    >
      <Suspense fallback={<SkeletonLines lines={5} />}>
        <Composer request={request} onClose={close} />
      </Suspense>
    </Dialog>
  );
}

interface ComposerProps {
  readonly request: CheckInRequest;
  readonly onClose: () => void;
}

interface Choice {
  readonly id: string;
  readonly kind: 'metric' | 'milestone' | 'progress' | 'words';
  readonly label: string;
}

function choicesOf(goal: Goal): readonly Choice[] {
  const metrics = goal.metrics.nodes.map((metric) => ({ id: metric.id, kind: 'metric' as const, label: metric.name }));
  const milestones = goal.milestones.nodes
    .filter((milestone) => !milestone.doneAt)
    .map((milestone) => ({ id: milestone.id, kind: 'milestone' as const, label: `Milestone reached: ${milestone.title}` }));
  const manual = goal.progressSource === 'MANUAL' || (goal.progressSource === 'NONE' && metrics.length + milestones.length === 0);
  const progress = manual ? [{ id: 'progress', kind: 'progress' as const, label: 'Progress so far' }] : [];
  return [...metrics, ...progress, ...milestones, { id: 'words', kind: 'words', label: 'A note, without a number' }];
}

function useGoal({ goalId }: CheckInRequest): CheckInDialogQuery$data {
  return useLazyLoadQuery<CheckInDialogQuery>(checkInDialogQuery, { id: goalId }, { fetchPolicy: 'store-or-network' });
}

function Title({ request }: { readonly request: CheckInRequest }): string {
  return useGoal(request).goal?.title ?? 'A goal you cannot see';
}

function Composer({ request, onClose }: ComposerProps): ReactElement {
  const { goal, viewer } = useGoal(request);
  if (goal?.viewerCan.checkIn) return <Form goal={goal} viewerId={viewer.person?.id ?? null} about={request.about} onClose={onClose} />;
  return <Notice>{goal ? 'Its owner, contributors and direct manager can check in on this goal while it is active.' : 'You cannot see this goal.'}</Notice>;
}

interface FormProps {
  readonly goal: Goal;
  readonly viewerId: string | null;
  readonly about: string | undefined;
  readonly onClose: () => void;
}

/** What was sent and not yet accepted, by goal: a refused check-in comes back as it was, with the reason. */
const unsaved = new Map<string, { readonly draft: Draft; readonly problems: readonly Problem[] }>();

function Form({ goal, viewerId, about, onClose }: FormProps): ReactElement {
  const choices = choicesOf(goal);
  const [draft, setDraft] = useState<Draft>(
    () =>
      unsaved.get(goal.id)?.draft ?? {
        about: choices.find((choice) => choice.id === about)?.id ?? choices[0]?.id ?? 'words',
        value: '',
        confidence: null,
        note: '',
        view: '',
        blocker: '',
        clientKey: clientKey(),
      },
  );
  const [missing, setMissing] = useState<string | null>(null);
  const [problems, setProblems] = useState(() => unsaved.get(goal.id)?.problems ?? []);
  const { run } = useChange<CheckInDialogRecordMutation>(recordCheckInMutation);
  const open = useCheckIn();
  const router = useRouter();

  const subject = choices.find((choice) => choice.id === draft.about) ?? choices[0]!;
  const metric = goal.metrics.nodes.find((node) => node.id === subject.id);
  const onBehalf = goal.owner?.__typename === 'Person' && goal.owner.id !== viewerId;
  // Saving the same again is the same check-in; anything changed makes it another.
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change, clientKey: clientKey() }));

  const save = () => {
    const { input, error } = inputOf(goal.id, subject, draft);
    setMissing(error ?? null);
    if (!input) return;
    unsaved.set(goal.id, { draft, problems: [] });
    setProblems([]);
    onClose();
    run({
      variables: { input },
      optimisticUpdater: (store) => showAtOnce(store, { goalId: goal.id, metric, input, authorId: viewerId }),
      onDone: () => {
        unsaved.delete(goal.id);
        say(`Check-in saved: ${goal.title}`);
        void router.invalidate();
      },
      onRefused: (found) => {
        unsaved.set(goal.id, { draft, problems: found });
        open(goal.id);
      },
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };

  const shown = ['value', 'text', 'progress', 'confidence', 'note', 'blocker'];
  return (
    <form
      className="space-y-4"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Problems problems={otherProblems(problems, ...shown)} />
      {onBehalf && <Notice>You are checking in for {goal.owner?.name}. It will be shown as entered by you.</Notice>}
      {choices.length > 2 && (
        <Select
          id="check-in-about"
          label="What is it about?"
          value={subject.id}
          onChange={(value) => set({ about: value, value: '' })}
          options={choices.map((choice) => ({ value: choice.id, label: choice.label }))}
        />
      )}
      {(subject.kind === 'metric' || subject.kind === 'progress') && (
        <TextField
          label={choices.length > 2 ? 'The latest number' : subject.label}
          hint={metric ? lastKnown(metric) : goal.progress != null ? `Last: ${percent(goal.progress)}` : undefined}
          value={draft.value}
          onChange={(value) => set({ value })}
          error={missing ?? problemAt(problems, 'value', 'text', 'progress')}
          inputMode="decimal"
          autoComplete="off"
          suffix={metric ? metric.unitOfMeasure : '%'}
          className="block max-w-72"
          autoFocus
        />
      )}
      <Choices
        label="How sure are you that it will be reached?"
        hint="1 is not sure at all, 5 is sure."
        value={draft.confidence}
        onChange={(confidence) => set({ confidence })}
        options={CONFIDENCE}
        digits
      />
      <TextArea
        label="Note"
        isRequired={false}
        hint="What changed, what comes next. Read by those who work on this goal and the managers above."
        value={draft.note}
        onChange={(note) => set({ note })}
        error={problemAt(problems, 'note')}
        rows={2}
        autoFocus={subject.kind === 'words' || subject.kind === 'milestone'}
      />
      <details className="group" open={Boolean(draft.blocker || draft.view) || undefined}>
        <summary className="inline-flex min-h-6 items-center gap-1 font-medium text-accent">
          <span className="transition-transform group-open:rotate-180" aria-hidden="true">
            ▾
          </span>
          More
        </summary>
        <div className="mt-3 space-y-4">
          <TextField
            label="What stands in the way?"
            isRequired={false}
            value={draft.blocker}
            onChange={(blocker) => set({ blocker })}
            error={problemAt(problems, 'blocker')}
          />
          <Select id="check-in-view" label="How do you see it?" hint="Shown as your view, beside the status worked out from the numbers." value={draft.view} onChange={(view) => set({ view })} options={VIEWS} className="block max-w-72" />
        </div>
      </details>
      <Actions>
        <Button type="submit" look="primary">
          Save check-in
        </Button>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
        <span className="ml-auto hidden text-sm text-muted sm:inline">Ctrl + Enter saves</span>
      </Actions>
    </form>
  );
}

/** "Last: 4,120 permits. Target: 5,000 permits." */
function lastKnown(metric: Goal['metrics']['nodes'][number]): string {
  const target = metric.target != null ? amount(metric.target, metric.unitOfMeasure) : metric.targetText;
  return [metric.current != null && `Last: ${amount(metric.current, metric.unitOfMeasure)}.`, target && `Target: ${target}.`].filter(Boolean).join(' ');
}

