import { describe, expect, it } from 'vitest';
import type { LiteralValue } from './ast.ts';
import { FilterError } from './filter-error.ts';
import { longestFilter, tokenize } from './lexer.ts';
import { printLiteral } from './print.ts';

/** Words and operators as they stand, literals as `type:canonical text`. */
function tokens(text: string): string[] {
  return tokenize(text)
    .filter((token) => token.kind !== 'end')
    .map((token) =>
      token.kind === 'literal'
        ? `${token.value.type}:${printLiteral(token.value)}`
        : text.slice(token.start, token.end),
    );
}

function failure(text: string): FilterError {
  try {
    tokenize(text);
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error(`"${text}" is no error`);
}

function textOf(text: string): string | undefined {
  const [token] = tokenize(text);
  const value: LiteralValue | undefined = token.kind === 'literal' ? token.value : undefined;
  return value?.type === 'text' ? value.value : undefined;
}

describe('literals', () => {
  it.each([
    ['80', 'integer:80'],
    ['0x0800', 'integer:0x800'],
    ['0XfFfF', 'integer:0xFFFF'],
    ['18446744073709551615', 'integer:18446744073709551615'],
    ['192.168.1.1', 'ipv4:192.168.1.1'],
    ['10.10.249.1/21', 'ipv4Subnet:10.10.249.1/21'],
    ['2001:4898:0:FFF:200:5EFE:4135:4A7', 'ipv6:2001:4898:0:fff:200:5efe:4135:4a7'],
    ['2001::A001', 'ipv6:2001::a001'],
    ['::', 'ipv6:::'],
    ['::1', 'ipv6:::1'],
    ['fe80::1', 'ipv6:fe80::1'],
    ['FE80::/10', 'ipv6Subnet:fe80::/10'],
    ['::ffff:10.0.0.1', 'ipv6:::ffff:a00:1'],
    ['02-01-0A-01-01-64', 'mac:02-01-0A-01-01-64'],
    ['AA-BB-CC-DD-EE-FF', 'mac:AA-BB-CC-DD-EE-FF'],
    ['00:15:5d:01:02:03', 'mac:00-15-5D-01-02-03'],
    ['{448EA956-38ff-4620-b022-dd88cac6c896}', 'guid:{448ea956-38ff-4620-b022-dd88cac6c896}'],
    ['$[C0A8 0101]', 'binary:$[C0A80101]'],
    ['$[]', 'binary:$[]'],
    ['"a b"', 'text:"a b"'],
    ['\u201Ca b\u201D', 'text:"a b"'],
  ])('%s', (text, token) => {
    expect(tokens(text)).toEqual([token]);
  });

  it('reads C-style escapes in a text, and none in a verbatim text', () => {
    expect(textOf('"a\\t\\x41\\u0042\\"\\\\\\q"')).toBe('a\tAB"\\q');
    expect(textOf('@"^\\d{3}""$"')).toBe('^\\d{3}"$');
    expect(textOf('"a \u201Cquoted\u201D word"')).toBe('a \u201Cquoted\u201D word');
  });
});

describe('names beside literals that look like them', () => {
  it.each([
    ['TCP.Port', ['TCP', '.', 'Port']],
    ['TCP::Flags:SYN', ['TCP', ':', ':', 'Flags', ':', 'SYN']],
    ['Etw::Added', ['Etw', ':', ':', 'Added']],
    ['Feed::Bed', ['Feed', ':', ':', 'Bed']],
    ['X == Feed::Bed', ['X', '==', 'ipv6:feed::bed']],
    ['X in [Feed::Bed,FACE::]', ['X', 'in', '[', 'ipv6:feed::bed', ',', 'ipv6:face::', ']']],
    ['X in Feed::/16', ['X', 'in', 'ipv6Subnet:feed::/16']],
    ['TCP:::SYN==true', ['TCP', ':', ':', ':', 'SYN', '==', 'true']],
    ['*Address==02-01-0A-01-01-64', ['*', 'Address', '==', 'mac:02-01-0A-01-01-64']],
    ['(IPv6.Address==::1)', ['(', 'IPv6', '.', 'Address', '==', 'ipv6:::1', ')']],
    ['a/2', ['a', '/', 'integer:2']],
    ['80/2', ['integer:80', '/', 'integer:2']],
    ['!a!=b', ['!', 'a', '!=', 'b']],
    ['\\a\\\\b', ['\\', 'a', '\\\\', 'b']],
    ['a&&b||c', ['a', '&&', 'b', '||', 'c']],
    ['TCP\u00A0and\tUDP', ['TCP', 'and', 'UDP']],
  ])('%s', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('knows the place of every token', () => {
    const places = tokenize(' TCP  == 80 ').map(({ start, end }) => [start, end]);
    expect(places).toEqual([
      [1, 4],
      [6, 8],
      [9, 11],
      [12, 12],
    ]);
  });
});

describe('what is no token', () => {
  it.each([
    ['Port == 80abc', 8, 13, '"80abc" is neither a number nor an address.'],
    ['x == 1.2.3', 5, 10, '"1.2.3" is neither a number nor an address.'],
    ['x == 300.1.1.1', 5, 14, '"300.1.1.1" is no IPv4 address: each of the four parts is 0 to 255.'],
    ['x in 10.0.0.0/33', 14, 16, 'A subnet prefix here is 0 to 32 bits, not 33.'],
    ['x == 2001:zz::1', 5, 15, '"2001:zz::1" is neither a number nor an address.'],
    ['x == 99999999999999999999', 5, 25, 'The number 99999999999999999999 does not fit in 64 bits.'],
    ['contains "abc', 9, 13, 'This text has no closing quotation mark.'],
    ['{not a guid}', 0, 12, 'Expected a GUID in braces, as {448ea956-38ff-4620-b022-dd88cac6c896}.'],
    ['$[ABC]', 0, 1, 'Expected a byte string as $[C0A80101]: pairs of hexadecimal digits in brackets.'],
    ['TCP ; UDP', 4, 5, 'The character ";" has no meaning in a filter.'],
    ['TCP \u{1F600}', 4, 6, 'The character "\u{1F600}" has no meaning in a filter.'],
  ])('%s', (text, start, end, message) => {
    const error = failure(text);
    expect({ start: error.start, end: error.end, message: error.message }).toEqual({ start, end, message });
  });

  it('refuses a text that is too long, whatever is in it', () => {
    expect(failure('1'.repeat(longestFilter + 1)).message).toBe(
      'The filter is 100001 characters long; at most 100000 are read.',
    );
  });

  it.each(['a:', 'a-', '1', '0x1', '"\\', '{', 'f:f:', '1.', '\u201C'])(
    'reads a very long run of %s without delay',
    (part) => {
      const started = performance.now();
      try {
        tokenize(part.repeat(longestFilter / part.length));
      } catch (error) {
        expect(error).toBeInstanceOf(FilterError);
      }
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
