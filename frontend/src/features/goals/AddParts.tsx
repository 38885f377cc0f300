import { useRouter } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactElement } from 'react';
import { graphql } from 'react-relay/hooks';
import type { AddPartsMetricMutation } from '../../__generated__/AddPartsMetricMutation.graphql';
import type { AddPartsMilestoneMutation } from '../../__generated__/AddPartsMilestoneMutation.graphql';
import { say } from '../../app/toast';
import { otherProblems, problemAt, useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { Actions, Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Problems } from '../../ui/Problems';
import { emptyMeasure, measureInput, MeasureFields, type MeasureDraft } from './MeasureFields';

/** "Add a measure" and its dialog. */
export function AddMeasure({ goalId }: { readonly goalId: string }): ReactElement {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<MeasureDraft>(emptyMeasure);
  const router = useRouter();
  const { run, busy, problems } = useChange<AddPartsMetricMutation>(graphql`
    mutation AddPartsMetricMutation($input: MetricAddInput!) {
      metricAdd(input: $input) {
        metric {
          id
        }
        problems {
          __typename
          code
          message
          path
        }
      }
    }
  `);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const metric = measureInput(draft);
    if (!metric) return;
    run({
      variables: { input: { goalId, metric } },
      onDone: () => {
        setOpen(false);
        setDraft(emptyMeasure);
        say('Measure added.');
        void router.invalidate();
      },
    });
  };
  return (
    <>
      <Button look="quiet" small onPress={() => setOpen(true)}>
        <Icon name="plus" className="size-4" />
        Add a measure
      </Button>
      <Dialog title="Add a measure" isOpen={open} onClose={() => setOpen(false)}>
        <form className="space-y-4" onSubmit={submit}>
          <Problems problems={otherProblems(problems, 'name', 'baseline', 'target', 'unitOfMeasure')} />
          <MeasureFields draft={draft} onChange={setDraft} problems={problems} autoFocus />
          <Actions>
            <Button type="submit" look="primary" isDisabled={busy}>
              Add
            </Button>
            <Button look="quiet" onPress={() => setOpen(false)}>
              Cancel
            </Button>
          </Actions>
        </form>
      </Dialog>
    </>
  );
}

/** "Add a milestone" and its dialog. */
export function AddMilestone({ goalId }: { readonly goalId: string }): ReactElement {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [dueDate, setDueDate] = useState('');
  const router = useRouter();
  const { run, busy, problems } = useChange<AddPartsMilestoneMutation>(graphql`
    mutation AddPartsMilestoneMutation($input: MilestoneAddInput!) {
      milestoneAdd(input: $input) {
        milestone {
          id
        }
        problems {
          __typename
          code
          message
          path
        }
      }
    }
  `);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run({
      variables: { input: { goalId, title: title.trim(), ...(dueDate ? { dueDate } : {}) } },
      onDone: () => {
        setOpen(false);
        setTitle('');
        setDueDate('');
        say('Milestone added.');
        void router.invalidate();
      },
    });
  };
  return (
    <>
      <Button look="quiet" small onPress={() => setOpen(true)}>
        <Icon name="plus" className="size-4" />
        Add a milestone
      </Button>
      <Dialog title="Add a milestone" isOpen={open} onClose={() => setOpen(false)}>
        <form className="space-y-4" onSubmit={submit}>
          <Problems problems={otherProblems(problems, 'title', 'dueDate')} />
          <TextField label="What will be done?" value={title} onChange={setTitle} error={problemAt(problems, 'title')} isRequired autoFocus />
          <TextField label="By when?" type="date" value={dueDate} onChange={setDueDate} error={problemAt(problems, 'dueDate')} className="block max-w-60" />
          <Actions>
            <Button type="submit" look="primary" isDisabled={busy || !title.trim()}>
              Add
            </Button>
            <Button look="quiet" onPress={() => setOpen(false)}>
              Cancel
            </Button>
          </Actions>
        </form>
      </Dialog>
    </>
  );
}
