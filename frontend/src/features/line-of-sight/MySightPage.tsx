import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { MySightPageQuery } from '../../__generated__/MySightPageQuery.graphql';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { buttonClass } from '../../ui/Button';
import { Select } from '../../ui/Field';
import { Empty } from '../../ui/States';
import { Chain } from './Chain';
import { mySightPageQuery } from './MySightPage.query';

/** My goals' lines of sight, one at a time. */
export function MySightPage(): ReactElement {
  const { viewer } = usePageQuery<MySightPageQuery>(mySightPageQuery, {});
  const goals = viewer.person?.goals.nodes ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const goal = goals.find((one) => one.id === chosen) ?? goals[0];
  return (
    <>
      <PageTitle title="Line of sight" />
      <p className="mt-1 text-muted">How your work leads up to the agency’s mission.</p>
      {goal ? (
        <div className="mt-5">
          {goals.length > 1 && (
            <Select
              id="sight-goal"
              label="Goal"
              value={goal.id}
              onChange={setChosen}
              options={goals.map((one) => ({ value: one.id, label: one.title }))}
              className="mb-6 block max-w-xl"
            />
          )}
          <Chain key={goal.id} goal={goal} />
        </div>
      ) : (
        <div className="mt-6">
          <Empty
            title="You have no goals yet"
            action={
              viewer.can.createGoal ? (
                <Link to="/goals/new" className={buttonClass('primary')}>
                  Start a goal
                </Link>
              ) : (
                <Link to="/plan" className={buttonClass()}>
                  See the plan
                </Link>
              )
            }
          >
            <p>Once you have one, you see here the path from it up to the agency’s mission.</p>
          </Empty>
        </div>
      )}
    </>
  );
}
