import { graphql } from 'relay-runtime';

/** The whole visible tree below a goal, or below every strategic goal of a plan; of the first plan where none is chosen. */
export const cascadeTreeQuery = graphql`
  query CascadeTreeQuery($root: ID!, $chosen: Boolean!) {
    node(id: $root) @include(if: $chosen) {
      __typename
      ...CascadeTree_goal @relay(mask: false)
      ...CascadeTree_plan @relay(mask: false)
    }
    plans(first: 1) @skip(if: $chosen) {
      nodes {
        ...CascadeTree_plan @relay(mask: false)
      }
    }
  }
`;

export const cascadeTreeGoal = graphql`
  fragment CascadeTree_goal on Goal {
    title
    cascade {
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
  }
`;

export const cascadeTreePlan = graphql`
  fragment CascadeTree_plan on StrategicPlan {
    name
    mission
    goals(filter: { level: [STRATEGIC_GOAL] }, first: 100) {
      nodes {
        ...CascadeTree_goal @relay(mask: false)
      }
    }
  }
`;
