/** What a person chose and wants to find again. A browser that stores nothing loses comfort, not function. */
import { createStore } from 'zustand/vanilla';
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
const roomForDetailsAtRight = 1400;

function firstDock(): Dock {
  return typeof window !== 'undefined' && window.innerWidth < roomForDetailsAtRight ? 'below' : 'right';
}

export interface Settings {
  zone: ZoneChoice;
  dock: Dock;
}

export const settingsStore = createStore<Settings>(() => ({
  zone: readStored('zone', isZoneChoice) ?? 'local',
  dock: readStored('dock', isDock) ?? firstDock(),
}));

export function setDock(dock: Dock): void {
  settingsStore.setState({ dock });
  writeStored('dock', dock);
}

export function setZone(zone: ZoneChoice): void {
  settingsStore.setState({ zone });
  writeStored('zone', zone);
}
