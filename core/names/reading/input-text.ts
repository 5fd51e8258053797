/** The text of an input, whatever program wrote it in whatever encoding, without what no output means to say. */
import { decodeFileText, type LegacyDecoder } from '../../schema/manifest/file-text.ts';
import { NamesError } from '../named-thing.ts';
import { limits } from './limits.ts';

/**
 * The lines of an input, without colours, NULs and other control characters but tabs.
 * Throws a NamesError when it is empty, too large, or no text at all. `note` tells what had to be guessed.
 */
export function inputLines(input: Uint8Array | string, title: string): { lines: string[]; note?: string } {
  if (input.length > limits.bytes) {
    throw new NamesError(`It is larger than ${limits.bytes >> 20} MB, which no list of names is.`);
  }
  const { text, note } = typeof input === 'string' ? { text: input } : decodeFileText(input, asConsoleText);
  if (isBinary(text)) {
    const hint = /\.(?:etl|pcapng|pcap|cap)$/i.test(title) ? ' A trace is opened, not imported for its names.' : '';
    throw new NamesError(`It is binary data, not text; names are read from what commands print.${hint}`);
  }
  const lines = plain(text).split('\n', limits.lines + 1);
  if (lines.length > limits.lines) {
    throw new NamesError(`It has more than ${limits.lines.toLocaleString('en')} lines, which no list of names has.`);
  }
  if (!lines.some((line) => /\S/.test(line))) throw new NamesError('It is empty.');
  return note === undefined ? { lines } : { lines, note };
}

/** Code page 850 from 0x80: what consoles write in Western Europe. 437, the American one, has the same letters. */
const codePage850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/**
 * Windows' code page 1252 from 0x80. Node's own decoder of this name takes the first 32 for control characters in some
 * versions.
 */
const codePage1252 =
  '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ' +
  Array.from({ length: 0x60 }, (_, index) => String.fromCharCode(0xa0 + index)).join('');

/**
 * Consoles write their own code page, editors and some cmdlets Windows' one. Letters tell them apart: beside other
 * letters, 0x80 to 0xA5 are letters in the console's page alone, most of those from 0xC0 in Windows' page alone.
 */
const asConsoleText: LegacyDecoder = (bytes) => {
  let console = 0;
  let windows = 0;
  for (let index = 1; index < bytes.length; index++) {
    if (bytes[index] < 0x80 || !isLetter(bytes[index - 1])) continue;
    if (bytes[index] <= 0xa5) console++;
    else if (bytes[index] >= 0xc0 && bytes[index] !== 0xe1) windows++;
  }
  const isWindows = windows > console;
  return {
    text: decodeCodePage(bytes, isWindows ? codePage1252 : codePage850),
    note:
      `The file is not in UTF-8 or UTF-16; it was read as code page ${isWindows ? '1252' : '850'}, ` +
      'so letters beyond plain English may be wrong.',
  };
};

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

const windowLength = 1 << 16;

/** `upperHalf` has the characters from 0x80. */
function decodeCodePage(bytes: Uint8Array<ArrayBuffer>, upperHalf: string): string {
  const pieces: string[] = [];
  const units = new Uint16Array(windowLength);
  for (let from = 0; from < bytes.length; from += windowLength) {
    const window = bytes.subarray(from, from + windowLength);
    window.forEach((byte, index) => {
      units[index] = byte < 0x80 ? byte : upperHalf.charCodeAt(byte - 0x80);
    });
    pieces.push(utf16.decode(units.subarray(0, window.length)));
  }
  return pieces.join('');
}

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** A trace's first buffer begins with its header, and may be filled up with anything. */
const sampleLengths = [1 << 10, 1 << 16];

function isBinary(text: string): boolean {
  return sampleLengths.some((length) => hasControls(text.slice(0, length)));
}

/** Text may have stray NULs and colours, but not one NUL in ten, nor one other control character in fifty. */
function hasControls(sample: string): boolean {
  let controls = 0;
  let zeros = 0;
  for (let index = 0; index < sample.length; index++) {
    const unit = sample.charCodeAt(index);
    if (unit === 0) zeros++;
    else if ((unit < 0x20 && !(unit >= 8 && unit <= 13) && unit !== 0x1b) || unit === 0xfffd) controls++;
  }
  return controls * 50 > sample.length || zeros * 10 > sample.length;
}

/** Colours and cursor movements of consoles: ECMA-48 CSI sequences. */
// eslint-disable-next-line no-control-regex -- it is control characters that this looks for
const consoleSequence = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;
/** Controls, and what turns the direction of text around: a name must not make the rest of a line read otherwise. */
// eslint-disable-next-line no-control-regex -- as above
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function plain(text: string): string {
  return text.replaceAll(consoleSequence, '').replaceAll(/\r\n?/g, '\n').replaceAll(unprintable, '');
}
