import { ChevronDown, ChevronRight, Info } from 'lucide-react';
import type { CSSProperties, KeyboardEvent } from 'react';
import type { DetailNode } from '../../core/engine/contract.ts';
import { copyText, isCopying } from '../app/clipboard.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { selectNode, setOpen } from '../state/event-detail.ts';
import { detailsStrings } from '../strings.ts';
import { lineText, treeMove, type TreeLine } from './tree-model.ts';

interface DetailsTreeProps {
  lines: readonly TreeLine[];
  selectedKey: string | undefined;
  /** Text of the selected node and everything under it. */
  subtree: () => string;
}

/** Layers and fields as an ARIA tree. The tree itself has the focus; the selected line is its active descendant. */
export function DetailsTree({ lines, selectedKey, subtree }: DetailsTreeProps) {
  const { detail } = useWorkspace();
  const selected = lines.findIndex((line) => line.key === selectedKey);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isCopying(event) && (event.shiftKey || selected >= 0)) {
      event.preventDefault();
      void copyText(event.shiftKey ? subtree() : lineText(lines[selected].node));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(lines, selectedKey, event.key, event.shiftKey);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'select') selectNode(detail, move.key);
    else setOpen(detail, move.keys, move.kind === 'open');
  };

  return (
    <div
      role="tree"
      className="tree"
      aria-label={detailsStrings.tree}
      aria-activedescendant={selected >= 0 ? lineId(selected) : undefined}
      tabIndex={0}
      data-pane="details"
      data-testid="details-tree"
      onKeyDown={onKeyDown}
    >
      {lines.map((line, index) => (
        <TreeItem key={line.key} line={line} index={index} selected={index === selected} />
      ))}
    </div>
  );
}

function TreeItem({ line, index, selected }: { line: TreeLine; index: number; selected: boolean }) {
  const { detail } = useWorkspace();
  const { node, level, expanded } = line;
  const Chevron = expanded ? ChevronDown : ChevronRight;
  return (
    <div
      role="treeitem"
      id={lineId(index)}
      className="tree-item"
      aria-level={level}
      aria-posinset={line.position}
      aria-setsize={line.siblings}
      aria-selected={selected}
      aria-expanded={expanded}
      title={tooltip(node)}
      style={{ '--level': level - 1 } as CSSProperties}
      onClick={() => {
        selectNode(detail, line.key);
      }}
      onDoubleClick={() => {
        if (expanded !== undefined) setOpen(detail, [line.key], !expanded);
      }}
    >
      <span
        className="tree-toggle"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          if (expanded !== undefined) setOpen(detail, [line.key], !expanded);
        }}
        onDoubleClick={(event) => {
          event.stopPropagation();
        }}
      >
        {expanded !== undefined && <Chevron size={14} />}
      </span>
      <span className="tree-name">{node.name}</span>
      <span className="tree-value">{node.value}</span>
      {node.note !== undefined && (
        <span className="tree-note">
          <Info size={12} role="img" aria-label={detailsStrings.note} aria-hidden={false} />
          <span className="tree-note-text">{node.note}</span>
        </span>
      )}
      {node.type !== undefined && <span className="tree-type">{node.type}</span>}
    </div>
  );
}

/** Everything that the line may have no room for. */
function tooltip(node: DetailNode): string {
  const type = node.type === undefined ? undefined : detailsStrings.type(node.type);
  return [lineText(node), type, node.note].filter((line) => line !== undefined).join('\n');
}

function lineId(index: number): string {
  return `detail-line-${index}`;
}
