import { graphql } from 'relay-runtime';

/** The goals that I own. */
export const myGoalsPageQuery = graphql`
  query MyGoalsPageQuery($filter: GoalFilter!, $orderBy: GoalOrder!) {
    viewer {
      can {
        createGoal
      }
      person {
        id
        ...GoalTable_person @arguments(filter: $filter, orderBy: $orderBy)
      }
    }
  }
`;
