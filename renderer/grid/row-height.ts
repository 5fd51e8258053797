import { useStore } from 'zustand';
import { settingsStore } from '../state/settings.ts';

/** Pixels of a row of a grid, as the settings have it now. */
export function rowHeightNow(): number {
  return settingsStore.getState().rowHeight;
}

/** The same; the component renders again when it changes. */
export function useRowHeight(): number {
  return useStore(settingsStore, (settings) => settings.rowHeight);
}
