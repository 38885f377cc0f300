import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { graphql, useMutation } from 'react-relay/hooks';
import type { PersonMenuSignOutMutation } from '../__generated__/PersonMenuSignOutMutation.graphql';
import { Button } from '../ui/Button';
import { Choices } from '../ui/Choices';
import { Icon } from '../ui/Icon';
import { applyTheme, currentTheme, type Theme } from './theme';

interface PersonMenuProps {
  readonly name: string;
  readonly personId: string | null;
  readonly onShortcuts: () => void;
}

const signOutMutation = graphql`
  mutation PersonMenuSignOutMutation {
    sessionSignOut {
      ok
    }
  }
`;

/** Load the sign-in page anew, so that nothing of this person stays in memory. */
const leave = () => window.location.assign('/sign-in');

const THEMES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Who is signed in; their page, how the app looks, and the way out. */
export function PersonMenu({ name, personId, onShortcuts }: PersonMenuProps): ReactElement {
  const [open, setOpen] = useState(false);
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const [signOut] = useMutation<PersonMenuSignOutMutation>(signOutMutation);
  const row = 'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-sunken pointer-coarse:min-h-11';
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button look="quiet" className="min-w-0 text-ink">
        <span className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="max-w-40 truncate max-sm:sr-only">{name}</span>
        <Icon name="down" className="size-4 text-muted" />
        <span className="sr-only">, your menu</span>
      </Button>
      <Popover placement="bottom end" className="w-72 rounded-lg border border-line bg-surface p-2 shadow-(--shadow-pop)">
        <Dialog aria-label="Your menu" className="outline-none">
          {personId && (
            <Link to="/people/$personId" params={{ personId }} className={row} onClick={() => setOpen(false)}>
              <Icon name="person" />
              <span className="min-w-0 truncate">{name}</span>
            </Link>
          )}
          <button
            type="button"
            className={row}
            onClick={() => {
              setOpen(false);
              onShortcuts();
            }}
          >
            <Icon name="keyboard" />
            Keyboard shortcuts
          </button>
          <div className="my-2 border-y border-line px-2 py-3">
            <Choices
              label="Colors"
              value={theme}
              options={THEMES}
              onChange={(value) => {
                applyTheme(value as Theme);
                setTheme(value as Theme);
              }}
            />
          </div>
          <button type="button" className={row} onClick={() => void signOut({ variables: {}, onCompleted: leave, onError: leave })}>
            <Icon name="out" />
            Sign out
          </button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
