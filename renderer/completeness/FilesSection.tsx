import { useId, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import type { TraceFile } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { formatSize } from '../format/number.ts';
import type { Session } from '../state/model.ts';
import { completenessStrings } from '../strings.ts';
import { sessionFacts } from './facts.ts';
import { formatShift, parseShift } from './time-shift.ts';

interface FilesSectionProps {
  session: Session;
  files: readonly TraceFile[];
  offsetMinutes: number;
}

/** The files of a trace with the sessions that wrote them; their times can be moved here. */
export function FilesSection({ session, files, offsetMinutes }: FilesSectionProps) {
  return (
    <section data-testid="files">
      <h3>{completenessStrings.files}</h3>
      {files.map((file, index) => (
        <div key={index} className="file">
          <div className="file-line">
            <strong className="selectable">{file.name}</strong>
            <span className="muted">{formatSize(file.size)}</span>
            {/* A new shift, also one set elsewhere, starts the field anew. */}
            <ShiftField key={file.shift} session={session} file={file} index={index} />
          </div>
          <SessionsTable file={file} offsetMinutes={offsetMinutes} />
        </div>
      ))}
    </section>
  );
}

function ShiftField({ session, file, index }: { session: Session; file: TraceFile; index: number }) {
  const workspace = useWorkspace();
  const shown = formatShift(file.shift);
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const apply = (event: SyntheticEvent): void => {
    event.preventDefault();
    const parsed = parseShift(text);
    if (!parsed.ok) {
      setProblem(parsed.problem);
      return;
    }
    setText(formatShift(parsed.hundredNanoseconds));
    void workspace.shiftTime(session.key, index, parsed.hundredNanoseconds);
  };
  const takeBack = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    setText(shown);
    setProblem('');
  };
  return (
    <form className="shift" onSubmit={apply}>
      <label>
        <span className="muted" aria-hidden>
          {completenessStrings.shift}
        </span>
        <input
          className="text-input"
          value={text}
          spellCheck={false}
          autoComplete="off"
          disabled={session.stage !== 'ready'}
          aria-label={completenessStrings.shiftOf(file.name)}
          aria-invalid={problem !== ''}
          aria-describedby={problemId}
          title={completenessStrings.shiftHint}
          data-testid="shift"
          onChange={(event) => {
            setText(event.target.value);
            setProblem('');
          }}
          onKeyDown={takeBack}
        />
      </label>
      {text.trim() !== shown && (
        <button type="submit" className="button" title={completenessStrings.shiftHint} data-testid="apply-shift">
          {completenessStrings.applyShift}
        </button>
      )}
      <span id={problemId} className="danger" role="status">
        {problem}
      </span>
    </form>
  );
}

function SessionsTable({ file, offsetMinutes }: { file: TraceFile; offsetMinutes: number }) {
  const rows = file.sessions.map((session) => sessionFacts(session, offsetMinutes));
  return (
    <div className="table-scroll">
      <table className="report">
        <thead>
          <tr>
            {rows.at(0)?.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={isNumber && 'number'}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((facts, row) => (
            <tr key={row}>
              {facts.map(({ name, value, hint, isNumber }) => (
                <td key={name} title={hint} className={isNumber && 'number'}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
