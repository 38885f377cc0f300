import { useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { GoalActions_goal$key } from '../../__generated__/GoalActions_goal.graphql';
import type { stagesActivateMutation } from '../../__generated__/stagesActivateMutation.graphql';
import type { stagesApproveMutation } from '../../__generated__/stagesApproveMutation.graphql';
import type { stagesProposeMutation } from '../../__generated__/stagesProposeMutation.graphql';
import { say } from '../../app/toast';
import { useChange } from '../../lib/problems';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Problems } from '../../ui/Problems';
import { useCheckIn } from '../checkins/CheckInProvider';
import type { ReasonFor } from './ReasonDialog';
import { activateMutation, approveMutation, proposeMutation } from './stages';

// Dialogs load when first opened.
const DeleteDialog = lazy(() => import('./DeleteDialog').then((module) => ({ default: module.DeleteDialog })));
const EditDialog = lazy(() => import('./EditDialog').then((module) => ({ default: module.EditDialog })));
const LinkDialog = lazy(() => import('./LinkDialog').then((module) => ({ default: module.LinkDialog })));
const ReasonDialog = lazy(() => import('./ReasonDialog').then((module) => ({ default: module.ReasonDialog })));

/** What this person can do with this goal now, as the server says; nothing here asks who they are. */
export function GoalActions({ goal: key }: { readonly goal: GoalActions_goal$key }): ReactElement | null {
  const goal = useFragment(
    graphql`
      fragment GoalActions_goal on Goal {
        id
        title
        version
        primaryParent {
          __typename
        }
        viewerCan {
          edit
          propose
          return
          approve
          activate
          close
          retire
          align
          checkIn
          delete
        }
        ...EditDialog_goal
        ...LinkDialog_goal
      }
    `,
    key,
  );
  const can = goal.viewerCan;
  const checkIn = useCheckIn();
  const router = useRouter();
  const [open, setOpen] = useState<ReasonFor | 'edit' | 'link' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const done = (sentence: string) => {
    close();
    say(sentence);
    void router.invalidate();
  };
  const propose = useChange<stagesProposeMutation>(proposeMutation);
  const approve = useChange<stagesApproveMutation>(approveMutation);
  const activate = useChange<stagesActivateMutation>(activateMutation);
  const input = { input: { goalId: goal.id } };
  const any = Object.values(can).some((allowed) => allowed === true);
  if (!any) return null;

  return (
    <div className="mt-4 print:hidden">
      <div className="flex flex-wrap gap-2" role="group" aria-label="What you can do">
        {can.checkIn && (
          <Button look="primary" onPress={() => checkIn(goal.id)} aria-keyshortcuts="c">
            <Icon name="check" />
            Check in
          </Button>
        )}
        {can.approve && (
          <Button look="primary" isDisabled={approve.busy} onPress={() => approve.run({ variables: { input: { goalId: goal.id, version: goal.version } }, onDone: () => done('Goal approved.') })}>
            Approve
          </Button>
        )}
        {can.return && <Button onPress={() => setOpen('return')}>Send back…</Button>}
        {can.propose && (
          <Button look="primary" isDisabled={propose.busy} onPress={() => propose.run({ variables: input, onDone: () => done('Sent for approval.') })}>
            Send for approval
          </Button>
        )}
        {can.activate && (
          <Button
            look="primary"
            isDisabled={activate.busy}
            onPress={() => (goal.primaryParent ? activate.run({ variables: input, onDone: () => done('Goal is active.') }) : setOpen('activate'))}
          >
            Start this goal
          </Button>
        )}
        {can.edit && <Button onPress={() => setOpen('edit')}>Edit</Button>}
        {can.align && (
          <Button onPress={() => setOpen('link')}>
            <Icon name="link" className="size-4.5" />
            {goal.primaryParent ? 'Links…' : 'Link to a goal…'}
          </Button>
        )}
        {can.close && <Button onPress={() => setOpen('close')}>Close…</Button>}
        {can.retire && <Button onPress={() => setOpen('retire')}>Retire…</Button>}
        {can.delete && (
          <Button look="danger" onPress={() => setOpen('delete')}>
            Delete draft…
          </Button>
        )}
      </div>
      <div className="mt-3 empty:hidden">
        <Problems problems={[...propose.problems, ...approve.problems, ...activate.problems]} />
      </div>
      <Suspense fallback={null}>
        {open === 'edit' && <EditDialog goal={goal} onClose={close} onDone={done} />}
        {open === 'link' && <LinkDialog goal={goal} onClose={close} onDone={done} />}
        {open === 'delete' && <DeleteDialog goalId={goal.id} title={goal.title} onClose={close} />}
        {(open === 'return' || open === 'close' || open === 'retire' || open === 'activate') && (
          <ReasonDialog kind={open} goalId={goal.id} title={goal.title} onClose={close} onDone={done} />
        )}
      </Suspense>
    </div>
  );
}
