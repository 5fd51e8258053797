import { describe, expect, it } from 'vitest';
import { parseFilter } from './language/parser.ts';
import type { LiteralValue } from './language/ast.ts';
import { areEqual, calculated, compared, complementOf, liesIn, sameValue, textsOf } from './message-values.ts';
import type { LayerValue } from '../packet/layer.ts';

const plain = (value: LayerValue, text = '') => ({ value, text });

function literal(text: string): LiteralValue {
  const { expression } = parseFilter(`X == ${text}`);
  if (expression?.kind !== 'comparison' || expression.right.kind !== 'literal')
    throw new Error(`${text} is no literal`);
  return expression.right.value;
}

describe('a value and a literal', () => {
  it.each<[LayerValue, string, string, boolean | undefined]>([
    [80, 'HTTP(80)', '80', true],
    [80, 'HTTP(80)', '0x50', true],
    [80, 'HTTP(80)', '"HTTP(80)"', true],
    [80, '', '"80"', true],
    [80, '', '10.0.0.1', undefined],
    [1.5, '1.5', '1', undefined],
    [2n ** 63n, '', '9223372036854775808', true],
    [true, 'true', 'true', true],
    [true, 'true', '1', true],
    [0, '', 'false', true],
    [7, '', 'true', undefined],
    ['msn', '', '"msn"', true],
    ['msn', '', '"MSN"', false],
    ['200', '', '200', true],
    [Uint8Array.of(10, 0, 0, 1), '', '10.0.0.1', true],
    [Uint8Array.of(10, 0, 0, 1), '', '$[0A000001]', true],
    [Uint8Array.of(10, 0, 0, 1), '', '"10.0.0.1"', true],
    [Uint8Array.of(10, 0, 0, 1), '', 'fe80::1', undefined],
    ['10.0.0.1', '', '10.0.0.1', true],
    ['fe80:0::1', '', 'fe80::1', true],
    ['fe80:0::1', '', '"FE80::1"', true],
    [Uint8Array.of(0, 0x15, 0x5d, 1, 2, 3), '', '00-15-5d-01-02-03', true],
    ['{448EA956-38FF-4620-B022-DD88CAC6C896}', '', '{448ea956-38ff-4620-b022-dd88cac6c896}', true],
    [Uint8Array.of(1, 2), '01 02', '$[0102]', true],
    [Uint8Array.of(1, 2), '01 02', '$[01]', false],
  ])('%s (%s) == %s: %s', (value, text, wanted, answer) => {
    expect(areEqual(plain(value, text), literal(wanted))).toBe(answer);
  });

  it('equals the name that a map gives it', () => {
    expect(areEqual({ value: 9, text: 'Filtered VLAN (9)', label: 'Filtered VLAN' }, literal('"Filtered VLAN"'))).toBe(
      true,
    );
  });

  it.each<[LayerValue, string, boolean | undefined]>([
    [Uint8Array.of(10, 1, 2, 3), '10.1.0.0/16', true],
    [Uint8Array.of(10, 2, 2, 3), '10.1.0.9/16', false],
    ['10.1.2.3', '10.1.0.0/16', true],
    [5, '10.1.0.0/16', undefined],
    [Uint8Array.of(0xfe, 0x80, ...new Array<number>(14).fill(1)), 'fe80::/10', true],
  ])('%s in %s: %s', (value, subnet, answer) => {
    expect(liesIn(plain(value), literal(subnet))).toBe(answer);
  });
});

describe('two values', () => {
  it('have an order when both are numbers, or bytes of one length', () => {
    expect(compared(1, 2n)).toBe(-1);
    expect(compared(2 ** 53, 2n ** 53n)).toBe(0);
    expect(compared(Uint8Array.of(1, 0), Uint8Array.of(0, 255))).toBe(1);
    expect(compared('a', 'b')).toBeUndefined();
    expect(compared(Number.NaN, 1)).toBeUndefined();
    expect(compared(Uint8Array.of(1), Uint8Array.of(1, 2))).toBeUndefined();
  });

  it('are the same as what they are', () => {
    expect(sameValue(plain('a'), plain('a'))).toBe(true);
    expect(sameValue(plain('a'), plain(1))).toBeUndefined();
    expect(sameValue(plain(true), plain(1))).toBe(true);
  });

  it('are calculated with as whole numbers without bound in practice, and never by zero', () => {
    expect(calculated('+', 2n ** 64n - 1n, 1)).toBe(2n ** 64n);
    expect(calculated('-', 1, 2)).toBe(-1n);
    expect(calculated('/', 7, 2)).toBe(3n);
    expect(calculated('%', 7, 0)).toBeUndefined();
    expect(calculated('/', 7, 0)).toBeUndefined();
    expect(calculated('<<', 1, 8)).toBe(256n);
    expect(calculated('<<', 1, 1_000_000_000)).toBeUndefined();
    expect(calculated('&', 0xff, 0x0f)).toBe(15n);
    expect(calculated('+', 'x', 1)).toBeUndefined();
    expect(complementOf(0)).toBe(-1n);
  });
});

it('a value is searched in its own text, as it is shown, and by its name', () => {
  expect(textsOf({ value: 9, text: 'Filtered VLAN (9)', label: 'Filtered VLAN' })).toEqual([
    '9',
    'Filtered VLAN (9)',
    'Filtered VLAN',
  ]);
  expect(textsOf(plain(Uint8Array.of(10, 0, 0, 1)))).toEqual(['10.0.0.1']);
});
