import { PanelBottom, PanelRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../app/Buttons.tsx';
import { CopyDetails } from '../app/CopyDetails.tsx';
import { CopyMenu, pointOfMenu } from '../app/CopyMenu.tsx';
import type { Point } from '../app/Menu.tsx';
import { useCopied } from '../app/use-copied.ts';
import { useActiveSession, useDetailState, useWorkspace } from '../app/use-workspace.ts';
import { quickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { selectNode } from '../state/event-detail.ts';
import { addColumn } from '../state/grid-layout.ts';
import { detailsStrings } from '../strings.ts';
import { arrangementStore, moveDetails } from '../workspace/arrangement.ts';
import { sideOfDetails } from '../workspace/layout.ts';
import { PaneHeader } from '../workspace/pane-header.tsx';
import { DetailsTree } from './DetailsTree.tsx';
import { nodeActions } from './node-actions.ts';
import { visibleLines } from './tree-model.ts';

/** The message stack of the selected message. */
export function DetailsPane() {
  const detail = useDetailState((state) => state.detail);
  const error = useDetailState((state) => state.error);
  const openness = useDetailState((state) => state.openness);
  const selectedKey = useDetailState((state) => state.selectedKey);
  const selection = useActiveSession()?.selection;
  const workspace = useWorkspace();
  const [copied, copy] = useCopied();
  const [menuAt, setMenuAt] = useState<Point>();
  const lines = useMemo(() => visibleLines(detail?.nodes ?? [], openness), [detail, openness]);
  const scrolled = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scrolled.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedKey, detail]);
  const actions = nodeActions(detail?.nodes ?? [], selectedKey, {
    copy,
    addColumn,
    act: quickFilterDoer(workspace, copy),
  });
  const onMenu = (event: MouseEvent<HTMLElement>, key: string | undefined): void => {
    if (key !== undefined) selectNode(workspace.detail, key);
    setMenuAt(pointOfMenu(event));
  };

  return (
    <section className="pane" aria-label={detailsStrings.label} data-testid="details">
      <PaneHeader>
        {detail && <span className="muted">{detailsStrings.ofMessage(detail.row + 1)}</span>}
        <span className="pane-tools">
          {detail && (
            <CopyMenu
              label={detailsStrings.copy}
              items={actions}
              at={menuAt}
              onMove={setMenuAt}
              copied={copied}
              testId="copy-details"
            />
          )}
          <DockButton />
        </span>
      </PaneHeader>
      <div className="pane-body" ref={scrolled}>
        {error !== undefined && (
          <p className="pane-message">
            <strong className="danger">{detailsStrings.failed}</strong> {error}{' '}
            <CopyDetails heading={detailsStrings.failed} sentences={[error]} />
          </p>
        )}
        {detail && (
          <DetailsTree
            lines={lines}
            sources={detail.sources.map(({ name }) => name)}
            selectedKey={selectedKey}
            diagnosisLevel={selection?.diagnosisLevel ?? 'none'}
            actions={actions}
            onMenu={onMenu}
          />
        )}
        {!detail && error === undefined && !selection && <p className="pane-message muted">{detailsStrings.empty}</p>}
      </div>
    </section>
  );
}

/** Wide screens have room at the right, others below. */
function DockButton() {
  const atRight = useStore(arrangementStore, ({ layout }) => sideOfDetails(layout) === 'right');
  return (
    <IconButton
      label={atRight ? detailsStrings.dockBelow : detailsStrings.dockRight}
      icon={atRight ? PanelBottom : PanelRight}
      command="move-details"
      testId="dock"
      onPress={moveDetails}
    />
  );
}
