import { FilterX, Inbox, LoaderCircle, SearchX, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextButton } from '../app/Buttons.tsx';
import { useWorkspace } from '../app/use-workspace.ts';
import { isReading, type Session } from '../state/model.ts';
import { filterStrings, gridStrings } from '../strings.ts';

/** Why there is nothing to see, over a grid without rows. */
export function EmptyRows({ session }: { session: Session }) {
  const { view, filter } = session;
  if (view && view.rows > 0) return null;
  const nothingRead = !view || (isReading(session) && view.available === 0);
  if (!nothingRead && filter.applied !== '') return <NoMatch session={session} />;
  if (nothingRead || isReading(session)) {
    return <Explanation icon={LoaderCircle} heading={gridStrings.waitingHeading} testId="waiting-rows" />;
  }
  return (
    <Explanation icon={Inbox} heading={gridStrings.emptyHeading} testId="no-events">
      <p className="muted">{gridStrings.emptyDetail}</p>
    </Explanation>
  );
}

function NoMatch({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const { view, filter } = session;
  return (
    <Explanation icon={SearchX} heading={filterStrings.noMatchHeading} testId="no-match">
      <p>
        {filterStrings.lookedThrough(view?.available ?? 0)} <code>{filter.applied}</code>
      </p>
      {view?.notes.map((note) => (
        <p key={note} className="warning">
          {note}
        </p>
      ))}
      {isReading(session) && <p className="muted">{filterStrings.stillReadingHint}</p>}
      <TextButton
        label={filterStrings.remove}
        keys="Ctrl+Shift+Enter"
        icon={FilterX}
        primary
        testId="remove-filter-empty"
        onPress={() => void workspace.removeFilter()}
      />
    </Explanation>
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
