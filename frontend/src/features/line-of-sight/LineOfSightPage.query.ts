import { graphql } from 'relay-runtime';

/** One goal's way up to the mission, and what counts toward it. */
export const lineOfSightPageQuery = graphql`
  query LineOfSightPageQuery($id: ID!) {
    goal(id: $id) {
      id
      title
      viewerCan {
        align
      }
      ...Chain_goal
      ...CountsToward_goal
    }
  }
`;
