import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  everyPlace,
  exported,
  exportedScenario,
  hasTshark,
  judged,
  judgeFolder,
  traceBytes,
} from './test-support/export-judge.ts';
import { realTraces } from './test-support/real-traces.ts';

/** DuckDB reads the tables that we write. */
type Row = Record<string, unknown>;

const real = realTraces('no real events are exported as a table.');
const pktMonTrace = `${real.folder}pktmon/demikernel-PktMon.etl`;
const folder = judgeFolder();
let query: (sql: string) => Promise<Row[]>;
beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("set timezone = 'UTC'");
  query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
});
afterAll(() => {
  folder.remove();
});

describe('an exported Parquet table', () => {
  it('has typed columns and a row for each event that says what Hopscope says', async () => {
    const file = folder.path('all.parquet');
    const { lines, report } = await exportedScenario(everyPlace, file, 'parquet');
    const rows = await query(`select *, epoch_us(timestamp) as micros from read_parquet('${file}')`);
    expect(report).toMatchObject({ events: lines.length, packets: 0, files: [{ name: 'all.parquet' }] });
    expect(rows.map((row) => [row.message_number, row.module, row.summary])).toEqual(
      lines.map((line) => [String(line.messageNumber), line.module, line.summary]),
    );
    expect(rows.map((row) => row.micros)).toEqual(lines.map(({ timestamp }) => microsecondsOf(timestamp)));
    const packets = rows.filter((row) => row.link_type !== null);
    expect(packets.map(packetOf)).toEqual(
      lines.flatMap(({ packet, source, destination }) => (packet ? [{ ...packet, source, destination }] : [])),
    );
    const types = await query(`select column_name, column_type from (describe select * from read_parquet('${file}'))`);
    const typeOf = Object.fromEntries(types.map((row) => [String(row.column_name), row.column_type]));
    expect(typeOf).toMatchObject({
      trace: 'VARCHAR',
      message_number: 'BIGINT',
      timestamp: 'TIMESTAMP WITH TIME ZONE',
      filetime: 'BIGINT',
      source_port: 'INTEGER',
      tcp_sequence: 'BIGINT',
      fields: 'VARCHAR',
    });
  });

  it('gives decoded fields as JSON, without the frames', async () => {
    const file = folder.path('fields.parquet');
    await exportedScenario(everyPlace, file, 'parquet');
    const switched = await query(
      `select fields->>'$[1].name' as name, fields->>'$[1].value' as value from read_parquet('${file}')
       where provider = 'Microsoft-Windows-Hyper-V-VmSwitch'`,
    );
    expect(switched).toEqual([{ name: 'NicName', value: 'NIC1' }]);
    const withFrames = await query(
      `select 1 from read_parquet('${file}') where link_type is not null and fields like '%"Fragment"%'`,
    );
    expect(withFrames).toEqual([]);
  });

  it.skipIf(!hasTshark)('agrees with tshark, packet by packet', async () => {
    const packets = folder.path('pair.pcapng');
    const table = folder.path('pair.parquet');
    await exportedScenario(everyPlace, packets, 'pcapng');
    await exportedScenario(everyPlace, table, 'parquet');
    const rows = await query(
      `select epoch_us(timestamp) as micros, component, original_length, captured_length
       from read_parquet('${table}') where link_type is not null order by message_number`,
    );
    const seen = judged(packets, ['frame.time_epoch', 'frame.interface_name', 'frame.len', 'frame.cap_len']);
    expect(rows.map((row) => [row.micros, row.original_length, row.captured_length])).toEqual(
      seen.map(([time, , length, captured]) => [time.replace('.', '').slice(0, -3), length, captured]),
    );
    expect(rows.map((row) => row.component)).toEqual(seen.map(([, name]) => name.replace(/ VLAN \d+$/, '')));
  });

  it.skipIf(!real.present)('counts the real pktmon trace as everybody does', async () => {
    const file = folder.path('real.parquet');
    const { lines } = await exported([pktMonTrace], file, 'parquet');
    const [counts] = await query(
      `select count(*) as events, count(link_type) as packets, sum(original_length) as bytes,
       count(distinct filetime) as times from read_parquet('${file}')`,
    );
    const packets = lines.flatMap(({ packet }) => (packet ? [Number(packet.originalLength)] : []));
    expect(counts).toEqual({
      events: String(lines.length),
      packets: '114',
      bytes: String(packets.reduce((sum, length) => sum + length, 0)),
      times: String(new Set(lines.map(({ timestamp }) => timestamp)).size),
    });
  });

  it('of several traces is a folder of parts that is read as one table', async () => {
    const [first, second] = [folder.path('host a=1.etl'), folder.path('guest.etl')];
    writeFileSync(first, traceBytes(everyPlace));
    writeFileSync(second, traceBytes(everyPlace.slice(0, 3)));
    const target = folder.path('fleet.parquet');
    const { report, lines } = await exported([first, second], target, 'parquet');
    expect(report.files.map(({ name }) => name)).toEqual([
      'trace=host a%3D1.etl/part-0.parquet',
      'trace=guest.etl/part-0.parquet',
    ]);
    const table = `read_parquet('${target}/**/*.parquet', hive_partitioning = true)`;
    const counts = await query(`select trace, count(link_type) as packets from ${table} group by trace order by trace`);
    expect(counts).toEqual([
      { trace: 'guest.etl', packets: '2' },
      { trace: 'host a=1.etl', packets: '9' },
    ]);
    const numbers = await query(`select message_number, module from ${table} order by message_number`);
    expect(numbers.map((row) => [row.message_number, row.module])).toEqual(
      lines.map(({ messageNumber, module }) => [String(messageNumber), module]),
    );
    await exported([first, second], target, 'parquet', { filter: 'WiFi' });
    expect(await query(`select count(*) as n from ${table}`)).toEqual([{ n: '1' }]);
    expect(readdirSync(folder.path('')).filter((name) => /\.(part|former)$/.test(name))).toEqual([]);
  });

  it('never takes away a folder that is not its own', async () => {
    const [first, second] = [folder.path('one.etl'), folder.path('two.etl')];
    for (const path of [first, second]) writeFileSync(path, traceBytes(everyPlace.slice(0, 2)));
    const target = folder.path('mine.parquet');
    mkdirSync(target);
    writeFileSync(`${target}/letters.txt`, 'dear');
    await expect(exported([first, second], target, 'parquet')).rejects.toThrow(
      'a folder of this name holds other files',
    );
    expect(existsSync(`${target}/letters.txt`)).toBe(true);
    expect(existsSync(`${target}.part`)).toBe(false);
  });
});

function microsecondsOf(iso: string): string {
  return `${Date.parse(`${iso.slice(0, 19)}Z`) / 1000}${iso.slice(20, 26)}`;
}

/** A row's packet in the names of a JSON line; what is null is left out. */
function packetOf(row: Row): Row {
  const names: Readonly<Record<string, string>> = {
    link_type: 'linkType',
    direction: 'direction',
    component: 'component',
    vlan: 'vlan',
    ip_protocol: 'ipProtocol',
    source_port: 'sourcePort',
    destination_port: 'destinationPort',
    tcp_flags: 'tcpFlags',
    tcp_sequence: 'sequence',
    tcp_acknowledgment: 'acknowledgment',
    tcp_window: 'window',
    payload_length: 'payloadLength',
    captured_length: 'capturedLength',
    original_length: 'originalLength',
    drop_reason: 'dropReason',
    drop_text: 'dropText',
    source: 'source',
    destination: 'destination',
  };
  const cells = Object.entries(names).map(([column, name]) => [name, row[column]] as const);
  return Object.fromEntries(
    cells
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value]),
  );
}
