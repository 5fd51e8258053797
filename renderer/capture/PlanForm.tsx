import { useId, useState, type ReactNode } from 'react';
import {
  captureSetNames,
  captureTools,
  packetPlaces,
  windowsEditions,
  windowsVersions,
  type CapturePlan,
} from '../../core/capture/capture-plan.ts';
import { durationWords } from '../../core/capture/amounts.ts';
import { rateTable } from '../../core/capture/rates.ts';
import { captureSets } from '../../core/capture/capture-sets.ts';
import type { PlanTrouble } from '../../core/capture/plan-troubles.ts';
import { AdapterField } from './AdapterField.tsx';
import { troublesOf, truncations, truncationWords, whyImpossible } from './choices.ts';
import { FieldGroup, NumberInput, RadioField, SelectField, SingleField, type PlanField } from './fields.tsx';
import { changePlan, type CaptureChoices } from './kept-choices.ts';
import { ProviderField } from './ProviderField.tsx';
import { captureStrings } from './strings.ts';

interface PlanFormProps {
  choices: CaptureChoices;
  troubles: readonly PlanTrouble[];
}

/** Everything that can be chosen for a capture. A change holds at once. */
export function PlanForm({ choices, troubles }: PlanFormProps) {
  const { plan } = choices;
  const { groups } = captureStrings;
  const of = (field: PlanField): PlanTrouble[] => troublesOf(troubles, field);
  return (
    <form
      className="capture-form"
      tabIndex={0}
      data-pane="capture-form"
      aria-label={captureStrings.form}
      data-testid="capture-form"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <FormGroup heading={groups.machine}>
        <MachineFields plan={plan} of={of} />
      </FormGroup>
      <FormGroup heading={groups.packets}>
        <RadioField
          field="packets"
          value={plan.packets}
          troubles={of('packets')}
          choices={packetPlaces.map((value) => ({
            value,
            ...captureStrings.places[value],
            impossible: whyImpossible(plan, { packets: value }),
          }))}
          onChoose={(packets) => {
            changePlan({ packets });
          }}
        />
        {(plan.packets !== 'none' || plan.truncation > 0) && (
          <TruncationField plan={plan} troubles={of('truncation')} />
        )}
        {(plan.packets !== 'none' || plan.adapters.length > 0) && (
          <AdapterField adapters={plan.adapters} troubles={of('adapters')} />
        )}
      </FormGroup>
      <FormGroup heading={groups.events}>
        <SetsField plan={plan} troubles={of('sets')} />
        <ProviderField providers={plan.providers} troubles={of('providers')} />
      </FormGroup>
      <FormGroup heading={groups.size}>
        <SizeFields choices={choices} of={of} />
      </FormGroup>
      <FormGroup heading={groups.files}>
        <FileFields plan={plan} of={of} />
      </FormGroup>
    </form>
  );
}

function FormGroup({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="capture-group" aria-labelledby={id}>
      <h3 id={id} className="pane-heading">
        {heading}
      </h3>
      {children}
    </section>
  );
}

interface FieldsProps {
  plan: CapturePlan;
  of: (field: PlanField) => PlanTrouble[];
}

function MachineFields({ plan, of }: FieldsProps) {
  return (
    <>
      <RadioField
        field="tool"
        value={plan.tool}
        troubles={of('tool')}
        choices={captureTools.map((value) => ({
          value,
          ...captureStrings.tools[value],
          impossible: whyImpossible(plan, { tool: value }),
        }))}
        onChoose={(tool) => {
          changePlan({ tool });
        }}
      />
      <SelectField
        field="windows"
        value={plan.windows}
        troubles={of('windows')}
        choices={windowsVersions.map((value) => ({
          value,
          name: captureStrings.windows[value],
          impossible: whyImpossible(plan, { windows: value }),
        }))}
        onChoose={(windows) => {
          changePlan({ windows });
        }}
      />
      <SelectField
        field="edition"
        value={plan.edition}
        troubles={of('edition')}
        choices={windowsEditions.map((value) => ({
          value,
          name: captureStrings.editions[value],
          impossible: whyImpossible(plan, { edition: value }),
        }))}
        onChoose={(edition) => {
          changePlan({ edition });
        }}
      />
    </>
  );
}

/** Often wanted lengths, and any other. */
function TruncationField({ plan, troubles }: { plan: CapturePlan; troubles: readonly PlanTrouble[] }) {
  const isOften = truncations.some((bytes) => bytes === plan.truncation);
  const [isOther, setOther] = useState(!isOften);
  const showsOther = isOther || !isOften;
  return (
    <SingleField
      field="truncation"
      troubles={troubles}
      control={(props) => (
        <>
          <select
            {...props}
            className="text-input"
            value={showsOther ? 'other' : String(plan.truncation)}
            data-testid="capture-truncation"
            onChange={({ target }) => {
              setOther(target.value === 'other');
              if (target.value !== 'other') changePlan({ truncation: Number(target.value) });
              else if (plan.truncation === 0) changePlan({ truncation: 512 });
            }}
          >
            {truncations.map((bytes) => (
              <option key={bytes} value={bytes}>
                {truncationWords(bytes)}
              </option>
            ))}
            <option value="other">{captureStrings.otherBytes}</option>
          </select>
          {showsOther && (
            <NumberInput
              label={captureStrings.bytesLabel}
              value={plan.truncation}
              least={1}
              most={65_535}
              unit={captureStrings.bytesUnit}
              testId="capture-truncation-bytes"
              onChange={(truncation) => {
                changePlan({ truncation });
              }}
            />
          )}
        </>
      )}
    />
  );
}

function SetsField({ plan, troubles }: { plan: CapturePlan; troubles: readonly PlanTrouble[] }) {
  return (
    <FieldGroup field="sets" troubles={troubles}>
      {captureSetNames.map((name) => {
        const isOn = plan.sets.includes(name);
        const sets = captureSetNames.filter((other) => (other === name ? !isOn : plan.sets.includes(other)));
        const impossible = isOn ? undefined : whyImpossible(plan, { sets });
        const { title, use } = captureSets[name];
        return (
          <label key={name} className="choice" data-disabled={impossible !== undefined}>
            <input
              type="checkbox"
              checked={isOn}
              disabled={impossible !== undefined}
              data-testid={`capture-set-${name}`}
              onChange={() => {
                changePlan({ sets });
              }}
            />
            <span>
              {title}
              <span className="choice-use">{impossible ?? use}</span>
            </span>
          </label>
        );
      })}
    </FieldGroup>
  );
}

function SizeFields({ choices, of }: Pick<FieldsProps, 'of'> & { choices: CaptureChoices }) {
  const { plan, gigabits, frameBytes } = choices;
  const row = rateTable(plan, { gigabits, frameBytes }).rows.find((candidate) => candidate.gigabits === gigabits);
  return (
    <>
      <SingleField
        field="megabytes"
        troubles={of('megabytes')}
        control={({ id, ...described }) => (
          <>
            <NumberInput
              id={id}
              describedBy={described['aria-describedby']}
              value={plan.megabytes}
              least={1}
              most={1 << 20}
              unit={captureStrings.sizeUnit}
              testId="capture-megabytes"
              onChange={(megabytes) => {
                changePlan({ megabytes });
              }}
            />
            {typeof row?.seconds === 'number' && (
              <p className="muted capture-hint" data-testid="capture-lasts">
                {captureStrings.lasts(durationWords(row.seconds), gigabits)}
              </p>
            )}
          </>
        )}
      />
      <RadioField
        field="fileMode"
        value={plan.fileMode}
        troubles={of('fileMode')}
        choices={(['circular', 'single'] as const).map((value) => ({
          value,
          ...captureStrings.fileModes[value],
          impossible: whyImpossible(plan, { fileMode: value }),
        }))}
        onChoose={(fileMode) => {
          changePlan({ fileMode });
        }}
      />
    </>
  );
}

function FileFields({ plan, of }: FieldsProps) {
  return (
    <>
      <SingleField
        field="file"
        troubles={of('file')}
        control={(props) => (
          <>
            <input
              {...props}
              className="text-input code"
              spellCheck={false}
              autoComplete="off"
              value={plan.file}
              data-testid="capture-file"
              onChange={({ target }) => {
                changePlan({ file: target.value });
              }}
            />
            <p className="muted capture-hint">{captureStrings.fileHint}</p>
          </>
        )}
      />
      <RadioField
        field="bundle"
        value={plan.bundle}
        troubles={of('bundle')}
        choices={(['zip', 'folder', 'none'] as const).map((value) => ({ value, ...captureStrings.bundles[value] }))}
        onChoose={(bundle) => {
          changePlan({ bundle });
        }}
      />
      {(plan.tool === 'netsh' || plan.netshReport) && (
        <FieldGroup field="netshReport" troubles={of('netshReport')}>
          <label className="choice">
            <input
              type="checkbox"
              checked={plan.netshReport}
              data-testid="capture-report"
              onChange={({ target }) => {
                changePlan({ netshReport: target.checked });
              }}
            />
            <span>
              {captureStrings.report}
              <span className="choice-use">{captureStrings.reportUse}</span>
            </span>
          </label>
        </FieldGroup>
      )}
    </>
  );
}
