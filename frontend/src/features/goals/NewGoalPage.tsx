import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactElement } from 'react';
import { graphql } from 'react-relay/hooks';
import type { NewGoalPageCreateMutation } from '../../__generated__/NewGoalPageCreateMutation.graphql';
import type { NewGoalPageQuery } from '../../__generated__/NewGoalPageQuery.graphql';
import type { stagesProposeMutation } from '../../__generated__/stagesProposeMutation.graphql';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { say } from '../../app/toast';
import { clientKey } from '../../lib/clientKey';
import { otherProblems, problemAt, useChange } from '../../lib/problems';
import { kindWord, visibilityWord } from '../../lib/words';
import { Button, buttonClass } from '../../ui/Button';
import { Select, TextArea, TextField } from '../../ui/Field';
import { Problems } from '../../ui/Problems';
import { Empty, Notice } from '../../ui/States';
import { CHOOSE_ONE, GoalPicker, type PickedGoal } from './GoalPicker';
import { emptyMeasure, measureInput, MeasureFields } from './MeasureFields';
import { newGoalPageQuery } from './NewGoalPage.query';
import { proposeMutation } from './stages';
import { whoWillSee } from './whoWillSee';

const VISIBILITIES = ['AGENCY', 'UNIT', 'CHAIN', 'PRIVATE'].map((value) => ({ value, label: visibilityWord(value) }));
const KINDS = ['OUTCOME', 'BEHAVIOR', 'CAPACITY'].map((value) => ({ value, label: kindWord(value) }));
const SHOWN = ['title', 'parentId', 'dueDate', 'startDate', 'ownerId', 'description', 'name', 'baseline', 'target', 'unitOfMeasure', 'unalignedReason'];

/** Four questions make a goal; everything else can wait, under "More". */
export function NewGoalPage(): ReactElement {
  const { serves } = useSearch({ from: '/signed-in/goals/new' });
  const { viewer, goal: served } = usePageQuery<NewGoalPageQuery>(newGoalPageQuery, { serves: serves ?? '', hasServes: Boolean(serves) });
  const [title, setTitle] = useState('');
  const [parent, setParent] = useState<PickedGoal | null>(served ?? null);
  const [parentText, setParentText] = useState('');
  const [measure, setMeasure] = useState(emptyMeasure);
  const [dueDate, setDueDate] = useState('');
  const [description, setDescription] = useState('');
  const [startDate, setStartDate] = useState('');
  const [ownerId, setOwnerId] = useState('');
  const [visibility, setVisibility] = useState('AGENCY');
  const [kind, setKind] = useState('OUTCOME');
  const [tried, setTried] = useState(false);
  const [key] = useState(clientKey);
  const navigate = useNavigate();
  const create = useChange<NewGoalPageCreateMutation>(graphql`
    mutation NewGoalPageCreateMutation($input: GoalCreateInput!) {
      goalCreate(input: $input) {
        goal {
          id
          viewerCan {
            propose
          }
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
  const propose = useChange<stagesProposeMutation>(proposeMutation);

  const me = viewer.person;
  if (!me || !viewer.can.createGoal) {
    return (
      <>
        <PageTitle title="New goal" />
        <div className="mt-6">
          <Empty
            title="You cannot start a goal"
            action={
              <Link to="/goals" className={buttonClass()}>
                My goals
              </Link>
            }
          >
            <p>Your administrator can say why, and change it.</p>
          </Empty>
        </div>
      </>
    );
  }
  const reports = me.reports.nodes;
  const owner = reports.find((report) => report.id === ownerId);

  const undecided = !parent && Boolean(parentText.trim());

  const save = (andPropose: boolean) => {
    setTried(true);
    if (!title.trim() || undecided) return;
    const metric = measureInput(measure);
    create.run({
      variables: {
        input: {
          title: title.trim(),
          clientKey: key,
          visibility: visibility as 'AGENCY',
          kind: kind as 'OUTCOME',
          ...(parent ? { parentId: parent.id } : {}),
          ...(metric ? { metric } : {}),
          ...(dueDate ? { dueDate } : {}),
          ...(startDate ? { startDate } : {}),
          ...(description.trim() ? { description: description.trim() } : {}),
          ...(ownerId ? { ownerId } : {}),
        },
      },
      onDone: ({ goalCreate: { goal } }) => {
        if (!goal) return;
        const open = () => void navigate({ to: '/goals/$goalId', params: { goalId: goal.id } });
        if (!andPropose || !goal.viewerCan.propose) {
          say('Draft saved.');
          open();
          return;
        }
        propose.run({
          variables: { input: { goalId: goal.id } },
          onDone: () => {
            say('Goal saved and sent for approval.');
            open();
          },
          onRefused: ([problem]) => {
            say(`Draft saved, but not sent: ${problem?.message ?? ''}`);
            open();
          },
        });
      },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(true);
  };
  const busy = create.busy || propose.busy;

  return (
    <>
      <PageTitle title="New goal" />
      <p className="mt-1 text-muted">Four answers are enough. You can add more at any time.</p>
      <form className="panel mt-5 max-w-3xl space-y-6 p-4 sm:p-6" onSubmit={submit}>
        <Problems problems={otherProblems(create.problems, ...SHOWN)} />
        <TextField label="What do you want to achieve?" hint="One result, in a few words." value={title} onChange={setTitle} error={tried && !title.trim() ? 'Say what you want to achieve.' : problemAt(create.problems, 'title')} isRequired />
        <GoalPicker
          label="Which goal does it serve?"
          hint="Type part of its title. It becomes the main goal this one supports."
          value={parent}
          onChange={(goal, text) => {
            setParent(goal);
            setParentText(text);
          }}
          error={tried && undecided ? CHOOSE_ONE : problemAt(create.problems, 'parentId', 'unalignedReason')}
        />
        <fieldset>
          <legend className="font-semibold">How will you know, and what is the target?</legend>
          <p className="mb-2 text-sm text-muted">For example: “Days to issue a permit”, from 21 to 14, counted in days.</p>
          <MeasureFields draft={measure} onChange={setMeasure} problems={create.problems} />
        </fieldset>
        <TextField label="By when?" type="date" value={dueDate} onChange={setDueDate} error={problemAt(create.problems, 'dueDate')} className="block max-w-60" />
        <details className="group">
          <summary className="inline-flex min-h-6 items-center gap-1 font-medium text-accent">
            <span className="transition-transform group-open:rotate-180" aria-hidden="true">
              ▾
            </span>
            More
          </summary>
          <div className="mt-4 space-y-5">
            <TextArea label="Description" isRequired={false} value={description} onChange={setDescription} error={problemAt(create.problems, 'description')} />
            {reports.length > 0 && (
              <Select
                id="owner"
                label="Whose goal is it?"
                value={ownerId}
                onChange={setOwnerId}
                options={[{ value: '', label: 'Mine' }, ...reports.map((report) => ({ value: report.id, label: report.name }))]}
                error={problemAt(create.problems, 'ownerId')}
                className="block max-w-80"
              />
            )}
            <TextField label="Starts" hint="Today, unless you say otherwise." type="date" value={startDate} onChange={setStartDate} error={problemAt(create.problems, 'startDate')} className="block max-w-60" />
            <Select id="kind" label="What kind of goal is it?" value={kind} onChange={setKind} options={KINDS} className="block max-w-80" />
            <Select id="visibility" label="Who may see it once it is approved?" value={visibility} onChange={setVisibility} options={VISIBILITIES} className="block max-w-md" />
          </div>
        </details>
        <Notice>{whoWillSee({ visibility, owner: owner?.name ?? null, manager: owner ? me.name : (me.manager?.name ?? null), unit: me.unit?.name ?? null, parent: parent?.title ?? null })}</Notice>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" isDisabled={busy}>
            Save and send for approval
          </Button>
          <Button isDisabled={busy} onPress={() => save(false)}>
            Save as draft
          </Button>
          <Link to="/goals" className={buttonClass('quiet')}>
            Cancel
          </Link>
        </div>
      </form>
    </>
  );
}
