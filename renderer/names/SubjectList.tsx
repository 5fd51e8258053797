import { ChevronDown, ChevronRight, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import type { NameBook, NamedSubject } from '../../core/engine/contract.ts';
import { copyText } from '../app/clipboard.ts';
import { CopyButton } from '../app/CopyButton.tsx';
import { Menu, nextItem } from '../app/Menu.tsx';
import { ToggleChip } from '../app/ToggleChip.tsx';
import { useInPlace } from '../app/use-in-place.ts';
import { useItemMenu } from '../app/use-item-menu.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { quickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { namesStrings } from '../strings.ts';
import { Command } from './Commands.tsx';
import { NameEditor } from './NameEditor.tsx';
import { chosenSubjects, nameByHand, sourceOf, subjectChoices, subjectsWith, type SubjectChoice } from './subjects.ts';
import { subjectItems } from './subject-menu.ts';
import { SubjectIcon } from './SubjectIcon.tsx';

interface SubjectListProps {
  book: NameBook;
  onName: (subject: NamedSubject, name: string | null) => void;
}

/** Rows that are drawn at first: thousands of addresses would keep the page waiting. */
const firstRows = 300;

/** At the left what the trace shows, at the right what it is called and how that is known. */
export function SubjectList({ book, onName }: SubjectListProps) {
  const [choice, setChoice] = useState<SubjectChoice>('all');
  const [text, setText] = useState('');
  const [isWhole, setWhole] = useState(false);
  const headingId = useId();
  const chosen = chosenSubjects(book.subjects, choice);
  const found = subjectsWith(chosen, useDeferredValue(text));
  const shown = isWhole ? found : found.slice(0, firstRows);
  return (
    <section className="names-subjects" aria-labelledby={headingId}>
      <div className="section-header">
        <h3 id={headingId}>{namesStrings.subjects}</h3>
        <div className="names-choice">
          {subjectChoices.map((each) => (
            <ToggleChip
              key={each}
              label={namesStrings.choices[each]}
              count={chosenSubjects(book.subjects, each).length}
              pressed={choice === each}
              testId={`subjects-${each}`}
              onToggle={() => {
                setChoice(each);
              }}
            />
          ))}
          <input
            type="search"
            className="text-input"
            placeholder={namesStrings.find}
            aria-label={namesStrings.findHint}
            title={namesStrings.findHint}
            value={text}
            data-testid="find-subject"
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </div>
      </div>
      <table className="report names-table" onKeyDown={moveAmongNames} data-testid="subjects">
        <thead>
          <tr>
            <th scope="col">{namesStrings.subject}</th>
            <th scope="col">{namesStrings.name}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((subject) => (
            <SubjectRows key={subject.key} subject={subject} book={book} onName={onName} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && (
        <p className="muted names-nothing">
          {chosen.length === 0 ? namesStrings.nothingChosen[choice] : namesStrings.nothingFound}
        </p>
      )}
      {shown.length < found.length && (
        <button
          type="button"
          className="button"
          title={namesStrings.showAll(found.length)}
          onClick={() => {
            setWhole(true);
          }}
        >
          {namesStrings.showAll(found.length)}
        </button>
      )}
    </section>
  );
}

/** Arrow keys go from name to name. */
function moveAmongNames(event: KeyboardEvent<HTMLTableElement>): void {
  const names = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('.name-button'));
  const focused = names.findIndex((name) => name === document.activeElement);
  if (focused < 0) return;
  const next = nextItem(event.key, focused, names.length);
  if (next === undefined) return;
  event.preventDefault();
  names[next].focus();
}

interface SubjectRowsProps extends SubjectListProps {
  subject: NamedSubject;
}

function SubjectRows({ subject, book, onName }: SubjectRowsProps) {
  const workspace = useWorkspace();
  const [open, setOpen] = useState(false);
  const menu = useItemMenu();
  const place = useInPlace();
  const byHand = nameByHand(book, subject);
  const { key, kind, text, name, source, conflict, seenIn, uses } = subject;
  const title = sourceOf(book, source)?.title;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr
        data-testid="subject"
        data-key={key}
        data-nameless={name === null}
        className={open ? 'has-advice' : undefined}
        {...menu.handlers}
      >
        <th scope="row">
          <div className="subject-cell">
            <button
              type="button"
              className="icon-button subject-toggle"
              aria-expanded={open}
              aria-label={namesStrings.more(text)}
              title={namesStrings.more(text)}
              data-testid="subject-more"
              onClick={() => {
                setOpen(!open);
              }}
            >
              <Chevron size={14} aria-hidden />
            </button>
            <SubjectIcon kind={kind} />
            <span className="subject-words">
              <code title={text}>{text}</code>
              <span className="muted">{namesStrings.seen(seenIn, uses)}</span>
            </span>
          </div>
        </th>
        <td className="name-cell">
          <NameEditor
            subject={subject}
            byHand={byHand}
            place={place}
            onName={(given) => {
              onName(subject, given);
            }}
          />
          {conflict !== null ? (
            <span className="warning name-note" data-testid="conflict">
              <TriangleAlert size={12} aria-hidden /> {conflict}
            </span>
          ) : (
            title !== undefined && <span className="muted name-note">{namesStrings.from(title)}</span>
          )}
          {menu.at && (
            <Menu
              label={namesStrings.menuOf(name ?? text)}
              items={subjectItems({
                subject,
                byHand,
                filterBy: quickFilterDoer(workspace, (filter) => void copyText(filter)),
                copy: (copied) => void copyText(copied),
                edit: place.begin,
                takeBack: () => {
                  onName(subject, null);
                },
              })}
              at={menu.at}
              testId="subject-menu"
              onClose={menu.close}
            />
          )}
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={2} className="subject-more">
            <SubjectFacts subject={subject} book={book} />
          </td>
        </tr>
      )}
    </>
  );
}

/** All names that sources give, the strongest first, and what else is known. */
function SubjectFacts({ subject, book }: { subject: NamedSubject; book: NameBook }) {
  const { kind, text, candidates, facts, command, name } = subject;
  return (
    <div className="subject-facts" data-testid="subject-facts">
      <dl className="facts">
        <div className="fact">
          <dt>{namesStrings.kinds[kind]}</dt>
          <dd>
            <code>{text}</code> <CopyButton label={namesStrings.copyKey(text)} text={() => text} />
          </dd>
        </div>
        {facts.map(({ label, value }) => (
          <div key={`${label} ${value}`} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div>
        <h4>{namesStrings.candidates}</h4>
        {candidates.length === 0 && <p className="muted">{namesStrings.noCandidates}</p>}
        <ol className="candidates">
          {candidates.map((candidate, index) => (
            <li key={`${candidate.source} ${candidate.name}`}>
              <strong>{candidate.name}</strong>
              {index === 0 && <span className="candidate-mark">{namesStrings.strongest}</span>}
              <span className="muted">
                {[sourceOf(book, candidate.source)?.title, candidate.detail].filter(Boolean).join(', ')}
              </span>
            </li>
          ))}
        </ol>
        {name === null &&
          (command === null ? (
            <p className="muted">{namesStrings.noCommand}</p>
          ) : (
            <>
              <p className="muted">{namesStrings.command}</p>
              <Command command={command} />
            </>
          ))}
      </div>
    </div>
  );
}
