import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bundleManifestFile,
  bundleMachineFile,
  bundleOutputs,
  type BundleManifest,
} from '../../capture/bundle-layout.ts';
import { compileScenario } from '../../scenario/compile.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';
import { buildZip, type ZipOptions } from './test-support/build-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-bundle-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const provider = '{12345678-1111-2222-3333-444455556666}';
const trace = compileScenario(`trace start=2024-05-01T14:03:07.0000000Z cpus=1 buffer=64KiB metadata
interface 9 alias="Ethernet 4" mac=00-15-5D-00-0A-09 guid={5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}
+10us cpu0 ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 id=7 | tcp 52891 > 80 SYN seq=17
+10us cpu0 event ${provider} id=7 payload=2A000000`);

/** As the script's stop step writes them. */
const adapters = JSON.stringify([
  {
    Name: 'Uplink to rack 7',
    InterfaceDescription: 'Contoso NIC',
    ifIndex: '9',
    InterfaceGuid: '{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}',
    MacAddress: '00-15-5D-00-0A-09',
    PermanentAddress: null,
  },
]);
const layouts = JSON.stringify({
  Name: 'Contoso-Router',
  Id: provider.slice(1, -1),
  Events: [
    {
      Id: 7,
      Version: 0,
      Level: { Name: 'win:Informational', Value: 4 },
      Template:
        '<template xmlns="http://schemas.microsoft.com/win/2004/08/events"><data name="Lane" inType="win:UInt32" outType="xs:unsignedInt"/></template>',
      Description: 'Lane %1 taken',
    },
  ],
});
const machine = JSON.stringify({
  computer: 'HV01',
  system: 'Windows Server 2022 Datacenter',
  build: '10.0.20348.2031',
  timeZone: 'W. Europe Standard Time',
  utcOffsetMinutes: 120,
});
const manifest: BundleManifest = {
  format: 'hopscope-bundle',
  version: 1,
  tool: 'netsh',
  started: '2024-05-01T16:03:00+02:00',
  stopped: '2024-05-01T16:04:00+02:00',
  traces: ['host.etl'],
  parts: [
    { file: 'get-netadapter.json', command: bundleOutputs['get-netadapter.json'], state: 'gathered' },
    { file: 'get-vmswitch.json', command: bundleOutputs['get-vmswitch.json'], state: 'absent' },
    { file: 'pktmon-list.txt', command: bundleOutputs['pktmon-list.txt'], state: 'failed', error: 'Access is denied.' },
    { file: 'schemas/Contoso-Router.json', command: 'Get-WinEvent', state: 'gathered' },
  ],
};

type Parts = Readonly<Record<string, Uint8Array | string>>;
const whole: Parts = {
  [bundleManifestFile]: JSON.stringify(manifest),
  [bundleMachineFile]: machine,
  'host.etl': trace,
  'get-netadapter.json': adapters,
  'schemas/Contoso-Router.json': layouts,
};

const without = (name: string): Parts => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

let count = 0;
let engine: Engine;
beforeEach(() => {
  engine = new Engine(new InlinePool());
});
afterEach(() => engine.close());

function asFolder(parts: Parts): string {
  const own = join(folder, `bundle-${++count}`);
  mkdirSync(own);
  for (const [name, content] of Object.entries(parts)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), content);
  }
  return own;
}

function asZip(parts: Parts, options: ZipOptions = { isPacked: true }): string {
  return bytesAsZip(buildZip(Object.entries(parts), options));
}

function bytesAsZip(bytes: Uint8Array): string {
  const path = join(folder, `bundle-${++count}.zip`);
  writeFileSync(path, bytes);
  return path;
}

/** What the completeness report tells of the bundle, and what the rows say. */
async function opened(
  path: string,
): Promise<{ notes: string; names: number; rows: string; subjects: string; files: string }> {
  const info = await engine.call('open', { files: [path] });
  const book = await engine.call('names', { trace: info.trace });
  const { view, rows } = await engine.call('view', { trace: info.trace, filter: '' });
  const block = await engine.call('rows', { view, from: 0, count: rows });
  return {
    notes: info.companions.flatMap((companion) => companion.notes).join('\n'),
    names: info.companions.reduce((sum, companion) => sum + companion.names, 0),
    rows: JSON.stringify(block),
    subjects: JSON.stringify(book.subjects),
    files: info.files.map(({ name }) => name).join(', '),
  };
}

const failure = (path: string): Promise<string> =>
  engine.call('open', { files: [path] }).then(
    () => 'opened',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
const unpackedFolders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`hopscope-unpacked-${process.pid}-`));

describe('a whole bundle', () => {
  it.each([
    ['folder', () => asFolder(whole)],
    ['packed zip', () => asZip(whole)],
    ['stored zip', () => asZip(whole, {})],
    [
      'zip of a program that writes backslashes',
      () => bytesAsZip(buildZip(Object.entries(whole).map(([name, content]) => [name.replace('/', '\\'), content]))),
    ],
    ['list of its parts', () => join(asFolder(whole), bundleManifestFile)],
    ['trace beside its list', () => join(asFolder(whole), 'host.etl')],
  ])('opens with names and layouts as a %s', async (_, place) => {
    const found = await opened(place());
    expect(found.files).toBe('host.etl');
    expect(found.subjects).toContain('Uplink to rack 7');
    expect(found.names).toBe(1);
    expect(found.rows).toContain('Lane 42 taken');
    expect(found.rows).toContain('Contoso_Router');
    expect(found.notes).toContain(
      'Made on HV01: Windows Server 2022 Datacenter, build 10.0.20348.2031, time zone W. Europe Standard Time (UTC+02:00).',
    );
    expect(found.notes).toContain('schemas/Contoso-Router.json: layouts of 1 event of Contoso-Router.');
    expect(found.notes).toContain('Get-VMSwitch: the machine has no such command');
    expect(found.notes).toContain('pktmon list --all failed there, so there is no pktmon-list.txt: Access is denied.');
  });

  it('gives back the room that it was unpacked to', async () => {
    const info = await engine.call('open', { files: [asZip(whole)] });
    expect(unpackedFolders()).toHaveLength(1);
    await engine.call('close', { trace: info.trace });
    await expect.poll(unpackedFolders).toEqual([]);
  });

  it('gives its layouts to its own trace alone', async () => {
    await opened(asZip(whole));
    const alone = join(asFolder({ 'host.etl': trace }), 'host.etl');
    expect((await opened(alone)).rows).not.toContain('Lane 42 taken');
    expect((await engine.call('schemas', {})).entries).toEqual([]);
  });

  it('is read without a list, by what it holds', async () => {
    const parts = without(bundleManifestFile);
    const found = await opened(asZip({ ...parts, 'notes/readme.txt': 'Taken on Monday.' }));
    expect(found.subjects).toContain('Uplink to rack 7');
    expect(found.rows).toContain('Lane 42 taken');
    expect(found.notes).toContain('notes/readme.txt names nothing');
  });

  it('reads what PowerShell writes as UTF-16', async () => {
    const parts = { ...whole, 'get-netadapter.json': Buffer.from(`\uFEFF${adapters}`, 'utf16le') };
    expect((await opened(asFolder(parts))).subjects).toContain('Uplink to rack 7');
  });
});

describe('a bundle with a part', () => {
  it('missing opens with the rest, and says so', async () => {
    const names = await opened(asZip(without('get-netadapter.json')));
    expect(names.notes).toContain(
      'get-netadapter.json is missing from the bundle: names that Get-NetAdapter -IncludeHidden gives are not known from it.',
    );
    expect(names.rows).toContain('Lane 42 taken');
    const layout = await opened(asZip(without('schemas/Contoso-Router.json')));
    expect(layout.notes).toContain('layouts of Contoso-Router are not known from it');
    expect(layout.subjects).toContain('Uplink to rack 7');
    expect((await opened(asZip(without(bundleMachineFile)))).subjects).toContain('Uplink to rack 7');
  });

  it.each(['get-netadapter.json', 'schemas/Contoso-Router.json', bundleMachineFile, bundleManifestFile])(
    'cut (%s) opens with the rest, and says so',
    async (name) => {
      const text = String(whole[name]);
      const found = await opened(asZip({ ...whole, [name]: text.slice(0, text.length / 2) }));
      expect(found.notes).toContain(name);
      if (!name.startsWith('schemas')) expect(found.rows).toContain('Lane 42 taken');
      if (name.startsWith('schemas')) expect(found.subjects).toContain('Uplink to rack 7');
    },
  );

  it('foreign opens with the rest, and says so', async () => {
    const found = await opened(
      asFolder({
        ...whole,
        'get-netadapter.json': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
        [bundleMachineFile]: '[1, 2]',
      }),
    );
    expect(found.notes).toContain('get-netadapter.json names nothing');
    expect(found.notes).toContain('machine.json was not read');
    expect(found.rows).toContain('Lane 42 taken');
  });

  it('of a newer layout is read as far as it is known', async () => {
    const found = await opened(
      asZip({ ...whole, [bundleManifestFile]: JSON.stringify({ ...manifest, version: 9, more: [] }) }),
    );
    expect(found.notes).toContain('newer Hopscope');
    expect(found.subjects).toContain('Uplink to rack 7');
  });

  it('missing that is the trace is refused, unless another is there', async () => {
    expect(await failure(asZip(without('host.etl')))).toContain('holds none of its traces ("host.etl")');
    const { rows } = await opened(asZip({ ...without('host.etl'), 'other.etl': trace }));
    expect(rows).toContain('Lane 42 taken');
    expect(await failure(asFolder({ 'a.txt': 'nothing' }))).toContain('is a folder that holds no trace');
  });
});

describe('a zip that is made to do harm', () => {
  it.each([
    ['leads out of it', { '../host.etl': trace }, {}, 'refused'],
    ['leads to another drive', { 'C:\\host.etl': trace }, {}, 'refused'],
    ['leads to the root', { '/host.etl': trace }, {}, 'refused'],
    ['is encrypted', { 'host.etl': trace }, { isPacked: true, flags: 1 }, 'is encrypted'],
    ['is a link', { 'host.etl': '/etc/passwd' }, { modes: { 'host.etl': 0xa1ff } }, 'is a link'],
    [
      'says more than it has',
      { 'host.etl': trace },
      { isPacked: true, sizes: { 'host.etl': trace.length + 5 } },
      'cannot be unpacked',
    ],
    [
      'says less than it has',
      { 'host.etl': trace },
      { isPacked: true, sizes: { 'host.etl': 100 } },
      'cannot be unpacked',
    ],
    ['fills the disk', { 'host.etl': new Uint8Array(70 << 20) }, { isPacked: true }, 'a zip made to fill a disk is'],
  ] satisfies [string, Parts, ZipOptions, string][])('is refused where a file %s', async (_, parts, options, words) => {
    expect(await failure(asZip(parts, options))).toContain(words);
    await expect.poll(unpackedFolders).toEqual([]);
  });

  it('is refused where files overlap', async () => {
    const bytes = buildZip(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.txt`, 'x'.repeat(500)] as const));
    // Every entry of the directory points to the first file, and says that all of the zip is its.
    for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
      bytes.writeUInt32LE(bytes.length - 100, at + 20);
      bytes.writeUInt32LE(bytes.length - 100, at + 24);
      bytes.writeUInt32LE(0, at + 42);
    }
    expect(await failure(bytesAsZip(bytes))).toContain('overlap');
  });

  it('is refused where it holds a file twice', async () => {
    expect(
      await failure(
        bytesAsZip(
          buildZip([
            ['a.etl', trace],
            ['a.etl', trace],
          ]),
        ),
      ),
    ).toContain('twice');
  });

  it('is opened or refused in words, wherever it is cut or changed', { timeout: 60_000 }, async () => {
    const bytes = buildZip(Object.entries(whole), { isPacked: true });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length),
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (length, at, change) => {
          const damaged = Buffer.from(bytes.subarray(0, length));
          if (at < length) damaged[at] ^= change;
          const said = await failure(bytesAsZip(damaged));
          expect(said === 'opened' || said.length > 20).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    await expect
      .poll(unpackedFolders)
      .toHaveLength(0)
      .catch(() => undefined);
  });
});

it('a folder’s links are passed over', async () => {
  const path = asFolder({ 'host.etl': trace });
  symlinkSync('/etc/hostname', join(path, 'ipconfig.txt'));
  expect((await opened(path)).notes).not.toContain('ipconfig');
});
