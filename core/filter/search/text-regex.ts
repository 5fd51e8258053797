import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { utf16At, utf8At } from '../../base/text.ts';

/** A regular expression, made once and used for many values. A search takes time in proportion to what is searched. */
export interface TextRegex {
  /** Says whether the expression matches anywhere in the value. */
  found(value: string): boolean;
  /**
   * Says whether the expression matches in a message's bytes, read in turn as
   * - Latin-1, one character for each byte, so that `\x00\xff` and ASCII text are found in any bytes;
   * - UTF-8, when a byte pair could begin a character beyond ASCII. What is no UTF-8 reads as U+FFFD;
   * - UTF-16LE from the even or the odd bytes, where four ASCII characters with a zero behind each stand in a row.
   * `^` and `$` are the ends of the message.
   */
  foundInBytes(bytes: Uint8Array): boolean;
}

/** An expression that cannot be carried out. The message is a sentence for the filter's author. */
export class RegexError extends Error {
  override readonly name = 'RegexError';
  /** UTF-16 offset into the expression, null when it is not known. */
  readonly position: number | null;

  constructor(message: string, position: number | null) {
    super(message);
    this.position = position;
  }
}

const longestSource = 1000;
/** Steps of the compiled expression. The slowest search takes about this many operations for each character. */
const largestProgram = 2000;

/**
 * Compiles an expression in the syntax of RE2, which is that of .NET without looking around and back references. Case counts
 * unless the expression says `(?i)`; `\d`, `\w` and `\s` are ASCII; `.` does not match a line feed.
 * @throws RegexError for a mistake in the expression, and for what would be too large or cannot be searched in linear time
 */
export function compileRegex(source: string): TextRegex {
  if (source.length > longestSource) {
    throw new RegexError(
      `A regular expression may have ${longestSource} characters; this one has ${source.length}.`,
      null,
    );
  }
  const expression = compiled(source);
  if (expression.programSize() > largestProgram) {
    throw new RegexError(
      'This regular expression repeats too much: written out it would be too large to search for.',
      null,
    );
  }
  const found = (value: string) => expression.test(value);
  return { found, foundInBytes: (bytes) => readings(bytes).some((read) => found(read())) };
}

function compiled(source: string): RE2JS {
  try {
    return RE2JS.compile(withCodePointEscapes(source));
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw explained(error, source);
    if (error instanceof RE2JSException) throw new RegexError(`No regular expression: ${error.message}.`, null);
    throw error;
  }
}

/** `\u0041`, as .NET has it, is `\x{0041}` in RE2. Other escapes are left alone, `\\` above all. */
function withCodePointEscapes(source: string): string {
  return source.replace(/\\(?:u([0-9a-fA-F]{4})|[^])/g, (escape: string, digits: string | undefined) =>
    digits === undefined ? escape : `\\x{${digits}}`,
  );
}

const lookaround = /^\(\?<?[=!]/;
const backReference = /^\\(?:[1-9]|k)/;

function explained({ error, input }: RE2JSSyntaxException, source: string): RegexError {
  const part = input ?? '';
  const position = onlyPositionOf(part, source);
  if (lookaround.test(part)) {
    return new RegexError(
      'A regular expression here cannot look ahead or behind: “(?=”, “(?!”, “(?<=” and “(?<!”.',
      position,
    );
  }
  if (backReference.test(part)) {
    return new RegexError(`A regular expression here cannot refer back to a group: “${part}”.`, position);
  }
  const sentence = sentences[error] ?? `This is no regular expression: ${error}`;
  return new RegexError(part === '' || part === source ? `${sentence}.` : `${sentence}: “${part}”.`, position);
}

/** What RE2 complains about, by its own words. */
const sentences: Partial<Record<string, string>> = {
  'invalid character class range': 'This is no range or class of characters',
  'invalid escape sequence': 'A regular expression here has no such escape',
  'invalid named capture': 'This is no name of a group',
  'invalid or unsupported Perl syntax': 'A regular expression here has no such group',
  'invalid nested repetition operator': 'Two repetitions follow each other',
  'invalid repeat count':
    'A repetition may ask for 1000 times at most, nested ones multiplied, and not for more than its limit',
  'missing closing ]': 'A “]” is missing',
  'missing closing )': 'A “)” is missing',
  'missing argument to repetition operator': 'There is nothing to repeat ahead of this',
  'trailing backslash at end of expression': 'The regular expression ends in a lone backslash',
  'duplicate capture group name': 'Two groups have the same name',
  'unexpected )': 'A “)” has no “(”',
  'expression nests too deeply': 'The groups of this regular expression are nested too deeply',
  'expression too large': 'This regular expression repeats too much',
};

/** RE2 names the part it stopped at, or the whole expression, but no place. A part that occurs once has one. */
function onlyPositionOf(part: string, source: string): number | null {
  if (part === '' || part === source) return null;
  const position = source.indexOf(part);
  return position >= 0 && source.lastIndexOf(part) === position ? position : null;
}

/** Texts that the bytes may be, each made when it is asked for. */
function readings(bytes: Uint8Array): (() => string)[] {
  return [
    () => latin1(bytes),
    ...(mayHoldUtf8(bytes) ? [() => utf8At(bytes, 0, bytes.length)] : []),
    ...[0, 1]
      .filter((parity) => holdsWideText(bytes, parity))
      .map((parity) => () => utf16At(bytes, parity, (bytes.length - parity) >> 1)),
  ];
}

/** Arguments of one call. Engines refuse calls with very many. */
const latin1Chunk = 4096;

function latin1(bytes: Uint8Array): string {
  if (bytes.length <= latin1Chunk) return latin1OfFew(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += latin1Chunk) text += latin1OfFew(bytes.subarray(at, at + latin1Chunk));
  return text;
}

/** `apply` takes the bytes as they are; spreading them walks an iterator and is ten times slower. */
function latin1OfFew(bytes: Uint8Array): string {
  return Reflect.apply(String.fromCharCode, null, bytes) as string;
}

/** RFC 3629: a character beyond ASCII is a byte from C2 to F4 and one from 80 to BF at least. */
function mayHoldUtf8(bytes: Uint8Array): boolean {
  for (let at = 1; at < bytes.length; at++) {
    if ((bytes[at] & 0xc0) === 0x80 && bytes[at - 1] >= 0xc2 && bytes[at - 1] <= 0xf4) return true;
  }
  return false;
}

const fewestWideCharacters = 4;

function holdsWideText(bytes: Uint8Array, parity: number): boolean {
  let characters = 0;
  for (let at = parity; at + 1 < bytes.length; at += 2) {
    characters = isPlainText(bytes[at]) && bytes[at + 1] === 0 ? characters + 1 : 0;
    if (characters === fewestWideCharacters) return true;
  }
  return false;
}

/** Printable ASCII, tab, line feed and carriage return. */
function isPlainText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
