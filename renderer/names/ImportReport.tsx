import { CircleCheck, CircleX, Info, TriangleAlert, X } from 'lucide-react';
import { useId } from 'react';
import type { NameBook, NameSource } from '../../core/engine/contract.ts';
import { IconButton } from '../app/Buttons.tsx';
import { CopyDetails } from '../app/CopyDetails.tsx';
import type { NamesOutcome } from '../state/model.ts';
import { namesStrings } from '../strings.ts';
import { nameFrom, namesOfSource } from './subjects.ts';

interface ImportReportProps {
  outcome: NamesOutcome;
  book: NameBook | undefined;
  onDismiss: () => void;
}

/** What the last import, removal or export came to: what matched, what did not, what was cut, what could not be read. */
export function ImportReport({ outcome, book, onDismiss }: ImportReportProps) {
  const headingId = useId();
  return (
    <section className="names-outcome" aria-labelledby={headingId} data-testid="names-outcome">
      <h3 id={headingId} className="visually-hidden">
        {namesStrings.outcome}
      </h3>
      <Outcome outcome={outcome} book={book} />
      <IconButton label={namesStrings.dismiss} icon={X} testId="dismiss-outcome" onPress={onDismiss} />
    </section>
  );
}

function Outcome({ outcome, book }: Omit<ImportReportProps, 'onDismiss'>) {
  switch (outcome.kind) {
    case 'imported':
      return (
        <div>
          {outcome.added.map((source) => (
            <Added key={source.id} source={source} book={book} />
          ))}
          {outcome.failures.map(({ title, message }) => (
            <p key={title} className="outcome" data-testid="names-failure">
              <CircleX size={15} className="danger" aria-hidden />
              <span className="selectable">
                <strong>{namesStrings.failure(title)}</strong> {message}
              </span>
              <CopyDetails heading={namesStrings.failure(title)} sentences={[message]} />
            </p>
          ))}
        </div>
      );
    case 'failed':
      return (
        <p className="outcome" data-testid="names-failed">
          <CircleX size={15} className="danger" aria-hidden />
          <span className="selectable">
            <strong>{namesStrings.failed}</strong> {outcome.error.message}
          </span>
          <CopyDetails heading={namesStrings.failed} sentences={[outcome.error.message]} error={outcome.error} />
        </p>
      );
    case 'removed':
      return <Done words={namesStrings.removed(outcome.title)} />;
    case 'exported':
      return <Done words={`${namesStrings.exported(outcome.names)} ${outcome.words}`} />;
  }
}

function Done({ words }: { words: string }) {
  return (
    <p className="outcome" data-testid="names-done">
      <CircleCheck size={15} className="level-good" aria-hidden />
      <span className="selectable">{words}</span>
    </p>
  );
}

function Added({ source, book }: { source: NameSource; book: NameBook | undefined }) {
  const { id, title, contents, notes, names, matched } = source;
  const said = book && namesOfSource(book, id);
  return (
    <div className="added-source" data-testid="added-source">
      <p className="outcome">
        {matched > 0 ? (
          <CircleCheck size={15} className="level-good" aria-hidden />
        ) : (
          <Info size={15} className="level-note" aria-hidden />
        )}
        <span className="selectable">
          <strong>{title}</strong>: {namesStrings.imported(names, matched)}
        </span>
      </p>
      {contents.length > 0 && <p className="muted added-contents">{contents.join('; ')}</p>}
      {notes.map((note) => (
        <p key={note} className="outcome warning" data-testid="names-note">
          <TriangleAlert size={14} aria-hidden />
          <span className="selectable">{note}</span>
        </p>
      ))}
      {said && said.matched.length > 0 && (
        <details className="entry-notes">
          <summary>{namesStrings.matched(said.matched.length)}</summary>
          <ul className="notes notes-scroll">
            {said.matched.map((subject) => (
              <li key={subject.key}>
                {nameFrom(subject, id)} <code className="muted">{subject.text}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      {said && said.unmatched.length > 0 && (
        <details className="entry-notes">
          <summary>{namesStrings.unmatched(said.unmatched.length)}</summary>
          <ul className="notes notes-scroll">
            {said.unmatched.map((subject) => (
              <li key={subject.key}>
                {nameFrom(subject, id)} <code className="muted">{subject.text}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
