import { describe, expect, it } from 'vitest';
import { compressLzxpress, lzxpressBound } from './lzxpress-compress.ts';
import { inflateLzxpress } from './lzxpress.ts';

function inflate(source: Uint8Array, size: number): { text: string; produced: number; consumed: number } {
  const target = new Uint8Array(size);
  const result = inflateLzxpress(source, 0, source.length, target, 0, size);
  return { ...result, text: new TextDecoder().decode(target.subarray(0, result.produced)) };
}

describe('inflating plain LZ77 XPRESS', () => {
  it('gives the examples of MS-XCA 3.1', () => {
    const alphabet = 'abcdefghijklmnopqrstuvwxyz';
    const literals = Uint8Array.from([0x3f, 0, 0, 0, ...new TextEncoder().encode(alphabet)]);
    expect(inflate(literals, 26)).toEqual({ text: alphabet, produced: 26, consumed: 30 });
    const repeated = Uint8Array.of(0xff, 0xff, 0xff, 0x1f, 0x61, 0x62, 0x63, 0x17, 0x00, 0x0f, 0xff, 0x26, 0x01);
    expect(inflate(repeated, 300)).toEqual({ text: 'abc'.repeat(100), produced: 300, consumed: 13 });
  });

  it('stops at the declared size, however much more the data would give', () => {
    const bomb = Uint8Array.of(
      0xff,
      0xff,
      0xff,
      0x1f,
      0x61,
      0x62,
      0x63,
      0x17,
      0x00,
      0x0f,
      0xff,
      0,
      0,
      0xff,
      0xff,
      0xff,
      0x7f,
    );
    expect(inflate(bomb, 64).produced).toBe(64);
  });

  it('stops at a match that reaches in front of the data', () => {
    expect(inflate(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x17, 0x00), 10).produced).toBe(0);
  });

  it('gives a correct beginning for every place where the data may be cut', () => {
    const plain = new TextEncoder().encode('NBL received, routed, delivered; '.repeat(40) + 'x'.repeat(700));
    const room = new Uint8Array(lzxpressBound(plain.length));
    const packed = room.subarray(0, compressLzxpress(plain, 0, plain.length, room, 0));
    for (let cut = 0; cut < packed.length; cut++) {
      const target = new Uint8Array(plain.length);
      const { produced } = inflateLzxpress(packed, 0, cut, target, 0, target.length);
      expect(target.subarray(0, produced)).toEqual(plain.subarray(0, produced));
    }
    expect(inflate(packed, plain.length).produced).toBe(plain.length);
  });

  it('survives any bytes', () => {
    let seed = 1;
    const random = (): number => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 24;
    for (let round = 0; round < 2000; round++) {
      const source = Uint8Array.from({ length: round % 97 }, random);
      const target = new Uint8Array(300);
      const { produced, consumed } = inflateLzxpress(source, 0, source.length, target, 50, 250);
      expect(produced).toBeLessThanOrEqual(200);
      expect(consumed).toBeLessThanOrEqual(source.length);
      expect(
        target.subarray(0, 50).every((byte) => byte === 0) && target.subarray(250).every((byte) => byte === 0),
      ).toBe(true);
    }
  });
});
