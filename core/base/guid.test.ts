import { describe, expect, it } from 'vitest';
import { guidAt, parseGuid, writeGuid } from './guid.ts';

const pktMon = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
const pktMonBytes = Uint8Array.from([
  0xd9, 0x80, 0x4f, 0x4d, 0xbd, 0xc8, 0x73, 0x4d, 0xbb, 0x5b, 0x19, 0xc9, 0x04, 0x02, 0xc5, 0xac,
]);

describe('a GUID', () => {
  it('is read with its first three groups little-endian', () => {
    expect(guidAt(Uint8Array.from([0xff, ...pktMonBytes]), 1)).toBe(pktMon);
  });

  it('is written as the bytes it was read from', () => {
    const target = new Uint8Array(16);
    writeGuid(pktMon, target, 0);
    expect(target).toEqual(pktMonBytes);
  });

  it.each(['4D4F80D9-C8BD-4D73-BB5B-19C90402C5AC', ' {4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac} ', pktMon])(
    'is recognised in %j',
    (text) => {
      expect(parseGuid(text)).toBe(pktMon);
    },
  );

  it.each(['', '4D4F80D9', '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5a}', 'not a guid'])('is not seen in %j', (text) => {
    expect(parseGuid(text)).toBeUndefined();
  });
});
