import { Allotment, LayoutPriority } from 'allotment';
import { memo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { isSameButProgress } from '../app/same-session.ts';
import { useTurns } from '../app/use-turns.ts';
import type { Session } from '../state/model.ts';
import { arrangementStore, resizeParts } from './arrangement.ts';
import {
  elasticPart,
  isOnShow,
  isSplit,
  isVisible,
  shapeOf,
  type Arrangement,
  type LayoutNode,
  type Split,
} from './layout.ts';
import { PaneContext } from './pane-header.tsx';
import { createPaneHosts, paneOf, type PaneHosts } from './pane-hosts.ts';
import { paneIds } from './pane-ids.ts';
import { PaneGroupView } from './PaneGroupView.tsx';
import { panes } from './panes.ts';
import { dockStrings } from './strings.ts';

/** The panes of a trace, where a person has put them. */
export const Dock = memo(DockOf, isSameButProgress);

function DockOf({ session }: { session: Session }) {
  const layout = useStore(arrangementStore, (state) => state.layout);
  const [hosts] = useState(createPaneHosts);
  const come = useTurns(paneIds.length);
  // Parts that stand in other places have other sizes: they are laid out anew.
  return (
    <div className="dock" role="group" aria-label={dockStrings.label} ref={noteFocus} data-testid="dock-area">
      <Part key={shapeOf(layout.root)} node={layout.root} path={[]} arrangement={layout} hosts={hosts} />
      {paneIds.slice(0, come).map((pane) => {
        const { component: Component, isKept } = panes[pane];
        const isMounted = isVisible(layout, pane) || (isKept === true && !layout.hidden.includes(pane));
        const host = hosts.get(pane);
        if (!isMounted || !host) return null;
        return createPortal(
          <PaneContext value={pane}>
            <Component session={session} />
          </PaneContext>,
          host,
          pane,
        );
      })}
    </div>
  );
}

/** Notes which pane has the focus. React would not tell of the grid, which stands in a pane but is rendered elsewhere. */
function noteFocus(dock: HTMLElement | null): (() => void) | undefined {
  const note = ({ target }: FocusEvent): void => {
    const pane = paneOf(target);
    if (pane) arrangementStore.setState({ lastFocused: pane });
  };
  dock?.addEventListener('focusin', note);
  return () => dock?.removeEventListener('focusin', note);
}

interface PartProps {
  node: LayoutNode;
  path: readonly number[];
  arrangement: Arrangement;
  hosts: PaneHosts;
}

/** Pixels below which no pane can be made smaller. */
const smallest = 90;

function Part({ node, path, arrangement, hosts }: PartProps) {
  if (!isSplit(node)) return <PaneGroupView group={node} arrangement={arrangement} hosts={hosts} />;
  return <SplitParts node={node} path={path} arrangement={arrangement} hosts={hosts} />;
}

function SplitParts({ node, path, arrangement, hosts }: PartProps & { node: Split }) {
  const elastic = elasticPart(node);
  const visible = useVisibleParts(node, arrangement);
  return (
    <Allotment
      vertical={node.direction === 'column'}
      proportionalLayout={false}
      onDragEnd={(sizes) => {
        resizeParts(path, sizes);
      }}
    >
      {node.parts.map((part, index) => (
        <Allotment.Pane
          key={index}
          minSize={smallest}
          visible={visible[index]}
          priority={index === elastic ? LayoutPriority.High : LayoutPriority.Normal}
          {...(index !== elastic && { preferredSize: part.size > 1 ? part.size : `${part.size * 100}%` })}
        >
          <Part node={part} path={[...path, index]} arrangement={arrangement} hosts={hosts} />
        </Allotment.Pane>
      ))}
    </Allotment>
  );
}

/**
 * Which parts of a split are on show. While the whole split is hidden, its parts stay as they were: hidden one after the
 * other, the last one would take all the room and keep it when they come back.
 */
function useVisibleParts(node: Split, arrangement: Arrangement): readonly boolean[] {
  const now = node.parts.map((part) => isOnShow(part, arrangement));
  const [last, setLast] = useState(now);
  if (!now.includes(true)) return last;
  if (now.length !== last.length || now.some((each, index) => each !== last[index])) setLast(now);
  return now;
}
