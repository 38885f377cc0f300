import type { ReactElement } from 'react';
import type { Problem } from '../lib/problems';
import { Notice } from './States';

/** What a form could not save, read out as soon as it appears. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }): ReactElement | null {
  if (problems.length === 0) return null;
  return (
    <Notice tone="bad" alert>
      {problems.length === 1 ? (
        <p>{problems[0]?.message}</p>
      ) : (
        <ul className="list-disc pl-4">
          {problems.map((problem) => (
            <li key={problem.code + problem.message}>{problem.message}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
