import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';

interface Common {
  readonly label: ReactNode;
  /** Said before the box, where it helps; never a placeholder. */
  readonly hint?: ReactNode;
  /** What is wrong with the value; shown under the box and tied to it. */
  readonly error?: string | null | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
}

interface TextFieldProps extends Common {
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'search';
  readonly inputMode?: 'text' | 'decimal' | 'email' | 'search';
  readonly autoComplete?: string;
  readonly name?: string;
  readonly maxLength?: number;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly suffix?: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly min?: string;
}

const optional = <span className="font-normal text-muted"> (optional)</span>;

function Frame({ label, hint, error, isRequired, children }: Pick<Common, 'label' | 'hint' | 'error' | 'isRequired'> & { readonly children: ReactNode }): ReactElement {
  return (
    <>
      <Label className="block font-semibold">
        {label}
        {isRequired === false && optional}
      </Label>
      {hint && (
        <Text slot="description" className="block text-sm text-muted">
          {hint}
        </Text>
      )}
      {children}
      <FieldError className="mt-1 flex items-start gap-1 text-sm font-medium text-bad">{error}</FieldError>
    </>
  );
}

/** One line of text. `isRequired={false}` says "optional" in the label; leaving it out says nothing. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, hint, error, value, onChange, isRequired, autoFocus, className, suffix, inputRef, min, ...input } = props;
  return (
    <AriaTextField
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      isRequired={isRequired ?? false}
      autoFocus={autoFocus ?? false}
      validationBehavior="aria"
      className={className ?? 'block'}
      {...input}
    >
      <Frame label={label} hint={hint} error={error} isRequired={isRequired}>
        <span className="relative mt-1 flex items-center gap-2">
          <Input className="field num" {...(inputRef ? { ref: inputRef } : {})} {...(min ? { min } : {})} />
          {suffix && <span className="shrink-0 text-sm text-muted">{suffix}</span>}
        </span>
      </Frame>
    </AriaTextField>
  );
}

export function TextArea(props: Common & { readonly rows?: number; readonly onKeyDown?: (event: KeyboardEvent) => void }): ReactElement {
  const { label, hint, error, value, onChange, isRequired, autoFocus, className, rows = 3, onKeyDown } = props;
  return (
    <AriaTextField
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      isRequired={isRequired ?? false}
      autoFocus={autoFocus ?? false}
      validationBehavior="aria"
      className={className ?? 'block'}
      {...(onKeyDown ? { onKeyDown } : {})}
    >
      <Frame label={label} hint={hint} error={error} isRequired={isRequired}>
        <AriaTextArea rows={rows} className="field mt-1 resize-y" />
      </Frame>
    </AriaTextField>
  );
}

interface SelectProps extends Omit<Common, 'autoFocus'> {
  readonly id: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Keep the label for screen readers only, where the place says what it is. */
  readonly labelHidden?: boolean;
}

/** The platform's own select: what phones and assistive technology know best. */
export function Select({ id, label, hint, error, value, onChange, options, labelHidden, isRequired, className }: SelectProps): ReactElement {
  return (
    <div className={className ?? 'block'}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'block font-semibold'}>
        {label}
        {isRequired === false && optional}
      </label>
      {hint && (
        <span id={`${id}-hint`} className="block text-sm text-muted">
          {hint}
        </span>
      )}
      <select
        id={id}
        className={`field ${labelHidden ? '' : 'mt-1'}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {error && (
        <span id={`${id}-error`} className="mt-1 block text-sm font-medium text-bad">
          {error}
        </span>
      )}
    </div>
  );
}
