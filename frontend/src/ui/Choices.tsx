import type { ReactElement, ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';

interface ChoicesProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string; readonly detail?: string }[];
  readonly labelHidden?: boolean;
  /** Let the digits pick: pressing 3 chooses the option whose value is "3". */
  readonly digits?: boolean;
}

/** A few choices side by side; arrow keys move, as in any group of radio buttons. */
export function Choices({ label, hint, value, onChange, options, labelHidden, digits }: ChoicesProps): ReactElement {
  const chosen = options.find((option) => option.value === value);
  return (
    <RadioGroup value={value} onChange={onChange} orientation="horizontal">
      <Label className={labelHidden ? 'sr-only' : 'block font-semibold'}>{label}</Label>
      {hint && (
        <Text slot="description" className="block text-sm text-muted">
          {hint}
        </Text>
      )}
      <div
        role="presentation"
        className={`flex flex-wrap gap-1.5 ${labelHidden ? '' : 'mt-1'}`}
        onKeyDown={(event) => {
          if (digits && options.some((option) => option.value === event.key)) {
            event.preventDefault();
            onChange(event.key);
          }
        }}
      >
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            aria-label={option.detail ? `${option.label}: ${option.detail}` : option.label}
            className="grid min-h-9 min-w-10 cursor-pointer place-items-center rounded-md border border-edge bg-surface px-3 hover:bg-sunken focus-visible:outline-2 pointer-coarse:min-h-11 data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent data-[selected]:border-accent data-[selected]:bg-accent data-[selected]:text-on-accent forced-colors:data-[selected]:bg-[Highlight] forced-colors:data-[selected]:text-[HighlightText]"
          >
            <span aria-hidden="true">{option.label}</span>
          </Radio>
        ))}
        {chosen?.detail && (
          <span className="self-center pl-1 text-sm text-muted" aria-hidden="true">
            {chosen.detail}
          </span>
        )}
      </div>
    </RadioGroup>
  );
}
