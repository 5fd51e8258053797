import { SchemaError } from './schema-error.ts';

/** Windows allows at most 15 sub-authorities (SID_MAX_SUB_AUTHORITIES of winnt.h). */
const maximumSubAuthorities = 15;
/** A SID without sub-authorities: revision, their number, six bytes of authority. */
export const sidHeaderBytes = 8;

/** The length that the header of a SID at `offset` tells, or undefined when it is none. Reads the first eight bytes. */
export function sidLengthAt(bytes: Uint8Array, offset: number): number | undefined {
  const count = bytes[offset + 1];
  return bytes[offset] === 1 && count <= maximumSubAuthorities ? sidHeaderBytes + count * 4 : undefined;
}

/** The SID at `offset` as text (`S-1-5-21-…`) and its length in bytes, or undefined when no whole SID lies there. */
export function sidAt(bytes: Uint8Array, offset: number, end: number): { text: string; length: number } | undefined {
  const length = end - offset < sidHeaderBytes ? undefined : sidLengthAt(bytes, offset);
  if (length === undefined || offset + length > end) return undefined;
  const count = bytes[offset + 1];
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(sidHeaderBytes + index * 4, true));
  return { text: ['S-1', authority, ...parts].join('-'), length };
}

/** The bytes of a SID in text. Throws a SchemaError when the text is none. */
export function sidBytes(text: string): Uint8Array {
  const match = /^S-1-(\d{1,15})((?:-\d{1,10})*)$/.exec(text);
  const parts = match ? match[2].split('-').slice(1).map(Number) : [];
  if (!match || parts.length > maximumSubAuthorities) throw new SchemaError(`“${text}” is no SID.`);
  const bytes = new Uint8Array(sidHeaderBytes + parts.length * 4);
  const view = new DataView(bytes.buffer);
  const authority = Number(match[1]);
  view.setUint8(0, 1);
  view.setUint8(1, parts.length);
  view.setUint16(2, Math.floor(authority / 2 ** 32));
  view.setUint32(4, authority % 2 ** 32);
  parts.forEach((part, index) => {
    view.setUint32(sidHeaderBytes + index * 4, part, true);
  });
  return bytes;
}
