import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvFormat } from './csv.ts';
import { field, manifestEvent, packetEvent, shapedFields, unknownEvent } from './test-support/sample-events.ts';

const headerLine =
  'MessageNumber,Timestamp,TimeElapsed,Source,Destination,Module,Summary,Diagnosis,Provider,EventName,EventId,' +
  'Version,Level,Opcode,Keywords,Process,Thread,Processor,Direction,Component,LinkType,VlanId,Protocol,SourcePort,' +
  'DestinationPort,TcpFlags,SequenceNumber,AcknowledgmentNumber,Window,PayloadLength,CapturedLength,OriginalLength,Fields,' +
  'DiagnosisLevel,Conversation,Sighting';
const names = headerLine.split(',');

/** RFC 4180, one record after the other; throws where a quote stands in the wrong place. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw new Error(`No CSV at ${at}: ${text.slice(at, at + 40)}`);
    const [, quoted, plain, end] = match as unknown as [string, string | undefined, string, string];
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  if (record.length > 0) throw new Error('The last record has no end.');
  return records;
}

function cellsOf(event: Parameters<typeof csvFormat.line>[0]): Record<string, string> {
  const [record, ...others] = readCsv(csvFormat.line(event));
  expect(others).toEqual([]);
  expect(record).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, index) => [name, record[index]]));
}

const summaryCell = (summary: string): string => cellsOf({ ...manifestEvent, summary }).Summary;

describe('csv', () => {
  it('starts with the mark of UTF-8 and the names of the columns', () => {
    expect(csvFormat.header).toBe(`\ufeff${headerLine}\r\n`);
    expect(csvFormat.footer).toBe('');
  });

  it('writes an event as one record', () => {
    expect(csvFormat.line(manifestEvent)).toBe(
      '7,2024-05-01T14:03:07.1234567Z,0,,,Microsoft_Windows_TCPIP,' +
        '"TCP: connection 0xffffb00112345678 timed out, ""SynSent"", after 3 tries.",,' +
        'Microsoft-Windows-TCPIP,TcpConnect/Timeout,1046,1,Information,14,ut:ConnectPath; ut:TcpipDiagnosis,4,1234,3,,,,,,,,,,,,,,,' +
        'Tcb=0xffffb00112345678; State=SynSent (2); Tries=3,,,\r\n',
    );
  });

  it('writes a packet with its way and its diagnosis', () => {
    expect(csvFormat.line(packetEvent)).toBe(
      '8,2024-05-01T14:03:07.1234567Z,12,10.0.0.5,10.0.0.10,TCP,' +
        '"Dropped: Filtered VLAN. Flags: ......S., SrcPort: 52891, DstPort: HTTP(80)",drop,' +
        'Microsoft-Windows-PktMon,,160,1,Error,14,,4,1234,3,' +
        'inbound,pktmon 60 vmswitch,Ethernet,5,6,52891,80,......S.,1717747265,0,8192,0,2,66,Payload=45 00,,,\r\n',
    );
  });

  it('leaves cells empty for what an event does not have, and shows the bytes of an unknown layout', () => {
    expect(csvFormat.line(unknownEvent)).toBe(
      '9,2024-05-01T14:03:07.1234567Z,0,,,Unknown,"Event type 10, 4 bytes: de ad be ef",,' +
        '{ce1dbfb4-137e-4da6-87b0-3f59aa102cbc},,0,2,0,10,,,,12,,,,,,,,,,,,,,,Payload=de ad be ef,,,\r\n',
    );
  });

  it('says what is wrong in the diagnosis', () => {
    const notes = ['The payload ends early.'];
    expect(cellsOf({ ...packetEvent, notes }).Diagnosis).toBe('drop; The payload ends early.');
    expect(cellsOf({ ...manifestEvent, notes }).Diagnosis).toBe('The payload ends early.');
  });

  it('says what the diagnosis found, in words instead of the mark', () => {
    const found = { diagnosis: 'Retransmitted #12', diagnosisLevel: 'warning', conversation: 3, sighting: 2 } as const;
    expect(cellsOf({ ...packetEvent, ...found, mark: 'warning' })).toMatchObject({
      Diagnosis: 'Retransmitted #12',
      DiagnosisLevel: 'warning',
      Conversation: '3',
      Sighting: '2',
    });
  });

  it('gives keywords without names as one number', () => {
    expect(cellsOf({ ...manifestEvent, keywordNames: [] }).Keywords).toBe('0x8000000000000080');
  });

  it('writes arrays and structs whole', () => {
    expect(cellsOf({ ...manifestEvent, fields: shapedFields }).Fields).toBe(
      'Ports=[80, 443]; None=[]; Address={Family=2, Host=10.0.0.5}; Hops=[{Id=1}, {Id=2}];' +
        ' States=[Up (1), 9 (Cut short: 1 of 2 bytes.)]; Mac=00-15-5D-00-00-2A;' +
        ' Bytes=00 15 5d (Cut short: 3 of 9 bytes.)',
    );
  });

  it.each(['=1+1', '+SUM(A1)', '-2+3', '@A1', '\t=1', '\r=1', '\n=1', '＝1+1', '-', '=', '-1e5x', '--1'])(
    'puts an apostrophe in front of %j, which would be a formula',
    (text) => {
      expect(summaryCell(text)).toBe(`'${text}`);
    },
  );

  it.each(['-5', '+5', '-12.75', '0', "'quoted", ' =1+1', 'a=b', '10.0.0.5', ''])('leaves %j as it is', (text) => {
    expect(summaryCell(text)).toBe(text);
  });

  it('guards every cell of text', () => {
    const hostile = '=cmd|"/c calc"!A1';
    const cells = cellsOf({
      ...packetEvent,
      source: hostile,
      destination: hostile,
      module: hostile,
      summary: hostile,
      provider: { guid: '', name: hostile },
      name: hostile,
      levelName: hostile,
      keywordNames: [hostile],
      fields: [field(hostile, 'UnicodeString', hostile, { raw: hostile })],
      mark: 'none',
      notes: [hostile],
    });
    const guarded = names.filter((name) => cells[name].startsWith(`'${hostile}`));
    expect(guarded).toEqual(
      'Source Destination Module Summary Diagnosis Provider EventName Level Keywords Fields'.split(' '),
    );
  });

  it('cuts what an Excel cell cannot take and says so there', () => {
    const remark = '… (cut: 40000 characters, and a cell takes 32767)';
    const cell = summaryCell('x'.repeat(40_000));
    expect(cell).toBe('x'.repeat(32_767 - remark.length) + remark);
    expect(summaryCell('x'.repeat(32_767))).toBe('x'.repeat(32_767));
  });

  it('never cuts a character in two', () => {
    for (const start of ['', 'x']) {
      expect(summaryCell(start + '😀'.repeat(20_000))).toMatch(/^x?(?:😀)+… \(cut: /u);
    }
  });

  it('shows control characters that no cell can show', () => {
    expect(summaryCell('a\0b\u001b')).toBe('a␀b␛');
  });

  it('comes back from an RFC 4180 reader as it was, for any text without control characters', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', '\t', '=', '-', '1') }),
    );
    fc.assert(
      fc.property(text, text, (source, summary) => {
        const cells = cellsOf({ ...packetEvent, source, summary });
        expect([source, `'${source}`]).toContain(cells.Source);
        expect([summary, `'${summary}`]).toContain(cells.Summary);
        for (const cell of [cells.Source, cells.Summary]) expect(cell).toMatch(/^(?![=+\-@\t\r\n])|^[+-]?\d+(\.\d+)?$/);
      }),
    );
  });
});
