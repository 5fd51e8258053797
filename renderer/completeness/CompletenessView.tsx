import { useId } from 'react';
import type { Finding, TraceInfo } from '../../core/engine/contract.ts';
import { CopyButton } from '../app/CopyButton.tsx';
import { useZone } from '../app/use-zone.ts';
import type { Session } from '../state/model.ts';
import { completenessStrings } from '../strings.ts';
import { factGroups, type FactGroup } from './facts.ts';
import { CompanionsSection } from './CompanionsSection.tsx';
import { FilesSection } from './FilesSection.tsx';
import { GapsSection, ProblemsSection } from './ProblemsSection.tsx';
import { LevelIcon } from './LevelIcon.tsx';
import { ProvidersSection } from './ProvidersSection.tsx';
import { reportText } from './report-text.ts';
import { gravestLevel, verdictOf } from './verdict.ts';

/** What a trace holds, what the capture lost, and what could not be read. */
export function CompletenessView({ session }: { session: Session }) {
  const headingId = useId();
  const { info } = session;
  return (
    <section
      className="page"
      tabIndex={0}
      aria-labelledby={headingId}
      data-pane="completeness"
      data-testid="completeness"
    >
      <div className="page-body">
        <p className="muted">{completenessStrings.question}</p>
        {info ? (
          <Report session={session} info={info} headingId={headingId} />
        ) : (
          <h2 id={headingId}>{completenessStrings.waiting}</h2>
        )}
      </div>
    </section>
  );
}

function Report({ session, info, headingId }: { session: Session; info: TraceInfo; headingId: string }) {
  const { offsetMinutes } = useZone(session);
  const verdict = verdictOf(info);
  const { findings } = info.completeness;
  return (
    <>
      <header className="page-header">
        <h2 id={headingId} data-testid="verdict" data-verdict={verdict}>
          <LevelIcon level={verdict === 'reading' ? 'note' : gravestLevel(findings)} size={18} />
          {completenessStrings.verdicts[verdict]}
        </h2>
        <CopyButton
          label={completenessStrings.copyReport}
          hint={completenessStrings.copyReportHint}
          text={() => reportText(info, offsetMinutes)}
          testId="copy-report"
          shown
        />
      </header>
      <Findings findings={findings} />
      <div className="fact-groups">
        {factGroups(info, offsetMinutes).map((group) => (
          <Facts key={group.heading} group={group} />
        ))}
      </div>
      <FilesSection session={session} files={info.files} offsetMinutes={offsetMinutes} />
      <CompanionsSection companions={info.companions} />
      <ProvidersSection providers={info.providers} />
      <ProblemsSection problems={info.problems} />
      <GapsSection completeness={info.completeness} offsetMinutes={offsetMinutes} />
    </>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="findings" aria-label={completenessStrings.findings} data-testid="findings">
      {findings.map(({ level, text }) => (
        <li key={text} data-level={level}>
          <LevelIcon level={level} size={15} />
          <strong>{completenessStrings.levelWords[level]}</strong>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ group }: { group: FactGroup }) {
  return (
    <section>
      <h3>{group.heading}</h3>
      <dl className="facts">
        {group.facts.map(({ name, value, grave }) => (
          <div key={name} className={grave ? 'fact fact-grave' : 'fact'}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
