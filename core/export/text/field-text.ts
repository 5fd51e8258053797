import { binaryText } from '../../schema/decode-value.ts';
import type { DecodedField } from '../../schema/decode.ts';
import type { EventText } from './event-text.ts';

const hexOfByte = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** All bytes as hexadecimal digits without spaces. */
export function hexDigits(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes) digits += hexOfByte[byte];
  return digits;
}

/** `0x8000000000000010`, as Windows writes keywords: without leading zeros. */
export function keywordText(keyword: bigint): string {
  return `0x${keyword.toString(16)}`;
}

/** What is wrong with an event: what the diagnosis says, else what the grid marks it by; empty when nothing is. */
export function wrongText({ diagnosis, mark }: EventText): string {
  if (diagnosis !== '') return diagnosis;
  return mark === 'none' ? '' : mark;
}

/** Whether the field is an array: its children are elements, not members with names. */
export function isArray(field: DecodedField): boolean {
  return field.type.endsWith('[]');
}

/** Whether the field's display says nothing but its bytes, and may have been cut. An address in six bytes says more. */
export function isShownAsBytes(field: DecodedField): field is DecodedField & { readonly raw: Uint8Array } {
  return field.raw instanceof Uint8Array && field.value === binaryText(field.raw);
}
