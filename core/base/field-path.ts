/** What a value is to a filter, and so what it can be compared with. */
export type ValueType = 'integer' | 'boolean' | 'text' | 'ipv4' | 'ipv6' | 'mac' | 'bytes' | 'guid';

/** A field's name as a word of a filter path, which has only letters, digits and underscores: `Content_Length`. */
export function fieldPathName(name: string): string {
  const word = name.replace(/[^\p{L}\p{N}_]/gu, '_');
  return /^[\p{L}_]/u.test(word) ? word : `_${word}`;
}
