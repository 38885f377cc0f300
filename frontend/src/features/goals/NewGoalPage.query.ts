import { graphql } from 'relay-runtime';

/** Who is starting a goal, who will approve it, and the goal it was started from, if any. */
export const newGoalPageQuery = graphql`
  query NewGoalPageQuery($serves: ID!, $hasServes: Boolean!) {
    viewer {
      can {
        createGoal
      }
      person {
        id
        name
        manager {
          id
          name
        }
        unit {
          id
          name
        }
        reports(first: 50) {
          nodes {
            id
            name
          }
        }
      }
    }
    goal(id: $serves) @include(if: $hasServes) {
      id
      title
    }
  }
`;
