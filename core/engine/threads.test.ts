import { existsSync, readdirSync } from 'node:fs';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import type { EngineClient } from './contract.ts';
import { startEngineThread, type EngineThread } from './thread.ts';
import { TaskError, WorkerPool } from './worker-pool.ts';

/** The engine in its own thread, with workers below it: the built files, as the hosts start them. */
const built = (name: string): URL => new URL(`../../dist/engine/${name}`, import.meta.url);
const sample = fileURLToPath(new URL('../../assets/sample/container-syn.etl', import.meta.url));
/** Nothing is kept there. */
const schemaFolder = join(tmpdir(), 'hopscope-no-schemas');
const nameFolder = join(tmpdir(), 'hopscope-no-names');
const noteFolder = join(tmpdir(), 'hopscope-no-notes');
const isBuilt = existsSync(built('thread.js'));
if (!isBuilt) console.warn('dist/ is not built: engine threads are not tested. Run "npm run build" first.');

describe.skipIf(!isBuilt)('an engine in a thread of its own', () => {
  let thread: EngineThread;
  let client: EngineClient;
  beforeEach(() => {
    thread = startEngineThread({
      threadFile: built('thread.js'),
      workerFile: built('worker.js'),
      schemaFolder,
      nameFolder,
      noteFolder,
    });
    client = createClient(thread.transport);
  });
  afterEach(() => thread.close());

  it('opens, filters, explains and counts like any other', async () => {
    const stages = new Set<string>();
    const info = await client.call('open', { files: [sample] }, { onProgress: ({ stage }) => stages.add(stage) });
    expect([...stages]).toEqual(['reading', 'ordering']);
    const { view, rows } = await client.call('view', { trace: info.trace, filter: 'TCP.Flags.SYN == true' });
    const block = await client.call('rows', { view, from: 0, count: rows });
    expect(block.rows).toHaveLength(rows);
    const detail = await client.call('detail', { view, row: block.rows[0].row });
    expect(detail.nodes[0].name).toBe('TCP');
    expect(detail.sources[0].bytes).toBeInstanceOf(Uint8Array);
  });

  it('carries errors across with their names and places', async () => {
    const { trace } = await client.call('open', { files: [sample] });
    await expect(client.call('view', { trace, filter: 'TCP and' })).rejects.toMatchObject({
      name: 'FilterError',
      details: { start: expect.any(Number) as number },
    });
    await expect(client.call('open', { files: ['/nowhere.etl'] })).rejects.toMatchObject({ name: 'OpenError' });
  });

  it('answers a cancelled call with Cancelled', async () => {
    const controller = new AbortController();
    const opening = client.call('open', { files: [sample] }, { signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'Cancelled' });
  });

  it.skipIf(process.platform !== 'linux')(
    'steps back behind the threads of its host, its workers behind it',
    async () => {
      await client.call('open', { files: [sample] });
      const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
      const threads = readdirSync('/proc/self/task').map((thread) => getPriority(Number(thread)));
      expect(threads).toEqual(expect.arrayContaining([PRIORITY_BELOW_NORMAL, PRIORITY_LOW]));
      expect(getPriority(process.pid)).toBeLessThan(PRIORITY_BELOW_NORMAL);
    },
  );
});

describe.skipIf(!isBuilt)('a pool of workers', () => {
  it('fails a task with its own error and goes on with the next', async () => {
    const pool = new WorkerPool(built('worker.js'), 1);
    const nothing = { order: new Uint32Array(0), bits: new Uint32Array(0), scanned: new Uint8Array(0) };
    const broken = pool.run('collect', { ...nothing, from: 0, to: -1 });
    await expect(broken).rejects.toBeInstanceOf(TaskError);
    const { rows, reached } = await pool.run('collect', {
      order: Uint32Array.of(2, 0, 1),
      bits: Uint32Array.of(0b101),
      scanned: Uint8Array.of(1),
      from: 0,
      to: 3,
    });
    expect([...rows]).toEqual([0, 1]);
    expect(reached).toBe(3);
    await pool.close();
  });

  it('does urgent tasks first, in the order in which they were asked for', async () => {
    const pool = new WorkerPool(built('worker.js'), 1);
    const done: string[] = [];
    const params = { order: Uint32Array.of(0), bits: Uint32Array.of(1), scanned: Uint8Array.of(1), from: 0, to: 1 };
    const ask = async (name: string, urgent: boolean): Promise<void> => {
      await pool.run('collect', params, { urgent });
      done.push(name);
    };
    await Promise.all([
      ask('under way', false),
      ask('patient', false),
      ask('first', true),
      ask('second', true),
      ask('more patient', false),
      ask('third', true),
    ]);
    expect(done).toEqual(['under way', 'first', 'second', 'third', 'patient', 'more patient']);
    await pool.close();
  });
});
