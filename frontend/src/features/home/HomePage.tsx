import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { HomePageQuery, HomePageQuery$data } from '../../__generated__/HomePageQuery.graphql';
import { PageTitle } from '../../app/PageTitle';
import { usePageQuery } from '../../app/pageQuery';
import { longDay, shortDate, today } from '../../lib/dates';
import { count } from '../../lib/numbers';
import { Button, buttonClass } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Section';
import { Empty } from '../../ui/States';
import { useCheckIn } from '../checkins/CheckInProvider';
import { GoalList, GoalRow } from '../goals/GoalRow';
import { homePageQuery } from './HomePage.query';
import { dueSentence, standSentence } from './sentences';
import { TaskRow } from './TaskRow';

/** Where a day begins: what is due, done in place, then how my goals stand. */
export function HomePage(): ReactElement {
  const { viewer } = usePageQuery<HomePageQuery>(homePageQuery, {});
  return (
    <>
      <p className="text-sm text-muted">{longDay()}</p>
      <PageTitle title="Home">{viewer.kind === 'PERSON' ? `Hello, ${firstName(viewer.name)}` : viewer.name}</PageTitle>
      <div className="mt-6 space-y-9">
        <Due viewer={viewer} />
        <Stand viewer={viewer} />
      </div>
    </>
  );
}

type Viewer = HomePageQuery$data['viewer'];

function Due({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const tasks = viewer.tasks.edges.map((edge) => edge.node);
  const more = viewer.tasks.totalCount - tasks.length;
  return (
    <Section id="due" title="What is due">
      {tasks.length === 0 ? (
        <p className="panel flex items-center gap-2.5 px-4 py-3">
          <Icon name="good" className="size-5 text-good" />
          {nothingDue(viewer)}
        </p>
      ) : (
        <>
          <p className="mb-3 text-muted num">{dueSentence(tasks, viewer.tasks.totalCount)}</p>
          <ul className="panel divide-y divide-line overflow-hidden" aria-label="What is due">
            {tasks.map((task, index) => (
              <TaskRow key={index} task={task} />
            ))}
          </ul>
          {more > 0 && <p className="mt-2 text-sm text-muted num">and {more} more, shown as these are done</p>}
        </>
      )}
    </Section>
  );
}

function nothingDue(viewer: Viewer): string {
  const next = viewer.person?.goals.nodes
    .map((goal) => goal.nextCheckInOn)
    .filter((date): date is string => date != null && date >= today())
    .sort()[0];
  return next ? `Nothing is due. Your next check-in is by ${shortDate(next)}.` : 'Nothing is due.';
}

function Stand({ viewer }: { readonly viewer: Viewer }): ReactElement | null {
  const checkIn = useCheckIn();
  if (!viewer.person) return null;
  const { nodes: goals, totalCount } = viewer.person.goals;
  return (
    <Section
      id="stand"
      title="How my goals stand"
      aside={
        totalCount > 0 && (
          <Link to="/goals" className={buttonClass('quiet', true)}>
            All my goals
          </Link>
        )
      }
    >
      {totalCount === 0 ? (
        <Empty
          title="You have no active goals"
          action={
            viewer.can.createGoal && (
              <Link to="/goals/new" className={buttonClass('primary')}>
                Start a goal
              </Link>
            )
          }
        >
          <p>Once a goal of yours is approved and started, you see here whether it is on track.</p>
        </Empty>
      ) : (
        <>
          <p className="mb-3 text-muted num">{standSentence(goals, totalCount)}</p>
          <GoalList label="My active goals">
            {goals.slice(0, 8).map((goal) => (
              <GoalRow
                key={goal.id}
                goal={goal}
                action={
                  goal.viewerCan.checkIn && (
                    <Button small onPress={() => checkIn(goal.id)}>
                      Check in
                    </Button>
                  )
                }
              />
            ))}
          </GoalList>
          {totalCount > 8 && (
            <p className="mt-2 text-sm">
              <Link to="/goals" className="link">
                {count(totalCount - 8, 'more goal')}
              </Link>
            </p>
          )}
        </>
      )}
    </Section>
  );
}

function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
