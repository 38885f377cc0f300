import { useRouter } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { EditDialog_goal$key } from '../../__generated__/EditDialog_goal.graphql';
import type { EditDialogMutation } from '../../__generated__/EditDialogMutation.graphql';
import { otherProblems, problemAt, useChange } from '../../lib/problems';
import { visibilityWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Actions, Dialog } from '../../ui/Dialog';
import { Select, TextArea, TextField } from '../../ui/Field';
import { Problems } from '../../ui/Problems';
import { Notice } from '../../ui/States';

const VISIBILITIES = ['AGENCY', 'UNIT', 'CHAIN', 'PRIVATE'].map((value) => ({ value, label: visibilityWord(value) }));

interface EditDialogProps {
  readonly goal: EditDialog_goal$key;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
}

/** Change a goal's words, dates and audience. Only what was changed is sent, with the version it was read at. */
export function EditDialog({ goal: key, onClose, onDone }: EditDialogProps): ReactElement {
  const goal = useFragment(
    graphql`
      fragment EditDialog_goal on Goal {
        id
        version
        title
        description
        startDate
        dueDate
        visibility
      }
    `,
    key,
  );
  // What the form began with: when the goal changes under it, the server's newer words are shown beside it.
  const [start] = useState(goal);
  const [title, setTitle] = useState(goal.title);
  const [description, setDescription] = useState(goal.description ?? '');
  const [startDate, setStartDate] = useState(goal.startDate ?? '');
  const [dueDate, setDueDate] = useState(goal.dueDate ?? '');
  const [visibility, setVisibility] = useState<string>(goal.visibility);
  const [version, setVersion] = useState(goal.version);
  const router = useRouter();
  const { run, busy, problems, clear } = useChange<EditDialogMutation>(graphql`
    mutation EditDialogMutation($input: GoalEditInput!) {
      goalEdit(input: $input) {
        goal {
          id
          version
          ...EditDialog_goal
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
  const stale = problems.some((problem) => /STALE|VERSION|CONFLICT/.test(problem.code));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changes = {
      ...(title !== start.title ? { title: title.trim() } : {}),
      ...(description !== (start.description ?? '') ? { description: description.trim() || null } : {}),
      ...(startDate !== (start.startDate ?? '') ? { startDate: startDate || null } : {}),
      ...(dueDate !== (start.dueDate ?? '') ? { dueDate: dueDate || null } : {}),
      ...(visibility !== start.visibility ? { visibility: visibility as 'AGENCY' } : {}),
    };
    if (Object.keys(changes).length === 0) return onClose();
    run({
      variables: { input: { goalId: goal.id, version, changes } },
      onDone: () => onDone('Changes saved.'),
      onRefused: () => void router.invalidate(),
    });
  };
  const shown = ['title', 'description', 'startDate', 'dueDate', 'visibility'];
  return (
    <Dialog title="Edit goal" about={start.title} isOpen onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        {stale ? (
          <Notice tone="warn" alert>
            <p>
              Someone else changed this goal while you were editing
              {goal.title !== start.title && <>; its title is now “{goal.title}”</>}. Your changes are not saved yet.
            </p>
            <Button
              small
              className="mt-2"
              onPress={() => {
                setVersion(goal.version);
                clear();
              }}
            >
              Keep mine and save over it
            </Button>
          </Notice>
        ) : (
          <Problems problems={otherProblems(problems, ...shown)} />
        )}
        <TextField label="What do you want to achieve?" value={title} onChange={setTitle} error={problemAt(problems, 'title')} autoFocus />
        <TextArea label="Description" isRequired={false} value={description} onChange={setDescription} error={problemAt(problems, 'description')} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Starts" type="date" value={startDate} onChange={setStartDate} error={problemAt(problems, 'startDate')} />
          <TextField label="Due" type="date" value={dueDate} onChange={setDueDate} error={problemAt(problems, 'dueDate')} />
        </div>
        <Select id="edit-visibility" label="Who can see it" value={visibility} onChange={setVisibility} options={VISIBILITIES} error={problemAt(problems, 'visibility')} />
        <Actions>
          <Button type="submit" look="primary" isDisabled={busy || !title.trim()}>
            Save
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
