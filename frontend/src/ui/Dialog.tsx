import type { ReactElement, ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './Button';
import { Icon } from './Icon';

interface DialogProps {
  readonly title: ReactNode;
  /** A line above the title that says what it is about. */
  readonly about?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog in the middle of a desktop and at the foot of a phone; Escape closes it and gives the focus back. */
export function Dialog({ title, about, isOpen, onClose, children }: DialogProps): ReactElement {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-end justify-center bg-black/45 sm:items-start sm:p-4 sm:pt-[10vh]"
    >
      <Modal className="max-h-[92dvh] w-full overflow-y-auto rounded-t-xl border border-line bg-surface shadow-(--shadow-pop) sm:max-h-[80dvh] sm:max-w-xl sm:rounded-xl">
        <AriaDialog className="outline-none">
          <header className="flex items-start justify-between gap-4 px-5 pt-4">
            <div className="min-w-0">
              {about && <p className="text-sm text-muted">{about}</p>}
              <Heading slot="title" className="text-lg font-semibold">
                {title}
              </Heading>
            </div>
            <Button look="quiet" small aria-label="Close" onPress={onClose} className="-mr-2">
              <Icon name="close" />
            </Button>
          </header>
          <div className="px-5 pt-3 pb-5">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons at the end of a dialog or form. */
export function Actions({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className="mt-5 flex flex-wrap items-center gap-2">{children}</div>;
}
