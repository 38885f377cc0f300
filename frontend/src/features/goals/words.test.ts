import { describe, expect, it } from 'vitest';
import { chainSentence } from '../line-of-sight/chainSentence';
import { dueSentence, standSentence } from '../home/sentences';
import { goalVariables, readGoalSearch } from './goalSearch';
import { measureInput } from './MeasureFields';
import { whoWillSee } from './whoWillSee';

describe('sentences', () => {
  it('[A2] tells a line of sight before showing it', () => {
    const plan = { name: 'the plan' };
    expect(chainSentence({ lineOfSight: [{ __typename: 'Goal' }, { __typename: 'Goal', title: 'Safer roads' }], shareCarried: 0.04, plan })).toBe(
      'One step up is “Safer roads” in the plan. This goal carries 4% of it.',
    );
    expect(chainSentence({ lineOfSight: [{ __typename: 'Goal' }, { __typename: 'HiddenGoal' }], plan: null })).toBe('One step up is a goal you cannot see.');
    expect(chainSentence({ lineOfSight: [{ __typename: 'Goal' }] })).toContain('not linked to the plan');
  });

  it('tells what is due and how goals stand', () => {
    expect(dueSentence([{ overdueDays: 3 }, { overdueDays: 0 }], 2)).toBe('2 things are due, 1 of them overdue.');
    expect(dueSentence([{ overdueDays: 0 }], 1)).toBe('One thing is due.');
    expect(standSentence([{ health: 'ON_TRACK' }, { health: 'ON_TRACK' }, { health: 'AT_RISK' }], 3)).toBe('You have 3 active goals: 1 at risk and 2 on track.');
    expect(standSentence([{ health: 'ON_TRACK' }, { health: 'ON_TRACK' }], 2)).toBe('You have 2 active goals, all on track.');
    expect(standSentence([{ health: 'ON_TRACK' }], 1)).toBe('You have 1 active goal, on track.');
  });

  it('[P1] says who will see a new goal before it is saved', () => {
    const mine = { visibility: 'AGENCY', owner: null, manager: 'Bo', unit: 'Permits', parent: null };
    expect(whoWillSee(mine)).toBe('While it is a draft, only you and Bo, your manager, can see this goal. After that, everyone in the agency can.');
    expect(whoWillSee({ ...mine, visibility: 'PRIVATE', parent: 'Safer roads' })).toContain('“Safer roads”');
  });
});

describe('the filter of My goals', () => {
  it('lives in the address and survives nonsense there', () => {
    expect(readGoalSearch({ stage: 'all', status: 'AT_RISK', q: ' road ', sort: 'title', desc: true })).toEqual({
      stage: 'all',
      status: 'AT_RISK',
      q: 'road',
      sort: 'title',
      desc: true,
    });
    expect(readGoalSearch({ stage: 'x', status: 7, q: '', sort: 'due', desc: 'yes' })).toEqual({});
  });

  it('shows open goals by due date unless it says otherwise', () => {
    expect(goalVariables({})).toEqual({
      filter: { status: ['DRAFT', 'PROPOSED', 'APPROVED', 'ACTIVE'] },
      orderBy: { field: 'DUE_DATE', direction: 'ASC' },
    });
  });
});

describe('a measure as typed', () => {
  const measure = { name: 'Days', baseline: '31', target: '14', unit: 'days' };
  it('finds the direction from start and target', () => {
    expect(measureInput(measure)).toEqual({ name: 'Days', direction: 'DECREASE', baseline: 31, target: 14, unitOfMeasure: 'days' });
    expect(measureInput({ ...measure, baseline: '40%', target: '90%', unit: '' })).toMatchObject({ direction: 'INCREASE', unitOfMeasure: '%' });
    expect(measureInput({ ...measure, baseline: '', target: 'All done' })).toMatchObject({ direction: 'REACH', targetText: 'All done' });
    expect(measureInput({ ...measure, name: ' ' })).toBeNull();
  });
});
