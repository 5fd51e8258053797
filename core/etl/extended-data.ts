/** One extended data item of an EVENT_HEADER record. Offsets are those of the record's bytes. */
export interface ExtendedItem {
  readonly type: number;
  readonly start: number;
  readonly length: number;
}

/** EVENT_HEADER_EXTENDED_DATA_ITEM on disk: reserved, type, linkage (bit 0: another follows), data size. */
const itemHeaderSize = 8;

/** The items from `start`, never past `end`, and where the user data begins behind them. */
export function readExtendedItems(
  view: DataView,
  start: number,
  end: number,
): { items: ExtendedItem[]; userData: number } {
  const items: ExtendedItem[] = [];
  let at = start;
  while (at + itemHeaderSize <= end) {
    const length = view.getUint16(at + 6, true);
    const dataStart = at + itemHeaderSize;
    if (dataStart + length > end) break;
    items.push({ type: view.getUint16(at + 2, true), start: dataStart, length });
    const more = (view.getUint16(at + 4, true) & 1) !== 0;
    at = Math.min(end, at + ((itemHeaderSize + length + 7) & ~7));
    if (!more) break;
  }
  return { items, userData: at };
}

/** Where the user data of an EVENT_HEADER record begins that has extended items from `start`. Allocates nothing. */
export function skipExtendedItems(view: DataView, start: number, end: number): number {
  let at = start;
  while (at + itemHeaderSize <= end) {
    const length = view.getUint16(at + 6, true);
    if (at + itemHeaderSize + length > end) break;
    const more = (view.getUint16(at + 4, true) & 1) !== 0;
    at = Math.min(end, at + ((itemHeaderSize + length + 7) & ~7));
    if (!more) break;
  }
  return at;
}
