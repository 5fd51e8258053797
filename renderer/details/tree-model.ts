/**
 * The details tree as a flat list of visible lines. A node's key is made of names, not positions, so that what was
 * open and selected in one event is open and selected in the next one of its kind.
 */
import type { DetailNode, DiagnosisLevel } from '../../core/engine/contract.ts';
import type { ByteRange } from '../bytes/hex-layout.ts';
import { diagnosisLevels } from '../diagnosis/verdict.ts';

export interface TreeLine {
  key: string;
  node: DetailNode;
  /** 1 for the layers of the message stack. */
  level: number;
  /** Place among its siblings, from 1, and how many there are. */
  position: number;
  siblings: number;
  parentKey: string | undefined;
  /** Undefined for a leaf. */
  expanded: boolean | undefined;
}

/** The node above the layers that tells what is wrong with the packet. */
export const diagnosisName = 'Diagnosis';

/** The level that a node of the diagnosis has for its value; undefined for every other node. */
export function levelOfFinding({ parentKey, node }: Pick<TreeLine, 'parentKey' | 'node'>): DiagnosisLevel | undefined {
  if (parentKey !== diagnosisName) return undefined;
  return diagnosisLevels.find((level) => level === node.value);
}

/** Which nodes the person opened and closed. A node in neither set is open only when it is the diagnosis or the top layer. */
export interface Openness {
  opened: ReadonlySet<string>;
  closed: ReadonlySet<string>;
}

export const initialOpenness: Openness = { opened: new Set(), closed: new Set() };

/** The lines to show, in order. */
export function visibleLines(nodes: readonly DetailNode[], openness: Openness): TreeLine[] {
  const lines: TreeLine[] = [];
  const topLayer = nodes.findIndex((node) => node.name !== diagnosisName);
  const walk = (siblings: readonly DetailNode[], level: number, parentKey: string | undefined): void => {
    siblingKeys(siblings, parentKey).forEach((key, index) => {
      const node = siblings[index];
      const expanded = node.children.length === 0 ? undefined : isOpen(key, level === 1 && index <= topLayer, openness);
      lines.push({ key, node, level, position: index + 1, siblings: siblings.length, parentKey, expanded });
      if (expanded) walk(node.children, level + 1, key);
    });
  };
  walk(nodes, 1, undefined);
  return lines;
}

/** Keys of siblings: the parent's key and the name, with a number behind names that come again. */
export function siblingKeys(siblings: readonly DetailNode[], parentKey: string | undefined): string[] {
  const seen = new Map<string, number>();
  return siblings.map((node) => {
    const count = (seen.get(node.name) ?? 0) + 1;
    seen.set(node.name, count);
    const own = count === 1 ? node.name : `${node.name}#${count}`;
    return parentKey === undefined ? own : `${parentKey}/${own}`;
  });
}

/** Openness after a node was opened or closed. */
export function withOpen(openness: Openness, keys: readonly string[], open: boolean): Openness {
  const opened = new Set(openness.opened);
  const closed = new Set(openness.closed);
  for (const key of keys) {
    (open ? opened : closed).add(key);
    (open ? closed : opened).delete(key);
  }
  return { opened, closed };
}

/** Keys of a node's whole subtree that can be opened, itself included. */
export function subtreeKeys(node: DetailNode, key: string): string[] {
  if (node.children.length === 0) return [];
  const keys = siblingKeys(node.children, key);
  return [key, ...node.children.flatMap((child, index) => subtreeKeys(child, keys[index]))];
}

/** The nodes from the top layer down to that of a key; empty when this event has none. */
export function nodesOnWay(nodes: readonly DetailNode[], key: string): DetailNode[] {
  const find = (siblings: readonly DetailNode[], parentKey: string | undefined): DetailNode[] => {
    const keys = siblingKeys(siblings, parentKey);
    for (const [index, node] of siblings.entries()) {
      if (keys[index] === key) return [node];
      const below = find(node.children, keys[index]);
      if (below.length > 0) return [node, ...below];
    }
    return [];
  };
  return find(nodes, undefined);
}

/** The node of a key, or undefined when this event has none. */
export function nodeOfKey(nodes: readonly DetailNode[], key: string): DetailNode | undefined {
  return nodesOnWay(nodes, key).at(-1);
}

/** Keys from the top layer down to the node that covers all of a range with the fewest bytes; empty when none does. */
export function innermostAt(nodes: readonly DetailNode[], source: number, range: ByteRange): string[] {
  let best: { path: string[]; length: number } | undefined;
  const walk = (siblings: readonly DetailNode[], path: string[]): void => {
    siblingKeys(siblings, path.at(-1)).forEach((key, index) => {
      const node = siblings[index];
      const here = [...path, key];
      if (covers(node, source, range) && (!best || (node.bytes?.length ?? 0) <= best.length)) {
        best = { path: here, length: node.bytes?.length ?? 0 };
      }
      walk(node.children, here);
    });
  };
  walk(nodes, []);
  return best?.path ?? [];
}

export type TreeMove =
  { kind: 'select'; key: string } | { kind: 'open'; keys: string[] } | { kind: 'close'; keys: string[] };

/** What a key does to the tree, as the ARIA tree pattern and Wireshark have it; undefined when it does nothing. */
export function treeMove(
  lines: readonly TreeLine[],
  current: string | undefined,
  key: string,
  shift: boolean,
): TreeMove | undefined {
  const index = lines.findIndex((line) => line.key === current);
  const select = (line: TreeLine | undefined): TreeMove | undefined => line && { kind: 'select', key: line.key };
  if (index < 0) return ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key) ? select(lines.at(0)) : undefined;
  const line = lines[index];
  switch (key) {
    case 'ArrowDown':
      return select(lines.at(index + 1));
    case 'ArrowUp':
      return index > 0 ? select(lines[index - 1]) : undefined;
    case 'Home':
      return select(lines.at(0));
    case 'End':
      return select(lines.at(-1));
    case 'ArrowRight':
      if (shift) return { kind: 'open', keys: subtreeKeys(line.node, line.key) };
      if (line.expanded === false) return { kind: 'open', keys: [line.key] };
      return line.expanded ? select(lines.at(index + 1)) : undefined;
    case 'ArrowLeft':
      if (line.expanded) return { kind: 'close', keys: [line.key] };
      return select(lines.find((other) => other.key === line.parentKey));
    case 'Backspace':
      return select(lines.find((other) => other.key === line.parentKey));
    case 'Enter':
      if (line.expanded === undefined) return undefined;
      return { kind: line.expanded ? 'close' : 'open', keys: [line.key] };
    default:
      return undefined;
  }
}

/** `Source port: 52891`, as it is copied. */
export function lineText(node: DetailNode): string {
  return node.value === '' ? node.name : `${node.name}: ${node.value}`;
}

/** A node and everything under it as indented text, as it is copied. */
export function subtreeText(node: DetailNode, indent = ''): string {
  return [`${indent}${lineText(node)}`, ...node.children.map((child) => subtreeText(child, `${indent}  `))].join('\n');
}

function isOpen(key: string, openAtFirst: boolean, openness: Openness): boolean {
  if (openness.opened.has(key)) return true;
  return openAtFirst && !openness.closed.has(key);
}

function covers({ bytes: place }: DetailNode, source: number, { start, length }: ByteRange): boolean {
  return place?.source === source && start >= place.start && start + length <= place.start + place.length;
}
