import { graphql } from 'relay-runtime';

/** What is due from me, and how my goals stand. */
export const homePageQuery = graphql`
  query HomePageQuery {
    viewer {
      kind
      name
      can {
        createGoal
      }
      tasks(first: 20) {
        totalCount
        edges {
          node {
            kind
            dueOn
            overdueDays
            ...TaskRow_task
          }
        }
      }
      person {
        id
        name
        goals(filter: { status: [ACTIVE] }, orderBy: { field: HEALTH, direction: ASC }, first: 50) {
          totalCount
          nodes {
            id
            health
            dueDate
            nextCheckInOn
            viewerCan {
              checkIn
            }
            ...GoalRow_goal
          }
        }
      }
    }
  }
`;
