/** The arrangement of the panes on show: one for all traces, kept between starts. */
import { createStore } from 'zustand/vanilla';
import { readStored, writeStored } from '../state/settings.ts';
import { decodeLayout, encodeLayout, type KeptLayout } from './kept-layout.ts';
import * as layout from './layout.ts';
import type { Arrangement, Place } from './layout.ts';
import type { PaneId } from './pane-ids.ts';
import { presetLayout, type PresetName } from './presets.ts';

export interface ArrangementState {
  layout: KeptLayout;
  /** Arrangements before the last changes, the latest one last. */
  before: readonly KeptLayout[];
  /** The pane that had the focus last: what commands are about. */
  lastFocused: PaneId;
  /** The pane that a person is dragging by its tab. */
  dragged: PaneId | undefined;
}

const storedName = 'layout';
const mostUndone = 20;

export const arrangementStore = createStore<ArrangementState>(() => ({
  layout: storedLayout() ?? presetOf('network'),
  before: [],
  lastFocused: 'messages',
  dragged: undefined,
}));

function storedLayout(): KeptLayout | undefined {
  const stored = readStored(storedName, (value): value is unknown => decodeLayout(value) !== undefined);
  return stored === undefined ? undefined : decodeLayout(stored);
}

function presetOf(preset: PresetName): KeptLayout {
  return { ...presetLayout(preset, typeof window === 'undefined' ? 0 : window.innerWidth), preset };
}

function keep(kept: KeptLayout): void {
  arrangementStore.setState({ layout: kept });
  writeStored(storedName, encodeLayout(kept));
}

/** `undoable`: what a person wants back when they say "undo"; coming in front is not of that kind. */
function change(edit: (arrangement: Arrangement) => Arrangement, undoable: boolean): void {
  const { layout: current, before } = arrangementStore.getState();
  const edited = edit(current);
  if (edited === current) return;
  if (undoable) arrangementStore.setState({ before: [...before, current].slice(-mostUndone) });
  keep({ ...edited, preset: current.preset });
}

export function isPaneVisible(pane: PaneId): boolean {
  return layout.isVisible(arrangementStore.getState().layout, pane);
}

/** Brings a pane in front. */
export function revealPane(pane: PaneId): void {
  change((arrangement) => layout.reveal(arrangement, pane), false);
}

export function hidePane(pane: PaneId): void {
  change((arrangement) => layout.hide(arrangement, pane), true);
}

/** Hides a pane that is on show, and brings one that is not in front. */
export function togglePane(pane: PaneId): void {
  if (isPaneVisible(pane)) hidePane(pane);
  else change((arrangement) => layout.reveal(arrangement, pane), true);
}

export function toggleMaximised(pane: PaneId): void {
  change((arrangement) => layout.toggleMaximised(arrangement, pane), false);
}

export function movePane(pane: PaneId, place: Place): void {
  change((arrangement) => layout.movePane(arrangement, pane, place), true);
}

/** Moves details and bytes to where they are not. */
export function moveDetails(): void {
  change(layout.moveDetails, true);
}

/** Takes over the sizes (pixels) that a person gave to the parts of a split. */
export function resizeParts(path: readonly number[], sizes: readonly number[]): void {
  change((arrangement) => ({ ...arrangement, root: layout.resized(arrangement.root, path, sizes) }), false);
}

export function choosePreset(preset: PresetName): void {
  const { layout: current, before } = arrangementStore.getState();
  arrangementStore.setState({ before: [...before, current].slice(-mostUndone) });
  keep(presetOf(preset));
}

/** Goes back to the preset that was chosen last. */
export function resetLayout(): void {
  choosePreset(arrangementStore.getState().layout.preset);
}

export function undoLayoutChange(): void {
  const { before } = arrangementStore.getState();
  const last = before.at(-1);
  if (!last) return;
  arrangementStore.setState({ before: before.slice(0, -1) });
  keep(last);
}
