import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptParts } from './script-colors.ts';

const kindsOf = (text: string): Record<string, string> =>
  Object.fromEntries(scriptParts(text).map((part) => [part.text, part.kind]));

describe('a script in parts', () => {
  it('tells comments, texts, variables, keywords, commands and options', () => {
    expect(kindsOf("if ($size -gt 5) { Stop-NetEventSession -Name 'A # b' } # done")).toMatchObject({
      if: 'keyword',
      $size: 'variable',
      '-gt': 'option',
      'Stop-NetEventSession': 'command',
      '-Name': 'option',
      "'A # b'": 'text',
      '# done': 'comment',
    });
    expect(kindsOf('netsh trace start tracefile=c:\\%computername%.etl')).toMatchObject({
      netsh: 'command',
      '%computername%': 'variable',
    });
  });

  it('leaves words that only hold one alone', () => {
    expect(kindsOf('$x.default')).toMatchObject({ $x: 'variable', '.default': 'plain' });
    expect(kindsOf('notify-if a#b')).toEqual({ 'notify-if a#b': 'plain' });
  });

  it('keeps comments and texts over several lines together', () => {
    expect(kindsOf('<#\n if\n#>')).toEqual({ '<#\n if\n#>': 'comment' });
    expect(kindsOf("@'\nif $x\n'@")).toEqual({ "@'\nif $x\n'@": 'text' });
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab-# \n\'"`$%@<>{}(')) }), (text) => {
        expect(
          scriptParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
