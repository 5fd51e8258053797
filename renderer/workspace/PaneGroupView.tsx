import { Ellipsis, Maximize2, Minimize2 } from 'lucide-react';
import { useCallback, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../app/Buttons.tsx';
import { Menu, type Point } from '../app/Menu.tsx';
import { useActiveSession, useWorkspace } from '../app/use-workspace.ts';
import { isMenuKey, shortcutText } from '../commands/keys.ts';
import { arrangementStore, hidePane, movePane, revealPane, toggleMaximised } from './arrangement.ts';
import { dropZone, type DropZone } from './drop-place.ts';
import {
  frontOf,
  groupsIn,
  isOnShow,
  shownPanes,
  sides,
  visiblePanes,
  type Arrangement,
  type PaneGroup,
} from './layout.ts';
import { PaneHeaderPlace } from './pane-header.tsx';
import { attachHost, focusPane, panelId, tabId, type PaneHosts } from './pane-hosts.ts';
import { isPage, type PaneId } from './pane-ids.ts';
import { dockStrings } from './strings.ts';
import { tabOfKey } from './tab-keys.ts';

interface PaneGroupViewProps {
  group: PaneGroup;
  arrangement: Arrangement;
  hosts: PaneHosts;
}

/** Panes that share a place: their tabs, the header of the one in front, and its content. */
export function PaneGroupView({ group, arrangement, hosts }: PaneGroupViewProps) {
  const front = frontOf(group, arrangement);
  const [menuAt, setMenuAt] = useState<Point>();
  if (front === undefined) return null;
  const title = dockStrings.titles[front];
  // Parts that make room for a maximised one keep their size, but nothing in them can be reached.
  const isShown = isOnShow(group, arrangement);
  const isMaximised = arrangement.maximised !== undefined;
  return (
    <section className="dock-group" inert={!isShown} data-testid={`group-${front}`}>
      <header className="dock-bar">
        <PaneTabs panes={shownPanes(group, arrangement)} front={front} onMenu={setMenuAt} />
        <PaneHeaderPlace key={front} pane={front} />
        <span className="dock-tools" data-dock-pane={front}>
          <IconButton
            label={isMaximised ? dockStrings.restore : dockStrings.maximiseHint(title)}
            hint={isMaximised ? dockStrings.restoreHint : dockStrings.maximiseHint(title)}
            icon={isMaximised ? Minimize2 : Maximize2}
            command="maximise-pane"
            testId={`maximise-${front}`}
            onPress={() => {
              toggleMaximised(front);
            }}
          />
          <PaneMenuButton pane={front} at={menuAt} onMove={setMenuAt} />
        </span>
      </header>
      <div className="dock-body">
        {shownPanes(group, arrangement).map((pane) => (
          <PanePanel key={pane} pane={pane} isFront={pane === front} hosts={hosts} />
        ))}
        <DropTarget front={front} />
      </div>
    </section>
  );
}

interface PanePanelProps {
  pane: PaneId;
  isFront: boolean;
  hosts: PaneHosts;
}

function PanePanel({ pane, isFront, hosts }: PanePanelProps) {
  const host = hosts.get(pane);
  const place = useCallback(
    (element: HTMLElement | null) => (element && host ? attachHost(element, host) : undefined),
    [host],
  );
  return (
    <div
      role="tabpanel"
      id={panelId(pane)}
      aria-labelledby={tabId(pane)}
      className="dock-panel"
      inert={!isFront}
      data-front={isFront}
      ref={place}
    />
  );
}

/** Brings a pane in front because a person chose its tab; a page is then what the trace shows. */
function useChoosePane(): (pane: PaneId) => void {
  const workspace = useWorkspace();
  const key = useActiveSession()?.key;
  return (pane) => {
    if (isPage(pane) && key !== undefined) workspace.show(key, pane);
    else revealPane(pane);
  };
}

interface PaneTabsProps {
  panes: readonly PaneId[];
  front: PaneId;
  onMenu: (at: Point) => void;
}

/** Arrow keys choose among the tabs, as in every tab list. */
function PaneTabs({ panes, front, onMenu }: PaneTabsProps) {
  const choose = useChoosePane();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (isMenuKey(event)) {
      const { left, bottom } = event.currentTarget.getBoundingClientRect();
      onMenu({ x: left, y: bottom });
    } else {
      const next = tabOfKey(event.key, panes.indexOf(front), panes.length);
      if (next === undefined) return;
      choose(panes[next]);
      // The tab takes the focus when it has become the one in front.
      requestAnimationFrame(() => {
        focusPane(panes[next]);
      });
    }
    event.preventDefault();
  };
  return (
    <div role="tablist" className="dock-tabs" aria-label={dockStrings.tabsOf(panes.map(titleOf))} onKeyDown={onKeyDown}>
      {panes.map((pane) => (
        <button
          key={pane}
          id={tabId(pane)}
          type="button"
          role="tab"
          className="dock-tab"
          draggable
          title={dockStrings.tabHint(titleOf(pane))}
          aria-selected={pane === front}
          aria-controls={panelId(pane)}
          tabIndex={pane === front ? 0 : -1}
          data-dock-pane={pane}
          data-testid={`tab-${pane}`}
          onClick={() => {
            choose(pane);
          }}
          onDoubleClick={() => {
            toggleMaximised(pane);
          }}
          onAuxClick={(event) => {
            if (event.button === 1) hidePane(pane);
          }}
          onContextMenu={(event: MouseEvent) => {
            event.preventDefault();
            choose(pane);
            onMenu({ x: event.clientX, y: event.clientY });
          }}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', titleOf(pane));
            // The browser draws what is dragged from the page as it is now: targets come afterwards.
            requestAnimationFrame(() => {
              arrangementStore.setState({ dragged: pane });
            });
          }}
          onDragEnd={() => {
            arrangementStore.setState({ dragged: undefined });
          }}
        >
          {titleOf(pane)}
        </button>
      ))}
    </div>
  );
}

function titleOf(pane: PaneId): string {
  return dockStrings.titles[pane];
}

interface PaneMenuButtonProps {
  pane: PaneId;
  at: Point | undefined;
  onMove: (at: Point | undefined) => void;
}

/** Everything that can be done with a pane. */
function PaneMenuButton({ pane, at, onMove }: PaneMenuButtonProps) {
  const close = useCallback(() => {
    onMove(undefined);
  }, [onMove]);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={dockStrings.menu(titleOf(pane))}
        title={dockStrings.menu(titleOf(pane))}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        data-testid={`menu-${pane}`}
        onClick={({ currentTarget }) => {
          const { right, bottom } = currentTarget.getBoundingClientRect();
          onMove({ x: right, y: bottom });
        }}
      >
        <Ellipsis size={14} aria-hidden />
      </button>
      {at && <PaneMenu pane={pane} at={at} onClose={close} />}
    </>
  );
}

function PaneMenu({ pane, at, onClose }: { pane: PaneId; at: Point; onClose: () => void }) {
  const layout = useStore(arrangementStore, (state) => state.layout);
  const others = visiblePanes(layout).filter((other) => other !== pane);
  const refocus = (act: () => void) => (): void => {
    act();
    requestAnimationFrame(() => {
      focusPane(pane);
    });
  };
  const items = [
    {
      label: layout.maximised === undefined ? dockStrings.maximise : dockStrings.restore,
      keys: shortcutText('maximise-pane'),
      testId: 'pane-maximise',
      onChoose: refocus(() => {
        toggleMaximised(pane);
      }),
    },
    ...sides.map((side) => ({
      label: dockStrings.move[side],
      testId: `pane-to-${side}`,
      onChoose: refocus(() => {
        movePane(pane, { kind: 'edge', side });
      }),
    })),
    ...others
      .filter((other) => groupsIn(layout.root).every(({ panes }) => !panes.includes(other) || !panes.includes(pane)))
      .map((other) => ({
        label: dockStrings.asTabOf(titleOf(other)),
        testId: `pane-into-${other}`,
        onChoose: refocus(() => {
          movePane(pane, { kind: 'tab', of: other });
        }),
      })),
    {
      label: dockStrings.close,
      testId: 'pane-close',
      onChoose: () => {
        hidePane(pane);
      },
    },
  ];
  return <Menu label={dockStrings.menu(titleOf(pane))} items={items} at={at} onClose={onClose} testId="pane-menu" />;
}

/** While a tab is dragged, lies over a pane and shows where the tab would land. */
function DropTarget({ front }: { front: PaneId }) {
  const dragged = useStore(arrangementStore, (state) => state.dragged);
  const [zone, setZone] = useState<DropZone>();
  if (dragged === undefined) return null;
  const zoneOf = (event: DragEvent<HTMLElement>): DropZone => {
    const box = event.currentTarget.getBoundingClientRect();
    return dropZone(event.clientX - box.left, event.clientY - box.top, box.width, box.height);
  };
  return (
    <div
      className="drop-target-pane"
      data-testid={`drop-${front}`}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = 'move';
        setZone(zoneOf(event));
      }}
      onDragLeave={() => {
        setZone(undefined);
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        const landed = zoneOf(event);
        arrangementStore.setState({ dragged: undefined });
        movePane(dragged, landed === 'tab' ? { kind: 'tab', of: front } : { kind: 'beside', of: front, side: landed });
      }}
    >
      {zone && <div className="drop-preview" data-zone={zone} />}
    </div>
  );
}
