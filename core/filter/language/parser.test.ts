import { describe, expect, it } from 'vitest';
import type { Expression } from './ast.ts';
import { FilterError } from './filter-error.ts';
import { longestFilter } from './lexer.ts';
import { deepestNesting, isFilter, parseFilter, readFilter } from './parser.ts';
import { printFilter, printLiteral, printPath } from './print.ts';
import { typographicQuotes } from './typographic-quotes.ts';

/** The tree with every grouping written out. */
function shape(expression: Expression | null): string {
  switch (expression?.kind) {
    case undefined:
      return '';
    case 'and':
    case 'or':
      return `(${expression.operands.map(shape).join(` ${expression.kind} `)})`;
    case 'not':
      return `(not ${shape(expression.operand)})`;
    case 'complement':
      return `(~${shape(expression.operand)})`;
    case 'comparison':
    case 'arithmetic':
      return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`;
    case 'in':
      return `(${shape(expression.subject)} in ${expression.elements.map(shape).join(',')})`;
    case 'contains':
      return `(${shape(expression.subject)} contains ${shape(expression.pattern)} ${expression.caseSensitive} ${expression.encoding})`;
    case 'regex':
      return `(regex ${shape(expression.pattern)})`;
    case 'stack':
      return `(${expression.steps.map((step) => `${step.separator}${shape(step.expression)}`).join('')})`;
    case 'path':
      return printPath(expression);
    case 'literal':
      return printLiteral(expression.value);
    case 'matches':
      return `(${shape(expression.subject)} matches ${shape(expression.pattern)})`;
    case 'missing':
      return '…';
  }
}

describe('precedence', () => {
  it.each([
    ['', ''],
    ['  ', ''],
    ['TCP', 'TCP'],
    ['a or b and c', '(a or (b and c))'],
    ['a && b || c AND d', '((a and b) or (c and d))'],
    ['a and b and c', '(a and b and c)'],
    ['(a and b) and c', '((a and b) and c)'],
    ['!F==true', '(not (F == true))'],
    ['!a and b', '((not a) and b)'],
    ['not not a', '(not (not a))'],
    ['!(a == 1 or b)', '(not ((a == 1) or b))'],
    ['TCP.SourcePort + 1 == TCP.DestinationPort / 2', '((TCP.SourcePort + 1) == (TCP.DestinationPort / 2))'],
    ['a - 1 - 2 * 3', '((a - 1) - (2 * 3))'],
    ['(a & Etw.EventFlags.X) == 1', '((a & Etw.EventFlags.X) == 1)'],
    ['a & 1 == b << 2', '((a & 1) == (b << 2))'],
    ['~a == 1', '((~a) == 1)'],
    ['IPv4.Address in 10.1.0.0/16', '(IPv4.Address in 10.1.0.0/16)'],
    ['!(*Port in [3389, 1494]) and b', '((not (*Port in 3389,1494)) and b)'],
    ['\\HTTP\\TCP.Port == 80\\IPv6 || UDP', '((\\HTTP\\(TCP.Port == 80)\\IPv6) or UDP)'],
    ['!TCP\\\\IPv4 and UDP', '((not (TCP\\\\IPv4)) and UDP)'],
    ['contains "x" caseSensitive encoding ascii and TCP', '(( contains "x" true ASCII) and TCP)'],
    ['HTTP.Uri CONTAINS "msn"', '(HTTP.Uri contains "msn" false null)'],
    ['contains $[534d42]', '( contains $[534D42] false null)'],
    ['regex @"^\\d$"', '(regex "^\\\\d$")'],
    ['SMB#DiagnosisLevels == 2', '(SMB#DiagnosisLevels == 2)'],
    ['#MessageNumber == 5', '(#MessageNumber == 5)'],
    ['TCP.Options ~= nothing', '(TCP.Options ~= nothing)'],
    ['TCP : Segment :: SYN', 'TCP:Segment::SYN'],
    ['HTTP.Uri matches "a+" and b', '((HTTP.Uri matches "a+") and b)'],
    ['*Uri REGEX @"\\d"', '(*Uri matches "\\\\d")'],
    ['matches "a"', '(regex "a")'],
    ['matches == 1', '(matches == 1)'],
    ['Foo.In.Not.contains', 'Foo.In.Not.contains'],
    ['True.Field', 'True.Field'],
  ])('%s', (text, expected) => {
    expect(shape(parseFilter(text).expression)).toBe(expected);
  });

  it('gives every node its place', () => {
    const { expression } = parseFilter('TCP and ( UDP.Port == 80 )');
    expect(expression).toMatchObject({
      start: 0,
      end: 26,
      operands: [
        { start: 0, end: 3 },
        {
          start: 8,
          end: 26,
          left: { start: 10, end: 18, steps: [{ start: 10 }, { start: 14 }] },
          right: { start: 22, end: 24 },
        },
      ],
    });
  });
});

describe('printing', () => {
  it.each([
    ['a && (b || !c)', 'a and (b or not c)'],
    ['((a)) || (b and c)', 'a or b and c'],
    ['NOT(a==1)', 'not a == 1'],
    ['(not a) == 1', '(not a) == 1'],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['*port==0X1BB', '*port == 0x1BB'],
    ['x in[1,2]', 'x in [1, 2]'],
    ['x in 10.0.0.0/8', 'x in 10.0.0.0/8'],
    ['\\a\\(b or c)', '\\a\\(b or c)'],
    ['x regex "a"', 'x matches "a"'],
    ['(a or b) matches "c"', '(a or b) matches "c"'],
    ['x == "a\\n\\"\\\\"', 'x == "a\\x0a\\"\\\\"'],
  ])('%s', (text, printed) => {
    expect(printFilter(parseFilter(text))).toBe(printed);
    expect(printFilter(parseFilter(printed))).toBe(printed);
  });
});

function failure(text: string): { message: string; at: string; suggestion: string | undefined } {
  try {
    parseFilter(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { message: error.message, at: `${error.start}-${error.end}`, suggestion: error.suggestion };
  }
  throw new Error(`"${text}" is a filter`);
}

describe('errors say where, what was found and what was expected', () => {
  it.each<[text: string, at: string, message: string, suggestion?: string]>([
    ['TCP.Port = 80', '9-10', 'Equality is written "==", but found "=".', 'TCP.Port == 80'],
    ['a = 1 and b = 2', '2-3', 'Equality is written "==", but found "=".', 'a == 1 and b == 2'],
    ['(TCP and (UDP', '9-10', 'This parenthesis is never closed.', '(TCP and (UDP))'],
    ['TCP)', '3-4', 'This parenthesis closes nothing.', 'TCP'],
    ['(TCP UDP)', '5-8', 'Expected an operator such as "and", "or" or "==", but found "UDP".', '(TCP and UDP)'],
    ['TCP UDP', '4-7', 'Expected an operator such as "and", "or" or "==", but found "UDP".', 'TCP and UDP'],
    ['TCP.Port == ', '12-12', 'Expected a module, a field or a value behind "==", but found the end of the filter.'],
    ['and TCP', '0-3', 'Expected a module, a field or a value, but found "and".'],
    ['TCP and or UDP', '8-10', 'Expected a module, a field or a value behind "and", but found "or".'],
    ['()', '1-2', 'Expected a module, a field or a value behind "(", but found ")".'],
    ['TCP.', '4-4', 'Expected the name of a module or a field, but found the end of the filter.'],
    ['* == 1', '2-4', 'Expected the name of a module or a field, but found "==".'],
    ['1 < TCP.Window < 9', '15-16', 'Expected "and" or "or" behind a comparison, but found "<".'],
    ['x in [1, 2', '5-6', 'This list is never closed with "]".', 'x in [1, 2]'],
    ['x in [1 2]', '8-9', 'Expected "," or "]" in the list, but found a value.', 'x in [1, 2]'],
    [
      'contains TCP',
      '9-12',
      'Expected a text in quotation marks behind "contains", but found "TCP".',
      'contains "TCP"',
    ],
    ['contains "a', '9-11', 'This text has no closing quotation mark.', 'contains "a"'],
    [
      'contains "a" encoding Klingon',
      '22-29',
      'Expected an encoding (ASCII, UTF7, UTF8, Unicode, UTF32, BigEndianUnicode, Base64), but found "Klingon".',
    ],
    [
      'IPv4.Address == <192.168.1.1>',
      '16-17',
      'Expected a module, a field or a value behind "==", but found "<".',
      'IPv4.Address == 192.168.1.1',
    ],
  ])('%s', (text, at, message, suggestion) => {
    expect(failure(text)).toEqual({ message, at, suggestion });
  });

  it('makes no suggestion that is no filter itself', () => {
    expect(failure('(TCP == ').suggestion).toBeUndefined();
    expect(failure('a = 1 ;').suggestion).toBeUndefined();
  });

  it.each(['(', '!', 'not ', '~', '\\ ', 'a == (', '(a or !b and \\c\\(d | '])(
    'refuses endless nesting of %s',
    (part) => {
      const text = part.repeat(3000);
      expect(failure(text).message).toBe(`The filter is nested more than ${deepestNesting} levels deep.`);
    },
  );

  it('refuses paths that go on and on', () => {
    expect(failure('a.'.repeat(5000)).message).toBe('A path has at most 50 steps.');
  });

  it('reads nesting up to the limit, and chains of any length', () => {
    expect(isFilter(`${'('.repeat(deepestNesting)}a${')'.repeat(deepestNesting)}`)).toBe(true);
    const chain = Array.from({ length: 6000 }, (_, index) => `a == ${index}`).join(' or ');
    expect(isFilter(chain)).toBe(true);
    expect(failure(`a == ${'1+'.repeat(5000)}1`).message).toContain('nested more than');
  });
});

/** Each problem as `place message -> suggestion`. */
function problemsOf(text: string): string[] {
  return readFilter(text).problems.map(({ start, end, message, suggestion }) => {
    return `${start}-${end} ${message}${suggestion === undefined ? '' : ` -> ${suggestion}`}`;
  });
}

describe('reading past mistakes', () => {
  it.each([
    ['TCP and or UDP', '((TCP and …) or UDP)'],
    ['TCP.Port == and UDP', '((TCP.Port == …) and UDP)'],
    ['TCP. == 1', '(TCP == 1)'],
    ['(TCP UDP) or #', '((TCP and UDP) or …)'],
    ['TCP. == 1', '(TCP == 1)'],
    ['x in [1 2] and contains', '((x in 1,2) and …)'],
    ['x in [1, and y', '((x in 1,…) and y)'],
    ['x == 300.1.1.1 or y', '((x == …) or y)'],
    ['TCP; UDP', '(TCP and UDP)'],
    ['TCP.Port = 80 or "open', '((TCP.Port == 80) or "open")'],
    ['a < b < c', '((a < b) < c)'],
    ['*', '…'],
  ])('%s', (text, expected) => {
    const { ast, problems } = readFilter(text);
    expect(shape(ast.expression)).toBe(expected);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('finds nothing wrong with a filter, and reads the same tree as parseFilter', () => {
    const text = '\\HTTP\\TCP.Port in [80, 443] and not *Uri matches "a"';
    expect(readFilter(text)).toEqual({ ast: parseFilter(text), problems: [] });
  });

  it('tells every mistake once, in order, and suggests what mends all where one alone is not enough', () => {
    expect(problemsOf('(a = 1 b')).toEqual([
      '0-1 This parenthesis is never closed. -> (a == 1 and b)',
      '3-4 Equality is written "==", but found "=". -> (a == 1 and b)',
      '7-8 Expected an operator such as "and", "or" or "==", but found "b". -> (a == 1 and b)',
    ]);
  });

  it('gives up behind 20 mistakes', () => {
    expect(readFilter('= '.repeat(1000)).problems).toHaveLength(20);
    expect(readFilter('; '.repeat(1000)).problems).toHaveLength(20);
  });
});

describe('what was probably meant', () => {
  it.each([
    ['a eq 1', 'a == 1'],
    ['a NE 1', 'a != 1'],
    ['a ge 1 and b lt 2', 'a >= 1 and b < 2'],
    ['a === 1', 'a == 1'],
    ['a !== 1', 'a != 1'],
    ['a <> 1', 'a != 1'],
    ['a=>1 or a=<2', 'a>=1 or a<=2'],
    ['a \u2260 1', 'a != 1'],
    ['a \u2264 1', 'a <= 1'],
    ['a \u2265 1', 'a >= 1'],
    ['\u00ACa \u2227 b', '!a && b'],
    ['a\u2208[1]', 'a in [1]'],
    ['\uFF08a\uFF1D\uFF1D1\uFF09', '(a==1)'],
    ["contains 'x'", 'contains "x"'],
    ['contains \u2018x\u2019', 'contains "x"'],
    ['TCP & UDP', 'TCP && UDP'],
    ['a == 1 & b == 2', 'a == 1 && b == 2'],
    ['a == 1 | b.c in [2]', 'a == 1 || b.c in [2]'],
    ['!(a & b) or c | d', '!(a && b) or c || d'],
    ['x in [1, 2', 'x in [1, 2]'],
    ['x in [1, 2 and y', 'x in [1, 2] and y'],
    ['{448ea956-38ff-4620-b022-dd88cac6c896', '{448ea956-38ff-4620-b022-dd88cac6c896}'],
    ['TCP IPv4.Address == <10.0.0.1>', 'TCP and IPv4.Address == 10.0.0.1'],
  ])('%s', (text, suggestion) => {
    expect(readFilter(text).problems.at(0)?.suggestion).toBe(suggestion);
  });

  it('leaves arithmetic alone where a number is wanted', () => {
    expect(isFilter('(a & b.c) == 1')).toBe(true);
    expect(isFilter('a & 1 == b')).toBe(true);
  });
});

describe('typographic quotation marks', () => {
  it.each([
    ['contains \u201Ca\u201D and x == @\u201Eb"', 'contains "a" and x == @"b"'],
    ['contains "a \u201Cb\u201D"', null],
    ['TCP', null],
    ['x == \u201Copen', null],
  ])('%s', (text, corrected) => {
    expect(typographicQuotes(text)).toBe(corrected);
  });
});

describe('a filter as long as can be', () => {
  it.each([
    '(',
    '!',
    'a and ',
    '"',
    '\\',
    '[',
    '{',
    '&',
    'a ',
    'a = ',
    "'",
    '#',
    '*',
    '.',
    ';',
    'a in [',
    'a&b and ',
    '\uFF1D',
  ])('is read in no time when it consists of %s', (part) => {
    const text = part.repeat(Math.floor(longestFilter / part.length));
    const started = performance.now();
    const { problems } = readFilter(text);
    typographicQuotes(text);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(problems.length).toBeGreaterThan(0);
  });
});
