import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import type { DetailNode, NameBook, NamedSubject } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { KeptNames } from './names/kept-names.ts';
import { folderShelf } from './schema-shelf.ts';
import { realTraces } from './test-support/real-traces.ts';

const physical = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241';
const container = 'FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40';
const machine = '6859057B-7070-4426-8777-0C55181D8D90';
const adapter = '11111111-2222-4333-8444-555555555555';
const switchGuid = 'D2FD9981-CB99-4866-9548-81F4ADEF178C';
const port = '8C1B7A60-52C4-4D0F-A1B0-3C0D4E9F7712';
const syn = 'eth 00-15-5D-00-04-32 > 00-15-5D-8A-1C-60 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 SYN seq=1';
const ofSwitch = `SwitchName=${switchGuid} SwitchFName="Layered Ethernet" BufferAddress=0xffff9383cbf21490`;
const scenario = `trace start=2024-05-01T14:03:07.0000000Z metadata
+0 interface 9 alias="Ethernet" description="Microsoft Hyper-V Network Adapter" mac=00-15-5D-00-0A-09 guid={${physical}}
+1us ndis in miniport=9 | ${syn}
+2us vmswitch 56 NicName=/DEVICE/{${physical}} NicFName="Microsoft Hyper-V Network Adapter" ${ofSwitch}
+3us ndis switch out miniport=17 from="2:${port}:/DEVICE/{${physical}}:External" | ${syn}
+4us vmswitch 57 SrcNicName=/DEVICE/{${physical}} SrcNicFName="Microsoft Hyper-V Network Adapter" DestNicName=${container} DestNicFName="Container NIC fb5c285c" ${ofSwitch}
+5us vmswitch 58 NicName=${container} NicFName="Container NIC fb5c285c" ${ofSwitch}
+6us ndis in miniport=34 | ${syn}
+7us vmswitch 56 NicName=${machine}--${adapter} ${ofSwitch}
`;
const adapters = `
Name                 : Uplink
InterfaceDescription : Microsoft Hyper-V Network Adapter
InterfaceIndex       : 9
InterfaceGuid        : {${physical}}
MacAddress           : 00-15-5D-00-0A-09

Name                 : vEthernet (fb5c285c)
InterfaceDescription : Hyper-V Virtual Ethernet Container Adapter
InterfaceIndex       : 34
InterfaceGuid        : {${container}}
MacAddress           : 00-15-5D-8A-1C-60
`;

const { folder: realFolder, present } = realTraces('its components’ names are not tested.');
const folder = mkdtempSync(join(tmpdir(), 'hopscope-names-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const file = join(folder, 'host.etl');
writeFileSync(file, compileScenario(scenario));

let engine: Engine;
let trace: number;
async function open(path = file, kept?: KeptNames): Promise<void> {
  engine = new Engine(new InlinePool(), kept ? { keptNames: kept } : {});
  ({ trace } = await engine.call('open', { files: [path] }));
}
beforeEach(() => open());
afterEach(() => engine.close());

const names = (): Promise<NameBook> => engine.call('names', { trace });
const take = async (text: string, title = 'adapters.txt') =>
  engine.call('importNames', { trace, files: [], texts: [{ title, text }] });
const subject = (book: NameBook, kind: string, text: string): NamedSubject | undefined =>
  book.subjects.find((each) => each.kind === kind && each.text.includes(text));

async function rows(filter = ''): Promise<{ source: string; destination: string; row: number; summary: string }[]> {
  const { view, rows: count } = await engine.call('view', { trace, filter });
  return (await engine.call('rows', { view, from: 0, count: Math.max(count, 1) })).rows;
}

describe('what a trace itself says', () => {
  it('is there first, and what has no name comes with the command that fetches it', async () => {
    const book = await names();
    expect(subject(book, 'nic', container)).toMatchObject({
      name: 'Container NIC fb5c285c',
      source: 'trace',
      seenIn: 'VmSwitch NBL events',
      uses: 2,
      command: null,
    });
    expect(subject(book, 'switch', switchGuid)).toMatchObject({ name: 'Layered Ethernet', uses: 4 });
    expect(subject(book, 'interface', 'ifIndex 9')).toMatchObject({ name: 'Ethernet', uses: 1 });
    const nameless = book.subjects.filter(({ name }) => name === null);
    expect(book.subjects.slice(0, nameless.length)).toEqual(nameless);
    expect(nameless.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      `nic ${machine}--${adapter}`,
      `port ${port}`,
      `vm ${machine}`,
      'interface ifIndex 17',
      'interface ifIndex 34',
    ]);
    expect(nameless.map(({ command }) => command?.split(' ')[0])).toEqual([
      'Get-VMNetworkAdapter',
      undefined,
      'Get-VM',
      'Get-NetAdapter',
      'Get-NetAdapter',
    ]);
  });

  it('shows in rows: received, routed, delivered', async () => {
    await names();
    const found = (await rows('Microsoft_Windows_Hyper_V_VmSwitch')).map((row) => [row.source, row.destination]);
    expect(found).toEqual([
      ['Microsoft Hyper-V Network Adapter', 'Layered Ethernet'],
      ['Microsoft Hyper-V Network Adapter', 'Container NIC fb5c285c'],
      ['Layered Ethernet', 'Container NIC fb5c285c'],
      [`${machine}--${adapter}`, 'Layered Ethernet'],
    ]);
  });

  it('cannot be removed', async () => {
    await expect(engine.call('removeNames', { trace, source: 'trace' })).rejects.toThrow('cannot be removed');
    await expect(engine.call('removeNames', { trace, source: 'nonsense' })).rejects.toThrow('There are no names');
    await expect(engine.call('setName', { trace, key: 'nic nonsense', name: 'x' })).rejects.toThrow(
      'nothing that goes',
    );
  });
});

describe('imported names', () => {
  it('travel everywhere at once, and are gone when their source is removed', async () => {
    await engine.call('diagnosis', { trace });
    const before = await rows('Component == "Uplink"');
    expect(before).toEqual([]);
    const { added, failures, book } = await take(adapters);
    expect(failures).toEqual([]);
    expect(added).toMatchObject([{ kind: 'import', title: 'adapters.txt', names: 2 }]);
    expect(subject(book, 'nic', physical)).toMatchObject({ name: 'Uplink', source: added[0].id });
    // The import's interface index joins the container's NIC and the place where its frames were seen.
    expect(subject(book, 'interface', 'ifIndex 34')?.name).toBe('vEthernet (fb5c285c)');

    const [received, routed] = await rows('Microsoft_Windows_Hyper_V_VmSwitch');
    expect(received.source).toBe('Uplink');
    expect(routed.destination).toBe('vEthernet (fb5c285c)');
    // A filter that workers answer: they must have been taught again.
    expect(await rows('*Source == "Uplink"')).toHaveLength(2);
    // A frame at the interface, one at the switch's port, and the events that tell of the NIC.
    expect(await rows('Component == "uplink"')).toHaveLength(4);
    const report = await engine.call('diagnosis', { trace });
    expect(report.components.map(({ name }) => name)).toContain('interface 9 Uplink');

    const { view } = await engine.call('view', { trace, filter: '' });
    const { nodes } = await engine.call('detail', { view, row: received.row });
    expect(nodeNamed(nodes, 'NicName')?.note).toBe('Uplink (adapters.txt).');

    const after = await engine.call('removeNames', { trace, source: added[0].id });
    expect(subject(after, 'nic', physical)?.name).toBe('Microsoft Hyper-V Network Adapter');
    expect((await rows('Microsoft_Windows_Hyper_V_VmSwitch'))[0].source).toBe('Microsoft Hyper-V Network Adapter');
    expect(await rows('*Source == "Uplink" or Component == "Uplink"')).toEqual([]);
    expect((await engine.call('diagnosis', { trace })).components.map(({ name }) => name)).toContain(
      'interface 9 Ethernet',
    );
  });

  it('make vSwitch events and frames answer to one friendly name', async () => {
    await take(adapters);
    const found = await rows('Component == "Container NIC fb5c285c"');
    expect(found.map(({ source, destination }) => `${source} > ${destination}`)).toEqual([
      'Uplink > vEthernet (fb5c285c)',
      'Layered Ethernet > vEthernet (fb5c285c)',
      '10.0.0.50 > 10.0.0.60',
    ]);
    expect(found[1].summary).toMatch(/^NBL 0xffff9383cbf21490 delivered to Nic .*Container NIC fb5c285c/);
    expect(await rows('Component == "Layered Ethernet"')).toHaveLength(4);
    expect(await rows('Component == "Container NIC fb5c285"')).toEqual([]);
  });

  it('color rows anew', async () => {
    const { view, rows: count } = await engine.call('view', { trace, filter: '' });
    const colored = async (): Promise<number> => {
      const block = await engine.call('rows', { view, from: 0, count, colorRules: ['*Source == "Uplink"'] });
      return block.rows.filter(({ colorRule }) => colorRule === 0).length;
    };
    expect(await colored()).toBe(0);
    await take(adapters);
    expect(await colored()).toBe(2);
  });

  it('stand in exported captures, and come back from there', async () => {
    await take(adapters);
    const { view } = await engine.call('view', { trace, filter: '' });
    const target = join(folder, 'named.pcapng');
    await engine.call('export', { view, format: 'pcapng', target });
    const { trace: written } = await engine.call('open', { files: [target] });
    const { components } = await engine.call('diagnosis', { trace: written });
    expect(components.map(({ name }) => name).sort()).toEqual([
      'interface 34 vEthernet (fb5c285c)',
      'interface 9 Uplink',
      'vSwitch port 2 Uplink',
    ]);
  });

  it('that are none cost only themselves', async () => {
    const { added, failures } = await engine.call('importNames', {
      trace,
      files: [file],
      texts: [
        { title: 'nonsense', text: 'no names here' },
        { title: 'good', text: adapters },
      ],
    });
    expect(added.map(({ title }) => title)).toEqual(['good']);
    expect(failures.map(({ title }) => title)).toEqual(['host.etl', 'nonsense']);
  });

  it('of what this trace does not show are listed apart; addresses that packets bear are not', async () => {
    const { book } = await take(`
Name             : Elsewhere
InterfaceIndex   : 99
InterfaceGuid    : {99999999-2222-4333-8444-555555555555}

Name             : Client
InterfaceIndex   : 98
MacAddress       : 00-15-5D-00-04-32
`);
    expect(book.others.map(({ name }) => name)).toEqual(['Elsewhere']);
    expect(subject(book, 'mac', '00-15-5D-00-04-32')).toMatchObject({ name: 'Client', uses: 3 });
  });
});

describe('names that may be wrong', () => {
  it('are marked: two imports differ', async () => {
    await take(adapters, 'old.txt');
    const { book } = await take(adapters.replace('Uplink', 'Front'), 'new.txt');
    expect(subject(book, 'nic', physical)).toMatchObject({
      name: 'Front',
      conflict: 'new.txt says "Front", old.txt says "Uplink".',
    });
    expect(book.conflicts).toBe(2);
  });

  it('are told apart: a driver calls all its adapters the same', async () => {
    const second = '22222222-AB7F-41DA-BD02-A4404FCA9241';
    const more = `+8us vmswitch 58 NicName=/DEVICE/{${second}} NicFName="Microsoft Hyper-V Network Adapter" ${ofSwitch}\n`;
    const twins = join(folder, 'twins.etl');
    writeFileSync(twins, compileScenario(scenario + more));
    await engine.close();
    await open(twins);
    const book = await names();
    expect(subject(book, 'nic', second)?.conflict).toContain('Several are called');
    const both = [subject(book, 'nic', physical)?.name, subject(book, 'nic', second)?.name];
    expect(both).toEqual([
      'Microsoft Hyper-V Network Adapter (Ethernet)',
      'Microsoft Hyper-V Network Adapter (…CA9241)',
    ]);
  });
});

describe.skipIf(!present)('the real pktmon trace', () => {
  it('names its components, and what an import says of their adapters', async () => {
    await engine.close();
    await open(join(realFolder, 'pktmon/demikernel-PktMon.etl'));
    const book = await names();
    const seen = (of: NameBook): string[] =>
      of.subjects
        .filter(({ kind, uses }) => kind === 'pktmon-component' && uses > 0)
        .map(({ text, name, uses }) => `${text} ${name ?? ''} ${uses}`)
        .sort();
    expect(seen(book)).toEqual([
      'component 48 mlx5.sys 19',
      'component 50 NULL 19',
      'component 59 NetVsc.sys 38',
      'component 61 xdp.sys 38',
    ]);
    expect(subject(book, 'interface', 'ifIndex 24')?.name).toBe('Ethernet 9');
    expect(book.subjects.every(({ name }) => name !== null)).toBe(true);
    // Component 59 is the adapter; 61 is only a filter above it, and keeps its name.
    const { book: named } = await take('Name : Front\nInterfaceGuid : {118a0b65-21aa-4792-b280-a96a7bf592b3}\n');
    expect(seen(named)).toEqual([
      'component 48 mlx5.sys 19',
      'component 50 NULL 19',
      'component 59 Front 38',
      'component 61 xdp.sys 38',
    ]);
    const { view } = await engine.call('view', { trace, filter: 'Component == "Front"' });
    expect((await engine.call('rows', { view, from: 0, count: 100 })).rows).toHaveLength(38);
  });
});

describe('names given by hand', () => {
  it('beat all others until they are taken back', async () => {
    await take(adapters);
    const key = subject(await names(), 'nic', physical)?.key ?? '';
    const named = await engine.call('setName', { trace, key, name: '  Front\tdoor ' });
    expect(subject(named, 'nic', physical)).toMatchObject({ name: 'Front door', source: 'hand', conflict: null });
    expect(await rows('Component == "Front door"')).toHaveLength(4);
    const taken = await engine.call('setName', { trace, key, name: null });
    expect(subject(taken, 'nic', physical)?.name).toBe('Uplink');
  });
});

describe('names of a trace', () => {
  const shelf = join(folder, 'kept');
  const kept = (): KeptNames => new KeptNames(folderShelf(shelf));

  it('are found again when it is opened again, also after it was moved', async () => {
    await engine.close();
    await open(file, kept());
    await take(adapters);
    const key = subject(await names(), 'nic', `${machine}--${adapter}`)?.key ?? '';
    await engine.call('setName', { trace, key, name: 'web01' });
    await engine.close();

    mkdirSync(join(folder, 'elsewhere'), { recursive: true });
    const moved = join(folder, 'elsewhere', 'renamed.etl');
    copyFileSync(file, moved);
    await open(moved, kept());
    const book = await names();
    expect(subject(book, 'nic', physical)?.name).toBe('Uplink');
    expect(subject(book, 'nic', adapter)).toMatchObject({ name: 'web01', source: 'hand' });
    expect(book.sources.map(({ kind }) => kind)).toEqual(['trace', 'import', 'hand']);

    const other = join(folder, 'other.etl');
    writeFileSync(other, compileScenario(scenario.replace('14:03:07', '14:03:08')));
    await engine.close();
    await open(other, kept());
    expect((await names()).sources.map(({ kind }) => kind)).toEqual(['trace']);
  });

  it('are forgotten of all traces at once, open ones too', async () => {
    const own = new KeptNames(folderShelf(join(folder, 'forgotten')));
    await engine.close();
    await open(file, own);
    await take(adapters);
    expect(await engine.call('kept', {})).toEqual({ names: 1, notes: 0 });
    expect(await engine.call('forgetKept', { what: 'notes' })).toEqual({ names: 1, notes: 0 });
    expect(await engine.call('forgetKept', { what: 'names' })).toEqual({ names: 0, notes: 0 });
    const book = await names();
    expect(book.sources.map(({ kind }) => kind)).toEqual(['trace']);
    expect(subject(book, 'nic', physical)?.name).not.toBe('Uplink');
    await engine.close();
    await open(file, own);
    expect((await names()).sources.map(({ kind }) => kind)).toEqual(['trace']);
  });

  it('are read from a book beside it, which can be forgotten, and written where somebody says', async () => {
    await take(adapters);
    const target = join(folder, 'shared', 'host.names.json');
    await expect(engine.call('exportNames', { trace, target })).rejects.toThrow('its folder does not exist');
    mkdirSync(join(folder, 'shared'));
    const report = await engine.call('exportNames', { trace, target });
    expect(report).toEqual({ file: 'host.names.json', names: 5, bytes: readFileSync(target).length });
    const read = await engine.call('readNames', { files: [target] });
    expect(read[0].names.map(({ name }) => name)).toContain('Uplink');
    await expect(engine.call('readNames', { files: [file] })).rejects.toThrow('host.etl: ');

    const beside = join(folder, 'shared', 'host.etl');
    copyFileSync(file, beside);
    await engine.close();
    await open(beside, kept());
    await engine.call('removeNames', {
      trace,
      source: (await names()).sources.find(({ kind }) => kind === 'import')?.id ?? 'book host.names.json',
    });
    const book = await names();
    const source = book.sources.find(({ kind }) => kind === 'book');
    expect(source).toMatchObject({ title: 'host.names.json', names: 5 });
    expect(subject(book, 'nic', physical)?.name).toBe('Uplink');
    await engine.call('removeNames', { trace, source: source?.id ?? '' });
    expect(subject(await names(), 'nic', physical)?.name).toBe('Microsoft Hyper-V Network Adapter');
    await engine.close();
    await open(beside, kept());
    expect((await names()).sources.some(({ kind }) => kind === 'book')).toBe(false);
  });
});

function nodeNamed(nodes: readonly DetailNode[], name: string): DetailNode | undefined {
  for (const node of nodes) {
    const found = node.name === name ? node : nodeNamed(node.children, name);
    if (found) return found;
  }
  return undefined;
}
