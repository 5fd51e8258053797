import { useState } from 'react';
import { useStore } from 'zustand';
import type { TimeDisplay } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { settingsStore } from '../state/settings.ts';
import { timeDisplayOf } from '../state/time-display.ts';

/** How the times of a session's messages are told; the same object while it says the same, though the trace is being read. */
export function useTimeDisplay({ info, timeReference }: Session): TimeDisplay {
  const timeFormat = useStore(settingsStore, (settings) => settings.timeFormat);
  const zone = useStore(settingsStore, (settings) => settings.zone);
  const [keep] = useState(keeper<TimeDisplay>);
  return keep(timeDisplayOf({ info, timeReference }, { timeFormat, zone }));
}

/** A function that gives the former value again while the next one says the same. */
function keeper<T>(): (value: T) => T {
  let kept: { value: T; text: string } | undefined;
  return (value) => {
    const text = JSON.stringify(value);
    if (kept?.text !== text) kept = { value, text };
    return kept.value;
  };
}
