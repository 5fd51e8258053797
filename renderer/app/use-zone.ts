import { useStore } from 'zustand';
import { formatDate, instantOfIso, zoneOffsetMinutes, type Instant } from '../format/time.ts';
import type { Session } from '../state/model.ts';
import { settingsStore } from '../state/settings.ts';

export interface TraceZone {
  offsetMinutes: number;
  /** True when the trace runs over midnight of this zone: times alone would be ambiguous. */
  withDate: boolean;
  start: Instant | undefined;
  end: Instant | undefined;
}

/** The zone in which a trace's times are shown: its offset at the trace's start. */
export function useZone(session: Session | undefined): TraceZone {
  const zone = useStore(settingsStore, (settings) => settings.zone);
  const start = session?.info && instantOfIso(session.info.startTime);
  const end = session?.info && instantOfIso(session.info.endTime);
  const offsetMinutes = start ? zoneOffsetMinutes(zone, start.milliseconds, session.info?.utcOffsetMinutes) : 0;
  const withDate =
    start !== undefined && end !== undefined && formatDate(start, offsetMinutes) !== formatDate(end, offsetMinutes);
  return { offsetMinutes, withDate, start, end };
}
