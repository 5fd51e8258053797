/** Sixteen zero bytes: what ETW writes where a provider has no GUID. */
export const emptyGuid = '{00000000-0000-0000-0000-000000000000}';

const hexOfByte = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
/** Where each byte of a GUID in memory stands in its text: the first three groups are little-endian. */
const textOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** The GUID of 16 bytes at `offset` as lower-case text in braces: `{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}`. */
export function guidAt(bytes: Uint8Array, offset: number): string {
  const digits = textOrder.map((index) => hexOfByte[bytes[offset + index]]).join('');
  return `{${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}}`;
}

/** The canonical form of any usual spelling (braces or none, any case), or undefined when it is no GUID. */
export function parseGuid(text: string): string | undefined {
  const match = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i.exec(text.trim());
  return match ? `{${match[1].toLowerCase()}}` : undefined;
}

/** Writes a GUID in canonical text as its 16 bytes at `offset`. */
export function writeGuid(guid: string, target: Uint8Array, offset: number): void {
  const digits = guid.replace(/[{}-]/g, '');
  textOrder.forEach((index, position) => {
    target[offset + index] = Number.parseInt(digits.slice(position * 2, position * 2 + 2), 16);
  });
}
