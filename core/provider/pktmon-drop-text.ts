import { dropLocationMap } from './pktmon-drop-locations.ts';
import { dropReasonMap } from './pktmon-drop-reasons.ts';

/** The last build of Windows whose pktmon numbered general errors from 101 and those of NetVsc from 201: Windows 10 1809. */
const lastBuildOfOldReasons = 17_763;
/** What the four reasons from 101, and from 201, are called since then. */
const movedReasons: ReadonlyMap<number, number> = new Map([
  [101, 201],
  [102, 202],
  [103, 203],
  [104, 204],
  [201, 401],
  [202, 402],
  [203, 403],
  [204, 404],
]);

/**
 * Why pktmon saw a packet dropped, in words: `Filtered VLAN`. `osBuild` is the Windows build that the trace is of, 0 when
 * it is not known: then a number that builds disagree about gives both meanings.
 */
export function dropReasonText(reason: number, osBuild: number): string {
  const moved = movedReasons.get(reason);
  const today = textOf(reason);
  if (moved === undefined || osBuild > lastBuildOfOldReasons) return today;
  const then = textOf(moved);
  if (osBuild > 0 || !dropReasonMap.entries.has(reason)) return then;
  return `${today} (on Windows 10 1809: ${then})`;
}

/** Where: `VMS_ROUTER_FWD_PKT1`, or the number of a place without a name; empty for 0, which is no place. */
export function dropLocationText(location: number): string {
  if (location === 0) return '';
  return dropLocationMap.entries.get(location) ?? `location 0x${location.toString(16).padStart(8, '0')}`;
}

/** `Filtered VLAN at VMS_ROUTER_FWD_PKT1`. */
export function dropText(reason: number, location: number, osBuild: number): string {
  const place = dropLocationText(location);
  return `${dropReasonText(reason, osBuild)}${place === '' ? '' : ` at ${place}`}`;
}

function textOf(reason: number): string {
  return dropReasonMap.entries.get(reason) ?? `reason ${reason}`;
}
