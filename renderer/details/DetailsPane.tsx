import { PanelBottom, PanelRight } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../app/Buttons.tsx';
import { CopyButton } from '../app/CopyButton.tsx';
import { useActiveSession, useDetailState } from '../app/use-workspace.ts';
import { moveDetails, settingsStore } from '../state/settings.ts';
import { detailsStrings } from '../strings.ts';
import { DetailsTree } from './DetailsTree.tsx';
import { nodeOfKey, subtreeText, visibleLines } from './tree-model.ts';

/** The message stack of the selected message. */
export function DetailsPane() {
  const detail = useDetailState((state) => state.detail);
  const error = useDetailState((state) => state.error);
  const openness = useDetailState((state) => state.openness);
  const selectedKey = useDetailState((state) => state.selectedKey);
  const selected = useActiveSession()?.selection !== undefined;
  const lines = useMemo(() => visibleLines(detail?.nodes ?? [], openness), [detail, openness]);
  const scrolled = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scrolled.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedKey, detail]);
  const subtree = (): string => {
    const nodes = detail?.nodes ?? [];
    const node = selectedKey === undefined ? undefined : nodeOfKey(nodes, selectedKey);
    return (node ? [node] : nodes).map((root) => subtreeText(root)).join('\n');
  };

  return (
    <section className="pane" aria-label={detailsStrings.label} data-testid="details">
      <header className="pane-header">
        <h2 className="pane-heading">{detailsStrings.label}</h2>
        {detail && <span className="muted">{detailsStrings.ofMessage(detail.row + 1)}</span>}
        <span className="pane-tools">
          {detail && (
            <CopyButton label={detailsStrings.copySubtree} keys="Ctrl+Shift+C" text={subtree} testId="copy-details" />
          )}
          <DockButton />
        </span>
      </header>
      <div className="pane-body" ref={scrolled}>
        {error !== undefined && (
          <p className="pane-message">
            <strong className="danger">{detailsStrings.failed}</strong> {error}
          </p>
        )}
        {detail && <DetailsTree lines={lines} selectedKey={selectedKey} subtree={subtree} />}
        {!detail && error === undefined && !selected && <p className="pane-message muted">{detailsStrings.empty}</p>}
      </div>
    </section>
  );
}

/** Wide screens have room at the right, others below. */
function DockButton() {
  const dock = useStore(settingsStore, (settings) => settings.dock);
  const atRight = dock === 'right';
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
