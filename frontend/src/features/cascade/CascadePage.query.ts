import { graphql } from 'relay-runtime';

/** What a cascade can start from: each plan and its strategic goals. */
export const cascadePageQuery = graphql`
  query CascadePageQuery {
    plans(first: 10) {
      nodes {
        id
        name
        goals(filter: { level: [STRATEGIC_GOAL] }, first: 100) {
          nodes {
            id
            title
          }
        }
      }
    }
  }
`;
