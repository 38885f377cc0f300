import { graphql } from 'relay-runtime';

/** Who is here, and what the frame around every page needs to know. */
export const shellQuery = graphql`
  query ShellQuery {
    viewer {
      kind
      name
      person {
        id
        name
        unit {
          id
          name
        }
      }
      offices {
        office
        unit {
          id
          name
        }
      }
      can {
        createGoal
      }
    }
    agency {
      id
      name
    }
  }
`;
