import { ipv4At, ipv6At } from '../base/address.ts';
import { hexPairs, utf8At } from '../base/text.ts';
import { extensionNames, RecordType } from './domain-names.ts';
import { printable } from './field-text.ts';
import { bigEndianAt, type HeaderReader } from './header-reader.ts';

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
  const names: string[] = [];
  while (data.remaining > 0) {
    const code = upcoming(data, 0);
    const name = extensionNames.get(code) ?? `Option${code}`;
    names.push(name);
    readTagged(data, name, (option) => option.bytes('Data', option.remaining) ?? '');
  }
  return names.join(', ');
}

/** The types that exist at a name, as a bit map (RFC 4034, 4.1). Responders of MDNS say so what they do not have. */
function readNextSecure(data: HeaderReader, readName: ReadName): string {
  const next = readName(data, 'NextDomainName') ?? '';
  data.bytes('TypeBitMaps', data.remaining);
  return next;
}

/** RFC 9460, 2.2. */
function readServiceBinding(data: HeaderReader, readName: ReadName): string {
  data.number('SvcPriority', 2);
  const target = readName(data, 'TargetName') ?? '';
  while (data.remaining > 0) {
    const { name, read } = bindingParameters.get(upcoming(data, 0)) ?? { name: 'SvcParam', read: bytesText };
    readTagged(data, name, (parameter) => read(parameter.input.frame, parameter.position, endOf(parameter)));
  }
  return target;
}

interface BindingParameter {
  readonly name: string;
  readonly read: (frame: Uint8Array, start: number, end: number) => string;
}

/** Keys of service parameters (RFC 9460, 14.3.2). */
const bindingParameters: ReadonlyMap<number, BindingParameter> = new Map<number, BindingParameter>([
  [0, { name: 'mandatory', read: wordsText }],
  [1, { name: 'alpn', read: countedTexts }],
  [2, { name: 'no-default-alpn', read: bytesText }],
  [3, { name: 'port', read: wordsText }],
  [4, { name: 'ipv4hint', read: (frame, start, end) => every(4, start, end, (at) => ipv4At(frame, at)) }],
  [5, { name: 'ech', read: bytesText }],
  [6, { name: 'ipv6hint', read: (frame, start, end) => every(16, start, end, (at) => ipv6At(frame, at)) }],
]);

/** A structure of a 16-bit tag, a 16-bit length and as many bytes, of which `read` gives the field's value. */
function readTagged(data: HeaderReader, name: string, read: (value: HeaderReader) => string): void {
  data.structure(name, data.remaining < 4 ? 4 : 4 + upcoming(data, 2), (option) => {
    option.number('Code', 2);
    option.number('Length', 2);
    return read(option);
  });
}

/** The 16 bits that lie `ahead` bytes further on, 0 where the data ends before. */
function upcoming(data: HeaderReader, ahead: number): number {
  return data.remaining < ahead + 2 ? 0 : bigEndianAt(data.input.frame, data.position + ahead, 2);
}

function endOf(header: HeaderReader): number {
  return header.position + header.remaining;
}

function bytesText(frame: Uint8Array, start: number, end: number): string {
  return hexPairs(frame.subarray(start, end));
}

function wordsText(frame: Uint8Array, start: number, end: number): string {
  return every(2, start, end, (at) => String(bigEndianAt(frame, at, 2)));
}

function every(size: number, start: number, end: number, text: (at: number) => string): string {
  const count = Math.floor((end - start) / size);
  return Array.from({ length: count }, (_, index) => text(start + index * size)).join(', ');
}

function countedTexts(frame: Uint8Array, start: number, end: number): string {
  const texts: string[] = [];
  for (let at = start; at < end; at += 1 + frame[at])
    texts.push(printable(utf8At(frame, at + 1, Math.min(end, at + 1 + frame[at]))));
  return texts.join(', ');
}
