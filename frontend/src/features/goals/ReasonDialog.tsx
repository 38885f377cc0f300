import { useState, type FormEvent, type ReactElement } from 'react';
import type { stagesActivateMutation } from '../../__generated__/stagesActivateMutation.graphql';
import type { stagesCloseMutation } from '../../__generated__/stagesCloseMutation.graphql';
import type { stagesRetireMutation } from '../../__generated__/stagesRetireMutation.graphql';
import type { stagesReturnMutation } from '../../__generated__/stagesReturnMutation.graphql';
import { otherProblems, problemAt, useChange } from '../../lib/problems';
import { outcomeWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Actions, Dialog } from '../../ui/Dialog';
import { TextArea } from '../../ui/Field';
import { Problems } from '../../ui/Problems';
import { activateMutation, closeMutation, retireMutation, returnMutation } from './stages';

/** The steps that ask for words. */
export type ReasonFor = 'return' | 'close' | 'retire' | 'activate';

const TEXTS: Record<ReasonFor, { title: string; label: string; hint?: string; button: string; done: string }> = {
  return: {
    title: 'Send this goal back',
    label: 'What should change?',
    hint: 'Its owner reads this and can send the goal for approval again.',
    button: 'Send back',
    done: 'Goal sent back to its owner.',
  },
  close: { title: 'Close this goal', label: 'In a few words, what came of it?', button: 'Close goal', done: 'Goal closed.' },
  retire: { title: 'Retire this goal', label: 'Why is it no longer pursued?', button: 'Retire goal', done: 'Goal retired.' },
  activate: {
    title: 'Start a goal that is not linked to the plan',
    label: 'Why does it serve no other goal?',
    hint: 'Or cancel, and link it to the goal it serves first.',
    button: 'Start this goal',
    done: 'Goal is active.',
  },
};

const OUTCOMES = ['ACHIEVED', 'PARTIAL', 'MISSED', 'DROPPED'].map((value) => ({ value, label: outcomeWord(value) }));

interface ReasonDialogProps {
  readonly kind: ReasonFor;
  readonly goalId: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
}

export function ReasonDialog({ kind, goalId, title, onClose, onDone }: ReasonDialogProps): ReactElement {
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<string | null>(null);
  const sendBack = useChange<stagesReturnMutation>(returnMutation);
  const finish = useChange<stagesCloseMutation>(closeMutation);
  const retire = useChange<stagesRetireMutation>(retireMutation);
  const activate = useChange<stagesActivateMutation>(activateMutation);
  const text = TEXTS[kind];
  const words = reason.trim();
  const finished = () => onDone(text.done);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind === 'return') sendBack.run({ variables: { input: { goalId, reason: words } }, onDone: finished });
    if (kind === 'retire') retire.run({ variables: { input: { goalId, reason: words } }, onDone: finished });
    if (kind === 'activate') activate.run({ variables: { input: { goalId, unalignedReason: words } }, onDone: finished });
    if (kind === 'close' && outcome) finish.run({ variables: { input: { goalId, outcome: outcome as 'ACHIEVED', ...(words ? { note: words } : {}) } }, onDone: finished });
  };
  const change = { return: sendBack, close: finish, retire, activate }[kind];
  const shown = ['reason', 'note', 'unalignedReason'];
  return (
    <Dialog title={text.title} about={title} isOpen onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <Problems problems={otherProblems(change.problems, ...shown)} />
        {kind === 'close' && <Choices label="How did it end?" value={outcome} onChange={setOutcome} options={OUTCOMES} />}
        <TextArea
          label={text.label}
          hint={text.hint}
          value={reason}
          onChange={setReason}
          error={problemAt(change.problems, ...shown)}
          {...(kind === 'close' ? { isRequired: false } : { autoFocus: true })}
        />
        <Actions>
          <Button type="submit" look="primary" isDisabled={change.busy || (kind === 'close' ? !outcome : !words)}>
            {text.button}
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
