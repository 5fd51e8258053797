import { BookOpen, FileText, PencilLine, ScanSearch, type LucideIcon } from 'lucide-react';
import { useId } from 'react';
import type { NameBook, NameSource } from '../../core/engine/contract.ts';
import { AskFirst } from '../app/AskFirst.tsx';
import { namesStrings } from '../strings.ts';

const icons: Readonly<Record<NameSource['kind'], LucideIcon>> = {
  trace: ScanSearch,
  import: FileText,
  hand: PencilLine,
  book: BookOpen,
};

interface SourcesProps {
  book: NameBook;
  onRemove: (source: NameSource) => void;
}

/** Where names came from; all but the trace itself can be forgotten. */
export function Sources({ book, onRemove }: SourcesProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{namesStrings.sources}</h3>
      <ul className="sources">
        {book.sources.map((source) => (
          <SourceItem key={source.id} source={source} onRemove={onRemove} />
        ))}
      </ul>
      {book.others.length > 0 && (
        <details className="entry-notes">
          <summary>{namesStrings.others(book.others.length)}</summary>
          <ul className="notes notes-scroll">
            {book.others.map((subject) => (
              <li key={subject.key}>
                {subject.name} <code className="muted">{subject.text}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SourceItem({ source, onRemove }: { source: NameSource } & Pick<SourcesProps, 'onRemove'>) {
  const { kind, title, contents, notes, names, matched } = source;
  const Icon = icons[kind];
  return (
    <li className="source" data-testid="source" data-kind={kind}>
      <span title={namesStrings.sourceKinds[kind]}>
        <Icon size={14} role="img" aria-label={namesStrings.sourceKinds[kind]} aria-hidden={false} />
      </span>
      <span className="source-words" title={[...contents, ...notes].join('\n')}>
        <span className="breakable">{title}</span>
        <span className="muted">{namesStrings.gave(names, matched)}</span>
      </span>
      {kind !== 'trace' && (
        <AskFirst
          label={namesStrings.remove}
          hint={namesStrings.removeHint(title)}
          question={namesStrings.removeQuestion}
          confirm={namesStrings.remove}
          keep={namesStrings.keep}
          testId="remove-names"
          confirmTestId="confirm-remove-names"
          onConfirm={() => {
            onRemove(source);
          }}
        />
      )}
    </li>
  );
}
