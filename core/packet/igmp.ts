import type { Dissector } from './dissector.ts';
import { hexNumber, hexWord, labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { readGroupRecords, readQuerySources } from './multicast-groups.ts';

const query = 0x11;
const version3Report = 0x22;
const messageNames = new Map([
  [query, 'Membership Query'],
  [0x12, 'Version 1 Membership Report'],
  [0x16, 'Version 2 Membership Report'],
  [0x17, 'Leave Group'],
  [version3Report, 'Version 3 Membership Report'],
]);

/** IGMP, versions 1 to 3 (RFC 1112, 2236, 3376). */
export const dissectIgmp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const type = header.number('Type', 1, typeText);
  header.number('MaxRespCode', 1);
  header.number('Checksum', 2, hexWord);
  const tail = type === version3Report ? readRecords(header) : readGroup(header, type);
  const name = type === undefined ? undefined : (messageNames.get(type) ?? `Type: ${hexNumber(type, 2)}`);
  const layer = finishedLayer('IGMP', header, { summary: summaryOf([name, tail]) });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

function readRecords(header: HeaderReader): string | undefined {
  header.skip(2);
  const count = header.number('NumberOfGroupRecords', 2);
  readGroupRecords(header, 'GroupRecord', count ?? 0, 'ipv4');
  return labelled('Group Records', count);
}

/** A query of version 3 goes on behind the group (RFC 3376, 4.1). */
function readGroup(header: HeaderReader, type: number | undefined): string | undefined {
  const group = header.ipv4('GroupAddress');
  if (type === query && header.remaining >= 4) readQuerySources(header, 'ipv4');
  return labelled('Group', group);
}

function typeText(type: number): string {
  const name = messageNames.get(type);
  return name === undefined ? hexNumber(type, 2) : `${name}(${hexNumber(type, 2)})`;
}
