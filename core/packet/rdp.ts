import type { Dissector } from './dissector.ts';
import { hexNumber, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, endWithin, finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';

/** TPKT: version 3, a reserved byte and the length (RFC 1006, 6). */
const packetHeader = 4;

const TransportUnit = { ConnectionRequest: 0xe0, ConnectionConfirm: 0xd0, Data: 0xf0 } as const;
const unitNames = new Map<number, string>([
  [TransportUnit.ConnectionRequest, 'Connection Request'],
  [TransportUnit.ConnectionConfirm, 'Connection Confirm'],
  [TransportUnit.Data, 'Data'],
]);

const Negotiation = { Request: 1, Response: 2, Failure: 3 } as const;
const negotiationNames = new Map<number, string>([
  [Negotiation.Request, 'Negotiation Request'],
  [Negotiation.Response, 'Negotiation Response'],
  [Negotiation.Failure, 'Negotiation Failure'],
]);
const negotiationLength = 8;

/** Bits of the protocols that a client offers, one of which a server chooses (MS-RDPBCGR 2.2.1.1.1). */
const SecurityProtocol = { TLS: 1, CredSSP: 2, RDSTLS: 4, CredSSPEx: 8, AzureAD: 16 } as const;

/** Why a server refuses (MS-RDPBCGR 2.2.1.2.2). */
const failureNames = new Map([
  [1, 'SSL required by server'],
  [2, 'SSL not allowed by server'],
  [3, 'SSL certificate not on server'],
  [4, 'Inconsistent flags'],
  [5, 'Hybrid required by server'],
  [6, 'SSL with user authentication required by server'],
]);

/** Whether a TPKT packet with one of the units that RDP uses may begin here. */
export function looksLikeRdp(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + packetHeader + 2 > end || bytes[start] !== 3 || bytes[start + 1] !== 0) return false;
  return bigEndianAt(bytes, start + 2, 2) >= packetHeader + 3 && unitNames.has(bytes[start + packetHeader + 1]);
}

/** The connection sequence of RDP in front of its encryption: TPKT, X.224 and the negotiation (MS-RDPBCGR 2.2.1). */
export const dissectRdp: Dissector = (input) => {
  const header = new HeaderReader(input);
  header.number('Version', 1);
  header.skip(1);
  const length = header.number('Length', 2) ?? 0;
  const end = endWithin(input, input.start + length);
  const unit = new HeaderReader({ ...input, start: header.position, end });
  const parts = readUnit(unit);
  header.fields.push(...unit.fields);
  header.position = unit.position;
  header.cut ||= unit.cut;
  const layer = finishedLayer('RDP', header, { summary: summaryOf(parts) });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

/** What the unit is and says, as parts of the summary. */
function readUnit(unit: HeaderReader): (string | undefined)[] {
  unit.number('LengthIndicator', 1);
  const type = unit.number('Type', 1, namedNumber(unitNames));
  if (type === undefined) return [];
  const name = nameOrNumber(unitNames)(type);
  if (type === TransportUnit.Data) {
    unit.packed(1, (value) => [flagField('EOT', (value & 0x80) !== 0)]);
    return [name];
  }
  unit.number('DestinationReference', 2);
  unit.number('SourceReference', 2);
  unit.packed(1, (value) => [numberField('Class', value >> 4)]);
  const cookie = type === TransportUnit.ConnectionRequest ? readCookie(unit) : undefined;
  return [name, labelled('Cookie', cookie), unit.remaining > 0 ? readNegotiation(unit) : undefined];
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const capitalC = 0x43;

/** The line `Cookie: …` of a request, a routing token or the user's name; there need not be one. */
function readCookie(unit: HeaderReader): string | undefined {
  const { frame } = unit.input;
  if (unit.remaining === 0 || frame[unit.position] !== capitalC) return undefined;
  const limit = unit.position + unit.remaining;
  let end = unit.position;
  while (end < limit && frame[end] !== carriageReturn && frame[end] !== lineFeed) end++;
  const line = unit.utf8('RoutingToken', end - unit.position);
  unit.skip(Math.min(2, unit.remaining));
  return line?.replace(/^Cookie: */, '');
}

function readNegotiation(unit: HeaderReader): string | undefined {
  let summary: string | undefined;
  unit.structure('Negotiation', Math.min(negotiationLength, unit.remaining), (part) => {
    const type = part.number('Type', 1, namedNumber(negotiationNames));
    part.number('Flags', 1, (value) => hexNumber(value, 2));
    part.packedLittleEndian(2, (value) => [numberField('Length', value)]);
    if (type === Negotiation.Failure) {
      const code = littleNumber(part, 'FailureCode', namedNumber(failureNames));
      summary = labelled('Failure', code, nameOrNumber(failureNames));
    } else {
      const isRequest = type === Negotiation.Request;
      const protocols = littleNumber(part, isRequest ? 'RequestedProtocols' : 'SelectedProtocol', protocolsText);
      summary = labelled(isRequest ? 'Requested Protocols' : 'Selected Protocol', protocols, protocolNames);
    }
    return type === undefined ? '' : nameOrNumber(negotiationNames)(type);
  });
  return summary;
}

function littleNumber(part: HeaderReader, name: string, text: (value: number) => string): number | undefined {
  return part.packedLittleEndian(4, (value) => [numberField(name, value, text)]);
}

function protocolsText(value: number): string {
  return `${protocolNames(value)}(${value})`;
}

/** `TLS | CredSSP`; no bit at all is RDP's own security. */
function protocolNames(value: number): string {
  const names = Object.entries(SecurityProtocol).filter(([, bit]) => (value & bit) !== 0);
  return names.length === 0 ? 'RDP' : names.map(([name]) => name).join(' | ');
}
