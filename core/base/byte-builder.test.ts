import { describe, expect, it } from 'vitest';
import { ByteBuilder } from './byte-builder.ts';

describe('a byte builder', () => {
  it('grows and keeps what it has', () => {
    const out = new ByteBuilder(2);
    out.append(Uint8Array.of(1, 2));
    const at = out.take(4);
    out.view.setUint32(at, 0x0605_0403, true);
    out.append(new Uint8Array(200).fill(7));
    expect(out.length).toBe(206);
    expect([...out.finish().subarray(0, 7)]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('puts a part of other bytes, be it short or long', () => {
    for (const length of [3, 96, 97, 1000]) {
      const source = Uint8Array.from({ length: length + 2 }, (_, index) => index & 255);
      const out = new ByteBuilder();
      out.take(length + 1);
      out.put(1, source, 1, length + 1);
      expect([...out.finish().subarray(1)]).toEqual([...source.subarray(1, length + 1)]);
    }
  });
});
