import { graphql } from 'relay-runtime';

/** A department or team: where it belongs, who leads it, what it wants to reach. */
export const unitPageQuery = graphql`
  query UnitPageQuery($id: ID!) {
    unit(id: $id) {
      id
      name
      kind
      lead {
        id
        name
        jobTitle
      }
      ancestors {
        id
        name
      }
      people(deep: true, first: 1) {
        totalCount
      }
      children(first: 100) {
        totalCount
        nodes {
          id
          name
          lead {
            id
            name
          }
        }
      }
      goals(filter: { status: [PROPOSED, APPROVED, ACTIVE], level: [STRATEGIC_GOAL, STRATEGIC_OBJECTIVE, UNIT, TEAM] }, orderBy: { field: DUE_DATE, direction: ASC }, first: 50) {
        totalCount
        nodes {
          id
          ...GoalRow_goal
        }
      }
    }
  }
`;
