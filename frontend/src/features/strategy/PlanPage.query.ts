import { graphql } from 'relay-runtime';

/** The agency's plans: mission, vision, strategic goals. */
export const planPageQuery = graphql`
  query PlanPageQuery {
    plans(first: 10) {
      nodes {
        id
        name
        mission
        vision
        startDate
        endDate
        publisher {
          id
          name
        }
        goals(filter: { level: [STRATEGIC_GOAL] }, first: 50) {
          nodes {
            id
            ...PlanGoal_goal
          }
        }
      }
    }
  }
`;
