/** The controls of the plan. Each field has an id that checks lead to, and tells its own troubles. */
import { CircleX, TriangleAlert } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import type { PlanTrouble } from '../../core/capture/plan-troubles.ts';
import { wholeNumber } from './choices.ts';
import { captureStrings } from './strings.ts';

export type PlanField = keyof CapturePlan;

const fieldId = (field: PlanField): string => `capture-field-${field}`;

/** Puts the focus on a field of the plan, in sight. */
export function focusField(field: PlanField): void {
  const element = document.getElementById(fieldId(field));
  element?.scrollIntoView({ block: 'center' });
  const controls = Array.from(element?.querySelectorAll<HTMLElement>('input, select, textarea, button') ?? []);
  const current = controls.find((control) => control.matches(':checked[type="radio"]'));
  (current ?? controls.find((control) => control.matches(':enabled')))?.focus();
}

interface PlanFieldProps {
  field: PlanField;
  troubles: readonly PlanTrouble[];
  children: ReactNode;
}

/** What is wrong with a field stands under it, for the eye and for whoever has the controls read out. */
export function FieldTroubles({ field, troubles }: Omit<PlanFieldProps, 'children'>) {
  return (
    <div id={troublesId(field)} className="capture-troubles">
      {troubles.map(({ severity, words }) => (
        <p key={words} data-severity={severity} data-testid="field-trouble">
          {severity === 'error' ? (
            <CircleX size={14} className="danger" aria-label={captureStrings.trouble.error} role="img" />
          ) : (
            <TriangleAlert size={14} className="warning" aria-label={captureStrings.trouble.warning} role="img" />
          )}
          <span>{words}</span>
        </p>
      ))}
    </div>
  );
}

const troublesId = (field: PlanField): string => `${fieldId(field)}-troubles`;

/** A field of one control, which carries this id and this description. */
export function SingleField({
  field,
  troubles,
  control,
}: Omit<PlanFieldProps, 'children'> & { control: (props: { id: string; 'aria-describedby': string }) => ReactNode }) {
  const id = useId();
  return (
    <div id={fieldId(field)} className="capture-field">
      <label htmlFor={id} className="capture-label">
        {captureStrings.fields[field]}
      </label>
      {control({ id, 'aria-describedby': troublesId(field) })}
      <FieldTroubles field={field} troubles={troubles} />
    </div>
  );
}

/** A field of several controls. */
export function FieldGroup({ field, troubles, children }: PlanFieldProps) {
  return (
    <fieldset id={fieldId(field)} className="capture-field" aria-describedby={troublesId(field)}>
      <legend className="capture-label">{captureStrings.fields[field]}</legend>
      {children}
      <FieldTroubles field={field} troubles={troubles} />
    </fieldset>
  );
}

interface RadioChoice<T extends string> {
  value: T;
  name: string;
  use: string;
  /** Why it cannot be chosen. */
  impossible?: string | undefined;
}

interface RadioFieldProps<T extends string> {
  field: PlanField;
  value: T;
  choices: readonly RadioChoice<T>[];
  troubles: readonly PlanTrouble[];
  onChoose: (value: T) => void;
}

/** One of some choices, each with a sentence; what cannot be chosen says why. */
export function RadioField<T extends string>({ field, value, choices, troubles, onChoose }: RadioFieldProps<T>) {
  const name = useId();
  return (
    <FieldGroup field={field} troubles={troubles}>
      {choices.map((choice) => (
        <label key={choice.value} className="choice" data-disabled={choice.impossible !== undefined}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            disabled={choice.impossible !== undefined}
            data-testid={`capture-${field}-${choice.value}`}
            onChange={() => {
              onChoose(choice.value);
            }}
          />
          <span>
            {choice.name}
            <span className="choice-use">{choice.impossible ?? choice.use}</span>
          </span>
        </label>
      ))}
    </FieldGroup>
  );
}

interface SelectFieldProps<T extends string> {
  field: PlanField;
  value: T;
  choices: readonly { value: T; name: string; impossible?: string | undefined }[];
  troubles: readonly PlanTrouble[];
  onChoose: (value: T) => void;
}

export function SelectField<T extends string>({ field, value, choices, troubles, onChoose }: SelectFieldProps<T>) {
  return (
    <SingleField
      field={field}
      troubles={troubles}
      control={(props) => (
        <select
          {...props}
          className="text-input"
          value={value}
          data-testid={`capture-${field}`}
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.value === event.target.value);
            if (chosen) onChoose(chosen.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.impossible !== undefined}>
              {choice.impossible === undefined
                ? choice.name
                : captureStrings.impossible(choice.name, choice.impossible)}
            </option>
          ))}
        </select>
      )}
    />
  );
}

interface NumberInputProps {
  id?: string;
  label?: string;
  describedBy?: string;
  value: number;
  least: number;
  most: number;
  unit: string;
  testId: string;
  onChange: (value: number) => void;
}

/** A whole number. What is typed and is none stays in the field until it is left, and is told to be wrong. */
export function NumberInput({ id, label, describedBy, value, least, most, unit, testId, onChange }: NumberInputProps) {
  const [draft, setDraft] = useState<string>();
  const wrongId = useId();
  const isWrong = draft !== undefined && wholeNumber(draft, least, most) === undefined;
  return (
    <>
      <span className="capture-number">
        <input
          id={id}
          className="text-input"
          inputMode="numeric"
          autoComplete="off"
          aria-label={label}
          aria-describedby={isWrong ? wrongId : describedBy}
          aria-invalid={isWrong}
          value={draft ?? String(value)}
          data-testid={testId}
          onChange={({ target }) => {
            setDraft(target.value);
            const number = wholeNumber(target.value, least, most);
            if (number !== undefined) onChange(number);
          }}
          onBlur={() => {
            setDraft(undefined);
          }}
        />
        <span className="muted" aria-hidden>
          {unit}
        </span>
      </span>
      <span id={wrongId} role="status" className="capture-wrong danger">
        {isWrong && captureStrings.notNumber(least, most)}
      </span>
    </>
  );
}
