import { graphql } from 'relay-runtime';

/** What a check-in on one goal can be about. */
export const checkInDialogQuery = graphql`
  query CheckInDialogQuery($id: ID!) {
    viewer {
      person {
        id
      }
    }
    goal(id: $id) {
      id
      title
      progress
      progressSource
      owner {
        __typename
        id
        name
      }
      viewerCan {
        checkIn
      }
      metrics(first: 20) {
        nodes {
          id
          name
          direction
          unitOfMeasure
          baseline
          current
          target
          targetText
        }
      }
      milestones(first: 50) {
        nodes {
          id
          title
          doneAt
        }
      }
    }
  }
`;

/** The check-in itself; the answer brings back everything on the goal that it moves. */
export const recordCheckInMutation = graphql`
  mutation CheckInDialogRecordMutation($input: GoalRecordCheckInInput!) {
    goalRecordCheckIn(input: $input) {
      checkIn {
        id
      }
      goal {
        id
        view
        ...GoalRow_goal
        ...Measures_goal
        ...Milestones_goal
        ...CheckIns_goal
        ...HowWorkedOut_goal
      }
      problems {
        __typename
        code
        message
        path
      }
    }
  }
`;
