import type { Dissector } from './dissector.ts';
import { hexNumber, hexWord, labelled, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader } from './header-reader.ts';

const version3Report = 0x22;
const messageNames = new Map([
  [0x11, 'Membership Query'],
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
  const tail = type === version3Report ? readRecordCount(header) : labelled('Group', header.ipv4('GroupAddress'));
  const name = type === undefined ? undefined : (messageNames.get(type) ?? `Type: ${hexNumber(type, 2)}`);
  const layer = finishedLayer('IGMP', header, { summary: summaryOf([name, tail]) });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

function readRecordCount(header: HeaderReader): string | undefined {
  header.skip(2);
  const count = header.number('NumberOfGroupRecords', 2);
  for (let record = 0; record < (count ?? 0) && header.remaining > 0; record++) readGroupRecord(header);
  return labelled('Group Records', count);
}

/** A record type, its group and its sources (RFC 3376, 4.2.4). */
function readGroupRecord(header: HeaderReader): void {
  const { input, position } = header;
  const recordHeader = 8;
  const isComplete = header.remaining >= recordHeader;
  const sources = isComplete ? bigEndianAt(input.frame, position + 2, 2) : 0;
  const auxiliary = isComplete ? input.frame[position + 1] * 4 : 0;
  header.group('GroupRecord', recordHeader + sources * 4 + auxiliary, (start, end) => {
    const record = new HeaderReader({ ...input, start, end });
    record.number('RecordType', 1);
    record.number('AuxDataLen', 1);
    record.number('NumberOfSources', 2);
    const group = record.ipv4('MulticastAddress');
    for (let source = 0; source < sources && record.remaining >= 4; source++) record.ipv4('SourceAddress');
    return { value: group ?? '', members: record.fields };
  });
}

function typeText(type: number): string {
  const name = messageNames.get(type);
  return name === undefined ? hexNumber(type, 2) : `${name}(${hexNumber(type, 2)})`;
}
