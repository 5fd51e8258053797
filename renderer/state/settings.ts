/** What a person chose and wants to find again. A browser that stores nothing loses comfort, not function. */
import { createStore } from 'zustand/vanilla';
import type { ExportFormat } from '../../core/engine/contract.ts';
import { exportFormats } from '../../core/engine/host.ts';
import type { ZoneChoice } from '../format/time.ts';

const prefix = 'hopscope.';

/** A stored value, or undefined when there is none, it cannot be read, or it is not what is expected. */
export function readStored<T>(name: string, isExpected: (value: unknown) => value is T): T | undefined {
  try {
    const text = localStorage.getItem(prefix + name);
    const value: unknown = text === null ? undefined : JSON.parse(text);
    return isExpected(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Storage may be full, switched off, or absent.
  }
}

/** Checks for a list of `count` positive pixel sizes. */
export function isSizeList(count: number): (value: unknown) => value is number[] {
  return (value): value is number[] =>
    Array.isArray(value) &&
    value.length === count &&
    value.every((size) => typeof size === 'number' && Number.isFinite(size) && size > 0);
}

const isZoneChoice = (value: unknown): value is ZoneChoice => value === 'local' || value === 'utc';

/** Where details and bytes stand. */
export type Dock = 'right' | 'below';
const isDock = (value: unknown): value is Dock => value === 'right' || value === 'below';

/** In a narrower window, summaries would have no room beside the details. In pixels. */
const roomForDetailsAtRight = 1700;

/** Where details and bytes stand in a window of this width (pixels) until somebody moves them. */
export function firstDock(windowWidth: number): Dock {
  return windowWidth < roomForDetailsAtRight ? 'below' : 'right';
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const isExportFormat = (value: unknown): value is ExportFormat => exportFormats.some((format) => format === value);

export interface Settings {
  zone: ZoneChoice;
  dock: Dock;
  /** The path pane is on show; and whether it shows its hops as a table. */
  pathPane: boolean;
  pathAsTable: boolean;
  /** What was exported last. */
  exportFormat: ExportFormat;
}

export const settingsStore = createStore<Settings>(() => ({
  zone: readStored('zone', isZoneChoice) ?? 'local',
  dock: readStored('dock', isDock) ?? firstDock(typeof window === 'undefined' ? 0 : window.innerWidth),
  pathPane: readStored('path-pane', isBoolean) ?? true,
  pathAsTable: readStored('path-as-table', isBoolean) ?? false,
  exportFormat: readStored('export-format', isExportFormat) ?? 'pcapng',
}));

/** Moves details and bytes to where they are not. */
export function moveDetails(): void {
  const dock = settingsStore.getState().dock === 'right' ? 'below' : 'right';
  settingsStore.setState({ dock });
  writeStored('dock', dock);
}

export function setPathPane(pathPane: boolean): void {
  settingsStore.setState({ pathPane });
  writeStored('path-pane', pathPane);
}

export function setPathAsTable(pathAsTable: boolean): void {
  settingsStore.setState({ pathAsTable });
  writeStored('path-as-table', pathAsTable);
}

export function setExportFormat(exportFormat: ExportFormat): void {
  settingsStore.setState({ exportFormat });
  writeStored('export-format', exportFormat);
}

export function setZone(zone: ZoneChoice): void {
  settingsStore.setState({ zone });
  writeStored('zone', zone);
}
