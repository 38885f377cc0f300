/**
 * The one place where the API's terms become plain words. Every enum of the schema that the app shows is listed in
 * full; an enum value that a newer server adds falls back to its own name, made readable.
 */

const readable = (value: string) => value.charAt(0) + value.slice(1).toLowerCase().replaceAll('_', ' ');

const table =
  (words: Record<string, string>) =>
  (value: string): string =>
    words[value] ?? readable(value);

/** Goal status, called Stage in the app. */
export const stageWord = table({
  DRAFT: 'Draft',
  PROPOSED: 'Waiting for approval',
  APPROVED: 'Approved',
  ACTIVE: 'Active',
  CLOSED: 'Closed',
  RETIRED: 'Retired',
});

/** Health, called Status in the app. */
export const statusWord = table({
  PENDING: 'Too early to say',
  ON_TRACK: 'On track',
  AT_RISK: 'At risk',
  OFF_TRACK: 'Off track',
  OUTDATED: 'Needs an update',
  NO_DATA: 'No data yet',
});

export const levelWord = table({
  STRATEGIC_GOAL: 'Strategic goal',
  STRATEGIC_OBJECTIVE: 'Strategic objective',
  UNIT: 'Department goal',
  TEAM: 'Team goal',
  INDIVIDUAL: 'Personal goal',
});

export const kindWord = table({ OUTCOME: 'Outcome', BEHAVIOR: 'Behavior', CAPACITY: 'Building ability' });
export const ambitionWord = table({ COMMITTED: 'Must hit', ASPIRATIONAL: 'Stretch goal' });
export const originWord = table({ ASSIGNED: 'Assigned', COCREATED: 'Agreed together', BOTTOM_UP: 'Suggested by employee' });
export const outcomeWord = table({ ACHIEVED: 'Achieved', PARTIAL: 'Partly achieved', MISSED: 'Missed', DROPPED: 'Dropped' });
export const linkWord = table({
  CONTRIBUTES: 'Counts toward',
  SUPPORTS: 'Helps',
  DEPENDS_ON: 'Needs',
  CONFLICTS_WITH: 'Pulls against',
});
export const directionWord = table({ INCREASE: 'Raise', DECREASE: 'Lower', MAINTAIN: 'Keep within', REACH: 'Reach' });
export const cadenceWord = table({ WEEKLY: 'Every week', MONTHLY: 'Every month', QUARTERLY: 'Every quarter', YEARLY: 'Every year' });
export const confidenceWord = table({ '1': 'Not sure at all', '2': 'Doubtful', '3': 'Even', '4': 'Fairly sure', '5': 'Sure' });
export const sourceWord = table({
  MANUAL: 'Entered by hand',
  API: 'From a connected system',
  IMPORT: 'Imported',
  ROLLUP: 'Built from goals below',
  OVERRIDE: 'Set with a reason',
});

export const visibilityWord = table({
  AGENCY: 'Everyone in the agency',
  UNIT: 'People in its department or team',
  CHAIN: 'The owner and every manager above',
  PRIVATE: 'The owner, the author, contributors and the direct manager',
});

export const officeWord = table({
  HR: 'Human resources',
  STRATEGY: 'Strategy office',
  EXECUTIVE: 'Executive',
  GOVERNANCE: 'Governance',
  AUDITOR: 'Auditor',
  ADMINISTRATOR: 'Administrator',
});
