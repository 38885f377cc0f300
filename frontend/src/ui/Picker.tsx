import type { ReactElement } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { Icon } from './Icon';

interface PickerProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly selectedId: string | null;
  readonly onPick: (id: string) => void;
  readonly options: readonly { readonly id: string; readonly label: string; readonly detail: string }[];
  /** Shown in place of options. */
  readonly empty: string;
}

/** A box to type in and a list to choose from; what the list holds is the caller's, who searches as `text` changes. */
export function Picker({ label, hint, error, text, onText, selectedId, onPick, options, empty }: PickerProps): ReactElement {
  return (
    <ComboBox
      inputValue={text}
      onInputChange={onText}
      selectedKey={selectedId}
      onSelectionChange={(key) => key !== null && onPick(String(key))}
      items={options}
      allowsEmptyCollection
      allowsCustomValue
      menuTrigger="focus"
      isInvalid={Boolean(error)}
      defaultFilter={() => true}
      className="block"
    >
      <Label className="block font-semibold">{label}</Label>
      {hint && (
        <Text slot="description" className="block text-sm text-muted">
          {hint}
        </Text>
      )}
      <div className="relative mt-1">
        <Input className="field pr-10" />
        <Button className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-md text-muted">
          <Icon name="down" className="size-4" />
        </Button>
      </div>
      <FieldError className="mt-1 block text-sm font-medium text-bad">{error}</FieldError>
      <Popover className="max-h-80 w-(--trigger-width) overflow-auto rounded-lg border border-line bg-surface p-1 shadow-(--shadow-pop)">
        <ListBox className="outline-none" renderEmptyState={() => <p className="px-3 py-2 text-muted">{empty}</p>}>
          {(option: (typeof options)[number]) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="cursor-pointer rounded-md px-3 py-1.5 outline-none data-[focused]:bg-accent-soft data-[selected]:font-medium"
            >
              <Text slot="label" className="block">
                {option.label}
              </Text>
              <Text slot="description" className="block text-sm text-muted">
                {option.detail}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
