import { ChevronDown, ChevronRight, Info } from 'lucide-react';
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react';
import type { DetailNode, Row } from '../../core/engine/contract.ts';
import { useWorkspace } from '../app/use-workspace.ts';
import { offsetText } from '../bytes/hex-layout.ts';
import { DiagnosisIcon } from '../diagnosis/DiagnosisIcon.tsx';
import { selectNode, setOpen } from '../state/event-detail.ts';
import { detailsStrings, diagnosisStrings } from '../strings.ts';
import type { NodeAction } from './node-actions.ts';
import { diagnosisName, levelOfFinding, lineText, treeMove, type TreeLine } from './tree-model.ts';

interface DetailsTreeProps {
  lines: readonly TreeLine[];
  /** Names of the byte strings that nodes point into. */
  sources: readonly string[];
  selectedKey: string | undefined;
  /** Of the message; its diagnosis stands above the layers. */
  diagnosisLevel: Row['diagnosisLevel'];
  actions: readonly NodeAction[];
  /** The person asks what can be done with a node. */
  onMenu: (event: MouseEvent<HTMLElement>, key: string | undefined) => void;
}

/** Layers and fields as an ARIA tree. The tree itself has the focus; the selected line is its active descendant. */
export function DetailsTree({ lines, sources, selectedKey, diagnosisLevel, actions, onMenu }: DetailsTreeProps) {
  const { detail } = useWorkspace();
  const selected = lines.findIndex((line) => line.key === selectedKey);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) {
      const action = actions.find(({ key, shift }) => key === event.key.toLowerCase() && shift === event.shiftKey);
      // A text that is selected is the browser's to copy.
      if (!action || action.disabled || event.altKey || document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      action.onChoose();
      return;
    }
    const move = event.altKey ? undefined : treeMove(lines, selectedKey, event.key, event.shiftKey);
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
      onContextMenu={(event) => {
        const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null;
        onMenu(event, item?.dataset.key);
      }}
    >
      {lines.map((line, index) => (
        <TreeItem
          key={line.key}
          line={line}
          index={index}
          selected={index === selected}
          sources={sources}
          diagnosisLevel={diagnosisLevel}
        />
      ))}
    </div>
  );
}

interface TreeItemProps extends Pick<DetailsTreeProps, 'sources' | 'diagnosisLevel'> {
  line: TreeLine;
  index: number;
  selected: boolean;
}

function TreeItem({ line, index, selected, sources, diagnosisLevel }: TreeItemProps) {
  const { detail } = useWorkspace();
  const { node, level, expanded } = line;
  const isDiagnosis = level === 1 && node.name === diagnosisName;
  const finding = levelOfFinding(line);
  const shownLevel = isDiagnosis && diagnosisLevel !== 'none' ? diagnosisLevel : finding;
  const Chevron = expanded ? ChevronDown : ChevronRight;
  return (
    <div
      role="treeitem"
      id={lineId(index)}
      className={isDiagnosis ? `tree-item tree-diagnosis tree-diagnosis-${diagnosisLevel}` : 'tree-item'}
      data-key={line.key}
      aria-level={level}
      aria-posinset={line.position}
      aria-setsize={line.siblings}
      aria-selected={selected}
      aria-expanded={expanded}
      title={tooltip(node, sources)}
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
      {shownLevel && <DiagnosisIcon level={shownLevel} size={14} label={diagnosisStrings.levels[shownLevel]} />}
      <span className="tree-name">{node.name}</span>
      {finding === undefined && <span className="tree-value">{node.value}</span>}
      {node.note !== undefined && (
        <span className="tree-note">
          <Info size={12} role="img" aria-label={detailsStrings.note} aria-hidden={false} />
          <span className="tree-note-text">{node.note}</span>
        </span>
      )}
      {node.type !== undefined && <span className="tree-type">{node.type}</span>}
      {node.bytes && (
        <span className="tree-place" aria-hidden>
          {detailsStrings.place(offsetText(node.bytes.start), node.bytes.length)}
        </span>
      )}
    </div>
  );
}

/** Everything that the line may have no room for. */
function tooltip({ bytes, ...node }: DetailNode, sources: readonly string[]): string {
  const type = node.type === undefined ? undefined : detailsStrings.type(node.type);
  const place = bytes && detailsStrings.placeInWords(bytes.start, bytes.length, sources.at(bytes.source) ?? '');
  return [lineText(node), type, place, node.note].filter((line) => line !== undefined).join('\n');
}

function lineId(index: number): string {
  return `detail-line-${index}`;
}
