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

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const isExportFormat = (value: unknown): value is ExportFormat => exportFormats.some((format) => format === value);

export interface Settings {
  zone: ZoneChoice;
  /** The path pane shows its hops as a table. */
  pathAsTable: boolean;
  /** What was exported last. */
  exportFormat: ExportFormat;
}

export const settingsStore = createStore<Settings>(() => ({
  zone: readStored('zone', isZoneChoice) ?? 'local',
  pathAsTable: readStored('path-as-table', isBoolean) ?? false,
  exportFormat: readStored('export-format', isExportFormat) ?? 'pcapng',
}));

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
