import { ChoiceBar } from '../filter/ChoiceBar.tsx';
import { FindBar } from '../find/FindBar.tsx';
import { EmptyRows } from '../grid/EmptyRows.tsx';
import { MessageGrid } from '../grid/MessageGrid.tsx';
import type { Session } from '../state/model.ts';
import { ViewTabs } from './ViewTabs.tsx';

/** The messages of the view on show. */
export function MessagesPane({ session }: { session: Session }) {
  return (
    <section className="messages">
      <div className="messages-bar">
        <ViewTabs session={session} />
        <ChoiceBar session={session} />
      </div>
      <FindBar />
      <div className="messages-rows">
        <MessageGrid key={session.key} session={session} />
        <EmptyRows session={session} />
      </div>
    </section>
  );
}
