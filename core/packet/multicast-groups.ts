import { namedNumber } from './field-text.ts';
import { bigEndianAt, type HeaderReader, numberField, flagField } from './header-reader.ts';

/** What version 3 of IGMP and version 2 of MLD share; only the addresses differ (RFC 3376, RFC 3810). */

type AddressFamily = 'ipv4' | 'ipv6';
const addressLength: Readonly<Record<AddressFamily, number>> = { ipv4: 4, ipv6: 16 };

const recordTypes = new Map([
  [1, 'MODE_IS_INCLUDE'],
  [2, 'MODE_IS_EXCLUDE'],
  [3, 'CHANGE_TO_INCLUDE_MODE'],
  [4, 'CHANGE_TO_EXCLUDE_MODE'],
  [5, 'ALLOW_NEW_SOURCES'],
  [6, 'BLOCK_OLD_SOURCES'],
]);

/** Reads what follows the group of a query: how it is repeated, and the sources that are asked for. */
export function readQuerySources(header: HeaderReader, family: AddressFamily): void {
  header.packed(1, (value) => [flagField('S', (value & 8) !== 0), numberField('QRV', value & 7)]);
  header.number('QQIC', 1);
  const count = header.number('NumberOfSources', 2) ?? 0;
  readSources(header, count, family);
}

/** Reads the records of a report, at most `count`, each as a field of that name. */
export function readGroupRecords(header: HeaderReader, name: string, count: number, family: AddressFamily): void {
  for (let record = 0; record < count && header.remaining > 0; record++)
    header.structure(name, recordLength(header, family), (part) => readGroupRecord(part, family));
}

/** Type, length of the auxiliary data in units of 4 bytes, number of sources; then the group, its sources and the data. */
function recordLength(header: HeaderReader, family: AddressFamily): number {
  const { input, position, remaining } = header;
  const head = 4 + addressLength[family];
  if (remaining < head) return head;
  const sources = bigEndianAt(input.frame, position + 2, 2) * addressLength[family];
  return head + sources + input.frame[position + 1] * 4;
}

function readGroupRecord(record: HeaderReader, family: AddressFamily): string {
  record.number('RecordType', 1, namedNumber(recordTypes));
  record.number('AuxDataLen', 1);
  const count = record.number('NumberOfSources', 2) ?? 0;
  const group = record[family]('MulticastAddress');
  readSources(record, count, family);
  record.bytes('AuxiliaryData', record.remaining);
  return group ?? '';
}

function readSources(header: HeaderReader, count: number, family: AddressFamily): void {
  for (let source = 0; source < count && header.remaining > 0; source++) header[family]('SourceAddress');
}
