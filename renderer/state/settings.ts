/** What a person chose and wants to find again. A browser that stores nothing loses comfort, not function. */
import { createStore } from 'zustand/vanilla';
import type { ExportFormat, ExportOptions } from '../../core/engine/contract.ts';
import { exportFormats } from '../../core/engine/host.ts';
import { timeFormats, zoneChoices, type TimeFormat, type ZoneChoice } from '../format/time.ts';

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

export function forgetStored(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // There is nothing stored where there is no storage.
  }
}

/** Checks for a list of `count` positive pixel sizes. */
export function isSizeList(count: number): (value: unknown) => value is number[] {
  return (value): value is number[] =>
    Array.isArray(value) &&
    value.length === count &&
    value.every((size) => typeof size === 'number' && Number.isFinite(size) && size > 0);
}

/** 'system': as the system asks for light or dark, and for more contrast or not. */
export const themeChoices = ['system', 'light', 'dark', 'contrast-light', 'contrast-dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** Pixels of the text of the page. */
export const fontSizes = [12, 13, 14, 15, 16] as const;
/** Pixels of a row of a grid: dense and roomy. */
export const rowHeights = [24, 28] as const;

/** Fonts for bytes, addresses and filters; 'system' is the system's own. One that is not installed is the system's too. */
export const codeFonts = [
  'system',
  'Cascadia Mono',
  'Consolas',
  'SF Mono',
  'JetBrains Mono',
  'DejaVu Sans Mono',
  'Liberation Mono',
  'Courier New',
] as const;

interface Setting<T> {
  /** The name under which it is stored; it stays when the setting is renamed. */
  readonly stored: string;
  readonly isExpected: (value: unknown) => value is T;
  readonly byDefault: () => T;
}

function oneOf<T>(stored: string, choices: readonly T[], first: NoInfer<T> | (() => NoInfer<T>)): Setting<T> {
  return {
    stored,
    isExpected: (value): value is T => choices.some((choice) => choice === value),
    byDefault: () => (first instanceof Function ? first() : first),
  };
}

function onOff(stored: string, first: boolean): Setting<boolean> {
  return oneOf<boolean>(stored, [true, false], first);
}

const isExportOptions = (value: unknown): value is ExportOptions =>
  typeof value === 'object' && value !== null && Object.values(value).every((option) => typeof option === 'boolean');

/** Every setting, each a line: the name it is stored under, what it can be, and what it is until somebody changes it. */
const settingTable = {
  theme: oneOf('theme', themeChoices, 'system'),
  fontSize: oneOf('font-size', fontSizes, 13),
  codeFont: oneOf('code-font', codeFonts, 'system'),
  rowHeight: oneOf('row-height', rowHeights, 24),
  /** Clock times are of this zone, everywhere; and how the times of messages are told. */
  zone: oneOf<ZoneChoice>('zone', zoneChoices, 'local'),
  timeFormat: oneOf<TimeFormat>('time-format', timeFormats, 'clock'),
  /** The list of traces is on show. */
  explorer: onOff('explorer', true),
  /** The path pane shows its hops as a table. */
  pathAsTable: onOff('path-as-table', false),
  /** Open at the start what was open at the end. */
  reopenLast: onOff('reopen-last', true),
  /** Typing outside of a text starts a filter. */
  typingFilters: onOff('typing-filters', true),
  /** Applied filters are remembered from one start to the next. */
  rememberFilters: onOff('remember-filters', true),
  /** What was exported last, and how the export dialog begins. */
  exportFormat: oneOf<ExportFormat>('export-format', exportFormats, 'pcapng'),
  exportOptions: { stored: 'export-options', isExpected: isExportOptions, byDefault: (): ExportOptions => ({}) },
} satisfies Readonly<
  Record<string, Omit<Setting<unknown>, 'isExpected'> & { isExpected: (value: unknown) => boolean }>
>;

export type CodeFont = (typeof codeFonts)[number];
export type SettingName = keyof typeof settingTable;
export type Settings = { [Name in SettingName]: ReturnType<(typeof settingTable)[Name]['byDefault']> };

const settingNames = Object.keys(settingTable) as SettingName[];
const settingsByName: { readonly [Name in SettingName]: Setting<Settings[Name]> } = settingTable;

/** What a setting is until somebody changes it. */
export function defaultOf<Name extends SettingName>(name: Name): Settings[Name] {
  return settingsByName[name].byDefault();
}

function storedSetting<Name extends SettingName>(name: Name): Settings[Name] {
  const { stored, isExpected, byDefault } = settingsByName[name];
  return readStored(stored, isExpected) ?? byDefault();
}

function allSettings(valueOf: <Name extends SettingName>(name: Name) => Settings[Name]): Settings {
  return Object.fromEntries(settingNames.map((name) => [name, valueOf(name)])) as unknown as Settings;
}

export const settingsStore = createStore<Settings>(() => allSettings(storedSetting));

/** Changes a setting, from now on and for the next start. */
export function changeSetting<Name extends SettingName>(name: Name, value: Settings[Name]): void {
  settingsStore.setState({ [name]: value } as Pick<Settings, Name>);
  writeStored(settingsByName[name].stored, value);
}

/** Puts all settings back to what they are until somebody changes them. */
export function resetSettings(): void {
  settingsStore.setState(allSettings(defaultOf));
  for (const name of settingNames) forgetStored(settingsByName[name].stored);
}

export function setPathAsTable(pathAsTable: boolean): void {
  changeSetting('pathAsTable', pathAsTable);
}

export function setExportFormat(exportFormat: ExportFormat): void {
  changeSetting('exportFormat', exportFormat);
}

/** Tells the times of messages on the clock of a zone. */
export function showClock(zone: ZoneChoice): void {
  changeSetting('zone', zone);
  changeSetting('timeFormat', 'clock');
}

export function setZone(zone: ZoneChoice): void {
  changeSetting('zone', zone);
}
