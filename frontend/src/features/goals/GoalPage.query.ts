import { graphql } from 'relay-runtime';

/** One goal with all that its page shows. */
export const goalPageQuery = graphql`
  query GoalPageQuery($id: ID!) {
    goal(id: $id) {
      id
      title
      description
      returnReason
      level
      status
      outcome
      health
      view
      progress
      expectedProgress
      startDate
      dueDate
      lastObservedOn
      viewerCan {
        checkIn
      }
      ...LineCrumbs_goal
      ...GoalActions_goal
      ...HowWorkedOut_goal
      ...Measures_goal
      ...Milestones_goal
      ...CheckIns_goal
      ...CountsToward_goal
      ...GoalFacts_goal
    }
  }
`;
