import { percent } from '../../lib/numbers';

interface Sight {
  readonly lineOfSight: readonly { readonly __typename: string; readonly title?: string }[];
  readonly shareCarried?: number | null | undefined;
  readonly plan?: { readonly name: string } | null | undefined;
}

/** The chain in one sentence, before the cards. */
export function chainSentence({ lineOfSight, shareCarried, plan }: Sight): string {
  const above = lineOfSight.slice(1);
  if (above.length === 0) {
    return plan ? `This goal stands at the top of ${plan.name}.` : 'This goal is not linked to the plan: no goal above it says what it serves.';
  }
  const top = above.at(-1)!;
  const topName = top.title ? `“${top.title}”` : 'a goal you cannot see';
  const steps = above.length === 1 ? 'One step up is' : `${above.length} steps up is`;
  const share = shareCarried != null ? ` This goal carries ${percent(shareCarried)} of it.` : '';
  return `${steps} ${topName}${plan ? ` in ${plan.name}` : ''}.${share}`;
}
