import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { columnNames, groupOrder, sortOrder } from './arguments.ts';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const sample = fileURLToPath(new URL('../assets/sample/container-syn.etl', import.meta.url));
const isBuilt = existsSync(program);
if (!isBuilt)
  console.warn('dist/ is not built: columns and groups of the command line are not tested. Run "npm run build" first.');

const folder = mkdtempSync(join(tmpdir(), 'hopscope-columns-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function hopscope(...args: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, HOPSCOPE_USER_DATA: join(folder, 'user-data') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
  return { code: status, out: stdout, err: stderr };
}

describe('words of the command line about columns', () => {
  it('name them with commas between, and an order behind a colon', () => {
    expect(columnNames(' Source, TCP.SourcePort ,')).toEqual(['Source', 'TCP.SourcePort']);
    expect(sortOrder('Source')).toEqual({ by: 'Source', descending: false });
    expect(sortOrder('TCP:Segment:Window:DESC')).toEqual({ by: 'TCP:Segment:Window', descending: true });
    expect(() => sortOrder(':desc')).toThrow('--sort takes a column');
    expect(groupOrder('Bytes')).toBe('bytes');
    expect(() => groupOrder('size')).toThrow('--order knows rows, packets, bytes, first, value');
  });
});

describe.skipIf(!isBuilt)('events with columns', () => {
  const asked = [
    'events',
    sample,
    '--columns',
    'Source,TCP.SourcePort,Summary',
    '--filter',
    'TCP',
    '--sort',
    'TCP.SourcePort:desc',
  ];

  it('are printed in the order that is asked for, with tabs, as csv and as JSON lines', () => {
    const { code, out, err } = hopscope(...asked);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [head, ...lines] = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(head).toEqual(['Source', 'TCP.SourcePort', 'Summary']);
    const ports = lines.map(([, port]) => Number(/\d+/.exec(port)?.[0]));
    expect(ports.length).toBeGreaterThan(50);
    expect(ports).toEqual(ports.toSorted((one, other) => other - one));
    const csv = hopscope(...asked, '--format', 'csv', '--limit', '1').out;
    expect(csv).toMatch(/^\ufeffSource,TCP.SourcePort,Summary\r\n10\.0\.0\.50,52897,"Flags: .*"\r\n$/);
    const json = hopscope(...asked, '--format', 'jsonl', '--limit', '1').out;
    expect(JSON.parse(json)).toMatchObject({ Source: '10.0.0.50', 'TCP.SourcePort': '52897' });
  });

  it('are refused where there is no such column, or no such format', () => {
    expect(hopscope('events', sample, '--sort', 'TCP.SourcPort')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Near names: TCP.SourcePort') as unknown,
    });
    expect(hopscope('events', sample, '--columns', 'Source', '--format', 'xml').code).toBe(2);
  });
});

describe.skipIf(!isBuilt)('group', () => {
  it('counts by columns, as a table and as JSON whose filters find the same rows', () => {
    const { code, out, err } = hopscope('group', sample, '--by', 'Conversation', '--order', 'bytes', '--limit', '2');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^Conversation +Rows +Packets +Bytes +First +Last\n10\.0\.0\.50:52891 ↔ 10\.0\.0\.60:80 TCP +36 +36 +2,696 /,
    );
    expect(out).toContain('9 groups of 241 rows; 2 listed; ');
    const json = hopscope('group', sample, '--by', 'Source,Destination', '--filter', 'UDP', '--limit', '1', '--json');
    const { groups } = JSON.parse(json.out) as { groups: { values: string[]; rows: number; filter: string }[] };
    const found = hopscope('events', sample, '--filter', `UDP and ${groups[0].filter}`);
    expect(found.out.trimEnd().split('\n').length).toBe(groups[0].rows);
    expect(hopscope('group', sample).code).toBe(2);
    expect(hopscope('group', sample, '--by', 'a,b,c,d').code).toBe(2);
  });
});
