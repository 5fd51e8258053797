import { FileInput, LayoutList, LibraryBig } from 'lucide-react';
import type { SchemaEntry } from '../../core/engine/contract.ts';
import { AskFirst } from '../app/AskFirst.tsx';
import { TextButton } from '../app/Buttons.tsx';
import { Dialog } from '../app/Dialog.tsx';
import { useActiveSession, useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { formatCount } from '../format/number.ts';
import { appStrings, layoutsStrings } from '../strings.ts';
import { LayoutsOutcomeNote } from './LayoutsOutcomeNote.tsx';

/** The layouts that are kept for all traces: what there is, importing, keeping what a trace carries, removing. */
export function LayoutsDialog() {
  const workspace = useWorkspace();
  const { open, list, outcome, busy } = useWorkspaceState((state) => state.layouts);
  const session = useActiveSession();
  if (!open) return null;
  const close = (): void => {
    workspace.closeLayouts();
  };
  return (
    <Dialog heading={layoutsStrings.heading} onClose={close} testId="layouts-dialog" size="wide">
      <p className="muted">{layoutsStrings.intro}</p>
      <div role="status">
        {busy && <p className="outcome">{layoutsStrings.busy}</p>}
        {outcome && <LayoutsOutcomeNote outcome={outcome} />}
      </div>
      {list?.problems.map((problem) => (
        <p key={problem} className="warning selectable">
          {problem}
        </p>
      ))}
      {list ? <LayoutsTable entries={list.entries} /> : <p className="muted">{layoutsStrings.loading}</p>}
      <footer className="dialog-footer">
        <span className="dialog-footer-start">
          <TextButton
            label={layoutsStrings.import}
            hint={layoutsStrings.importHint}
            icon={FileInput}
            disabled={busy}
            testId="import-layouts"
            onPress={() => void workspace.importLayouts()}
          />
          {session?.stage === 'ready' && (
            <TextButton
              label={layoutsStrings.harvest(session.name)}
              hint={layoutsStrings.harvestHint}
              icon={LibraryBig}
              disabled={busy}
              testId="harvest-layouts"
              onPress={() => void workspace.harvestLayouts()}
            />
          )}
        </span>
        <TextButton label={appStrings.close} primary onPress={close} />
      </footer>
      {session?.stage === 'ready' && <p className="muted dialog-hint">{layoutsStrings.harvestHint}</p>}
    </Dialog>
  );
}

function LayoutsTable({ entries }: { entries: readonly SchemaEntry[] }) {
  if (entries.length === 0) {
    return (
      <div className="dialog-empty" data-testid="no-layouts">
        <LayoutList size={24} strokeWidth={1.5} aria-hidden />
        <strong>{layoutsStrings.empty}</strong>
        <p className="muted">{layoutsStrings.emptyAdvice}</p>
      </div>
    );
  }
  return (
    <div className="dialog-scroll">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{layoutsStrings.provider}</th>
            <th scope="col" className="number">
              {layoutsStrings.events}
            </th>
            <th scope="col">{layoutsStrings.origin}</th>
            <th scope="col">{layoutsStrings.kind}</th>
            <th scope="col">{layoutsStrings.added}</th>
            <th scope="col">
              <span className="visually-hidden">{layoutsStrings.remove}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { entry: SchemaEntry }) {
  const workspace = useWorkspace();
  return (
    <tr data-testid="layout">
      <td title={entry.provider}>
        {entry.name}
        {entry.notes.length > 0 && (
          <details className="entry-notes">
            <summary>{layoutsStrings.noteCount(entry.notes.length)}</summary>
            <ul className="notes">
              {entry.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td className="number">{formatCount(entry.events)}</td>
      <td className="breakable">{entry.origin}</td>
      <td>{entry.source === 'harvested' ? layoutsStrings.keptFromTrace : entry.format}</td>
      <td>
        <Added milliseconds={entry.addedAt} />
      </td>
      <td className="row-action">
        <AskFirst
          label={layoutsStrings.remove}
          hint={layoutsStrings.removeHint(entry.name)}
          question={layoutsStrings.removeQuestion}
          confirm={layoutsStrings.remove}
          keep={layoutsStrings.keep}
          testId="remove-layout"
          confirmTestId="confirm-remove"
          onConfirm={() => void workspace.removeLayouts(entry.id)}
        />
      </td>
    </tr>
  );
}

function Added({ milliseconds }: { milliseconds: number }) {
  const date = new Date(milliseconds);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {date.toLocaleDateString(undefined, { dateStyle: 'medium' })}
    </time>
  );
}
