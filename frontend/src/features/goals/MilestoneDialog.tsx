import { useRouter } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactElement } from 'react';
import { graphql } from 'react-relay/hooks';
import type { MilestoneDialogMutation } from '../../__generated__/MilestoneDialogMutation.graphql';
import { say } from '../../app/toast';
import { otherProblems, problemAt, useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { Actions, Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { Problems } from '../../ui/Problems';

/** Another milestone for a goal. */
export function MilestoneDialog({ goalId, onClose }: { readonly goalId: string; readonly onClose: () => void }): ReactElement {
  const [title, setTitle] = useState('');
  const [dueDate, setDueDate] = useState('');
  const [tried, setTried] = useState(false);
  const router = useRouter();
  const { run, busy, problems } = useChange<MilestoneDialogMutation>(graphql`
    mutation MilestoneDialogMutation($input: MilestoneAddInput!) {
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
    setTried(true);
    if (!title.trim()) return;
    run({
      variables: { input: { goalId, title: title.trim(), ...(dueDate ? { dueDate } : {}) } },
      onDone: () => {
        onClose();
        say('Milestone added.');
        void router.invalidate();
      },
    });
  };
  return (
    <Dialog title="Add a milestone" isOpen onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <Problems problems={otherProblems(problems, 'title', 'dueDate')} />
        <TextField
          label="What will be done?"
          value={title}
          onChange={setTitle}
          error={tried && !title.trim() ? 'Say what will be done.' : problemAt(problems, 'title')}
          autoFocus
        />
        <TextField label="By when?" type="date" value={dueDate} onChange={setDueDate} error={problemAt(problems, 'dueDate')} className="block max-w-60" />
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
