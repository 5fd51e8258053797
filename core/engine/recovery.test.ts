import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { createClient } from './client.ts';
import type { ConnectionBlock, EngineNotice, TraceInfo } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import type { WorkerLoss } from './task-recovery.ts';
import { parseTestFault } from './test-fault.ts';
import { startEngineThread } from './thread.ts';
import { WorkerPool } from './worker-pool.ts';

/** Real threads, which end in the middle of their work: the built files, as the hosts start them. */
const built = (name: string): URL => new URL(`../../dist/engine/${name}`, import.meta.url);
const sample = fileURLToPath(new URL('../../assets/sample/container-syn.etl', import.meta.url));
const isBuilt = existsSync(built('thread.js'));
if (!isBuilt) console.warn('dist/ is not built: lost workers are not tested. Run "npm run build" first.');

const folder = mkdtempSync(join(tmpdir(), 'hopscope-recovery-'));
/** Of several ranges: the first ones are of 1 and 2 MiB. */
const longTrace = join(folder, 'long.etl');

beforeAll(() => {
  const line = '+10us cpu0 event {11111111-2222-3333-4444-555555555555} id=7 payload=';
  const payload = 'AB'.repeat(2000);
  const events = Array.from({ length: 2500 }, () => `${line}${payload}`);
  writeFileSync(
    longTrace,
    compileScenario(`trace start=2024-05-01T14:03:07.0000000Z cpus=1 buffer=64KiB metadata\n${events.join('\n')}`),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const engines: Engine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

function engineWith(fault: string, size = 2): { engine: Engine; losses: WorkerLoss[] } {
  const losses: WorkerLoss[] = [];
  const onLost = (loss: WorkerLoss): void => {
    losses.push(loss);
  };
  const pool = new WorkerPool(built('worker.js'), size, { fault: parseTestFault(fault), onLost });
  const engine = new Engine(pool);
  engines.push(engine);
  return { engine, losses };
}

function undisturbed(): Engine {
  const engine = new Engine(new InlinePool());
  engines.push(engine);
  return engine;
}

const everyAttempt = { query: {}, from: 0, count: 1000 };

/** All that a person may ask of a trace, as text. */
async function everythingOf(engine: Engine, file: string): Promise<unknown> {
  const info = await engine.call('open', { files: [file] });
  const { trace } = info;
  const diagnosis = await engine.call('diagnosis', { trace });
  const attempts: ConnectionBlock = await engine.call('connections', { trace, ...everyAttempt });
  const view = await engine.call('view', { trace, filter: 'TCP and *Summary contains "S"' });
  const { rows } = await engine.call('rows', { view: view.view, from: 0, count: 1000 });
  const sorted = await engine.call('sort', { view: view.view, order: { by: 'Source', descending: true } });
  const inOrder = await engine.call('rows', { view: sorted.view, from: 0, count: 1000 });
  return { ...info, trace: 0, diagnosis, attempts, rows, inOrder };
}

describe.skipIf(!isBuilt)('a worker that ends in the middle of a task', () => {
  it('costs nothing, whatever it did: another one does the work again', async () => {
    const wanted = await everythingOf(undisturbed(), sample);
    for (const task of [
      'index',
      'order',
      'examine',
      'follow',
      'gather',
      'link',
      'judge',
      'scan',
      'collect',
      'sortRows',
    ]) {
      const { engine, losses } = engineWith(`worker:${task}:1`);
      expect(await everythingOf(engine, sample), task).toEqual(wanted);
      expect(losses, task).toHaveLength(1);
      expect(losses[0].outcome).toBe(/follow|link|sortRows/.test(task) ? 'whole' : 'again');
      expect(losses[0].work).toContain(/collect|sortRows/.test(task) ? 'rows of the trace' : 'container-syn.etl');
      expect(losses[0].reason).toBe('it ended with code 70');
    }
  }, 60_000);

  it('is replaced when it ran out of memory, too', async () => {
    const { engine, losses } = engineWith('memory:index:2');
    const info = await engine.call('open', { files: [longTrace] });
    expect(info.problems).toEqual([]);
    expect(info.events).toBeGreaterThan(2500);
    expect(losses.map(({ reason, outcome }) => [reason, outcome])).toEqual([['it ran out of memory', 'again']]);
    expect(losses[0].work).toMatch(/^reading bytes [\d,]+ to [\d,]+ of long\.etl$/);
  }, 60_000);

  it('leaves a range out that ended three of them; the rest of the trace opens', async () => {
    const whole = await undisturbed().call('open', { files: [longTrace] });
    // One worker: the tasks that follow the second one are its repetitions.
    const { engine, losses } = engineWith('worker:index:2+', 1);
    const info: TraceInfo = await engine.call('open', { files: [longTrace] });
    expect(info.events).toBeGreaterThan(100);
    expect(info.events).toBeLessThan(whole.events);
    expect(info.problems.map(({ kind }) => kind)).toEqual(
      losses.filter(({ outcome }) => outcome === 'given up').map(() => 'skipped'),
    );
    const skipped = info.problems.map(({ message }) => Number(/to (\d+) of/.exec(message)?.[1]));
    expect(skipped.at(-1)).toBe(whole.size);
    expect(info.completeness.skippedBytes).toBe(whole.size - info.problems[0].offset);
    expect(info.completeness.findings[0]).toMatchObject({
      level: 'defect',
      text: expect.stringContaining('Hopscope could not read') as string,
    });
    expect(info.complete).toBe(true);
    const { rows } = await engine.call('view', { trace: info.trace, filter: '' });
    expect(rows).toBe(info.events);
  }, 60_000);

  it('fails work that ended every worker with what it was and what to do; the engine goes on', async () => {
    const { engine } = engineWith('worker:scan:1+');
    const { trace } = await engine.call('open', { files: [sample] });
    const message = /tried 3 times .* filtering container-syn\.etl: it ended with code 70\. Close other programs/;
    await expect(engine.call('view', { trace, filter: 'TCP' })).rejects.toMatchObject({
      name: 'WorkerLost',
      message: expect.stringMatching(message) as string,
    });
    expect((await engine.call('view', { trace, filter: '' })).rows).toBeGreaterThan(0);
    const { engine: other } = engineWith('worker:link:1+');
    const opened = await other.call('open', { files: [sample] });
    await expect(other.call('connections', { trace: opened.trace, ...everyAttempt })).rejects.toMatchObject({
      name: 'WorkerLost',
    });
  }, 60_000);
});

describe('a pool whose workers cannot be started', () => {
  it('says so, and does not try for ever', async () => {
    const missing = new URL('no-such-worker.js', import.meta.url);
    const pool = new WorkerPool(missing, 2);
    const task = { order: new Uint32Array(0), bits: new Uint32Array(0), scanned: new Uint8Array(0), from: 0, to: 0 };
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(pool.run('collect', task)).rejects.toMatchObject({
        message: expect.stringContaining('cannot be started') as string,
      });
    await pool.close();
  });
});

describe.skipIf(!isBuilt)('an engine in a thread of its own', () => {
  it('tells everybody of a lost worker, and ends when a test wants it to, unless it is a replacement', async () => {
    const before = process.env.HOPSCOPE_TEST_FAULT;
    const folders = {
      schemaFolder: join(folder, 'schemas'),
      nameFolder: join(folder, 'names'),
      noteFolder: join(folder, 'notes'),
    };
    const files = { threadFile: built('thread.js'), workerFile: built('worker.js') };
    try {
      process.env.HOPSCOPE_TEST_FAULT = 'worker:index:1';
      const first = startEngineThread({ ...files, ...folders });
      const notices: EngineNotice[] = [];
      const client = createClient(first.transport, (notice) => notices.push(notice));
      const { rows } = await client
        .call('open', { files: [sample] })
        .then(({ trace }) => client.call('view', { trace, filter: '' }));
      expect(rows).toBeGreaterThan(0);
      expect(notices).toHaveLength(1);
      expect(notices[0].heading).toBe('A worker of the engine was lost and replaced');
      expect(notices[0].detail).toMatch(
        /^It was reading bytes 0 to [\d,]+ of container-syn\.etl when it ended with code 70\. Another worker does that work again\./,
      );
      await first.close();
      process.env.HOPSCOPE_TEST_FAULT = 'engine:schemas:1';
      const second = startEngineThread({ ...files, ...folders });
      await expect(createClient(second.transport).call('schemas', {})).rejects.toMatchObject({ name: 'Disconnected' });
      const third = startEngineThread({ ...files, ...folders, isReplacement: true });
      await expect(createClient(third.transport).call('schemas', {})).resolves.toMatchObject({ entries: [] });
      await third.close();
    } finally {
      if (before === undefined) delete process.env.HOPSCOPE_TEST_FAULT;
      else process.env.HOPSCOPE_TEST_FAULT = before;
    }
  }, 30_000);
});
