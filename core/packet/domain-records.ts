import { utf8At } from '../base/text.ts';
import { extensionNames, recordTypeNames, RecordType } from './domain-names.ts';
import { namedNumber, printable } from './field-text.ts';
import type { Delimited, HeaderReader } from './header-reader.ts';
import { optionFields, wideOptions, type OptionKind } from './options.ts';
import { countedTexts, ipv4List, ipv6List, wordList, listReading } from './value-kinds.ts';
import { textReading, numberReading } from './field-readings.ts';
import type { FieldReading } from './layer.ts';

/** Reads a domain name as one field of a header. */
export type ReadName = (header: HeaderReader, field: string) => string | undefined;

/** Reads the fields of a record's data, all that is left of `data`, and gives what a list of answers says of it. */
export type ReadRecordData = (data: HeaderReader, readName: ReadName) => string;

/** The record types that are read in full; the data of all others is bytes. */
export const domainRecords: ReadonlyMap<number, ReadRecordData> = new Map<number, ReadRecordData>([
  [RecordType.A, (data) => data.ipv4('IPAddress') ?? ''],
  [RecordType.NS, (data, readName) => readName(data, 'NameServer') ?? ''],
  [RecordType.CNAME, (data, readName) => readName(data, 'CanonicalName') ?? ''],
  [RecordType.SOA, readStartOfAuthority],
  [RecordType.PTR, (data, readName) => readName(data, 'DomainName') ?? ''],
  [RecordType.MX, readMailExchange],
  [RecordType.TXT, readTexts],
  [RecordType.AAAA, (data) => data.ipv6('IPv6Address') ?? ''],
  [RecordType.SRV, readService],
  [RecordType.DNAME, (data, readName) => readName(data, 'TargetName') ?? ''],
  [RecordType.OPT, readExtensions],
  [RecordType.NSEC, readNextSecure],
  [RecordType.SVCB, readServiceBinding],
  [RecordType.HTTPS, readServiceBinding],
]);

/** Data of a type without a shape we know. */
export function readUnknownData(data: HeaderReader): string {
  return data.bytes('ResourceData', data.remaining) ?? '';
}

/** RFC 1035, 3.3.13. */
function readStartOfAuthority(data: HeaderReader, readName: ReadName): string {
  const server = readName(data, 'PrimaryNameServer') ?? '';
  readName(data, 'ResponsibleMailbox');
  data.number('SerialNumber', 4);
  data.number('RefreshInterval', 4);
  data.number('RetryInterval', 4);
  data.number('ExpirationLimit', 4);
  data.number('MinimumTTL', 4);
  return server;
}

function readMailExchange(data: HeaderReader, readName: ReadName): string {
  data.number('Preference', 2);
  return readName(data, 'MailExchange') ?? '';
}

/** Strings, each behind its length byte (RFC 1035, 3.3.14). */
function readTexts(data: HeaderReader): string {
  const texts: string[] = [];
  while (data.remaining > 0) texts.push(readCountedText(data, 'Text') ?? '');
  return texts.map((text) => `"${text}"`).join(' ');
}

function readCountedText(data: HeaderReader, name: string): string | undefined {
  return data.delimited(name, (frame, start, limit) => {
    const next = start < limit ? start + 1 + frame[start] : limit + 1;
    return next > limit ? undefined : { value: printable(utf8At(frame, start + 1, next)), next };
  });
}

/** RFC 2782. */
function readService(data: HeaderReader, readName: ReadName): string {
  data.number('Priority', 2);
  data.number('Weight', 2);
  const port = data.number('Port', 2);
  const target = readName(data, 'Target');
  return target === undefined || port === undefined ? '' : `${target}:${port}`;
}

/** Options of the extension mechanism (RFC 6891, 6.1.2). */
function readExtensions(data: HeaderReader): string {
  readTagged(data, 'Options', extensionKinds);
  return '';
}

/** The types that exist at a name, as a bit map (RFC 4034, 4.1). Responders of MDNS say so what they do not have. */
function readNextSecure(data: HeaderReader, readName: ReadName): string {
  const next = readName(data, 'NextDomainName') ?? '';
  data.delimited('TypeBitMaps', typeBitMaps);
  return next;
}

/** Blocks of up to 256 types, each with its number, its length and a bit for each type, highest bit first. */
function typeBitMaps(frame: Uint8Array, start: number, limit: number): Delimited {
  const types: FieldReading[] = [];
  let at = start;
  while (at + 2 <= limit) {
    const end = Math.min(limit, at + 2 + frame[at + 1]);
    for (let bit = 0; bit < (end - at - 2) * 8; bit++)
      if ((frame[at + 2 + (bit >> 3)] & (0x80 >> (bit & 7))) !== 0)
        types.push(numberReading(frame[at] * 256 + bit, recordTypeText));
    at = end;
  }
  return { ...(listReading(types) ?? textReading('')), next: limit };
}

const recordTypeText = namedNumber(recordTypeNames);

/** RFC 9460, 2.2. */
function readServiceBinding(data: HeaderReader, readName: ReadName): string {
  const priority = data.number('SvcPriority', 2);
  const target = readName(data, 'TargetName');
  readTagged(data, 'SvcParams', bindingParameters);
  return priority === undefined || target === undefined ? '' : `${priority} ${target}`;
}

/** Reads all that is left as options with numbers of 16 bits. */
function readTagged(data: HeaderReader, name: string, kinds: ReadonlyMap<number, OptionKind>): void {
  data.group(name, data.remaining, (start, end) => {
    const members = optionFields(data.input.frame, start, end, wideOptions, kinds);
    return { value: members.map((member) => member.name).join(', '), members };
  });
}

export const extensionKinds = new Map(
  [...extensionNames].map(([code, name]): [number, OptionKind] => [code, { name }]),
);

/** Keys of service parameters (RFC 9460, 14.3.2). */
export const bindingParameters = new Map<number, OptionKind>([
  [0, { name: 'mandatory', value: wordList }],
  [1, { name: 'alpn', value: countedTexts }],
  [2, { name: 'no-default-alpn' }],
  [3, { name: 'port', value: wordList }],
  [4, { name: 'ipv4hint', value: ipv4List }],
  [5, { name: 'ech' }],
  [6, { name: 'ipv6hint', value: ipv6List }],
]);
