import { count, listed } from '../../lib/numbers';

/** "3 things are due, one of them overdue." */
export function dueSentence(tasks: readonly { readonly overdueDays: number }[], total: number): string {
  const overdue = tasks.filter((task) => task.overdueDays > 0).length;
  const things = total === 1 ? 'One thing is due' : `${total} things are due`;
  if (overdue === 0) return `${things}.`;
  if (total === 1) return `${things}, and it is overdue.`;
  return overdue === total ? `${things}, all overdue.` : `${things}, ${overdue} of them overdue.`;
}

const ORDER = [
  ['OFF_TRACK', 'off track'],
  ['AT_RISK', 'at risk'],
  ['OUTDATED', 'needing an update'],
  ['NO_DATA', 'without data'],
  ['PENDING', 'too early to say'],
  ['ON_TRACK', 'on track'],
] as const;

/** "You have 6 active goals: 1 off track, 2 at risk and 3 on track." */
export function standSentence(goals: readonly { readonly health: string }[], total: number): string {
  const parts = ORDER.map(([health, words]) => {
    const n = goals.filter((goal) => goal.health === health).length;
    return n ? `${n} ${words}` : '';
  }).filter(Boolean);
  const first = `You have ${count(total, 'active goal')}`;
  if (goals.length < total) return `${first}. Of the first ${goals.length}, ${listed(parts)}.`;
  return parts.length === 1 ? `${first}, ${total === 1 ? '' : 'all '}${ORDER.find(([health]) => health === goals[0]?.health)?.[1]}.` : `${first}: ${listed(parts)}.`;
}
