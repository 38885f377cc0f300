import { useRouter } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactElement } from 'react';
import { graphql } from 'react-relay/hooks';
import type { MeasureDialogMutation } from '../../__generated__/MeasureDialogMutation.graphql';
import { say } from '../../app/toast';
import { otherProblems, useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { Actions, Dialog } from '../../ui/Dialog';
import { Problems } from '../../ui/Problems';
import { emptyMeasure, measureInput, MeasureFields } from './MeasureFields';

/** Another measure for a goal. */
export function MeasureDialog({ goalId, onClose }: { readonly goalId: string; readonly onClose: () => void }): ReactElement {
  const [draft, setDraft] = useState(emptyMeasure);
  const [tried, setTried] = useState(false);
  const router = useRouter();
  const { run, busy, problems } = useChange<MeasureDialogMutation>(graphql`
    mutation MeasureDialogMutation($input: MetricAddInput!) {
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
  const metric = measureInput(draft);
  const shown = tried && !metric ? [{ code: 'MISSING', message: 'Say what is measured.', path: ['name'] }] : problems;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!metric) return;
    run({
      variables: { input: { goalId, metric } },
      onDone: () => {
        onClose();
        say('Measure added.');
        void router.invalidate();
      },
    });
  };
  return (
    <Dialog title="Add a measure" isOpen onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <Problems problems={otherProblems(shown, 'name', 'baseline', 'target', 'targetText', 'unitOfMeasure')} />
        <MeasureFields draft={draft} onChange={setDraft} problems={shown} autoFocus />
        <Actions>
          <Button type="submit" look="primary" isDisabled={busy}>
            Add
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
