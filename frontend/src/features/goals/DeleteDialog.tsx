import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { stagesDeleteMutation } from '../../__generated__/stagesDeleteMutation.graphql';
import { say } from '../../app/toast';
import { useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { Actions, Dialog } from '../../ui/Dialog';
import { Problems } from '../../ui/Problems';
import { deleteMutation } from './stages';

interface DeleteDialogProps {
  readonly goalId: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** Only an author's own draft can be deleted, and only after asking. */
export function DeleteDialog({ goalId, title, onClose }: DeleteDialogProps): ReactElement {
  const { run, busy, problems } = useChange<stagesDeleteMutation>(deleteMutation);
  const navigate = useNavigate();
  const remove = () =>
    run({
      variables: { input: { goalId } },
      onDone: () => {
        say('Draft deleted.');
        void navigate({ to: '/goals' });
      },
    });
  return (
    <Dialog title="Delete this draft?" about={title} isOpen onClose={onClose}>
      <div className="space-y-4">
        <Problems problems={problems} />
        <p>It has not been sent for approval, and nobody will be able to get it back.</p>
      </div>
      <Actions>
        <Button look="danger" isDisabled={busy} onPress={remove}>
          Delete draft
        </Button>
        <Button look="quiet" onPress={onClose}>
          Keep it
        </Button>
      </Actions>
    </Dialog>
  );
}
