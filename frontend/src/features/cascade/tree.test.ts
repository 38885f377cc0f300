import { describe, expect, it } from 'vitest';
import { fileName, treeCsv } from './csv';
import { find, matchesBelow, nextMatch, pieces, plainTitles } from './finding';
import { press, typeAhead, type Standpoint } from './keys';
import { carriedOver, levelsIn, openToLevel, shown, startLevel, withAncestors, withSiblings } from './opening';
import { bigPack, packOf } from './packs';
import { ancestors, buildTree, goalsBelow, totals, type Tree } from './tree';

const safer = packOf([
  'Safer streets',
  [
    ['Fewer crashes', [['Fix ten crossings', [], { health: 'AT_RISK', viaHidden: true }], ['Éclairage for schools']], { hidden: 2 }],
    ['=cmd|calc', [], { health: 'OFF_TRACK', progress: null }],
  ],
  { hidden: 1 },
]);
const clean = packOf(['Clean water', [['Test wells']], { progress: 0.125 }]);
const plan = { id: 'plan', title: 'Serve all' };

const stand = (tree: Tree, open: Uint8Array, active = 0): Standpoint => ({ tree, open, shown: shown(tree, open), active });
const onShow = (tree: Tree, open: Uint8Array) => [...shown(tree, open).rows].map((row) => tree.titles[row]);

describe('the tree of a cascade', () => {
  it('joins the trees of a plan under the plan, and adds up from below', () => {
    const tree = buildTree([safer, clean], plan);
    expect(tree.titles).toEqual(['Serve all', 'Safer streets', 'Fewer crashes', 'Fix ten crossings', 'Éclairage for schools', '=cmd|calc', 'Clean water', 'Test wells']);
    expect([...tree.parent]).toEqual([-1, 0, 1, 2, 2, 1, 0, 6]);
    expect([...tree.end]).toEqual([8, 6, 5, 4, 5, 6, 8, 8]);
    expect([...tree.depth]).toEqual([0, 1, 2, 3, 3, 2, 1, 2]);
    expect([tree.place[6], tree.siblings[6]]).toEqual([2, 2]);
    expect(tree.hiddenBelow[0]).toBe(3);
    expect([...tree.below.subarray(0, 6)]).toEqual([1, 1, 0, 0, 0, 5]);
    expect(totals(tree)).toEqual([1, 1, 0, 0, 0, 5]);
    expect(goalsBelow(tree, 1)).toBe(4);
    expect(ancestors(tree, 4)).toEqual([0, 1, 2]);
  });

  it('shows a strategic goal that serves another one only once', () => {
    const nested = { ...clean, ids: ['id-Clean water', 'id-Safer streets'] };
    expect(buildTree([safer, nested], plan).titles).toEqual(['Serve all', 'Clean water', 'Test wells']);
  });

  it('opens to a level, to a row, and all siblings', () => {
    const tree = buildTree([safer, clean], plan);
    expect(levelsIn(tree)).toEqual([0, 1, 2]);
    expect(onShow(tree, openToLevel(tree, 0))).toEqual(['Serve all', 'Safer streets', 'Clean water']);
    const one = withAncestors(tree, openToLevel(tree, 0), [3]);
    expect(onShow(tree, one)).toEqual(['Serve all', 'Safer streets', 'Fewer crashes', 'Fix ten crossings', 'Éclairage for schools', '=cmd|calc', 'Clean water']);
    expect(withAncestors(tree, one, [3])).toBe(one);
    expect(onShow(tree, withSiblings(tree, openToLevel(tree, 0), 6))).toEqual(['Serve all', 'Safer streets', 'Fewer crashes', '=cmd|calc', 'Clean water', 'Test wells']);
    expect(startLevel(tree)).toBe(2);
    expect(startLevel(tree, 3)).toBe(0);
  });

  it('keeps what was open when the tree is read anew', () => {
    const tree = buildTree([safer, clean], plan);
    const open = withAncestors(tree, new Uint8Array(tree.size), [7]);
    const anew = buildTree([clean], plan);
    expect(onShow(anew, carriedOver(tree, open, anew))).toEqual(['Serve all', 'Clean water', 'Test wells']);
  });

  it('holds with many goals, all of them open', () => {
    const tree = buildTree([bigPack(5000)]);
    expect(shown(tree, openToLevel(tree, 4)).rows).toHaveLength(5000);
    expect(goalsBelow(tree, 0)).toBe(4999);
    expect(totals(tree).reduce((sum, n) => sum + n)).toBe(5000);
    expect(tree.hiddenBelow[0]).toBe(50);
  });
});

describe('finding', () => {
  const tree = buildTree([safer, clean], plan);
  const titles = plainTitles(tree);

  it('goes by words, whatever their case and accents, and by status', () => {
    expect(find(tree, titles, { text: ' eclair', statuses: [] }).rows).toEqual([4]);
    expect(find(tree, titles, { text: '', statuses: ['AT_RISK', 'OFF_TRACK'] }).rows).toEqual([3, 5]);
    expect(find(tree, titles, { text: 'fix', statuses: ['OFF_TRACK'] }).rows).toEqual([]);
    expect(find(tree, titles, { text: '', statuses: [] })).toMatchObject({ active: false, rows: [] });
    expect(find(tree, titles, { text: 'serve', statuses: [] }).rows).toEqual([]); // the plan is no goal
    const matches = find(tree, titles, { text: '', statuses: ['AT_RISK', 'OFF_TRACK'] });
    expect([0, 1, 2, 3, 6].map((row) => matchesBelow(matches, tree, row))).toEqual([2, 2, 1, 0, 0]);
  });

  it('goes round', () => {
    const matches = find(tree, titles, { text: '', statuses: ['AT_RISK', 'OFF_TRACK'] });
    expect([nextMatch(matches, 0, 1), nextMatch(matches, 3, 1), nextMatch(matches, 5, 1), nextMatch(matches, 3, -1)]).toEqual([3, 5, 3, 5]);
    expect(nextMatch(find(tree, titles, { text: 'nowhere', statuses: [] }), 0, 1)).toBe(-1);
  });

  it('marks every place in a title', () => {
    expect(pieces('Éclat and éclair', 'ecla')).toEqual(['', 'Écla', 't and ', 'écla', 'ir']);
    expect(pieces('Éclat', '')).toEqual(['Éclat']);
  });
});

describe('keys', () => {
  const tree = buildTree([safer, clean], plan);
  const open = openToLevel(tree, 1);

  it('moves over what is on show', () => {
    expect(press('ArrowDown', stand(tree, open, 2))?.active).toBe(5);
    expect(press('ArrowUp', stand(tree, open, 5))?.active).toBe(2);
    expect(press('Home', stand(tree, open, 5))?.active).toBe(0);
    expect(press('End', stand(tree, open, 0))?.active).toBe(7);
    expect(press('PageDown', stand(tree, open, 0), 3)?.active).toBe(5);
    expect(press('ArrowUp', stand(tree, open, 0))?.active).toBe(0);
    expect(press('Tab', stand(tree, open, 0))).toBeNull();
  });

  it('opens to the right, closes to the left', () => {
    const opened = press('ArrowRight', stand(tree, open, 2))!;
    expect([opened.active, opened.open[2]]).toEqual([2, 1]);
    expect(press('ArrowRight', stand(tree, opened.open, 2))?.active).toBe(3);
    expect(press('ArrowRight', stand(tree, opened.open, 3))).toEqual({ active: 3, open: opened.open });
    expect(press('ArrowLeft', stand(tree, opened.open, 3))?.active).toBe(2);
    expect(press('ArrowLeft', stand(tree, opened.open, 2))?.open[2]).toBe(0);
    expect(press('*', stand(tree, openToLevel(tree, 0), 1))?.open[6]).toBe(1);
  });

  it('goes to what is typed', () => {
    expect(typeAhead(stand(tree, open, 0), 'cl')).toBe(6);
    expect(typeAhead(stand(tree, open, 1), 's')).toBe(0);
    expect(typeAhead(stand(tree, open, 0), 'ss')).toBe(1);
    expect(typeAhead(stand(tree, open, 1), 'zz')).toBe(1);
  });
});

describe('the download', () => {
  it('has every goal that was read, and nothing a spreadsheet would run', () => {
    const lines = treeCsv(buildTree([safer, clean], plan), 'https://los.example').split('\r\n');
    expect(lines).toHaveLength(9);
    expect(lines[1]).toBe('Safer streets,Strategic goal,On track,50%,Serve all,1,1,No,https://los.example/goals/id-Safer%20streets');
    expect(lines[3]).toMatch(/^Fix ten crossings,Department goal,At risk,50%,Fewer crashes,3,0,Yes,/);
    expect(lines[5]).toMatch(/^'=cmd\|calc,Strategic objective,Off track,,/);
    const odd = buildTree([packOf(['Top', [['+1, "so"'], ['-2'], ['@x'], [' =y'], ['\tz'], ['a,b']]])]);
    expect(treeCsv(odd, '').split('\r\n').slice(2, 8).map((line) => line.split(',Strategic objective')[0])).toEqual([`"'+1, ""so"""`, `'-2`, `'@x`, `' =y`, `'\tz`, '"a,b"']);
  });

  it('is named after the top', () => {
    expect(fileName('Safer streets, für all!', new Date('2026-05-04T12:00:00Z'))).toBe('cascade-safer-streets-fur-all-2026-05-04.csv');
    expect(fileName('¿?', new Date('2026-05-04T12:00:00Z'))).toBe('cascade-goals-2026-05-04.csv');
  });
});
