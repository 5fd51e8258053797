import { utf8At } from '../base/text.ts';
import type { Dissector } from './dissector.ts';
import { looksLikeMessage, messageDissector, type Dialect } from './domain-message.ts';
import { domainNameAt, type DomainName } from './domain-name.ts';
import { domainRecords, type ReadRecordData } from './domain-records.ts';
import { hexNumber, hexWord, namedNumber, printable } from './field-text.ts';
import { type HeaderReader, numberField, flagField } from './header-reader.ts';

const encodedName = /^[A-P]{32}(?=\.|$)/;

/**
 * A NetBIOS name inside a domain name: the first label spells each half byte with a letter from A to P (RFC 1001, 14.1).
 * Shown as `FILESERVER<20>`, with the type that is its sixteenth byte, and `.scope` behind it where there is one.
 */
export function netbiosNameAt(
  frame: Uint8Array,
  start: number,
  limit: number,
  message: number,
): DomainName | undefined {
  const name = domainNameAt(frame, start, limit, message);
  return name && { ...name, value: name.value.replace(encodedName, decodedName) };
}

function decodedName(letters: string): string {
  const half = (index: number): number => letters.charCodeAt(index) - 0x41;
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => half(index * 2) * 16 + half(index * 2 + 1));
  return nameText(bytes, 0);
}

/** The 16 bytes of a name: padded with blanks or zeros, the last byte its type. */
function nameText(bytes: Uint8Array, start: number): string {
  const text = utf8At(bytes, start, start + 15).replace(/[\0 ]+$/, '');
  return `${printable(text)}<${hexNumber(bytes[start + 15], 2).slice(2)}>`;
}

/** How a node finds names: by broadcasts, from a server, or both (RFC 1001, 10). */
const nodeType = namedNumber(
  new Map([
    [0, 'B'],
    [1, 'P'],
    [2, 'M'],
    [3, 'H'],
  ]),
);

/** Addresses of a name, each behind flags (RFC 1002, 4.2.1.3). */
function readNameRecord(data: HeaderReader): string {
  const addresses: string[] = [];
  while (data.remaining > 0) {
    data.packed(2, (flags) => [
      numberField('NBFlags', flags, hexWord, [
        flagField('Group', (flags & 0x8000) !== 0),
        numberField('OwnerNodeType', (flags >> 13) & 3, nodeType),
      ]),
    ]);
    addresses.push(data.ipv4('NBAddress') ?? '');
  }
  return addresses.join(', ');
}

/** The names of a node (RFC 1002, 4.2.18), the hardware address, and counters that Windows leaves zero. */
function readNodeStatus(data: HeaderReader): string {
  const names: string[] = [];
  const count = data.number('NumberOfNames', 1) ?? 0;
  for (let index = 0; index < count && data.remaining > 0; index++) {
    data.structure('NodeName', 18, (node) => {
      const name = readNodeName(node);
      names.push(name);
      return name;
    });
  }
  data.mac('UnitIdentifier');
  data.bytes('Statistics', data.remaining);
  return names.join(', ');
}

function readNodeName(node: HeaderReader): string {
  const name = node.delimited('Name', (frame, start, limit) =>
    start + 16 > limit ? undefined : { value: nameText(frame, start), next: start + 16 },
  );
  node.packed(2, (flags) => [
    numberField('NameFlags', flags, hexWord, [
      flagField('Group', (flags & 0x8000) !== 0),
      numberField('OwnerNodeType', (flags >> 13) & 3, nodeType),
      flagField('Deregister', (flags & 0x1000) !== 0),
      flagField('Conflict', (flags & 0x0800) !== 0),
      flagField('Active', (flags & 0x0400) !== 0),
      flagField('Permanent', (flags & 0x0200) !== 0),
    ]),
  ]);
  return name ?? '';
}

const netbios: Dialect = {
  module: 'NBTNS',
  flags: [
    ['AuthoritativeAnswer', 0x0400],
    ['Truncation', 0x0200],
    ['RecursionDesired', 0x0100],
    ['RecursionAvailable', 0x0080],
    ['Broadcast', 0x0010],
  ],
  operations: new Map([
    [0, 'Query'],
    [5, 'Registration'],
    [6, 'Release'],
    [7, 'WACK'],
    [8, 'Refresh'],
    [9, 'Refresh'],
    [15, 'MultiHomedRegistration'],
  ]),
  responseCodes: new Map([
    [0, 'NoError'],
    [1, 'FMT_ERR'],
    [2, 'SRV_ERR'],
    [3, 'NAM_ERR'],
    [4, 'IMP_ERR'],
    [5, 'RFS_ERR'],
    [6, 'ACT_ERR'],
    [7, 'CFT_ERR'],
  ]),
  types: new Map([
    [1, 'A'],
    [2, 'NS'],
    [10, 'NULL'],
    [0x20, 'NB'],
    [0x21, 'NBSTAT'],
  ]),
  classes: new Map([[1, 'IN']]),
  nameAt: netbiosNameAt,
  records: new Map<number, ReadRecordData>([
    ...[...domainRecords].filter(([type]) => type === 1 || type === 2),
    [0x20, readNameRecord],
    [0x21, readNodeStatus],
  ]),
};

/** The NetBIOS name service (RFC 1002, 4.2). */
export const dissectNetbiosName: Dissector = messageDissector(netbios);

export function looksLikeNetbiosName(bytes: Uint8Array, start: number, end: number): boolean {
  return looksLikeMessage(netbios, bytes, start, end);
}
