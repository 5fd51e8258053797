/** Bytes as people paste them: into a mail, a program, a tool. */
import { base64OfBytes } from '../../core/engine/json-codec.ts';
import { asciiText, bytesPerLine, hexText, offsetText, type ByteRange } from './hex-layout.ts';

export const copyFormats = ['hex', 'dump', 'c', 'base64', 'text'] as const;
export type CopyFormat = (typeof copyFormats)[number];

/** A range of bytes, clipped to what there is, as text. A dump has lines and offsets as the pane shows them. */
export function copiedBytes(format: CopyFormat, bytes: Uint8Array, { start, length }: ByteRange): string {
  const from = Math.max(0, start);
  return writers[format](bytes.subarray(from, Math.max(from, start + length)), from);
}

/** `offset`: of the first byte in the whole it was taken from. */
type Writer = (bytes: Uint8Array, offset: number) => string;

const writers: Readonly<Record<CopyFormat, Writer>> = {
  hex: (bytes) => hexText(bytes, 0, bytes.length).replaceAll(' ', ''),
  dump,
  c: cArray,
  base64: base64OfBytes,
  text: printableText,
};

/** Pairs of a full line. */
const pairsWidth = bytesPerLine * 3 - 1;

/** `0010  48 6f 73 74 …  Host…`: offset, sixteen pairs, sixteen characters, one line below the other. */
function dump(bytes: Uint8Array, offset: number): string {
  return lines(bytes)
    .map(({ start, end }) => {
      const pairs = hexText(bytes, start, end).padEnd(pairsWidth);
      return `${offsetText(offset + start)}  ${pairs}  ${asciiText(bytes, start, end)}`;
    })
    .join('\n');
}

/** A definition that C, C++ and their relatives take as it is; an array of nothing is none of C's. */
function cArray(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  const body = lines(bytes).map(({ start, end }) => {
    const values = Array.from(bytes.subarray(start, end), (byte) => `0x${byte.toString(16).padStart(2, '0')}`);
    return `  ${values.join(', ')}`;
  });
  return `static const unsigned char bytes[${bytes.length}] = {\n${body.join(',\n')}\n};`;
}

/** Printable ASCII, tabs and ends of lines as they are; everything else is a dot. */
function printableText(bytes: Uint8Array): string {
  const kept = new Set([0x09, 0x0a, 0x0d]);
  return Array.from(bytes, (byte, index) =>
    kept.has(byte) ? String.fromCharCode(byte) : asciiText(bytes, index, index + 1),
  ).join('');
}

function lines(bytes: Uint8Array): { start: number; end: number }[] {
  return Array.from({ length: Math.ceil(bytes.length / bytesPerLine) }, (_, line) => ({
    start: line * bytesPerLine,
    end: Math.min(bytes.length, (line + 1) * bytesPerLine),
  }));
}
