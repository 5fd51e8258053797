import { describe, expect, it } from 'vitest';
import { filetimeToIso, filetimeToUnixNanoseconds, isoToFiletime, unixEpochInFiletime } from './filetime.ts';

describe('a FILETIME', () => {
  it('keeps its 100 ns in ISO text, both ways', () => {
    const text = '2024-06-10T20:18:35.4891721Z';
    const filetime = isoToFiletime(text);
    expect(filetime).toBe(133_625_243_154_891_721n);
    expect(filetimeToIso(filetime ?? 0n)).toBe(text);
  });

  it('of 1970 is the Unix epoch', () => {
    expect(filetimeToIso(unixEpochInFiletime)).toBe('1970-01-01T00:00:00.0000000Z');
    expect(filetimeToUnixNanoseconds(unixEpochInFiletime + 1n)).toBe(100n);
  });

  it('before 1970 is a date like any other', () => {
    expect(filetimeToIso(1n)).toBe('1601-01-01T00:00:00.0000001Z');
  });

  it('beyond the calendar is shown as the number it is', () => {
    expect(filetimeToIso(2n ** 63n)).toBe('+030828-09-14T02:48:05.4775808Z');
    expect(filetimeToIso(2n ** 80n)).toBe(`FILETIME ${2n ** 80n}`);
  });

  it.each(['', '2024-06-10', '2024-13-10T20:18:35Z', '2024-06-10T20:18:35.48917211Z'])(
    'is not read from %j',
    (text) => {
      expect(isoToFiletime(text)).toBeUndefined();
    },
  );
});
