import { describe, expect, it } from 'vitest';
import { hexPairs, utf16At, utf16Bytes, utf16ZeroTerminated, utf8ZeroTerminated } from './text.ts';

describe('text in a payload', () => {
  it('ends at its NUL and tells what follows', () => {
    const bytes = utf16Bytes('Grüße', true);
    expect(utf16ZeroTerminated(bytes, 0, bytes.length)).toEqual({ text: 'Grüße', next: bytes.length });
  });

  it('ends where the payload ends when the NUL is missing', () => {
    const bytes = utf16Bytes('abc', false);
    expect(utf16ZeroTerminated(bytes, 0, 5)).toEqual({ text: 'ab', next: 5 });
    expect(utf8ZeroTerminated(Uint8Array.of(0x61, 0x62), 0, 2)).toEqual({ text: 'ab', next: 2 });
  });

  it('is read from shared memory too', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(8));
    shared.set(utf16Bytes('ab', true));
    expect(utf16At(shared, 0, 2)).toBe('ab');
  });

  it('as bytes is cut with an ellipsis', () => {
    expect(hexPairs(Uint8Array.of(0, 0x15, 0x5d), 2)).toBe('00 15 …');
    expect(hexPairs(Uint8Array.of(0, 0x15), 2)).toBe('00 15');
  });
});
