import { ConnectionHandler, type RecordSourceSelectorProxy } from 'relay-runtime';
import { today } from '../../lib/dates';
import { shareCovered } from './draft';

interface Shown {
  readonly goalId: string;
  readonly metric: { id: string; direction: string; baseline?: number | null; target?: number | null } | undefined;
  readonly input: { value?: number; text?: string; blocker?: string; progress?: number; milestoneId?: string; confidence?: number; note?: string; view?: string };
  readonly authorId: string | null;
}

/**
 * The store as it will look once the server has the check-in, so that the page moves at once. Only what follows surely
 * is guessed; the answer replaces all of it, and a refusal takes it back.
 */
export function showAtOnce(store: RecordSourceSelectorProxy, { goalId, metric, input, authorId }: Shown): void {
  const goal = store.get(goalId);
  if (!goal) return;
  goal.setValue(today(), 'lastObservedOn');
  if (input.view) goal.setValue(input.view, 'view');
  if (input.progress != null) goal.setValue(input.progress, 'progress');
  if (input.milestoneId) store.get(input.milestoneId)?.setValue(new Date().toISOString(), 'doneAt');

  const measure = metric && store.get(metric.id);
  if (metric && measure && input.value != null) {
    measure.setValue(input.value, 'current');
    const share = shareCovered(metric, input.value);
    if (share !== null) {
      measure.setValue(share, 'progress');
      const all = goal.getLinkedRecord('metrics', { first: 20 })?.getLinkedRecords('nodes');
      if (goal.getValue('progressSource') === 'MEASURES' && all?.length === 1) goal.setValue(share, 'progress');
    }
  }

  const timeline = ConnectionHandler.getConnection(goal, 'CheckIns_goal_checkIns');
  if (!timeline) return;
  const id = `client:check-in:${goalId}`;
  const checkIn = store.get(id) ?? store.create(id, 'CheckIn');
  checkIn.setValue(id, 'id');
  checkIn.setValue(new Date().toISOString(), 'at');
  checkIn.setValue(input.value ?? null, 'value');
  checkIn.setValue(input.text ?? null, 'text');
  checkIn.setValue(input.blocker ?? null, 'blocker');
  checkIn.setValue(null, 'onBehalfOf');
  checkIn.setValue(input.progress ?? null, 'progress');
  checkIn.setValue(input.confidence ?? null, 'confidence');
  checkIn.setValue(input.note ?? null, 'note');
  checkIn.setValue(input.view ?? null, 'view');
  const author = authorId ? store.get(authorId) : null;
  if (author) checkIn.setLinkedRecord(author, 'author');
  if (measure) checkIn.setLinkedRecord(measure, 'metric');
  else checkIn.setValue(null, 'metric');
  const milestone = input.milestoneId ? store.get(input.milestoneId) : null;
  if (milestone) checkIn.setLinkedRecord(milestone, 'milestone');
  else checkIn.setValue(null, 'milestone');
  ConnectionHandler.insertEdgeBefore(timeline, ConnectionHandler.createEdge(store, timeline, checkIn, 'CheckInEdge'));
}
