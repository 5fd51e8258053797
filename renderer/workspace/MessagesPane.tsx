import { useRef } from 'react';
import { ChoiceBar } from '../filter/ChoiceBar.tsx';
import { FindBar } from '../find/FindBar.tsx';
import { EmptyRows } from '../grid/EmptyRows.tsx';
import { GridPlace } from '../grid/GridStand.tsx';
import { useSize } from '../path/use-size.ts';
import type { Session } from '../state/model.ts';
import { PaneHeader } from './pane-header.tsx';
import { ViewTabs } from './ViewTabs.tsx';

/** Pixels in which the views and the choice have room beside the pane's tab. */
const roomInHeader = 860;

/** The messages of the view on show. */
export function MessagesPane({ session }: { session: Session }) {
  const pane = useRef<HTMLElement>(null);
  const { width } = useSize(pane);
  const bar = (
    <div className="messages-bar">
      <ViewTabs session={session} />
      <ChoiceBar session={session} />
    </div>
  );
  return (
    <section className="messages" ref={pane}>
      {width >= roomInHeader ? <PaneHeader>{bar}</PaneHeader> : bar}
      <FindBar />
      <div className="messages-rows">
        <GridPlace />
        <EmptyRows session={session} />
      </div>
    </section>
  );
}
