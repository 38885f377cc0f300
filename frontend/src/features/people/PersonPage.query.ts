import { graphql } from 'relay-runtime';

/** A colleague: where they work, whom they report to, the goals of theirs that I may see. */
export const personPageQuery = graphql`
  query PersonPageQuery($id: ID!) {
    person(id: $id) {
      id
      name
      email
      jobTitle
      unit {
        id
        name
      }
      managers {
        id
        name
      }
      reports(first: 50) {
        totalCount
        nodes {
          id
          name
          jobTitle
        }
      }
      goals(filter: { status: [DRAFT, PROPOSED, APPROVED, ACTIVE] }, orderBy: { field: DUE_DATE, direction: ASC }, first: 50) {
        totalCount
        nodes {
          id
          ...GoalRow_goal
        }
      }
    }
  }
`;
