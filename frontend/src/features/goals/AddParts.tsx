import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';

const MeasureDialog = lazy(() => import('./MeasureDialog').then((module) => ({ default: module.MeasureDialog })));
const MilestoneDialog = lazy(() => import('./MilestoneDialog').then((module) => ({ default: module.MilestoneDialog })));

/** "Add a measure", whose dialog loads when first opened. */
export function AddMeasure({ goalId }: { readonly goalId: string }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" small onPress={() => setOpen(true)}>
        <Icon name="plus" className="size-4" />
        Add a measure
      </Button>
      <Suspense fallback={null}>{open && <MeasureDialog goalId={goalId} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

/** "Add a milestone", whose dialog loads when first opened. */
export function AddMilestone({ goalId }: { readonly goalId: string }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" small onPress={() => setOpen(true)}>
        <Icon name="plus" className="size-4" />
        Add a milestone
      </Button>
      <Suspense fallback={null}>{open && <MilestoneDialog goalId={goalId} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
