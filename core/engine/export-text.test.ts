import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPlace, exportedScenario, hasTshark, judged, judgeFolder } from './test-support/export-judge.ts';

/** DuckDB reads the texts, tshark the same packets as pcapng: the two must agree. */
const folder = judgeFolder();
let query: (sql: string) => Promise<Record<string, unknown>[]>;
beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
});
afterAll(() => {
  folder.remove();
});

/** One column a field of tshark's: of a CSV file, and of JSON lines. */
const columns: readonly (readonly [tshark: string, csv: string, jsonl: string])[] = [
  ['ip.src', 'Source', 'source'],
  ['ip.dst', 'Destination', 'destination'],
  ['frame.len', 'OriginalLength', 'packet.originalLength'],
  ['frame.cap_len', 'CapturedLength', 'packet.capturedLength'],
  ['ip.proto', 'Protocol', 'packet.ipProtocol'],
  ['tcp.srcport', 'SourcePort', 'packet.sourcePort'],
  ['tcp.dstport', 'DestinationPort', 'packet.destinationPort'],
  ['tcp.seq', 'SequenceNumber', 'packet.sequence'],
  ['tcp.ack', 'AcknowledgmentNumber', 'packet.acknowledgment'],
  ['tcp.window_size_value', 'Window', 'packet.window'],
  ['tcp.len', 'PayloadLength', 'packet.payloadLength'],
];

describe.skipIf(!hasTshark)('exported text agrees with tshark on each TCP segment', () => {
  it.each(['csv', 'jsonl'] as const)('as %s', async (format) => {
    const packets = folder.path(`${format}.pcapng`);
    const text = folder.path(`text.${format}`);
    const filter = 'TCP';
    await exportedScenario(everyPlace, packets, 'pcapng', { filter });
    const { lines } = await exportedScenario(everyPlace, text, format, { filter });
    const names = columns.map(([, csv, jsonl]) => (format === 'csv' ? `"${csv}"` : jsonl));
    const selected = names.map((name, index) => `cast(${name} as varchar) as c${index}`).join(', ');
    const source = format === 'csv' ? `read_csv('${text}', header = true)` : `read_json('${text}')`;
    const rows = await query(`select ${selected} from ${source}`);
    const seen = judged(
      packets,
      columns.map(([field]) => field),
    );
    expect(rows).toHaveLength(lines.length);
    expect(rows.map((row) => columns.map((_, index) => row[`c${index}`]))).toEqual(seen);
  });
});
