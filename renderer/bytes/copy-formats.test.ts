import { describe, expect, it } from 'vitest';
import { copiedBytes, copyFormats } from './copy-formats.ts';

const bytes = new TextEncoder().encode('GET / HTTP/1.1\r\nHost: a\0é');
const whole = { start: 0, length: bytes.length };

describe('copied bytes', () => {
  it('are plain hexadecimal without blanks', () => {
    expect(copiedBytes('hex', bytes, { start: 0, length: 4 })).toBe('47455420');
  });

  it('are a dump with the offsets, the pairs and the characters of the pane', () => {
    expect(copiedBytes('dump', bytes, whole)).toBe(
      '0000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..\n' +
        '0010  48 6f 73 74 3a 20 61 00 c3 a9                    Host: a...',
    );
    expect(copiedBytes('dump', bytes, { start: 16, length: 4 })).toMatch(/^0010 {2}48 6f 73 74 {38}Host$/);
  });

  it('are an array that C takes', () => {
    expect(copiedBytes('c', bytes, { start: 14, length: 18 })).toBe(
      'static const unsigned char bytes[12] = {\n' +
        '  0x0d, 0x0a, 0x48, 0x6f, 0x73, 0x74, 0x3a, 0x20, 0x61, 0x00, 0xc3, 0xa9\n};',
    );
    expect(copiedBytes('c', new Uint8Array(17), { start: 0, length: 17 }).split('\n')).toHaveLength(4);
    expect(copiedBytes('c', bytes, { start: 5, length: 0 })).toBe('');
  });

  it('are base64, however many there are', () => {
    expect(copiedBytes('base64', bytes, { start: 0, length: 4 })).toBe('R0VUIA==');
    const many = Uint8Array.from({ length: 100_000 }, (_, index) => index & 255);
    const back = atob(copiedBytes('base64', many, { start: 0, length: many.length }));
    expect(back.length).toBe(many.length);
    expect(back.charCodeAt(99_999)).toBe(99_999 & 255);
  });

  it('are text with its lines, and dots for what cannot be printed', () => {
    expect(copiedBytes('text', bytes, whole)).toBe('GET / HTTP/1.1\r\nHost: a...');
  });

  it.each(copyFormats)('end where the bytes end (%s)', (format) => {
    const behind = { start: 20, length: 99 };
    expect(copiedBytes(format, bytes, behind)).toBe(
      copiedBytes(format, bytes, { start: 20, length: bytes.length - 20 }),
    );
    expect(copiedBytes(format, bytes, { start: 99, length: 5 })).toBe('');
  });
});
