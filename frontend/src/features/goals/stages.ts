import { graphql } from 'react-relay/hooks';

/* One mutation for each step of a goal's life. The answer moves the goal's stage at once; the page then loads anew. */

export const proposeMutation = graphql`
  mutation stagesProposeMutation($input: GoalIdInput!) {
    goalPropose(input: $input) {
      goal {
        ...stages_goal @relay(mask: false)
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

export const approveMutation = graphql`
  mutation stagesApproveMutation($input: GoalIdInput!) {
    goalApprove(input: $input) {
      goal {
        ...stages_goal @relay(mask: false)
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

export const returnMutation = graphql`
  mutation stagesReturnMutation($input: GoalReasonInput!) {
    goalReturn(input: $input) {
      goal {
        ...stages_goal @relay(mask: false)
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

export const activateMutation = graphql`
  mutation stagesActivateMutation($input: GoalActivateInput!) {
    goalActivate(input: $input) {
      goal {
        ...stages_goal @relay(mask: false)
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

export const closeMutation = graphql`
  mutation stagesCloseMutation($input: GoalCloseInput!) {
    goalClose(input: $input) {
      goal {
        ...stages_goal @relay(mask: false)
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

export const retireMutation = graphql`
  mutation stagesRetireMutation($input: GoalReasonInput!) {
    goalRetire(input: $input) {
      goal {
        ...stages_goal @relay(mask: false)
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

export const deleteMutation = graphql`
  mutation stagesDeleteMutation($input: GoalIdInput!) {
    goalDelete(input: $input) {
      problems {
        __typename
        code
        message
        path
      }
    }
  }
`;

export const stageFragment = graphql`
  fragment stages_goal on Goal {
    id
    status
    outcome
    health
    version
  }
`;
