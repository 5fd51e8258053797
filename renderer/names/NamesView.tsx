import {
  CircleCheck,
  CircleX,
  ClipboardPaste,
  FileInput,
  LoaderCircle,
  Share,
  Tags,
  TriangleAlert,
} from 'lucide-react';
import { useEffect, useId } from 'react';
import type { NameBook } from '../../core/engine/contract.ts';
import { TextButton } from '../app/Buttons.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { isReading, type Session } from '../state/model.ts';
import { namesStrings } from '../strings.ts';
import { Commands } from './Commands.tsx';
import { ImportReport } from './ImportReport.tsx';
import { Sources } from './Sources.tsx';
import { SubjectList } from './SubjectList.tsx';
import { namesVerdict } from './subjects.ts';

/** What a trace shows and what it is called; outputs that hold names are dropped or pasted here. */
export function NamesView({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const headingId = useId();
  const { book, outcome, busy } = session.names;
  usePastedNames(session);
  return (
    <section className="page names-page" tabIndex={0} aria-labelledby={headingId} data-pane="names" data-testid="names">
      <div className="page-body">
        <p className="muted">{namesStrings.question}</p>
        <header className="page-header">
          {book ? <Verdict book={book} headingId={headingId} /> : <Unknown session={session} headingId={headingId} />}
          <TextButton
            label={namesStrings.export}
            hint={namesStrings.exportHint}
            icon={Share}
            disabled={!book || book.named === 0}
            testId="export-names"
            onPress={() => void workspace.exportNames(session.key)}
          />
        </header>
        <div className="names-columns">
          <div className="names-side">
            <ImportArea session={session} />
            <div role="status">
              {busy && <p className="muted">{namesStrings.busy}</p>}
              {outcome && (
                <ImportReport
                  outcome={outcome}
                  book={book}
                  onDismiss={() => {
                    workspace.dismissNamesOutcome(session.key);
                  }}
                />
              )}
            </div>
            {book && <Commands book={book} />}
            {book && <Sources book={book} onRemove={(source) => void workspace.removeNames(session.key, source.id)} />}
          </div>
          {book && book.subjects.length > 0 && (
            <SubjectList
              book={book}
              onName={(subject, name) => void workspace.setName(session.key, subject.key, name)}
            />
          )}
          {book?.subjects.length === 0 && <p className="muted names-subjects">{namesStrings.none}</p>}
        </div>
      </div>
    </section>
  );
}

function Verdict({ book, headingId }: { book: NameBook; headingId: string }) {
  const verdict = namesVerdict(book);
  return (
    <h2 id={headingId} data-testid="names-verdict" data-verdict={verdict}>
      {verdict === 'none' && <Tags size={18} aria-hidden />}
      {verdict === 'good' && <CircleCheck size={18} className="level-good" aria-hidden />}
      {(verdict === 'nameless' || verdict === 'conflicts') && (
        <TriangleAlert size={18} className="warning" aria-hidden />
      )}
      {namesStrings.verdicts[verdict](book.named, book.subjects.length)}
    </h2>
  );
}

function Unknown({ session, headingId }: { session: Session; headingId: string }) {
  const workspace = useWorkspace();
  if (session.names.outcome?.kind === 'failed') {
    return (
      <>
        <h2 id={headingId} data-testid="no-names">
          <CircleX size={18} className="danger" aria-hidden />
          {namesStrings.notKnown}
        </h2>
        <TextButton
          label={namesStrings.retry}
          testId="retry-names"
          onPress={() => void workspace.askForNames(session.key)}
        />
      </>
    );
  }
  return (
    <h2 id={headingId} data-testid="no-names">
      <LoaderCircle size={18} aria-hidden />
      {isReading(session) ? namesStrings.waiting : namesStrings.asking}
    </h2>
  );
}

/** Says what can be dropped and pasted; that works anywhere on the page. */
function ImportArea({ session }: { session: Session }) {
  const workspace = useWorkspace();
  return (
    <section className="drop-target names-drop" data-testid="names-drop">
      <ClipboardPaste size={24} strokeWidth={1.5} aria-hidden />
      <strong>{namesStrings.importHeading}</strong>
      <p className="muted">{namesStrings.importDetail}</p>
      <TextButton
        label={namesStrings.choose}
        hint={namesStrings.chooseHint}
        icon={FileInput}
        primary
        testId="choose-names"
        onPress={() => void workspace.chooseNames(session.key)}
      />
    </section>
  );
}

/** Text and files that are pasted while the page is on show, unless a field takes them. */
function usePastedNames({ key }: Session): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || takesPaste(event.target)) return;
      const files = Array.from(event.clipboardData?.files ?? []);
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void workspace.takeDropped(files);
      else if (text.trim() !== '') void workspace.pasteNames(key, namesStrings.pasted, text);
      else return;
      event.preventDefault();
    };
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('paste', onPaste);
    };
  }, [workspace, key]);
}

function takesPaste(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName));
}
