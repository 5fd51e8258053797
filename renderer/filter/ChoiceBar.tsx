import { Flag, X } from 'lucide-react';
import type { DiagnosisReport } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { DiagnosisIcon } from '../diagnosis/DiagnosisIcon.tsx';
import { diagnosisOf, type Session } from '../state/model.ts';
import { noteStrings } from '../grid/strings.ts';
import { choiceStrings } from '../strings.ts';
import { findingName } from './restrictions.ts';

/** What is left out of the messages besides the filter: other components, repeated sightings, all but one finding. */
export function ChoiceBar({ session }: { session: Session }) {
  const report = diagnosisOf(session);
  return (
    <div className="choice-bar" role="toolbar" aria-label={choiceStrings.label} data-testid="choice-bar">
      <ComponentChoice session={session} report={report} />
      <FirstSightings session={session} report={report} />
      <FindingChip session={session} report={report} />
      <MarkedChip session={session} />
      {session.diagnosis.kind === 'running' && <span className="muted">{choiceStrings.running}</span>}
    </div>
  );
}

interface ChoiceProps {
  session: Session;
  /** Undefined while the packets have not been looked through. */
  report: DiagnosisReport | undefined;
}

function ComponentChoice({ session, report }: ChoiceProps) {
  const workspace = useWorkspace();
  const components = report?.components ?? [];
  const chosen = session.filter.askedChoice.component;
  return (
    <label className="component-choice" title={report ? choiceStrings.componentHint : choiceStrings.notKnown}>
      <span className="visually-hidden">{choiceStrings.component}</span>
      <select
        value={chosen ?? ''}
        disabled={components.length === 0}
        data-chosen={chosen !== undefined}
        data-testid="component-choice"
        onChange={(event) => {
          void workspace.choose({ component: event.target.value || undefined });
        }}
      >
        <option value="">{choiceStrings.allComponents(components.length)}</option>
        {components.map(({ key, name, packets }) => (
          <option key={key} value={key}>
            {choiceStrings.componentCount(name, packets)}
          </option>
        ))}
      </select>
    </label>
  );
}

function FirstSightings({ session, report }: ChoiceProps) {
  const workspace = useWorkspace();
  const repeats = report?.repeatedSightings ?? 0;
  const checked = session.filter.askedChoice.sightings === 'first';
  return (
    <label
      className="check"
      title={report ? choiceStrings.firstSightingsHint : choiceStrings.notKnown}
      data-disabled={repeats === 0 && !checked}
    >
      <input
        type="checkbox"
        checked={checked}
        disabled={repeats === 0 && !checked}
        data-testid="first-sightings"
        onChange={(event) => {
          void workspace.choose({ sightings: event.target.checked ? 'first' : undefined });
        }}
      />
      {choiceStrings.firstSightings}
      {report && (
        <span className="muted" data-testid="repeats">
          {choiceStrings.hides(repeats)}
        </span>
      )}
    </label>
  );
}

/** Says that only the packets of one finding are on show, and takes that back. */
function FindingChip({ session, report }: ChoiceProps) {
  const workspace = useWorkspace();
  const { diagnosis } = session.filter.askedChoice;
  if (diagnosis === undefined) return null;
  const name = findingName(diagnosis, report);
  const level = report?.findings.find(({ kind }) => kind === diagnosis)?.level;
  return (
    <span className="chip" data-testid="finding-chip">
      {level && <DiagnosisIcon level={level} size={13} />}
      <span className="chip-name">{choiceStrings.only(name)}</span>
      <button
        type="button"
        className="chip-remove"
        aria-label={choiceStrings.removeFinding(name)}
        title={choiceStrings.removeFinding(name)}
        data-testid="remove-finding"
        onClick={() => void workspace.choose({ diagnosis: undefined })}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}

/** Says that only marked messages are on show, and takes that back. */
function MarkedChip({ session }: { session: Session }) {
  const workspace = useWorkspace();
  if (session.filter.askedChoice.marked === undefined) return null;
  return (
    <span className="chip" data-testid="marked-chip">
      <Flag size={13} aria-hidden />
      <span className="chip-name">{noteStrings.markedOnly}</span>
      <button
        type="button"
        className="chip-remove"
        aria-label={noteStrings.showAll}
        title={noteStrings.showAll}
        data-testid="remove-marked"
        onClick={() => void workspace.choose({ marked: undefined })}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
