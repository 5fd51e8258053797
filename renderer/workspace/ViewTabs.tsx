import { Plus, X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { IconButton } from '../app/Buttons.tsx';
import { useWorkspace, useWorkspaceState } from '../app/use-workspace.ts';
import { formatCount } from '../format/number.ts';
import type { Session } from '../state/model.ts';
import { tabOfKey } from './tab-keys.ts';
import { dockStrings } from './strings.ts';
import { viewsOfTrace, viewTitle } from './view-tabs.ts';

/** The views of the trace on show, each with its own filter, and one more to be had. */
export function ViewTabs({ session }: { session: Session }) {
  const workspace = useWorkspace();
  const views = useWorkspaceState(useShallow((state) => viewsOfTrace(state, session)));
  const list = useRef<HTMLDivElement>(null);
  const current = views.findIndex(({ key }) => key === session.key);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Delete' && views.length > 1) workspace.closeSession(session.key);
    else {
      const next = tabOfKey(event.key, current, views.length);
      if (next === undefined) return;
      workspace.activate(views[next].key);
    }
    event.preventDefault();
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    });
  };
  return (
    <div className="view-tabs">
      <div
        role="tablist"
        className="view-tab-list"
        aria-label={dockStrings.viewTabs}
        ref={list}
        onKeyDown={onKeyDown}
        data-testid="view-tabs"
      >
        {views.map((view) => (
          <ViewTab key={view.key} view={view} isCurrent={view.key === session.key} isClosable={views.length > 1} />
        ))}
      </div>
      <IconButton
        label={dockStrings.newView}
        hint={dockStrings.newViewHint}
        icon={Plus}
        disabled={session.stage !== 'ready'}
        testId="new-view"
        onPress={() => void workspace.openView('')}
      />
    </div>
  );
}

interface ViewTabProps {
  view: Session;
  isCurrent: boolean;
  isClosable: boolean;
}

/** The cross is for the mouse alone: a tab holds no other control, and the keyboard has Delete. */
function ViewTab({ view, isCurrent, isClosable }: ViewTabProps) {
  const workspace = useWorkspace();
  const title = viewTitle(view);
  return (
    <button
      type="button"
      role="tab"
      className="view-tab"
      aria-selected={isCurrent}
      tabIndex={isCurrent ? 0 : -1}
      title={isClosable ? dockStrings.closableView(title) : title}
      data-testid="view-tab"
      onClick={() => {
        workspace.activate(view.key);
      }}
      onAuxClick={(event) => {
        if (event.button === 1 && isClosable) workspace.closeSession(view.key);
      }}
    >
      <span className={view.filter.asked === '' ? 'view-tab-name' : 'view-tab-name code'}>{title}</span>
      {view.view && <span className="muted view-tab-rows">{formatCount(view.view.rows)}</span>}
      {isClosable && (
        <span
          className="view-tab-close"
          aria-hidden
          data-testid="close-view"
          onClick={(event) => {
            event.stopPropagation();
            workspace.closeSession(view.key);
          }}
        >
          <X size={12} />
        </span>
      )}
    </button>
  );
}
