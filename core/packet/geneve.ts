import { hexPairs } from '../base/text.ts';
import type { Dissector } from './dissector.ts';
import { etherTypeName, etherTypeText, largestLength } from './ethertypes.ts';
import { hexNumber, hexWord, labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';

const fixedHeader = 8;

/** Geneve (RFC 8926), the payload of a UDP datagram. */
export const dissectGeneve: Dissector = (input) => {
  const header = new HeaderReader(input);
  const versionAndLength = header.packed(1, (value) => [
    numberField('Version', value >> 6),
    numberField('OptLen', value & 0x3f),
  ]);
  header.packed(1, (value) => [flagField('O', (value & 0x80) !== 0), flagField('C', (value & 0x40) !== 0)]);
  const protocol = header.number('ProtocolType', 2, etherTypeText);
  const network = header.number('VNI', 3);
  header.skip(1);
  const length = geneveHeaderLength(versionAndLength ?? 0);
  if (length > fixedHeader) readOptions(header, length - fixedHeader);
  const summary = summaryOf([labelled('VNI', network), labelled('Protocol', protocol, etherTypeName)]);
  const notes = [length === 0 ? `Version ${(versionAndLength ?? 0) >> 6} of Geneve is not read.` : undefined];
  const layer = finishedLayer('Geneve', header, { summary, notes });
  if (protocol === undefined || header.cut) return { layer };
  const range = { start: header.position, end: input.end };
  if (length === 0 || protocol <= largestLength) return { layer, payload: range };
  return { layer, payload: { ...range, protocol: { registry: 'EtherType', number: protocol } } };
};

/** Bytes of the header with its options, by the first byte; 0 for a version that is not known. */
export function geneveHeaderLength(versionAndLength: number): number {
  return versionAndLength >> 6 === 0 ? fixedHeader + (versionAndLength & 0x3f) * 4 : 0;
}

function readOptions(header: HeaderReader, length: number): void {
  const { frame } = header.input;
  header.group('Options', length, (start, end) => {
    const options = new HeaderReader({ ...header.input, start, end });
    while (options.remaining > 0) readOption(options);
    return { value: hexPairs(frame.subarray(start, end)), members: options.fields };
  });
}

/** A class, a type whose high bit says that the option must be understood, and data in units of four bytes. */
function readOption(options: HeaderReader): void {
  const { frame } = options.input;
  const lengthAt = options.position + 3;
  const length = options.remaining < 4 ? 4 : 4 + (frame[lengthAt] & 0x1f) * 4;
  options.group('Option', length, (start, end) => {
    const option = new HeaderReader({ ...options.input, start, end });
    option.number('Class', 2, hexWord);
    option.number('Type', 1, (value) => hexNumber(value, 2));
    option.packed(1, (value) => [numberField('Length', value & 0x1f)]);
    option.bytes('Data', option.remaining);
    return { value: hexPairs(frame.subarray(start, end)), members: option.fields };
  });
}
