import { percent } from '../../lib/numbers';
import { levelWord, statusWord } from '../../lib/words';
import { healthOf, levelOf, type Tree } from './tree';

const HEAD = ['Goal', 'Level', 'Status', 'Progress', 'Counts toward', 'Steps down', 'Goals directly below you cannot see', 'Way up leads through a goal you cannot see', 'Link'];

/**
 * The whole tree that was read, one goal a line, for a spreadsheet: UTF-8 with a byte order mark, RFC 4180. A cell that
 * a spreadsheet would run as a formula begins with an apostrophe.
 */
export function treeCsv(tree: Tree, origin: string): string {
  const lines = [HEAD];
  for (let row = tree.hasPlan ? 1 : 0; row < tree.size; row++) {
    const progress = tree.progress[row]!;
    lines.push([
      tree.titles[row]!,
      levelWord(levelOf(tree, row) ?? ''),
      statusWord(healthOf(tree, row) ?? ''),
      Number.isNaN(progress) ? '' : percent(progress),
      tree.titles[tree.parent[row]!] ?? '',
      String(tree.depth[row]!),
      String(tree.hidden[row]!),
      tree.viaHidden[row] ? 'Yes' : 'No',
      `${origin}/goals/${encodeURIComponent(tree.ids[row]!)}`,
    ]);
  }
  return `\uFEFF${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[\s]*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Give the browser a text to save. */
export function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** "cascade-safer-streets-2026-05-04.csv" */
export function fileName(title: string, on: Date): string {
  const words = title.normalize('NFD').replace(/[^\w\s-]/g, '').trim().toLowerCase().replace(/[\s_-]+/g, '-');
  return `cascade-${words.slice(0, 50).replace(/-$/, '') || 'goals'}-${on.toISOString().slice(0, 10)}.csv`;
}
