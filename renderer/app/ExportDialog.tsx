import { CircleCheck, CircleX } from 'lucide-react';
import type { SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import type { ContractError, ExportFormat } from '../../core/engine/contract.ts';
import { textFormats } from '../../core/engine/host.ts';
import { formatCount, formatSize } from '../format/number.ts';
import { isReading, type ExportOutcome, type Session } from '../state/model.ts';
import { setExportFormat, settingsStore } from '../state/settings.ts';
import { appStrings, exportStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { CopyButton } from './CopyButton.tsx';
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

/** Rows of a worksheet, one of which holds the names of the columns ("Excel specifications and limits"). */
const excelRows = 1_048_576;

function ExportQuestion({ session, rows }: { session: Session; rows: number }) {
  const workspace = useWorkspace();
  const chosen = useStore(settingsStore, (settings) => settings.exportFormat);
  const close = (): void => {
    workspace.dismissExport();
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (rows > 0) void workspace.exportView(chosen);
  };
  return (
    <Dialog heading={exportStrings.heading(session.name)} onClose={close} testId="export-dialog">
      <form onSubmit={submit}>
        <p data-testid="export-rows">{rows > 0 ? exportStrings.rows(rows) : exportStrings.noRows}</p>
        {isReading(session) && <p className="warning">{exportStrings.stillReading}</p>}
        <FormatGroup name={exportStrings.packetsGroup} formats={['pcapng']} chosen={chosen} />
        <FormatGroup name={exportStrings.eventsGroup} formats={textFormats} chosen={chosen} />
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
}

function FormatGroup({ name, formats, chosen }: FormatGroupProps) {
  return (
    <fieldset className="choices">
      <legend className="pane-heading">{name}</legend>
      {formats.map((format) => (
        <label key={format} className="choice">
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
      ))}
    </fieldset>
  );
}

function ExportOutcomeDialog({ outcome }: { outcome: ExportOutcome }) {
  const workspace = useWorkspace();
  const done = outcome.kind === 'done';
  const dismiss = (): void => {
    workspace.dismissExport();
  };
  return (
    <Dialog
      heading={done ? exportStrings.doneHeading : exportStrings.failedHeading}
      onClose={dismiss}
      testId={done ? 'export-report' : 'export-failure'}
    >
      {done ? <Report outcome={outcome} /> : <Failure error={outcome.error} />}
      <footer className="dialog-footer">
        <TextButton label={appStrings.close} primary onPress={dismiss} />
      </footer>
    </Dialog>
  );
}

function Report({ outcome }: { outcome: Extract<ExportOutcome, { kind: 'done' }> }) {
  const { report, words, format } = outcome;
  const written: [string, string][] =
    format === 'pcapng'
      ? [
          [exportStrings.packets, formatCount(report.packets)],
          [exportStrings.interfaces, formatCount(report.interfaces)],
          [exportStrings.skipped, formatCount(report.skippedRows)],
        ]
      : [[exportStrings.events, formatCount(report.events)]];
  const facts = [
    ...written,
    [exportStrings.format, exportStrings.formats[format].name],
    [exportStrings.bytes, formatSize(report.bytes)],
  ];
  return (
    <>
      <p className="outcome">
        <CircleCheck size={15} aria-hidden /> <span className="selectable">{words}</span>
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
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

function Failure({ error }: { error: ContractError }) {
  return (
    <>
      <p className="outcome">
        <CircleX size={15} className="danger" aria-hidden /> <span className="selectable">{error.message}</span>
        <CopyButton label={appStrings.copyDetails} text={() => `${error.name}: ${error.message}`} />
      </p>
      <p className="muted">{exportStrings.failureKept}</p>
    </>
  );
}
