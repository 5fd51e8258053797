type Encoding = 'UTF8' | 'Unicode' | 'BigEndianUnicode';

const encodingsNamed: Readonly<Partial<Record<string, readonly Encoding[]>>> = {
  ASCII: ['UTF8'],
  UTF8: ['UTF8'],
  Unicode: ['Unicode'],
  BigEndianUnicode: ['BigEndianUnicode'],
};
/** Where nobody says, a text is looked for as Windows and the network write it. */
const usualEncodings: readonly Encoding[] = ['UTF8', 'Unicode', 'BigEndianUnicode'];

/**
 * A regular expression for Wireshark's `matches`, which goes over bytes and takes no notice of case, that finds a text in an
 * encoding (as our `contains` names it, null for all usual ones), or bytes. Undefined for encodings that it cannot find.
 */
export function textPattern(sought: Uint8Array, encoding: null, caseSensitive: true): string;
export function textPattern(sought: string, encoding: string | null, caseSensitive: boolean): string | undefined;
export function textPattern(
  sought: string | Uint8Array,
  encoding: string | null,
  caseSensitive: boolean,
): string | undefined {
  const prefix = caseSensitive ? '(?-i)' : '';
  if (typeof sought !== 'string') return `${prefix}${Array.from(sought, escaped).join('')}`;
  const encodings = encoding === null ? usualEncodings : encodingsNamed[encoding];
  if (!encodings) return undefined;
  const alternatives = [...new Set(encodings.map((each) => Array.from(encoded(sought, each), escaped).join('')))];
  return `${prefix}${alternatives.join('|')}`;
}

function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'UTF8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(index * 2, text.charCodeAt(index), encoding === 'Unicode');
  }
  return bytes;
}

/** A byte that is no letter or digit may mean something in a regular expression. */
function escaped(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[\w ]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
}
