import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-changes-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const scenario = (events: number): Uint8Array =>
  compileScenario(
    [
      'trace start=2024-05-01T14:03:07.0000000Z cpus=1 buffer=64KiB metadata',
      ...Array.from(
        { length: events },
        () => '+10us cpu0 event {11111111-2222-3333-4444-555555555555} id=7 payload=00',
      ),
    ].join('\n'),
  );

it('an engine tells what became of a trace’s files since it was opened', async () => {
  const [host, guest] = ['host.etl', 'guest.etl'].map((name) => join(folder, name));
  const bytes = scenario(3);
  for (const path of [host, guest]) writeFileSync(path, bytes);
  const engine = new Engine(new InlinePool());
  const { trace } = await engine.call('open', { files: [host, guest] });
  const changes = async (): Promise<unknown> => (await engine.call('changes', { trace })).changes;
  expect(await changes()).toEqual([]);
  appendFileSync(host, new Uint8Array(500));
  expect(await changes()).toEqual([{ file: 'host.etl', kind: 'grown', size: bytes.length + 500 }]);
  utimesSync(guest, 1_700_000_000, 1_700_000_000);
  truncateSync(host, 200);
  expect(await changes()).toEqual([
    { file: 'host.etl', kind: 'changed', size: 200 },
    { file: 'guest.etl', kind: 'changed', size: bytes.length },
  ]);
  rmSync(host);
  expect(await changes()).toEqual([
    { file: 'host.etl', kind: 'missing', size: 0 },
    { file: 'guest.etl', kind: 'changed', size: bytes.length },
  ]);
  await engine.close();
});

it('names and notes that were given to a trace stay with it when its file has grown and is opened anew', async () => {
  const path = join(folder, 'growing.etl');
  writeFileSync(path, scenario(3));
  const engine = new Engine(new InlinePool());
  const before = await engine.call('open', { files: [path] });
  const text = 'Name : Ethernet\nInterfaceDescription : Intel\nifIndex : 9\nMacAddress : 00-15-5D-00-00-01\n';
  const { added } = await engine.call('importNames', {
    trace: before.trace,
    files: [],
    texts: [{ title: 'Get-NetAdapter.txt', text }],
  });
  expect(added).toHaveLength(1);
  await engine.call('setNotes', { trace: before.trace, rows: [2], marked: true, comment: 'here' });
  writeFileSync(path, scenario(20_000));
  const after = await engine.call('open', { files: [path] });
  await engine.call('close', { trace: before.trace });
  expect(after.events).toBeGreaterThan(before.events);
  const titles = (await engine.call('names', { trace: after.trace })).sources.map(({ title }) => title);
  expect(titles).toContain('Get-NetAdapter.txt');
  expect((await engine.call('notes', { trace: after.trace })).notes).toMatchObject([
    { row: 2, marked: true, comment: 'here' },
  ]);
  await engine.close();
});
