import { useCallback, useState } from 'react';
import { useMutation, type UseMutationConfig } from 'react-relay/hooks';
import type { GraphQLTaggedNode, MutationParameters } from 'relay-runtime';
import { Unreachable } from '../app/environment';

/** Something a person can act on, as the server says it. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Into the mutation's input, e.g. ["metric", "target"]; empty or null: about the whole. */
  readonly path?: readonly string[] | null | undefined;
}

const LOST: Problem = {
  code: 'UNREACHABLE',
  message: 'No connection to the server. Nothing was saved; what you entered is still here. Try again in a moment.',
};
const FAULT: Problem = {
  code: 'FAULT',
  message: 'Something went wrong on the server. Nothing was saved; what you entered is still here.',
};

/** The problems of the one mutation that a response answers. */
export function problemsOf(response: unknown): readonly Problem[] {
  const payload = Object.values((response ?? {}) as Record<string, { problems?: readonly Problem[] } | null>)[0];
  return payload?.problems ?? [];
}

/** The message that belongs under one input: that of the problem whose path ends with its name. */
export function problemAt(problems: readonly Problem[], ...names: string[]): string | undefined {
  return problems.find((problem) => names.includes(problem.path?.at(-1) ?? ''))?.message;
}

/** The problems that no input of `names` shows. */
export function otherProblems(problems: readonly Problem[], ...names: string[]): readonly Problem[] {
  return problems.filter((problem) => !names.includes(problem.path?.at(-1) ?? ''));
}

interface Change<M extends MutationParameters> extends Omit<UseMutationConfig<M>, 'onCompleted' | 'onError'> {
  /** The server did it. */
  readonly onDone?: (response: M['response']) => void;
  /** The server, or the way to it, refused; `problems` also holds them until the next try. */
  readonly onRefused?: (problems: readonly Problem[]) => void;
}

export interface Changing<M extends MutationParameters> {
  readonly run: (change: Change<M>) => void;
  readonly busy: boolean;
  readonly problems: readonly Problem[];
  readonly clear: () => void;
}

/** A mutation whose every failure, foreseen or not, arrives as problems to show beside the form. */
export function useChange<M extends MutationParameters>(mutation: GraphQLTaggedNode): Changing<M> {
  const [commit, busy] = useMutation<M>(mutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const clear = useCallback(() => setProblems([]), []);
  const run = useCallback(
    ({ onDone, onRefused, ...config }: Change<M>) => {
      setProblems([]);
      const refuse = (found: readonly Problem[]) => {
        setProblems(found);
        onRefused?.(found);
      };
      commit({
        ...config,
        onCompleted(response, errors) {
          const found = problemsOf(response);
          if (found.length) refuse(found);
          else if (errors?.length) refuse([FAULT]);
          else onDone?.(response);
        },
        onError(error) {
          refuse([error instanceof Unreachable ? LOST : FAULT]);
        },
      });
    },
    [commit],
  );
  return { run, busy, problems, clear };
}
