import { FilterX, Inbox, LoaderCircle, SearchX, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextButton } from '../app/Buttons.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { restrictionsOf, type Restriction } from '../filter/restrictions.ts';
import { isReading, type Session } from '../state/model.ts';
import { choiceStrings, filterStrings, gridStrings } from '../strings.ts';

/** Why there is nothing to see, over a grid without rows. */
export function EmptyRows({ session }: { session: Session }) {
  const { view } = session;
  if (view && view.rows > 0) return null;
  const nothingRead = !view || (isReading(session) && view.available === 0);
  const restrictions = restrictionsOf(session);
  if (!nothingRead && restrictions.length > 0) return <NoMatch session={session} restrictions={restrictions} />;
  if (nothingRead || isReading(session)) {
    return <Explanation icon={LoaderCircle} heading={gridStrings.waitingHeading} testId="waiting-rows" />;
  }
  return (
    <Explanation icon={Inbox} heading={gridStrings.emptyHeading} testId="no-events">
      <p className="muted">{gridStrings.emptyDetail}</p>
    </Explanation>
  );
}

/** What was looked through, and for each thing that leaves messages out how to take it back. */
function NoMatch({ session, restrictions }: { session: Session; restrictions: readonly Restriction[] }) {
  const workspace = useWorkspace();
  const { view } = session;
  const several = restrictions.length > 1;
  const heading = several
    ? choiceStrings.nothingLeft
    : filterStrings.noMatchHeadings[restrictions[0].part === 'filter' ? 'filter' : 'choice'];
  return (
    <Explanation icon={SearchX} heading={heading} testId="no-match">
      <p>{filterStrings.lookedThrough(view?.available ?? 0)}</p>
      <ul className="restrictions">
        {restrictions.map((restriction) => (
          <RestrictionItem key={restriction.part} restriction={restriction} />
        ))}
      </ul>
      {view?.notes.map((note) => (
        <p key={note} className="warning">
          {note}
        </p>
      ))}
      {isReading(session) && <p className="muted">{filterStrings.stillReadingHint}</p>}
      {several && (
        <TextButton
          label={choiceStrings.showEverything}
          primary
          testId="show-everything"
          onPress={() => void workspace.showEverything()}
        />
      )}
    </Explanation>
  );
}

function RestrictionItem({ restriction: { part, words, alone } }: { restriction: Restriction }) {
  const workspace = useWorkspace();
  const isFilter = part === 'filter';
  return (
    <li>
      {isFilter ? <code>{words}</code> : <span>{words}</span>}
      <span className="muted">{alone === undefined ? '' : choiceStrings.alone(alone)}</span>
      <TextButton
        label={isFilter ? filterStrings.remove : choiceStrings.takeBack}
        hint={choiceStrings.takeBackHint(words)}
        icon={FilterX}
        testId={isFilter ? 'remove-filter-empty' : `take-back-${part}`}
        onPress={() => void (isFilter ? workspace.suspendFilters() : workspace.choose({ [part]: undefined }))}
        {...(isFilter && { keys: 'Ctrl+Shift+Enter' })}
      />
    </li>
  );
}

interface ExplanationProps {
  icon: LucideIcon;
  heading: string;
  testId: string;
  children?: ReactNode;
}

function Explanation({ icon: Icon, heading, testId, children }: ExplanationProps) {
  return (
    <div className="explanation explanation-over" data-testid={testId}>
      <Icon size={24} strokeWidth={1.5} aria-hidden />
      <h2>{heading}</h2>
      {children}
    </div>
  );
}
