import { useState, type FormEvent, type ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { LinkDialog_goal$key } from '../../__generated__/LinkDialog_goal.graphql';
import type { LinkDialogAlignMutation } from '../../__generated__/LinkDialogAlignMutation.graphql';
import type { LinkDialogUnalignMutation } from '../../__generated__/LinkDialogUnalignMutation.graphql';
import { problemAt, otherProblems, useChange } from '../../lib/problems';
import { percent } from '../../lib/numbers';
import { linkWord } from '../../lib/words';
import { Button } from '../../ui/Button';
import { Actions, Dialog } from '../../ui/Dialog';
import { Select, TextArea } from '../../ui/Field';
import { Problems } from '../../ui/Problems';
import { Notice } from '../../ui/States';
import { CHOOSE_ONE, GoalPicker, type PickedGoal } from './GoalPicker';

const TYPES = ['CONTRIBUTES', 'SUPPORTS', 'DEPENDS_ON', 'CONFLICTS_WITH'].map((value) => ({ value, label: linkWord(value) }));

interface LinkDialogProps {
  readonly goal: LinkDialog_goal$key;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
}

/** The goals this one is linked to, each with a way to take the link back, and a form for another. */
export function LinkDialog({ goal: key, onClose, onDone }: LinkDialogProps): ReactElement {
  const goal = useFragment(
    graphql`
      fragment LinkDialog_goal on Goal {
        id
        title
        visibility
        parents(types: [CONTRIBUTES, SUPPORTS, DEPENDS_ON, CONFLICTS_WITH], first: 20) {
          hiddenCount
          edges {
            node {
              id
              title
            }
            alignment {
              id
              type
              primary
              shareCarried
              reason
            }
          }
        }
        viewerCan {
          unalign
        }
      }
    `,
    key,
  );
  const links = goal.parents.edges;
  const hasMain = links.some(({ alignment }) => alignment.primary);
  const [parent, setParent] = useState<PickedGoal | null>(null);
  const [type, setType] = useState('CONTRIBUTES');
  const [main, setMain] = useState(!hasMain);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const align = useChange<LinkDialogAlignMutation>(graphql`
    mutation LinkDialogAlignMutation($input: GoalAlignInput!) {
      goalAlign(input: $input) {
        alignment {
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
  const unalign = useChange<LinkDialogUnalignMutation>(graphql`
    mutation LinkDialogUnalignMutation($input: GoalUnalignInput!) {
      goalUnalign(input: $input) {
        problems {
          __typename
          code
          message
          path
        }
      }
    }
  `);
  const counts = type === 'CONTRIBUTES';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!parent) return;
    align.run({
      variables: {
        input: { childId: goal.id, parentId: parent.id, type: type as 'CONTRIBUTES', ...(counts ? { primary: main } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) },
      },
      onDone: () => onDone('Goals linked.'),
    });
  };
  return (
    <Dialog title="Links to other goals" about={goal.title} isOpen onClose={onClose}>
      {links.length > 0 && (
        <ul className="mb-5 divide-y divide-line rounded-md border border-line">
          {links.map(({ node, alignment }) => (
            <li key={alignment.id} className="flex items-center gap-3 px-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="text-sm text-muted num">
                  {alignment.primary ? 'Main goal this supports' : linkWord(alignment.type)}
                  {alignment.shareCarried != null && `, carries ${percent(alignment.shareCarried)}`}
                </p>
                <p>{node.title}</p>
              </div>
              {goal.viewerCan.unalign && (
                <Button
                  small
                  isDisabled={unalign.busy}
                  onPress={() => unalign.run({ variables: { input: { alignmentId: alignment.id, reason: 'Unlinked in the app' } }, onDone: () => onDone('Link removed.') })}
                >
                  Unlink<span className="sr-only"> from {node.title}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <form className="space-y-4" onSubmit={submit}>
        <Problems problems={[...otherProblems(align.problems, 'parentId', 'reason'), ...unalign.problems]} />
        <Select id="link-type" label="This goal…" value={type} onChange={setType} options={TYPES} className="block max-w-60" />
        <GoalPicker label="…which goal?" value={parent} onChange={setParent} except={goal.id} error={tried && !parent ? CHOOSE_ONE : problemAt(align.problems, 'parentId')} />
        {counts && (
          <label className="flex min-h-6 items-center gap-2.5">
            <input type="checkbox" className="size-5 accent-accent" checked={main} onChange={(event) => setMain(event.target.checked)} />
            It is the main goal this one supports
          </label>
        )}
        <TextArea label="Why?" isRequired={false} hint="How it helps, for whoever follows the line of sight." value={reason} onChange={setReason} rows={2} error={problemAt(align.problems, 'reason')} />
        {goal.visibility !== 'AGENCY' && (
          <Notice>Whoever sees the other goal will see this goal’s progress and weight in its numbers, though not the goal itself.</Notice>
        )}
        <Actions>
          <Button type="submit" look="primary" isDisabled={align.busy}>
            Link
          </Button>
          <Button look="quiet" onPress={onClose}>
            Done
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
