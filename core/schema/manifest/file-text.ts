/** The text of a description file, whatever program wrote it in whatever encoding. */
export interface FileText {
  readonly text: string;
  /** What had to be guessed, in words. */
  readonly note?: string;
}

const byteOrderMark = '\ufeff';

/** Decodes a file that is neither UTF-8 nor UTF-16, and says what had to be guessed. */
export type LegacyDecoder = (bytes: Uint8Array<ArrayBuffer>) => Required<FileText>;

const asWindows1252: LegacyDecoder = (bytes) => ({
  text: decoderOf('windows-1252').decode(bytes),
  note: 'The file is not in UTF-8 or UTF-16; letters beyond plain English may be wrong.',
});

/**
 * Decodes UTF-8 and UTF-16 of both byte orders, with or without a byte-order mark: PowerShell redirects as UTF-16, and in
 * text that is mostly ASCII the zero bytes tell the order. What is neither goes to `legacy`.
 */
export function decodeFileText(bytes: Uint8Array, legacy = asWindows1252): FileText {
  const own = bytes.slice(); // TextDecoder refuses bytes in shared memory.
  const encoding = utf16Encoding(own);
  if (encoding !== undefined) return { text: withoutMark(decoderOf(encoding).decode(own)) };
  try {
    // A file that ends inside a character is cut, but still UTF-8: as a stream it is no error.
    return {
      text: withoutMark(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(own, { stream: true })),
    };
  } catch {
    return legacy(own);
  }
}

function utf16Encoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, sampleLength);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index & 1]++;
  });
  const [even, odd] = zeros;
  const [fewer, more] = even < odd ? [even, odd] : [odd, even];
  if (more === 0 || more * 2 < sample.length * leastZeros || fewer * 4 > more) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Enough to tell the encoding by. */
const sampleLength = 4096;
/** So many of a sample's units are ASCII in UTF-16 that is meant to be read by programs. */
const leastZeros = 0.25;

function decoderOf(encoding: string): TextDecoder {
  return new TextDecoder(encoding, { ignoreBOM: true });
}

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
