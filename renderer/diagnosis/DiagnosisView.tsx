import { ChevronRight, CircleCheck, LoaderCircle, ListFilter, PackageX, Stethoscope } from 'lucide-react';
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import type { DiagnosisFinding, DiagnosisReport } from '../../core/engine/contract.ts';
import { TextButton } from '../app/Buttons.tsx';
import { CopyDetails } from '../app/CopyDetails.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { nextItem } from '../app/Menu.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { formatCount } from '../format/number.ts';
import { isReading, type Session } from '../state/model.ts';
import type { ChoiceChange } from '../state/view-choice.ts';
import { diagnosisStrings } from '../strings.ts';
import { DiagnosisIcon } from './DiagnosisIcon.tsx';
import { diagnosisFacts, diagnosisText } from './report-text.ts';
import { diagnosisVerdict, findingsByLevel, type DiagnosisVerdict } from './verdict.ts';

/** What is wrong with the packets of a trace; each finding leads to its packets. */
export function DiagnosisView({ session }: { session: Session }) {
  const headingId = useId();
  const { diagnosis } = session;
  return (
    <section className="page" tabIndex={0} aria-labelledby={headingId} data-pane="diagnosis" data-testid="diagnosis">
      <div className="page-body">
        <p className="muted">{diagnosisStrings.question}</p>
        {diagnosis.kind === 'known' ? (
          <Report session={session} report={diagnosis.report} headingId={headingId} />
        ) : (
          <NotKnown session={session} headingId={headingId} />
        )}
      </div>
    </section>
  );
}

/** Why there is no diagnosis (yet), and what can be done. */
function NotKnown({ session, headingId }: { session: Session; headingId: string }) {
  const workspace = useWorkspace();
  const { diagnosis, info } = session;
  const words = diagnosisStrings.unknown;
  const again = (label: string): ReactNode => (
    <TextButton
      label={label}
      hint={words.startHint}
      icon={Stethoscope}
      primary
      testId="diagnose"
      onPress={() => void workspace.diagnose(session.key)}
    />
  );
  if (diagnosis.kind === 'failed') {
    return (
      <Unknown headingId={headingId} heading={words.failed} icon={<DiagnosisIcon level="error" size={18} />}>
        <p className="outcome">
          <span className="selectable">{diagnosis.error.message}</span>
          <CopyDetails
            heading={words.failed}
            sentences={[diagnosis.error.message]}
            error={diagnosis.error}
            files={session.files}
          />
        </p>
        {again(words.retry)}
      </Unknown>
    );
  }
  if (diagnosis.kind === 'cancelled') {
    return (
      <Unknown headingId={headingId} heading={words.cancelled} icon={<Stethoscope size={18} aria-hidden />}>
        <p className="muted">{words.cancelledDetail}</p>
        {again(words.start)}
      </Unknown>
    );
  }
  if (!isReading(session) && info?.packets === 0) {
    return (
      <Unknown headingId={headingId} heading={words.noPackets} icon={<PackageX size={18} aria-hidden />}>
        <p className="muted">{words.noPacketsDetail}</p>
      </Unknown>
    );
  }
  return (
    <Unknown
      headingId={headingId}
      heading={diagnosis.kind === 'running' ? words.running : words.waiting}
      icon={<LoaderCircle size={18} aria-hidden />}
    >
      <p className="muted">{words.waitingDetail}</p>
    </Unknown>
  );
}

interface UnknownProps {
  headingId: string;
  heading: string;
  icon: ReactNode;
  children: ReactNode;
}

function Unknown({ headingId, heading, icon, children }: UnknownProps) {
  return (
    <div className="diagnosis-unknown" data-testid="no-diagnosis">
      <h2 id={headingId}>
        {icon}
        {heading}
      </h2>
      {children}
    </div>
  );
}

interface ReportProps {
  session: Session;
  report: DiagnosisReport;
  headingId: string;
}

function Report({ session, report, headingId }: ReportProps) {
  const workspace = useWorkspace();
  const verdict = diagnosisVerdict(report);
  const choose = (change: ChoiceChange) => (): void => void workspace.choose(change);
  return (
    <>
      <header className="page-header">
        <h2 id={headingId} data-testid="diagnosis-verdict" data-verdict={verdict}>
          <VerdictIcon verdict={verdict} />
          {diagnosisStrings.verdicts[verdict](report.packets)}
        </h2>
        <span className="page-tools">
          {report.findings.length > 0 && (
            <TextButton
              label={diagnosisStrings.showAny}
              hint={diagnosisStrings.showAnyHint}
              icon={ListFilter}
              testId="show-any-finding"
              onPress={choose({ diagnosis: 'any' })}
            />
          )}
          <CopyButton
            label={diagnosisStrings.copyReport}
            hint={diagnosisStrings.copyReportHint}
            text={() => diagnosisText(session.name, report)}
            testId="copy-diagnosis"
            shown
          />
        </span>
      </header>
      {verdict === 'good' && <p className="muted">{diagnosisStrings.lookedFor}</p>}
      {findingsByLevel(report.findings).map(({ level, findings }) => (
        <section key={level}>
          <h3>{diagnosisStrings.levelHeadings[level]}</h3>
          <ChoiceList label={diagnosisStrings.levelHeadings[level]}>
            {findings.map((finding) => (
              <FindingRow key={finding.kind} finding={finding} onChoose={choose({ diagnosis: finding.kind })} />
            ))}
          </ChoiceList>
        </section>
      ))}
      <div className="fact-groups">
        <Sightings report={report} onHide={choose({ sightings: 'first' })} />
        {report.components.length > 0 && (
          <section>
            <h3>{diagnosisStrings.components}</h3>
            <ChoiceList label={diagnosisStrings.components}>
              {report.components.map(({ key, name, packets }) => (
                <li key={key}>
                  <button
                    type="button"
                    className="choice-row"
                    title={diagnosisStrings.showComponent(name)}
                    data-testid="component"
                    onClick={choose({ component: key })}
                  >
                    <span className="choice-row-name">{name}</span>
                    <span className="choice-row-count">{diagnosisStrings.packetCount(packets)}</span>
                    <ChevronRight size={14} aria-hidden />
                  </button>
                </li>
              ))}
            </ChoiceList>
          </section>
        )}
      </div>
    </>
  );
}

function VerdictIcon({ verdict }: { verdict: DiagnosisVerdict }) {
  if (verdict === 'good') return <CircleCheck size={18} className="level-good" aria-hidden />;
  return <DiagnosisIcon level={verdict} size={18} />;
}

/** Rows that lead to messages; arrow keys move among them. */
function ChoiceList({ label, children }: { label: string; children: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const rows = Array.from(event.currentTarget.querySelectorAll('button'));
    const next = nextItem(
      event.key,
      rows.findIndex((row) => row === document.activeElement),
      rows.length,
    );
    if (next === undefined) return;
    event.preventDefault();
    rows[next].focus();
  };
  return (
    <ul className="choice-list" aria-label={label} onKeyDown={onKeyDown}>
      {children}
    </ul>
  );
}

function FindingRow({ finding, onChoose }: { finding: DiagnosisFinding; onChoose: () => void }) {
  const { kind, level, title, explanation, packets, sightings } = finding;
  return (
    <li>
      <button
        type="button"
        className="choice-row finding-row"
        title={diagnosisStrings.showFinding(packets)}
        data-testid="finding"
        data-kind={kind}
        onClick={onChoose}
      >
        <DiagnosisIcon level={level} size={15} label={diagnosisStrings.levels[level]} />
        <span className="finding-words">
          <strong>{title}</strong>
          <span className="muted">{explanation}</span>
        </span>
        <span className="choice-row-count">
          <span>{diagnosisStrings.packetCount(packets)}</span>
          {sightings > packets && <span className="muted">{diagnosisStrings.seen(sightings)}</span>}
        </span>
        <ChevronRight size={14} aria-hidden />
      </button>
    </li>
  );
}

/** How much there is, and that one packet may have been seen several times. */
function Sightings({ report, onHide }: { report: DiagnosisReport; onHide: () => void }) {
  return (
    <section>
      <h3>{diagnosisStrings.inTheTrace}</h3>
      <dl className="facts" data-testid="diagnosis-facts">
        {diagnosisFacts(report).map(({ name, value, hint }) => (
          <div key={name} className="fact" title={hint}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.repeatedSightings > 0 && (
        <div className="sightings-note">
          <p className="muted">{diagnosisStrings.sightingsNote(formatCount(report.repeatedSightings))}</p>
          <TextButton label={diagnosisStrings.hideRepeats} testId="hide-repeats" onPress={onHide} />
        </div>
      )}
    </section>
  );
}
