/** The text of a description file, whatever program wrote it in whatever encoding. */
export interface FileText {
  readonly text: string;
  /** What had to be guessed, in words. */
  readonly note?: string;
}

const byteOrderMark = '\ufeff';

/**
 * Decodes UTF-8 and UTF-16 of both byte orders, with or without a byte-order mark: PowerShell redirects as UTF-16, and
 * neither XML nor JSON starts with a character beyond ASCII, so its zero byte tells the order.
 */
export function decodeFileText(bytes: Uint8Array): FileText {
  const own = bytes.slice(); // TextDecoder refuses bytes in shared memory.
  const encoding = utf16Encoding(own);
  if (encoding !== undefined) return { text: withoutMark(decoderOf(encoding).decode(own)) };
  try {
    // A file that ends inside a character is cut, but still UTF-8: as a stream it is no error.
    return {
      text: withoutMark(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(own, { stream: true })),
    };
  } catch {
    return {
      text: decoderOf('windows-1252').decode(own),
      note: 'The file is not in UTF-8 or UTF-16; letters beyond plain English may be wrong.',
    };
  }
}

function utf16Encoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}

function decoderOf(encoding: string): TextDecoder {
  return new TextDecoder(encoding, { ignoreBOM: true });
}

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}
