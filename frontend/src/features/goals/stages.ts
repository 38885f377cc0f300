import { graphql } from 'react-relay/hooks';

/* One mutation for each step of a goal's life. The answer moves the goal's stage at once; the page then loads anew. */

export const proposeMutation = graphql`
  mutation stagesProposeMutation($input: GoalProposeInput!) {
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
  mutation stagesApproveMutation($input: GoalApproveInput!) {
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
  mutation stagesReturnMutation($input: GoalReturnInput!) {
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
  mutation stagesRetireMutation($input: GoalRetireInput!) {
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
  mutation stagesDeleteMutation($input: GoalDeleteInput!) {
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
