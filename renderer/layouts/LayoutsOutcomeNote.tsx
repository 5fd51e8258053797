import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import { CopyDetails } from '../app/CopyDetails.tsx';
import type { SchemaImportReport } from '../../core/engine/contract.ts';
import type { LayoutsOutcome } from '../state/model.ts';
import { layoutsStrings } from '../strings.ts';

/** What the last import, harvest or removal came to: what was added, what was left out, what could not be read. */
export function LayoutsOutcomeNote({ outcome }: { outcome: LayoutsOutcome }) {
  switch (outcome.kind) {
    case 'removed':
      return <Success words={layoutsStrings.removed(outcome.name)} />;
    case 'failed':
      return (
        <p className="outcome" data-testid="layouts-failed">
          <CircleX size={15} className="danger" aria-hidden />
          <span className="selectable">
            <strong>{layoutsStrings.failed}</strong> {outcome.error.message}
          </span>
          <CopyDetails heading={layoutsStrings.failed} sentences={[outcome.error.message]} error={outcome.error} />
        </p>
      );
    case 'imported':
    case 'harvested':
      return <Report kind={outcome.kind} report={outcome.report} />;
  }
}

function Report({ kind, report }: { kind: 'imported' | 'harvested'; report: SchemaImportReport }) {
  const { added, notes, failures } = report;
  const events = added.reduce((sum, entry) => sum + entry.events, 0);
  const nothing = kind === 'imported' ? layoutsStrings.nothingImported : layoutsStrings.nothingHarvested;
  return (
    <div data-testid="layouts-outcome">
      {added.length > 0 && <Success words={layoutsStrings[kind](added.length, events)} />}
      {added.length === 0 && (
        <p className="outcome">
          <Info size={15} aria-hidden /> <span>{nothing}</span>
        </p>
      )}
      {failures.map(({ file, message }) => (
        <p key={file} className="outcome" data-testid="import-failure">
          <TriangleAlert size={15} className="warning" aria-hidden />
          <span className="selectable">
            <strong>{file}</strong>: {message}
          </span>
          <CopyDetails heading={file} sentences={[message]} />
        </p>
      ))}
      {notes.length > 0 && (
        <ul className="notes notes-scroll">
          {notes.map((note, index) => (
            <li key={index}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Success({ words }: { words: string }) {
  return (
    <p className="outcome" data-testid="layouts-done">
      <CircleCheck size={15} className="level-good" aria-hidden /> <span className="selectable">{words}</span>
    </p>
  );
}
