import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCabinet, type CabinetInput } from '../archive/test-support/build-cabinet.ts';
import { compileScenario } from '../scenario/compile.ts';
import type { TraceInfo } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-report-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const trace = compileScenario(`trace start=2024-05-01T14:03:07.0000000Z cpus=1 buffer=64KiB metadata
+10us cpu0 ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 id=7 | tcp 52891 > 80 SYN seq=17`);
const ipconfig = `
Windows IP Configuration

   Host Name . . . . . . . . . . . . : host4711

Ethernet adapter Storage:

   Connection-specific DNS Suffix  . :
   Description . . . . . . . . . . . : Intel(R) Ethernet
   Physical Address. . . . . . . . . : 00-15-5D-00-00-01
   DHCP Enabled. . . . . . . . . . . : No
   IPv4 Address. . . . . . . . . . . : 10.0.0.50(Preferred)
`;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
/** As Windows' console writes into files. */
const utf16 = (words: string): Uint8Array => Uint8Array.from(Buffer.from(`\uFEFF${words}`, 'utf16le'));
const deflate = (block: Uint8Array, history: Uint8Array): Uint8Array =>
  deflateRawSync(block, history.length > 0 ? { dictionary: history } : {});
const report = {
  'config\\ipconfig.txt': utf16(ipconfig),
  'config\\osinfo.txt': text('OS Name: Microsoft Windows Server\r\n'.repeat(50)),
  'report.evtx': new Uint8Array(70_000),
};

let count = 0;
let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(() => engine.close());

/** A folder of its own with `host.etl`, a report, both, or something else. */
function placed(files: Record<string, Uint8Array>): (name: string) => string {
  const own = join(folder, String(++count));
  mkdirSync(own);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(own, name), bytes);
  return (name) => join(own, name);
}

const cab = (input: Partial<CabinetInput> = {}): Uint8Array => buildCabinet({ files: report, deflate, ...input });

async function sourcesOf(info: TraceInfo): Promise<string[]> {
  return (await engine.call('names', { trace: info.trace })).sources.map(({ title }) => title);
}

describe('the report beside a trace', () => {
  it('is read with it, whichever of the two is opened', async () => {
    const at = placed({ 'host.etl': trace, 'host.cab': cab() });
    for (const files of [[at('host.etl')], [at('host.cab')], [at('host.cab'), at('host.etl')]]) {
      const info = await engine.call('open', { files });
      expect(info.file).toBe('host.etl');
      expect(info.companions).toHaveLength(1);
      const [{ file, names, notes }] = info.companions;
      expect([file, names]).toEqual(['host.cab', 1]);
      expect(notes[0]).toMatch(/^config\/ipconfig\.txt: .*ipconfig/);
      const { view } = await engine.call('view', { trace: info.trace, filter: '' });
      const book = await engine.call('names', { trace: info.trace });
      expect(JSON.stringify(book)).toContain('Storage');
      expect(await sourcesOf(info)).toContain('host.cab/config/ipconfig.txt');
      expect((await engine.call('rows', { view, from: 0, count: 10 })).rows.length).toBeGreaterThan(0);
    }
  });

  it('stays away once a person has removed it', async () => {
    const at = placed({ 'host.etl': trace, 'host.cab': cab() });
    const info = await engine.call('open', { files: [at('host.etl')] });
    const { sources } = await engine.call('names', { trace: info.trace });
    const { id } = sources.find(({ title }) => title.startsWith('host.cab')) ?? { id: '' };
    await engine.call('removeNames', { trace: info.trace, source: id });
    const again = await engine.call('open', { files: [at('host.etl')] });
    expect(await sourcesOf(again)).not.toContain('host.cab/config/ipconfig.txt');
  });

  it('that cannot be read costs itself only, and says why', async () => {
    const whole = cab();
    const broken: [Uint8Array, RegExp][] = [
      [whole.subarray(0, 260), /^It was not read: The cabinet ends inside a data block/],
      [cab({ compression: 3 }), /^It was not read: .*compressed with LZX/],
      [cab({ files: { 'readme.txt': text('nothing here') } }), /^None of its 1 text files names anything\.$/],
    ];
    for (const [bytes, words] of broken) {
      const at = placed({ 'host.etl': trace, 'host.cab': bytes });
      const info = await engine.call('open', { files: [at('host.etl')] });
      expect(info.packets).toBe(1);
      expect(info.companions).toEqual([{ file: 'host.cab', names: 0, notes: [expect.stringMatching(words)] }]);
    }
  });

  it('gives names to another trace by an import', async () => {
    const at = placed({ 'other.etl': trace, 'host.cab': cab() });
    const info = await engine.call('open', { files: [at('other.etl')] });
    expect(info.companions).toEqual([]);
    const { added, failures } = await engine.call('importNames', {
      trace: info.trace,
      files: [at('host.cab')],
      texts: [],
    });
    expect(failures).toEqual([]);
    expect(added.map(({ title }) => title)).toEqual(['host.cab']);
  });
});

describe('a cabinet without its trace', () => {
  it('says what to do', async () => {
    const alone = placed({ 'host.cab': cab() });
    const opening = engine.call('open', { files: [alone('host.cab')] });
    await expect(opening).rejects.toMatchObject({
      name: 'OpenError',
      message: expect.stringMatching(
        /^host\.cab is the report .* host\.etl does not lie beside it\. Put both into one folder/,
      ) as string,
    });
    const holding = placed({ 'net.cab': cab({ files: { 'NetTrace.etl': trace } }) });
    await expect(engine.call('open', { files: [holding('net.cab')] })).rejects.toThrow(
      /^net\.cab is a cabinet that holds a trace, NetTrace\.etl\. Expand it first \(`expand net\.cab -F:\*\.etl \.`\)/,
    );
  });

  it('is known by its content, not by its name', async () => {
    const at = placed({ 'host.etl': trace });
    copyFileSync(at('host.etl'), at('copy.cab'));
    expect((await engine.call('open', { files: [at('copy.cab')] })).packets).toBe(1);
  });
});
