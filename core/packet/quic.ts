import type { Dissector } from './dissector.ts';
import { byteCount, hexNumber, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, HeaderReader, numberField } from './header-reader.ts';
import { readMessages, streamDissection } from './stream-layer.ts';
import { numberReading } from './field-readings.ts';

const longForm = 0x80;
const longestConnectionId = 20;
const version1 = 1;
const version2 = 0x6b33_43cf;
const negotiation = 0;

const versionNames = new Map<number, string>([
  [negotiation, 'Version Negotiation'],
  [version1, '1'],
  [version2, '2'],
]);

const PacketType = { Initial: 0, ZeroRtt: 1, Handshake: 2, Retry: 3 } as const;
const typeNames = new Map<number, string>([
  [PacketType.Initial, 'Initial'],
  [PacketType.ZeroRtt, '0-RTT'],
  [PacketType.Handshake, 'Handshake'],
  [PacketType.Retry, 'Retry'],
]);
/** Bytes at the end of a Retry packet that protect it (RFC 9001, 5.8). */
const integrityTag = 16;

/**
 * Whether a packet with a long header may begin here: a version that is known, and connection ids of a possible length.
 * Packets with a short header look like anything.
 */
export function looksLikeQuic(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 6 > end || (bytes[start] & longForm) === 0) return false;
  return versionNames.has(bigEndianAt(bytes, start + 1, 4)) && bytes[start + 5] <= longestConnectionId;
}

/** QUIC's packets with long headers (RFC 9000, 17.2; RFC 9369): all that stand in one datagram. */
export const dissectQuic: Dissector = (input) => {
  const header = new HeaderReader(input);
  const packets: string[] = [];
  const end = readMessages(header, looksLikeQuic, () => readPacket(header, packets));
  return streamDissection('QUIC', header, packets.join('; '), end);
};

/** Reads one packet, and gives where it ends. */
function readPacket(header: HeaderReader, packets: string[]): number {
  const { frame } = header.input;
  const version = bigEndianAt(frame, header.position + 1, 4);
  const type = version === negotiation ? undefined : typeOf(frame[header.position], version);
  header.packed(1, (value) => [
    numberField('HeaderForm', value >> 7),
    ...(type === undefined ? [] : [numberField('PacketType', type, namedNumber(typeNames))]),
  ]);
  header.number('Version', 4, (value) => hexNumber(value, 8));
  const destination = readConnectionId(header, 'DestinationConnectionId');
  const source = readConnectionId(header, 'SourceConnectionId');
  let versions: string | undefined;
  if (type === undefined) versions = readVersions(header);
  else readBody(header, type);
  packets.push(
    summaryOf([
      type === undefined ? 'Version Negotiation' : nameOrNumber(typeNames)(type),
      type === undefined ? undefined : `Version: ${versionNames.get(version) ?? version}`,
      labelled('DCID', destination),
      labelled('SCID', source),
      versions,
    ]),
  );
  return header.position;
}

/** Version 2 turned the types round by one (RFC 9369, 3.2). */
function typeOf(firstByte: number, version: number): number {
  const bits = (firstByte >> 4) & 3;
  return version === version2 ? (bits + 3) & 3 : bits;
}

/** An id as hexadecimal digits, behind its length; undefined when there is none, or when it is cut. */
function readConnectionId(header: HeaderReader, name: string): string | undefined {
  const length = header.number(`${name}Length`, 1) ?? 0;
  const id = header.bytes(name, length);
  return id === undefined || id === '' ? undefined : id.replaceAll(' ', '');
}

function readVersions(header: HeaderReader): string | undefined {
  const versions: string[] = [];
  while (header.remaining >= 4) {
    const version = header.number('SupportedVersion', 4, (value) => hexNumber(value, 8));
    versions.push(hexNumber(version ?? 0, 8));
  }
  return labelled('Supported Versions', `[${versions.join(', ')}]`);
}

function readBody(header: HeaderReader, type: number): void {
  if (type === PacketType.Retry) {
    header.bytes('RetryToken', Math.max(0, header.remaining - integrityTag));
    header.bytes('RetryIntegrityTag', integrityTag);
    return;
  }
  if (type === PacketType.Initial) {
    const length = readVariable(header, 'TokenLength');
    header.bytes('Token', length);
  }
  const length = readVariable(header, 'Length');
  if (length > 0)
    header.group('ProtectedPayload', length, (start, end) => ({ value: byteCount(end - start), members: [] }));
}

/** A number whose first two bits tell that it has 1, 2, 4 or 8 bytes (RFC 9000, 16); 0 when it is cut. */
function readVariable(header: HeaderReader, name: string): number {
  let number = 0;
  header.delimited(name, (frame, start, limit) => {
    const length = start < limit ? 1 << (frame[start] >> 6) : 1;
    if (start + length > limit) return undefined;
    number = frame[start] & 0x3f;
    for (let index = 1; index < length; index++) number = number * 256 + frame[start + index];
    return { ...numberReading(number), next: start + length };
  });
  return number;
}
