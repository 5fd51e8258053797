import type { LayerValue } from '../../packet/layer.ts';

/**
 * The order of values of any kind, as texts: whose code units come first, comes first. Numbers, whole and broken, of any
 * size, stand in front of addresses by their bytes (IPv4, IPv6, MAC), other byte strings and texts, which are compared
 * without their case first. Two values have one key just when they are the same. Keys are plain data, and a million of
 * them is sorted faster than values by a comparison of ours.
 */
export function orderKey(value: LayerValue): string {
  switch (typeof value) {
    case 'number':
      return numberKey(value);
    case 'bigint':
      return wholeKey(value);
    case 'boolean':
      return wholeKey(value ? 1n : 0n);
    case 'string':
      return `${ValueClass.Text}${value.toLowerCase()}\0${value}`;
    default:
      return `${classOfBytes(value)}${String.fromCharCode(...value.subarray(0, mostKeyBytes))}`;
  }
}

/** First letters of keys, in their order. */
const ValueClass = { Negative: 'a', Number: 'b', Ipv4: 'c', Ipv6: 'd', Mac: 'e', Bytes: 'f', Text: 'g' } as const;

/** Whether a key is that of a number below 0. */
export function isNegativeKey(key: string): boolean {
  return key.startsWith(ValueClass.Negative);
}

/** Longer byte strings than this nobody tells apart by their order. */
const mostKeyBytes = 4096;

function classOfBytes({ length }: Uint8Array): string {
  if (length === 4) return ValueClass.Ipv4;
  if (length === 16) return ValueClass.Ipv6;
  return length === 6 ? ValueClass.Mac : ValueClass.Bytes;
}

function numberKey(value: number): string {
  if (Number.isNaN(value)) return `${ValueClass.Number}\ufffe`;
  if (!Number.isFinite(value)) return value > 0 ? `${ValueClass.Number}\ufffd` : `${ValueClass.Negative}\0`;
  const whole = Math.floor(value);
  const rest = value - whole;
  return rest === 0 ? wholeKey(BigInt(whole)) : `${wholeKey(BigInt(whole))}.${fractionDigits(rest)}`;
}

/** Sixteen digits to the base of 2^16 hold what lies behind the point of any double above 2^-200. */
function fractionDigits(rest: number): string {
  let digits = '';
  for (let left = rest; left > 0 && digits.length < 16;) {
    const digit = Math.floor(left * 0x10000);
    digits += String.fromCharCode(digit);
    left = left * 0x10000 - digit;
  }
  return digits;
}

/** Longer numbers are larger; of numbers below 0, length and digits are turned round. */
function wholeKey(value: bigint): string {
  const isNegative = value < 0n;
  const digits = (isNegative ? -value : value).toString(16);
  if (!isNegative) return `${ValueClass.Number}${String.fromCharCode(digits.length)}${digits}`;
  const turned = Array.from(digits, (digit) => (15 - parseInt(digit, 16)).toString(16)).join('');
  return `${ValueClass.Negative}${String.fromCharCode(highestLength - digits.length)}${turned}`;
}

/** Hexadecimal digits of the largest double. */
const highestLength = 0x400;
