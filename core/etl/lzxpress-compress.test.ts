import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflateLzxpress } from './lzxpress.ts';
import { compressLzxpress, lzxpressBound } from './lzxpress-compress.ts';

const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function compressed(bytes: Uint8Array): Uint8Array {
  const target = new Uint8Array(lzxpressBound(bytes.length));
  return target.subarray(0, compressLzxpress(bytes, 0, bytes.length, target, 0));
}

/** MS-XCA 2.4.4 in its plainest form, written for this test so that two mistakes cannot hide each other. */
function plainInflate(source: Uint8Array, size: number): Uint8Array {
  const output: number[] = [];
  let at = 0;
  let nibbleAt = -1;
  const word = (): number => source[at++] | (source[at++] << 8);
  const longLength = (): number => {
    let nibble: number;
    if (nibbleAt < 0) {
      nibbleAt = at;
      nibble = source[at++] & 15;
    } else {
      nibble = source[nibbleAt] >> 4;
      nibbleAt = -1;
    }
    if (nibble < 15) return nibble + 7 + 3;
    const byte = source[at++];
    return byte < 255 ? byte + 15 + 7 + 3 : word() + 3;
  };
  while (output.length < size) {
    const flags = (word() | (word() << 16)) >>> 0;
    for (let bit = 31; bit >= 0 && output.length < size; bit--) {
      if (((flags >>> bit) & 1) === 0) {
        output.push(source[at++]);
        continue;
      }
      const token = word();
      const length = (token & 7) === 7 ? longLength() : (token & 7) + 3;
      for (let count = 0; count < length; count++) output.push(output[output.length - (token >> 3) - 1]);
    }
  }
  return Uint8Array.from(output);
}

/** toEqual walks large arrays element by element; this does not. */
function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function expectRoundTrip(bytes: Uint8Array): Uint8Array {
  const packed = compressed(bytes);
  expect(areEqual(plainInflate(packed, bytes.length), bytes)).toBe(true);
  const target = new Uint8Array(bytes.length);
  const result = inflateLzxpress(packed, 0, packed.length, target, 0, target.length);
  expect(result.produced).toBe(bytes.length);
  expect(areEqual(target, bytes)).toBe(true);
  return packed;
}

function pseudoRandomBytes(length: number, alphabet: number): Uint8Array {
  let state = 12345;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % alphabet;
  });
}

describe('compressLzxpress', () => {
  it('gives the bytes of the specification for its first example', () => {
    const packed = compressed(textBytes('abcdefghijklmnopqrstuvwxyz'));
    expect([...packed]).toEqual([0x3f, 0, 0, 0, ...textBytes('abcdefghijklmnopqrstuvwxyz')]);
  });

  it('gives the bytes of the specification for 300 bytes of repeated text', () => {
    const packed = compressed(textBytes('abc'.repeat(100)));
    expect([...packed]).toEqual([0xff, 0xff, 0xff, 0x1f, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01]);
  });

  it('returns nothing but a flag word for no bytes', () => {
    expect([...compressed(new Uint8Array(0))]).toEqual([0xff, 0xff, 0xff, 0xff]);
  });

  it('round trips matches of every length around the places where the length field grows', () => {
    for (let length = 1; length < 320; length++) {
      expectRoundTrip(
        Uint8Array.from([1, 2, 3, ...new Array<number>(length).fill(7), 9, ...new Array<number>(length).fill(7)]),
      );
    }
  });

  it('round trips runs longer than 16 bits can say', () => {
    const packed = expectRoundTrip(new Uint8Array(200_000).fill(0x55));
    expect(packed.length).toBeLessThan(64);
  });

  it('finds matches at the far edge of the window and none behind it', () => {
    const needle = pseudoRandomBytes(40, 256);
    for (const distance of [8191, 8192, 8193]) {
      const bytes = new Uint8Array(distance + needle.length);
      bytes.set(pseudoRandomBytes(bytes.length, 255).map((value) => value ^ 0xa5));
      bytes.set(needle, 0);
      bytes.set(needle, distance);
      expectRoundTrip(bytes);
    }
  });

  it('makes random data hardly larger than it was', () => {
    const bytes = pseudoRandomBytes(60_000, 256);
    expect(expectRoundTrip(bytes).length).toBeLessThanOrEqual(lzxpressBound(bytes.length));
  });

  it('shrinks data of few symbols', () => {
    const bytes = pseudoRandomBytes(60_000, 3);
    expect(expectRoundTrip(bytes).length).toBeLessThan(bytes.length / 2);
  });

  it('round trips whatever bytes come', () => {
    const pieces = fastCheck.array(
      fastCheck.tuple(fastCheck.uint8Array({ maxLength: 40 }), fastCheck.integer({ min: 1, max: 30 })),
    );
    fastCheck.assert(
      fastCheck.property(pieces, (list) => {
        expectRoundTrip(
          Uint8Array.from(list.flatMap(([piece, times]) => new Array<number[]>(times).fill([...piece]).flat())),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('starts and stops where it is told', () => {
    const source = textBytes('xxxxhello hello hello hello yyyy');
    const target = new Uint8Array(100).fill(0xee);
    const end = compressLzxpress(source, 4, source.length - 4, target, 10);
    expect(new TextDecoder().decode(plainInflate(target.subarray(10, end), source.length - 8))).toBe(
      'hello hello hello hello ',
    );
    expect([...target.subarray(0, 10)]).toEqual(new Array<number>(10).fill(0xee));
    expect(target[end]).toBe(0xee);
  });
});
