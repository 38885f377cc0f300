import type { ReactElement } from 'react';
import { parseAmount } from '../../lib/numbers';
import { problemAt, type Problem } from '../../lib/problems';
import { TextField } from '../../ui/Field';

/** A measure as someone types it. */
export interface MeasureDraft {
  readonly name: string;
  readonly baseline: string;
  readonly target: string;
  readonly unit: string;
}

export const emptyMeasure: MeasureDraft = { name: '', baseline: '', target: '', unit: '' };

/**
 * What the server takes, or null without a name. A target below the start is to be lowered to; without a start the
 * first value reported will be it; a start equal to the target, or a target in words, is to be reached.
 */
export function measureInput(draft: MeasureDraft) {
  const name = draft.name.trim();
  if (!name) return null;
  const baseline = parseAmount(draft.baseline);
  const target = parseAmount(draft.target);
  const unit = draft.unit.trim() || (draft.target.includes('%') ? '%' : '');
  const direction = target === null || baseline === target ? 'REACH' : baseline === null ? (target === 0 ? 'DECREASE' : 'INCREASE') : target < baseline ? 'DECREASE' : 'INCREASE';
  return {
    name,
    direction,
    ...(baseline === null ? {} : { baseline }),
    ...(target === null ? (draft.target.trim() ? { targetText: draft.target.trim() } : {}) : { target }),
    ...(unit ? { unitOfMeasure: unit } : {}),
  } as const;
}

interface MeasureFieldsProps {
  readonly draft: MeasureDraft;
  readonly onChange: (draft: MeasureDraft) => void;
  readonly problems: readonly Problem[];
  readonly autoFocus?: boolean;
}

/** Measure, start, target and unit of measure in one row. */
export function MeasureFields({ draft, onChange, problems, autoFocus = false }: MeasureFieldsProps): ReactElement {
  const set = (change: Partial<MeasureDraft>) => onChange({ ...draft, ...change });
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_7rem_7rem_8rem]">
      <TextField label="Measure" value={draft.name} onChange={(name) => set({ name })} error={problemAt(problems, 'name')} autoFocus={autoFocus} />
      <TextField label="From" value={draft.baseline} onChange={(baseline) => set({ baseline })} error={problemAt(problems, 'baseline')} inputMode="decimal" />
      <TextField label="To" value={draft.target} onChange={(target) => set({ target })} error={problemAt(problems, 'target', 'targetText')} inputMode="decimal" />
      <TextField label="Counted in" value={draft.unit} onChange={(unit) => set({ unit })} error={problemAt(problems, 'unitOfMeasure')} />
    </div>
  );
}
