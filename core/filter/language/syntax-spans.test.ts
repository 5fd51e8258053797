import { describe, expect, it } from 'vitest';
import { longestFilter } from './lexer.ts';
import { syntaxSpans } from './syntax-spans.ts';

/** Each part as `text kind`. */
function parts(text: string): string {
  return syntaxSpans(text)
    .map(({ start, end, kind }) => `${text.slice(start, end)} ${kind}`)
    .join(', ');
}

describe('the parts of a filter', () => {
  it.each([
    ['', ''],
    ['TCP.Flags:SYN == True', 'TCP module, . operator, Flags field, : operator, SYN field, == operator, True constant'],
    ['*Port==0x50', '* field, Port field, == operator, 0x50 number'],
    ['a.b*2', 'a module, . operator, b field, * operator, 2 number'],
    [
      'tcp.port == IANA.Port.HTTP',
      'tcp module, . operator, port field, == operator, IANA constant, . constant, Port constant, . constant, HTTP constant',
    ],
    [
      'SMB#DiagnosisLevels and #MessageNumber',
      'SMB module, # annotation, DiagnosisLevels annotation, and keyword, # annotation, MessageNumber annotation',
    ],
    [
      '(x in [10.0.0.1, ::1/64])',
      '( bracket, x module, in keyword, [ bracket, 10.0.0.1 address, , bracket, ::1/64 address, ] bracket, ) bracket',
    ],
    [
      'contains "a" caseSensitive encoding UTF8',
      'contains keyword, "a" text, caseSensitive keyword, encoding keyword, UTF8 constant',
    ],
    [
      'HTTP.Uri matches "a" or regex "b"',
      'HTTP module, . operator, Uri field, matches keyword, "a" text, or keyword, regex keyword, "b" text',
    ],
    ['\\HTTP\\\\IPv4', '\\ operator, HTTP module, \\\\ operator, IPv4 module'],
    ['not Foo.In.And', 'not keyword, Foo module, . operator, In field, . operator, And field'],
    ['x == 00:15:5d:01:02:03', 'x module, == operator, 00:15:5d:01:02:03 address'],
  ])('%s', (text, expected) => {
    expect(parts(text)).toBe(expected);
  });

  it.each([
    ['a = 300.1.1.1', 'a module, = error, 300.1.1.1 error'],
    ['a eq "open', 'a module, eq error, "open text'],
    ['TCP ; and', 'TCP module, ; error, and keyword'],
    ['== )]', '== operator, ) bracket, ] bracket'],
  ])('says what it can of %s', (text, expected) => {
    expect(parts(text)).toBe(expected);
  });

  it.each(['(', 'a.', '[', '"', 'a and ', '::', '#'])('are found in no time in a long text of %s', (part) => {
    const started = performance.now();
    expect(syntaxSpans(part.repeat(Math.floor(longestFilter / part.length)))).not.toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
