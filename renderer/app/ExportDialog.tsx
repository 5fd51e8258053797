import { CircleCheck, CircleX, Split } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import type { ContractError, ExportFormat, ExportOptions, ExportReport } from '../../core/engine/contract.ts';
import { formatCount, formatSize } from '../format/number.ts';
import { couldSplit, optionsOf } from '../state/export-view.ts';
import { isReading, type ExportOutcome, type Session } from '../state/model.ts';
import { setExportFormat, settingsStore } from '../state/settings.ts';
import { appStrings, exportStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { CopyDetails } from './CopyDetails.tsx';
import { Dialog } from './Dialog.tsx';
import { useActiveSession, useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** Before an export: as what. After it: how it ended. */
export function ExportDialog() {
  const asked = useWorkspaceState((state) => state.exportAsked);
  const outcome = useWorkspaceState((state) => state.exportOutcome);
  const session = useActiveSession();
  if (asked && session?.view) return <ExportQuestion session={session} rows={session.view.rows} />;
  return outcome ? <ExportOutcomeDialog outcome={outcome} /> : null;
}

/** Formats for the same readers stand together. */
const formatGroups: readonly { name: string; formats: readonly ExportFormat[] }[] = [
  { name: exportStrings.packetsGroup, formats: ['pcapng', 'pcap', 'cap'] },
  { name: exportStrings.tablesGroup, formats: ['parquet', 'csv'] },
  { name: exportStrings.eventsGroup, formats: ['txt', 'jsonl', 'xml'] },
];

/** Rows of a worksheet, one of which holds the names of the columns ("Excel specifications and limits"). */
const excelRows = 1_048_576;

function ExportQuestion({ session, rows }: { session: Session; rows: number }) {
  const workspace = useWorkspace();
  const chosen = useStore(settingsStore, (settings) => settings.exportFormat);
  const defaults = useStore(settingsStore, (settings) => settings.exportOptions);
  const [options, setOptions] = useState<ExportOptions>(defaults);
  const close = (): void => {
    workspace.dismissExport();
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (rows > 0) void workspace.exportView(chosen, options);
  };
  return (
    <Dialog heading={exportStrings.heading(session.name)} onClose={close} testId="export-dialog" size="medium">
      <form onSubmit={submit}>
        <p data-testid="export-rows">{rows > 0 ? exportStrings.rows(rows) : exportStrings.noRows}</p>
        {isReading(session) && <p className="warning">{exportStrings.stillReading}</p>}
        {formatGroups.map(({ name, formats }) => (
          <FormatGroup
            key={name}
            name={name}
            formats={formats}
            chosen={chosen}
            options={options}
            onOptions={setOptions}
          />
        ))}
        {chosen === 'csv' && rows >= excelRows && (
          <p className="warning dialog-hint">{exportStrings.tooManyForExcel(excelRows)}</p>
        )}
        <p className="muted dialog-hint">{exportStrings.personalData}</p>
        <footer className="dialog-footer">
          <TextButton label={appStrings.cancel} onPress={close} />
          <button
            type="submit"
            className="button button-primary"
            title={exportStrings.goHint}
            disabled={rows === 0}
            data-testid="export-go"
          >
            {exportStrings.go}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

interface FormatGroupProps {
  name: string;
  formats: readonly ExportFormat[];
  chosen: ExportFormat;
  options: ExportOptions;
  onOptions: (options: ExportOptions) => void;
}

function FormatGroup({ name, formats, chosen, options, onOptions }: FormatGroupProps) {
  return (
    <fieldset className="choices">
      <legend className="pane-heading">{name}</legend>
      {formats.map((format) => (
        <div key={format}>
          <label className="choice">
            <input
              type="radio"
              name="format"
              value={format}
              checked={format === chosen}
              autoFocus={format === chosen}
              data-testid={`format-${format}`}
              onChange={() => {
                setExportFormat(format);
              }}
            />
            <span>
              <strong>{exportStrings.formats[format].name}</strong>{' '}
              <span className="muted code">{exportStrings.ending(format)}</span>
              <span className="choice-use">{exportStrings.formats[format].use}</span>
            </span>
          </label>
          {format === chosen && <FormatOptions format={format} options={options} onOptions={onOptions} />}
        </div>
      ))}
    </fieldset>
  );
}

type FormatOptionsProps = Pick<FormatGroupProps, 'options' | 'onOptions'> & { format: ExportFormat };

/** What can be chosen for the chosen format, right below it. */
function FormatOptions({ format, options, onOptions }: FormatOptionsProps) {
  if (optionsOf[format].length === 0) return null;
  return (
    <div className="choice-options">
      {optionsOf[format].map((name) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={options[name] ?? false}
            data-testid={`option-${name}`}
            onChange={(event) => {
              onOptions({ ...options, [name]: event.target.checked });
            }}
          />
          {exportStrings.options[name](format)}
        </label>
      ))}
    </div>
  );
}

function ExportOutcomeDialog({ outcome }: { outcome: ExportOutcome }) {
  const workspace = useWorkspace();
  const done = outcome.kind === 'done';
  const words = done ? outcome.report.notes.join(' ') : outcome.error.message;
  const dismiss = (): void => {
    workspace.dismissExport();
  };
  return (
    <Dialog
      heading={done ? exportStrings.doneHeading : exportStrings.failedHeading}
      onClose={dismiss}
      testId={done ? 'export-report' : 'export-failure'}
      size="medium"
    >
      {done ? <Report outcome={outcome} /> : <Failure error={outcome.error} />}
      {couldSplit(outcome, words) && (
        <div className="split-offer">
          <TextButton
            label={exportStrings.split}
            hint={exportStrings.splitHint}
            icon={Split}
            testId="export-split"
            onPress={() => void workspace.exportView(outcome.format, { ...outcome.options, splitByLinkType: true })}
          />
        </div>
      )}
      <footer className="dialog-footer">
        <TextButton label={appStrings.close} primary onPress={dismiss} />
      </footer>
    </Dialog>
  );
}

function Report({ outcome }: { outcome: Extract<ExportOutcome, { kind: 'done' }> }) {
  const { report, words, format } = outcome;
  return (
    <>
      <p className="outcome">
        <CircleCheck size={15} aria-hidden /> <span className="selectable">{words}</span>
      </p>
      <dl className="facts">
        {reportFacts(format, report).map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.files.length > 1 && <WrittenFiles files={report.files} />}
      {report.notes.length > 0 && (
        <ul className="notes">
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Counts that say nothing for the format are left out. */
function reportFacts(format: ExportFormat, report: ExportReport): [string, string][] {
  const { packets, interfaces, events, skippedRows, bytes, files } = report;
  const counts: [string, number][] = [
    [exportStrings.packets, packets],
    [exportStrings.interfaces, interfaces],
    [exportStrings.events, events],
    [exportStrings.skipped, skippedRows],
  ];
  const only: [string, string][] = files.length === 1 ? [[exportStrings.file, files[0].name]] : [];
  return [
    ...only,
    [exportStrings.format, exportStrings.formats[format].name],
    ...counts.filter(([, count]) => count > 0).map(([name, count]): [string, string] => [name, formatCount(count)]),
    [exportStrings.bytes, formatSize(bytes)],
  ];
}

/** Of an export into several files, what each of them holds. */
function WrittenFiles({ files }: Pick<ExportReport, 'files'>) {
  const withPackets = files.some(({ packets }) => packets > 0);
  return (
    <div className="dialog-scroll">
      <table className="report" data-testid="written-files">
        <thead>
          <tr>
            <th scope="col">{exportStrings.file}</th>
            {withPackets && (
              <th scope="col" className="number">
                {exportStrings.packets}
              </th>
            )}
            <th scope="col" className="number">
              {exportStrings.bytes}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ name, packets, bytes }) => (
            <tr key={name}>
              <td className="breakable">{name}</td>
              {withPackets && <td className="number">{formatCount(packets)}</td>}
              <td className="number">{formatSize(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Failure({ error }: { error: ContractError }) {
  const session = useActiveSession();
  return (
    <>
      <p className="outcome">
        <CircleX size={15} className="danger" aria-hidden /> <span className="selectable">{error.message}</span>
        <CopyDetails
          heading={exportStrings.failedHeading}
          sentences={[error.message]}
          error={error}
          files={session?.files ?? []}
        />
      </p>
      <p className="muted">{exportStrings.failureKept}</p>
    </>
  );
}
