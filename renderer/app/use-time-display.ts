import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { TimeDisplay } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { settingsStore } from '../state/settings.ts';
import { timeDisplayOf } from '../state/time-display.ts';

/** How the times of a session's messages are told; the same object while nothing of it changes. */
export function useTimeDisplay({ info, timeReference }: Session): TimeDisplay {
  const timeFormat = useStore(settingsStore, (settings) => settings.timeFormat);
  const zone = useStore(settingsStore, (settings) => settings.zone);
  return useMemo(
    () => timeDisplayOf({ info, timeReference }, { timeFormat, zone }),
    [info, timeReference, timeFormat, zone],
  );
}
