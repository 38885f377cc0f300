import { lazy, Suspense, useRef, useState, type ReactElement } from 'react';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';

interface PersonMenuProps {
  readonly name: string;
  readonly personId: string | null;
  readonly onShortcuts: () => void;
}

const load = () => import('./PersonMenuPopover').then((module) => ({ default: module.PersonMenuPopover }));
const PersonMenuPopover = lazy(load);

/** Who is signed in; the menu behind the name loads when it is first reached for. */
export function PersonMenu({ name, personId, onShortcuts }: PersonMenuProps): ReactElement {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={trigger}
        look="quiet"
        className="min-w-0 text-ink"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPress={() => setOpen(!open)}
        onHoverStart={() => void load()}
        onFocus={() => void load()}
      >
        <span className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="max-w-40 truncate max-sm:sr-only">{name}</span>
        <Icon name="down" className="size-4 text-muted" />
        <span className="sr-only">, your menu</span>
      </Button>
      <Suspense fallback={null}>
        {open && (
          <PersonMenuPopover
            name={name}
            personId={personId}
            trigger={trigger}
            onClose={() => setOpen(false)}
            onShortcuts={onShortcuts}
          />
        )}
      </Suspense>
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
