/** How the times of a session's messages are told, from the settings. */
import { formatDate, instantOfIso, zoneOffsetMinutes, type TimeDisplay } from '../format/time.ts';
import type { Session } from './model.ts';
import type { Settings } from './settings.ts';

export function timeDisplayOf(
  { info, timeReference }: Pick<Session, 'info' | 'timeReference'>,
  { timeFormat, zone }: Pick<Settings, 'timeFormat' | 'zone'>,
): TimeDisplay {
  const start = info && instantOfIso(info.startTime);
  const end = info && instantOfIso(info.endTime);
  const offsetMinutes = start ? zoneOffsetMinutes(zone, start.milliseconds, info.utcOffsetMinutes) : 0;
  const withDate = start && end ? formatDate(start, offsetMinutes) !== formatDate(end, offsetMinutes) : false;
  return { format: timeFormat, offsetMinutes, withDate, start, reference: timeReference?.instant };
}
