import type { Dissection, Dissector } from './dissector.ts';
import { EtherType, etherTypeName, etherTypeText, largestLength } from './ethertypes.ts';
import { hexNumber, hexWord, labelled, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';

/** Bits of the first two bytes (RFC 2890, 2; Routing is RFC 1701's). */
export const GreBit = { Checksum: 0x8000, Routing: 0x4000, Key: 0x2000, Sequence: 0x1000 } as const;
const versionMask = 7;

/** GRE (RFC 2784, 2890) and its use for virtual networks, NVGRE (RFC 7637), which is a module of its own. */
export const dissectGre: Dissector = (input) => {
  const { frame, start, end } = input;
  const isVirtualNetwork =
    start + 4 <= Math.min(end, frame.length) && isNvgre(bigEndianAt(frame, start, 2), bigEndianAt(frame, start + 2, 2));
  return isVirtualNetwork ? dissectNvgre(input) : dissectPlainGre(input);
};

/** Whether GRE's first two numbers announce a virtual network: a key and nothing else, before an Ethernet frame. */
export function isNvgre(flagsAndVersion: number, protocol: number): boolean {
  const decisive = GreBit.Checksum | GreBit.Routing | GreBit.Key | GreBit.Sequence | versionMask;
  return (flagsAndVersion & decisive) === GreBit.Key && protocol === EtherType.TransparentEthernetBridging;
}

/**
 * Bytes of a GRE header by its first two; 0 when what lies behind them is not told by them: source routes (RFC 1701)
 * and other versions, of which PPTP has one.
 */
export function greHeaderLength(flagsAndVersion: number): number {
  if ((flagsAndVersion & (GreBit.Routing | versionMask)) !== 0) return 0;
  const checksum = (flagsAndVersion & GreBit.Checksum) === 0 ? 0 : 4;
  const key = (flagsAndVersion & GreBit.Key) === 0 ? 0 : 4;
  const sequence = (flagsAndVersion & GreBit.Sequence) === 0 ? 0 : 4;
  return 4 + checksum + key + sequence;
}

const dissectPlainGre: Dissector = (input) => {
  const header = new HeaderReader(input);
  const flags = readFlags(header) ?? 0;
  const protocol = header.number('ProtocolType', 2, etherTypeText);
  const isKnown = greHeaderLength(flags) > 0;
  const { key, sequence } = isKnown ? readOptionalFields(header, flags) : {};
  const summary = summaryOf([
    labelled('Protocol', protocol, etherTypeName),
    labelled('Key', key, (value) => hexNumber(value, 8)),
    labelled('SequenceNumber', sequence),
  ]);
  const layer = finishedLayer('GRE', header, { summary, notes: [isKnown ? undefined : unknownHeaderNote(flags)] });
  if (protocol === undefined || header.cut) return { layer };
  const range = { start: header.position, end: input.end };
  // GRE has no frames with a length where the type stands.
  if (!isKnown || protocol <= largestLength) return { layer, payload: range };
  return { layer, payload: { ...range, protocol: { registry: 'EtherType', number: protocol } } };
};

function readOptionalFields(header: HeaderReader, flags: number): { key?: number; sequence?: number } {
  if (flags & GreBit.Checksum) {
    header.number('Checksum', 2, hexWord);
    header.skip(2);
  }
  const key = flags & GreBit.Key ? header.number('Key', 4, (value) => hexNumber(value, 8)) : undefined;
  const sequence = flags & GreBit.Sequence ? header.number('SequenceNumber', 4) : undefined;
  return { ...(key !== undefined && { key }), ...(sequence !== undefined && { sequence }) };
}

function unknownHeaderNote(flags: number): string {
  const version = flags & versionMask;
  return version === 0 ? 'Source routes are not read.' : `Version ${version} of GRE is not read.`;
}

function dissectNvgre(input: Parameters<Dissector>[0]): Dissection {
  const header = new HeaderReader(input);
  readFlags(header);
  header.number('ProtocolType', 2, etherTypeText);
  const network = header.number('VSID', 3);
  const flow = header.number('FlowID', 1);
  const summary = summaryOf([labelled('VSID', network), labelled('FlowID', flow)]);
  const layer = finishedLayer('NVGRE', header, { summary });
  if (header.cut) return { layer };
  return { layer, payload: { start: header.position, end: input.end, protocol: { registry: 'Ethernet' } } };
}

function readFlags(header: HeaderReader): number | undefined {
  return header.packed(2, (value) => [
    numberField('Flags', value, hexWord, [
      ...Object.entries(GreBit).map(([name, bit]) => flagField(name, (value & bit) !== 0)),
      numberField('Version', value & versionMask),
    ]),
  ]);
}
