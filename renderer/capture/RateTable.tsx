import { Check, X } from 'lucide-react';
import { useId } from 'react';
import type { CapturePlan } from '../../core/capture/capture-plan.ts';
import { durationWords, rateWords } from '../../core/capture/amounts.ts';
import { linkSpeeds, rateTable, storages, type RateRow } from '../../core/capture/rates.ts';
import { formatCount } from '../format/number.ts';
import { changeChoices, frameSizes, type CaptureChoices } from './kept-choices.ts';
import { captureStrings } from './strings.ts';

const { rateColumns } = captureStrings;

/** What saturated links write, how long the chosen size lasts then, and which storage keeps up. */
export function RateTable({ choices }: { choices: CaptureChoices }) {
  const id = useId();
  const { plan, gigabits, frameBytes } = choices;
  return (
    <section aria-labelledby={id} data-testid="capture-rates">
      <header className="section-header">
        <h3 id={id}>{captureStrings.rates}</h3>
        <span className="capture-rate-choices">
          <RateChoice
            label={captureStrings.linkLabel}
            value={gigabits}
            choices={linkSpeeds}
            words={captureStrings.gigabits}
            testId="capture-link"
            onChoose={(chosen) => {
              changeChoices({ gigabits: chosen });
            }}
          />
          <RateChoice
            label={captureStrings.frameLabel}
            value={frameBytes}
            choices={frameSizes}
            words={captureStrings.frameBytes}
            testId="capture-frame"
            onChoose={(chosen) => {
              changeChoices({ frameBytes: chosen });
            }}
          />
        </span>
      </header>
      {plan.packets === 'none' ? (
        <p className="muted">{captureStrings.noRates}</p>
      ) : (
        <Rates plan={plan} gigabits={gigabits} frameBytes={frameBytes} labelledBy={id} />
      )}
    </section>
  );
}

interface RateChoiceProps {
  label: string;
  value: number;
  choices: readonly number[];
  words: (choice: number) => string;
  testId: string;
  onChoose: (choice: number) => void;
}

function RateChoice({ label, value, choices, words, testId, onChoose }: RateChoiceProps) {
  return (
    <label>
      <span className="muted">{label}</span>
      <select
        className="text-input"
        value={value}
        data-testid={testId}
        onChange={({ target }) => {
          onChoose(Number(target.value));
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {words(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface RatesProps {
  plan: CapturePlan;
  gigabits: number;
  frameBytes: number;
  labelledBy: string;
}

function Rates({ plan, gigabits, frameBytes, labelledBy }: RatesProps) {
  const table = rateTable(plan, { gigabits, frameBytes });
  const places = table.sightings.map(({ place, count }) => (count === 1 ? place : `${formatCount(count)} × ${place}`));
  return (
    <>
      <div className="capture-rate-scroll" tabIndex={0} role="group" aria-labelledby={labelledBy}>
        <table className="report capture-rate-table" aria-labelledby={labelledBy}>
          <thead>
            <tr>
              <th scope="col">{rateColumns.link}</th>
              <th scope="col">{rateColumns.packets}</th>
              <th scope="col">{rateColumns.written}</th>
              <th scope="col">{rateColumns.lasts}</th>
              {storages.map(({ name, bytesPerSecond }) => (
                <th key={name} scope="col" title={rateWords(bytesPerSecond)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <RateLine key={row.gigabits} row={row} isChosen={row.gigabits === gigabits} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted capture-hint">
        {captureStrings.ratesNote(places.join(', '), table.bytesPerPacket)}
        {table.stretch > 1.05 && ` ${captureStrings.ratesStretch(table.stretch.toFixed(1))}`}
      </p>
    </>
  );
}

function RateLine({ row, isChosen }: { row: RateRow; isChosen: boolean }) {
  return (
    <tr data-chosen={isChosen} aria-current={isChosen} data-testid={`rate-${row.gigabits}`}>
      <th scope="row">{captureStrings.gigabits(row.gigabits)}</th>
      <td>{formatCount(Math.round(row.packetsPerSecond))}</td>
      <td>{rateWords(row.bytesPerSecond)}</td>
      <td>{row.seconds === null ? captureStrings.never : durationWords(row.seconds)}</td>
      {row.keepsUp.map((isKept, index) => (
        <td key={storages[index].name}>
          <span className="capture-keeps-up">
            {isKept ? (
              <Check size={14} className="level-good" aria-hidden />
            ) : (
              <X size={14} className="warning" aria-hidden />
            )}
            {captureStrings.keepsUp(isKept)}
          </span>
        </td>
      ))}
    </tr>
  );
}
