import { describe, expect, it } from 'vitest';
import { adviceParts } from './advice.ts';

describe('advice', () => {
  it('is words and commands', () => {
    expect(adviceParts('Run `logman query providers` there, then `wevtutil gp X`.')).toEqual([
      { kind: 'words', text: 'Run ' },
      { kind: 'command', text: 'logman query providers' },
      { kind: 'words', text: ' there, then ' },
      { kind: 'command', text: 'wevtutil gp X' },
      { kind: 'words', text: '.' },
    ]);
  });

  it('may be nothing but the one or the other', () => {
    expect(adviceParts('Import a manifest.')).toEqual([{ kind: 'words', text: 'Import a manifest.' }]);
    expect(adviceParts('`dir`')).toEqual([{ kind: 'command', text: 'dir' }]);
    expect(adviceParts('')).toEqual([]);
  });

  it('keeps a backquote that has no partner', () => {
    expect(adviceParts('a ` b c')).toEqual([{ kind: 'words', text: 'a ` b c' }]);
  });
});
