interface Audience {
  readonly visibility: string;
  /** Whose goal it will be, when not the reader's own. */
  readonly owner: string | null;
  /** The owner's direct manager. */
  readonly manager: string | null;
  readonly unit: string | null;
  /** The goal it will serve. */
  readonly parent: string | null;
}

/** Who reads a new goal, now and later; said before it is saved. */
export function whoWillSee({ visibility, owner, manager, unit, parent }: Audience): string {
  const drafters = owner ? `only you and ${owner}` : manager ? `only you and ${manager}, your manager,` : 'only you';
  const later: Record<string, string> = {
    AGENCY: 'everyone in the agency',
    UNIT: unit && !owner ? `people in ${unit}` : 'people in its department or team',
    CHAIN: `${owner ? 'its owner' : 'you'} and every manager above`,
    PRIVATE: `${owner ? 'you and its owner' : manager ? `you and ${manager}` : 'you'}, with anyone who works on it`,
  };
  const published = parent && visibility !== 'AGENCY' ? ` Its progress also counts in “${parent}”, which others see.` : '';
  return `While it is a draft, ${drafters} can see this goal. After that, ${later[visibility] ?? later['AGENCY']} can.${published}`;
}
