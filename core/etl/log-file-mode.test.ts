import { describe, expect, it } from 'vitest';
import { logFileModeNames } from './log-file-mode.ts';

describe('the mode of a log file in words', () => {
  it.each([
    [0x0, ['sequential']],
    [0x0401_0001, ['sequential', 'merged', 'compressed']],
    [0x2, ['circular']],
    [0x0800_0008, ['new file when full', 'independent session']],
    [0x100_0000, ['paged memory']],
  ])('0x%s', (mode, names) => {
    expect(logFileModeNames(mode)).toEqual(names);
  });
});
