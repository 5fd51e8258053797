import { CircleCheck, CircleX } from 'lucide-react';
import type { ContractError, ExportReport } from '../../core/engine/contract.ts';
import { formatCount, formatSize } from '../format/number.ts';
import { appStrings, exportStrings } from '../strings.ts';
import { TextButton } from './Buttons.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Dialog } from './Dialog.tsx';
import { useWorkspace, useWorkspaceState } from './use-workspace.ts';

/** How an export ended. */
export function ExportDialog() {
  const workspace = useWorkspace();
  const outcome = useWorkspaceState((state) => state.exportOutcome);
  if (!outcome) return null;
  const done = outcome.kind === 'done';
  const dismiss = (): void => {
    workspace.dismissExportOutcome();
  };
  return (
    <Dialog
      heading={done ? exportStrings.doneHeading : exportStrings.failedHeading}
      onClose={dismiss}
      testId={done ? 'export-report' : 'export-failure'}
    >
      {done ? <Report report={outcome.report} words={outcome.words} /> : <Failure error={outcome.error} />}
      <footer className="dialog-footer">
        <TextButton label={appStrings.close} primary onPress={dismiss} />
      </footer>
    </Dialog>
  );
}

function Report({ report, words }: { report: ExportReport; words: string }) {
  const facts: [string, string][] = [
    [exportStrings.packets, formatCount(report.packets)],
    [exportStrings.interfaces, formatCount(report.interfaces)],
    [exportStrings.bytes, formatSize(report.bytes)],
    [exportStrings.skipped, formatCount(report.skippedRows)],
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
