/** An arrangement as it is kept between starts, and back. What is read may be of another version, or damaged. */
import { isSplit, panesIn, visiblePanes, type Arrangement, type LayoutNode } from './layout.ts';
import { isPaneId, paneIds, type PaneId } from './pane-ids.ts';
import { presetNames, type PresetName } from './presets.ts';

export interface KeptLayout extends Arrangement {
  /** What "reset" goes back to. */
  readonly preset: PresetName;
}

/** JSON has no undefined, and forgets it: the same values come back. */
export function encodeLayout({ root, hidden, preset }: KeptLayout): unknown {
  return { root, hidden, preset };
}

/**
 * The arrangement of a kept value, or undefined where it is none. Panes that are not known any more are left out, new ones
 * stand hidden beside the messages. Nothing is maximised at the start.
 */
export function decodeLayout(value: unknown): KeptLayout | undefined {
  if (!isRecord(value) || !Array.isArray(value.hidden)) return undefined;
  const preset = presetNames.find((name) => name === value.preset);
  const tree = nodeOf(value.root, 0);
  if (!tree || !preset) return undefined;
  const panes = panesIn(tree);
  const isWhole = new Set(panes).size === panes.length && panes.includes('messages');
  if (!isWhole) return undefined;
  const missing = paneIds.filter((id) => !panes.includes(id));
  const hidden = [...value.hidden.filter(isPaneId), ...missing];
  const layout: KeptLayout = {
    root: withPanes(tree, missing),
    hidden: [...new Set(hidden)],
    maximised: undefined,
    preset,
  };
  return visiblePanes(layout).length > 0 ? layout : undefined;
}

/** Deeper trees than a person can make. */
const deepest = 12;

function nodeOf(value: unknown, depth: number): LayoutNode | undefined {
  if (!isRecord(value) || depth > deepest || !isSize(value.size)) return undefined;
  const { size } = value;
  if (Array.isArray(value.panes)) {
    const panes = value.panes.filter(isPaneId);
    const [first] = panes;
    if (panes.length === 0) return undefined;
    return { panes, front: panes.find((pane) => pane === value.front) ?? first, size };
  }
  if (!Array.isArray(value.parts) || (value.direction !== 'row' && value.direction !== 'column')) return undefined;
  const parts = value.parts.flatMap((part) => nodeOf(part, depth + 1) ?? []);
  if (parts.length < 2) return parts.at(0);
  return { direction: value.direction, parts, size };
}

function withPanes(node: LayoutNode, added: readonly PaneId[]): LayoutNode {
  if (added.length === 0) return node;
  if (!isSplit(node)) return node.panes.includes('messages') ? { ...node, panes: [...node.panes, ...added] } : node;
  return { ...node, parts: node.parts.map((part) => withPanes(part, added)) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 && value < 20_000;
}
