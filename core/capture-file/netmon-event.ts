import type { ExtendedItem } from '../etl/extended-data.ts';

/**
 * An ETW event as a NetMon frame holds it: EVENT_HEADER as evntcons.h has it, the processor and logger it came from, how
 * many extended items and bytes of user data follow, a byte that tells of reassembly, then the items and the user data.
 */

export const eventHeaderSize = 80;
/** EVENT_HEADER, ETW_BUFFER_CONTEXT (4), two counts (4), one byte. */
const smallestEvent = eventHeaderSize + 9;
const itemHeaderSize = 8;
const Flag = { Header32: 0x0020, Classic: 0x0100 } as const;

/** What stands behind the header. Offsets count in the view. */
export interface NetmonEvent {
  readonly processor: number;
  readonly extendedItems: readonly ExtendedItem[];
  readonly userData: number;
  /** The byte behind the user data. */
  readonly end: number;
}

/** Of a classic event the header's GUID is a class, and its opcode a type. */
export function isClassicEvent(view: DataView, start: number): boolean {
  return (flagsAt(view, start) & Flag.Classic) !== 0;
}

export function eventPointerSize(view: DataView, start: number): 4 | 8 {
  return (flagsAt(view, start) & Flag.Header32) !== 0 ? 4 : 8;
}

function flagsAt(view: DataView, start: number): number {
  return view.getUint16(start + 4, true);
}

/** Reads the event view[start..end), which holds a whole header; whatever is missing behind that is empty. */
export function readNetmonEvent(view: DataView, start: number, end: number): NetmonEvent {
  if (end - start < smallestEvent) return { processor: 0, extendedItems: [], userData: end, end };
  const context = start + eventHeaderSize;
  const count = view.getUint16(context + 4, true);
  const length = view.getUint16(context + 6, true);
  const extendedItems: ExtendedItem[] = [];
  let at = start + smallestEvent;
  for (let item = 0; item < count && at + itemHeaderSize <= end; item++) {
    const size = Math.min(view.getUint16(at + 6, true), end - at - itemHeaderSize);
    extendedItems.push({ type: view.getUint16(at + 2, true), start: at + itemHeaderSize, length: size });
    at += itemHeaderSize + size;
  }
  const userData = Math.min(at, end);
  return { processor: view.getUint8(context), extendedItems, userData, end: Math.min(userData + length, end) };
}
