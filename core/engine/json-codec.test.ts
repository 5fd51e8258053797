import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './json-codec.ts';

describe('the JSON codec', () => {
  it('carries byte strings of any length and value', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index & 255);
    const message = { kind: 'reply', id: 7, result: { sources: [{ name: 'Frame', bytes }] } };
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });

  it('treats a Node Buffer as the bytes it is', () => {
    const decoded = decodeMessage<{ bytes: Uint8Array }>(encodeMessage({ bytes: Buffer.from([0, 1, 255]) }));
    expect(decoded.bytes).toEqual(Uint8Array.of(0, 1, 255));
  });

  it('leaves an object alone that merely holds a $bytes field among others', () => {
    const message = { $bytes: 'AAEC', other: 1 };
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });

  it('carries empty byte strings', () => {
    expect(decodeMessage(encodeMessage({ bytes: new Uint8Array(0) }))).toEqual({ bytes: new Uint8Array(0) });
  });
});
