/**
 * Where panes stand: a tree of splits with groups of tabs at its ends. Every pane has exactly one place in it, also while
 * it is hidden, so that it comes back where it was. Everything here is plain data and pure functions.
 */
import { paneIds, roomyPanes, type PaneId } from './pane-ids.ts';

/** Panes that share a place: one is in front, the others are tabs behind it. */
export interface PaneGroup {
  readonly panes: readonly PaneId[];
  readonly front: PaneId;
  readonly size: number;
}

/** Parts side by side (row) or stacked (column). */
export interface Split {
  readonly direction: 'row' | 'column';
  readonly parts: readonly LayoutNode[];
  readonly size: number;
}

/** `size`: up to 1 a share of the split that it is a part of, above 1 pixels. One part of each split takes what is left. */
export type LayoutNode = PaneGroup | Split;

export interface Arrangement {
  readonly root: LayoutNode;
  readonly hidden: readonly PaneId[];
  /** The only pane (with the tabs beside it) that is on show for now. */
  readonly maximised: PaneId | undefined;
}

export const sides = ['left', 'right', 'top', 'bottom'] as const;
export type Side = (typeof sides)[number];

/** Where a pane can be moved to: an edge of everything, a side of another pane, or a tab beside it. */
export type Place =
  | { readonly kind: 'edge'; readonly side: Side }
  | { readonly kind: 'beside'; readonly of: PaneId; readonly side: Side }
  | { readonly kind: 'tab'; readonly of: PaneId };

/** Share of everything that a pane gets at an edge. */
const shareAtEdge = 0.3;

export function isSplit(node: LayoutNode): node is Split {
  return 'parts' in node;
}

/** All panes of a part, hidden ones too, in the order of the eye. */
export function panesIn(node: LayoutNode): PaneId[] {
  return isSplit(node) ? node.parts.flatMap(panesIn) : [...node.panes];
}

export function groupsIn(node: LayoutNode): PaneGroup[] {
  return isSplit(node) ? node.parts.flatMap(groupsIn) : [node];
}

/** The group that holds a pane. Throws when none does: then the tree is broken. */
export function groupOf(root: LayoutNode, pane: PaneId): PaneGroup {
  const group = groupsIn(root).find(({ panes }) => panes.includes(pane));
  if (!group) throw new Error(`The layout has no place for the pane "${pane}".`);
  return group;
}

/** The panes of a group that are not hidden. */
export function shownPanes({ panes }: PaneGroup, { hidden }: Pick<Arrangement, 'hidden'>): PaneId[] {
  return panes.filter((pane) => !hidden.includes(pane));
}

/** The pane of a group that is in front; undefined where all are hidden. */
export function frontOf(group: PaneGroup, arrangement: Pick<Arrangement, 'hidden'>): PaneId | undefined {
  const shown = shownPanes(group, arrangement);
  return shown.includes(group.front) ? group.front : shown.at(0);
}

/** The group that has all the room: a maximised one, or a page that stands in front of the messages. */
export function soleGroup(arrangement: Arrangement): PaneGroup | undefined {
  const { root, hidden, maximised } = arrangement;
  if (maximised !== undefined) return groupOf(root, maximised);
  if (hidden.includes('messages')) return undefined;
  const group = groupOf(root, 'messages');
  const front = frontOf(group, arrangement);
  return front !== undefined && roomyPanes.has(front) ? group : undefined;
}

/** Whether some pane of a part is on show. */
export function isOnShow(node: LayoutNode, arrangement: Arrangement): boolean {
  const sole = soleGroup(arrangement);
  return groupsIn(node).some(
    (group) => frontOf(group, arrangement) !== undefined && (sole === undefined || group.panes[0] === sole.panes[0]),
  );
}

/** The panes that a person sees, in the order of the eye. */
export function visiblePanes(arrangement: Arrangement): PaneId[] {
  return groupsIn(arrangement.root)
    .filter((group) => isOnShow(group, arrangement))
    .flatMap((group) => frontOf(group, arrangement) ?? []);
}

export function isVisible(arrangement: Arrangement, pane: PaneId): boolean {
  return visiblePanes(arrangement).includes(pane);
}

/** Brings a pane in front where it stands. */
export function reveal(arrangement: Arrangement, pane: PaneId): Arrangement {
  if (isVisible(arrangement, pane)) return arrangement;
  const { maximised } = arrangement;
  const inFront: Arrangement = {
    root: changeGroup(arrangement.root, pane, (group) => ({ ...group, front: pane })),
    hidden: arrangement.hidden.filter((other) => other !== pane),
    maximised: maximised !== undefined && groupOf(arrangement.root, maximised).panes.includes(pane) ? pane : undefined,
  };
  if (isVisible(inFront, pane)) return inFront;
  // A page in front of the messages has all the room: the messages come back, and with them what stands around them.
  return reveal({ ...inFront, root: changeGroup(inFront.root, 'messages', toMessages) }, pane);
}

function toMessages(group: PaneGroup): PaneGroup {
  return { ...group, front: 'messages' };
}

/** Hides a pane; the last one stays. */
export function hide(arrangement: Arrangement, pane: PaneId): Arrangement {
  if (arrangement.hidden.includes(pane)) return arrangement;
  const hidden = [...arrangement.hidden, pane];
  const remaining = { ...arrangement, hidden, maximised: undefined };
  const group = groupOf(arrangement.root, pane);
  const next = neighbourInGroup(group, pane, arrangement);
  const root =
    next === undefined ? arrangement.root : changeGroup(arrangement.root, pane, () => ({ ...group, front: next }));
  if (visiblePanes({ ...remaining, root }).length === 0) return arrangement;
  const { maximised } = arrangement;
  const staysMaximised = maximised !== undefined && next !== undefined && group.panes.includes(maximised);
  return { root, hidden, maximised: staysMaximised ? next : maximised === pane ? undefined : maximised };
}

/** What is in front when a pane of a group goes: what is in front now, else the messages, else the tab before it. */
function neighbourInGroup(group: PaneGroup, pane: PaneId, arrangement: Arrangement): PaneId | undefined {
  const front = frontOf(group, arrangement);
  if (front !== pane) return front;
  const shown = shownPanes(group, arrangement);
  const others = shown.filter((other) => other !== pane);
  return others.includes('messages') ? 'messages' : others.at(Math.max(0, shown.indexOf(pane) - 1));
}

/** Gives a pane all the room, or takes it back. */
export function toggleMaximised(arrangement: Arrangement, pane: PaneId): Arrangement {
  if (arrangement.maximised !== undefined) return { ...arrangement, maximised: undefined };
  return { ...reveal(arrangement, pane), maximised: pane };
}

/** Moves a pane; a move to where it is already changes nothing. */
export function movePane(arrangement: Arrangement, pane: PaneId, place: Place): Arrangement {
  const { root } = arrangement;
  const isAlone = groupOf(root, pane).panes.length === 1;
  if (place.kind !== 'edge' && place.of === pane && (isAlone || place.kind === 'tab')) return arrangement;
  const rest = without(root, pane);
  if (rest === undefined) return arrangement;
  const moved = placed(rest, group(shareAtEdge, pane), besideItself(place, groupOf(root, pane), pane));
  return reveal({ root: moved, hidden: arrangement.hidden, maximised: undefined }, pane);
}

/** A pane that is put beside its own tabs is put beside one of the others. */
function besideItself(place: Place, { panes }: PaneGroup, pane: PaneId): Place {
  const other = panes.find((candidate) => candidate !== pane);
  return place.kind === 'beside' && place.of === pane && other !== undefined ? { ...place, of: other } : place;
}

function placed(root: LayoutNode, newcomer: PaneGroup, place: Place): LayoutNode {
  switch (place.kind) {
    case 'edge':
      return tidy(besideNode(root, newcomer, place.side));
    case 'tab':
      return changeGroup(root, place.of, (target) => ({ ...target, panes: [...target.panes, ...newcomer.panes] }));
    case 'beside':
      return tidy(
        changeGroup(root, place.of, (target) =>
          besideNode({ ...target, size: 0.5 }, { ...newcomer, size: 0.5 }, place.side, target.size),
        ),
      );
  }
}

function besideNode(node: LayoutNode, newcomer: LayoutNode, side: Side, size = 1): Split {
  const comesFirst = side === 'left' || side === 'top';
  const direction = side === 'left' || side === 'right' ? 'row' : 'column';
  return { direction, parts: comesFirst ? [newcomer, node] : [node, newcomer], size };
}

/** Where details and bytes stand, seen from the messages. */
export function sideOfDetails({ root }: Pick<Arrangement, 'root'>): 'right' | 'below' {
  let node = root;
  while (isSplit(node)) {
    const next = node.parts.find((part) => holds(part, 'messages'));
    if (!next) return 'below';
    if (!holds(next, 'details')) return node.direction === 'row' ? 'right' : 'below';
    node = next;
  }
  return 'below';
}

/** Pixels that show offset, sixteen pairs and sixteen characters whole in the fonts of every system. */
export const widthOfBytes = 512;

/** Moves details and bytes together from the right to below everything else, or back. */
export function moveDetails(arrangement: Arrangement): Arrangement {
  const toRight = sideOfDetails(arrangement) === 'below';
  const rest = without(arrangement.root, 'details');
  const others = rest && without(rest, 'bytes');
  if (!others) return arrangement;
  const both = toRight ? detailsOverBytes : detailsBesideBytes;
  return { ...arrangement, root: tidy(besideNode(others, both, toRight ? 'right' : 'bottom')), maximised: undefined };
}

export const detailsBesideBytes = row(0.3, group(1, 'details'), group(widthOfBytes, 'bytes'));
export const detailsOverBytes = column(widthOfBytes, group(1, 'details'), group(0.4, 'bytes'));

export function group(size: number, ...panes: [PaneId, ...PaneId[]]): PaneGroup {
  return { panes, front: panes[0], size };
}

export function row(size: number, ...parts: LayoutNode[]): Split {
  return { direction: 'row', parts, size };
}

export function column(size: number, ...parts: LayoutNode[]): Split {
  return { direction: 'column', parts, size };
}

/** The part of a split that takes what its window gains and gives what it loses: the one with the foremost pane. */
export function elasticPart({ parts }: Split): number {
  const ranks = parts.map((part) => Math.min(...panesIn(part).map((pane) => paneIds.indexOf(pane))));
  return ranks.indexOf(Math.min(...ranks));
}

/** The tree with the sizes (pixels) that a person gave to the parts of the split at a path; parts out of sight keep theirs. */
export function resized(node: LayoutNode, path: readonly number[], sizes: readonly number[]): LayoutNode {
  if (!isSplit(node)) return node;
  const [place, ...deeper] = path;
  const parts = node.parts.map((part, index) => {
    if (path.length > 0) return index === place ? resized(part, deeper, sizes) : part;
    const size = Math.round(sizes.at(index) ?? 0);
    return size > 1 ? { ...part, size } : part;
  });
  return { ...node, parts };
}

/** The same for trees whose panes stand in the same places, whatever their sizes and whatever is in front. */
export function shapeOf(node: LayoutNode): string {
  if (!isSplit(node)) return `[${node.panes.join(' ')}]`;
  return `${node.direction === 'row' ? '-' : '|'}(${node.parts.map(shapeOf).join('')})`;
}

/** The tree without a pane; undefined when nothing is left. */
export function without(node: LayoutNode, pane: PaneId): LayoutNode | undefined {
  if (!isSplit(node)) {
    const panes = node.panes.filter((other) => other !== pane);
    const front = node.front === pane ? panes.at(0) : node.front;
    return front === undefined ? undefined : { ...node, panes, front };
  }
  const parts = node.parts.flatMap((part) => without(part, pane) ?? []);
  return parts.length === 0 ? undefined : tidy({ ...node, parts });
}

/** A split of one part is that part, and a split inside one of the same direction belongs to it. */
function tidy(node: LayoutNode): LayoutNode {
  if (!isSplit(node)) return node;
  const parts = node.parts.map(tidy).flatMap((part) => {
    if (!isSplit(part) || part.direction !== node.direction) return [part];
    return part.parts.map((inner) => ({ ...inner, size: inner.size <= 1 ? inner.size * part.size : inner.size }));
  });
  return parts.length === 1 ? { ...parts[0], size: node.size } : { ...node, parts };
}

function changeGroup(node: LayoutNode, pane: PaneId, change: (group: PaneGroup) => LayoutNode): LayoutNode {
  if (!isSplit(node)) return node.panes.includes(pane) ? change(node) : node;
  return { ...node, parts: node.parts.map((part) => changeGroup(part, pane, change)) };
}

function holds(node: LayoutNode, pane: PaneId): boolean {
  return panesIn(node).includes(pane);
}
