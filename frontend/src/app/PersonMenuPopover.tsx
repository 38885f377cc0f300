import { Link } from '@tanstack/react-router';
import { useState, type ReactElement, type RefObject } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { graphql, useMutation } from 'react-relay/hooks';
import type { PersonMenuPopoverSignOutMutation } from '../__generated__/PersonMenuPopoverSignOutMutation.graphql';
import { Choices } from '../ui/Choices';
import { Icon } from '../ui/Icon';
import { applyTheme, currentTheme, type Theme } from './theme';

const signOutMutation = graphql`
  mutation PersonMenuPopoverSignOutMutation {
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

interface PersonMenuPopoverProps {
  readonly name: string;
  readonly personId: string | null;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

/** What opens under the person's name: their page, how the app looks, and the way out. */
export function PersonMenuPopover({ name, personId, trigger, onClose, onShortcuts }: PersonMenuPopoverProps): ReactElement {
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const [signOut] = useMutation<PersonMenuPopoverSignOutMutation>(signOutMutation);
  const row = 'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-sunken pointer-coarse:min-h-11';
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      className="w-72 rounded-lg border border-line bg-surface p-2 shadow-(--shadow-pop)"
    >
      <Dialog aria-label="Your menu" className="outline-none">
          {personId && (
            <Link to="/people/$personId" params={{ personId }} className={row} onClick={() => onClose()}>
              <Icon name="person" />
              <span className="min-w-0 truncate">{name}</span>
            </Link>
          )}
          <button
            type="button"
            className={row}
            onClick={() => {
              onClose();
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
  );
}
