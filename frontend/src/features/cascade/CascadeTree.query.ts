import { graphql } from 'relay-runtime';

/** The whole visible tree below a goal, or below every strategic goal of a plan; of the first plan where none is chosen. */
export const cascadeTreeQuery = graphql`
  query CascadeTreeQuery($root: ID!, $chosen: Boolean!) {
    node(id: $root) @include(if: $chosen) {
      __typename
      ... on Goal {
        title
        cascade {
          ...CascadeTree_pack @relay(mask: false)
        }
      }
      ... on StrategicPlan {
        id
        name
        mission
        goals(filter: { level: [STRATEGIC_GOAL] }, first: 100) {
          nodes {
            cascade {
              ...CascadeTree_pack @relay(mask: false)
            }
          }
        }
      }
    }
    plans(first: 1) @skip(if: $chosen) {
      nodes {
        id
        name
        mission
        goals(filter: { level: [STRATEGIC_GOAL] }, first: 100) {
          nodes {
            cascade {
              ...CascadeTree_pack @relay(mask: false)
            }
          }
        }
      }
    }
  }
`;

export const cascadeTreePack = graphql`
  fragment CascadeTree_pack on CascadePack {
    ids
    parents
    titles
    levels
    health
    progress
    hidden
    viaHidden
    truncated
  }
`;
