import { graphql } from 'relay-runtime';

/** Each of my goals with its way up. */
export const mySightPageQuery = graphql`
  query MySightPageQuery {
    viewer {
      can {
        createGoal
      }
      person {
        id
        goals(filter: { status: [PROPOSED, APPROVED, ACTIVE] }, orderBy: { field: DUE_DATE, direction: ASC }, first: 30) {
          totalCount
          nodes {
            id
            title
            ...Chain_goal
          }
        }
      }
    }
  }
`;
