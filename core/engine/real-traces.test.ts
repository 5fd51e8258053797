import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filetimeToIso } from '../base/filetime.ts';
import { indexFile } from '../trace/index-file.ts';
import { originalLength, packetBegunBy, packetFrame, sightingOf } from '../trace/packet-bytes.ts';
import { PacketTrait } from '../trace/segment.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { realTraces } from './test-support/real-traces.ts';

const { folder, present } = realTraces('their tests are skipped.');

/** File, buffers, compressed buffers, events: counted by an independent scanner. */
const counts: [string, number, number, number][] = [
  ['pktmon/demikernel-PktMon.etl', 3, 2, 467],
  ['perfview/net.4.5.2.x64.etl', 360, 359, 179_474],
  ['perfview/gcevents.etl', 5, 0, 71],
  ['perfview/SelfDescribingSingleEvent.etl', 3, 2, 23],
  ['perfview/primitive-types.etl', 2, 0, 7],
  ['perfview/smallEtlFile.etl', 2, 1, 2],
  ['ebpf/ebpforwindows.etl', 12, 0, 13_872],
  ['sonde/test.etl', 9, 0, 112],
  ['syzygy/image_data_32_v1.etl', 3, 0, 27],
  ['syzygy/process_data_64_v2.etl', 3, 0, 9],
  ['syzygy/test_data_32_v0.etl', 3, 0, 27],
  ['syzygy/test_data_64_v0.etl', 3, 0, 27],
  ['krabsetw/powershell.etl', 26, 0, 114],
  ['tx/KernelNetwork.etl', 129, 0, 8924],
  ['tx/CrossMachineHTTP.etl', 68, 0, 3397],
  ['tx/BondEtwSample.etl', 3, 0, 13],
  ['tx/WsRm01.etl', 7, 0, 71],
  ['etl-parser/ShutdownPerfDiagLogger.etl', 49, 0, 17_078],
  ['etl-parser/AMSITrace.etl', 6, 0, 21],
  ['etl-parser/lxcore_kernel.etl', 3, 0, 4],
];

describe.skipIf(!present)('real traces', () => {
  it.each(counts)('%s has its buffers and events', async (file, buffers, compressedBuffers, events) => {
    const engine = new Engine(new InlinePool());
    const info = await engine.call('open', { files: [`${folder}${file}`] });
    expect(info).toMatchObject({ buffers, compressedBuffers, events, problems: [] });
    const { rows } = await engine.call('view', { trace: info.trace, filter: '' });
    expect(rows).toBe(events);
    await engine.close();
  });

  it('AMSITrace.etl lost three events', async () => {
    const engine = new Engine(new InlinePool());
    expect(await engine.call('open', { files: [`${folder}etl-parser/AMSITrace.etl`] })).toMatchObject({
      eventsLost: 3,
    });
    await engine.close();
  });

  it('demikernel-PktMon.etl gives packet by packet what an independent decoder found', () => {
    const { columns, order, reader } = indexFile(new Uint8Array(readFileSync(`${folder}pktmon/demikernel-PktMon.etl`)));
    const found: string[][] = [];
    for (const event of order) {
      const { segment, index } = columns.locate(event);
      const packet = packetBegunBy(segment, index);
      if (packet < 0) continue;
      const { packets, sightings } = segment;
      const row = sightingOf(segment, packet);
      const isDrop = (packets.traits[packet] & PacketTrait.Dropped) !== 0;
      found.push([
        filetimeToIso(columns.timeOf(event)),
        String(segment.events.process[index]),
        String(segment.events.thread[index]),
        isDrop ? '170' : '160',
        String(sightings.group[row]),
        String(sightings.appearance[row]),
        String(segment.components[packets.component[packet]].id),
        String(sightings.dropReason[row]),
        String(originalLength(segment, packet)),
        String(packets.capturedLength[packet]),
        createHash('sha1')
          .update(packetFrame(reader, segment, packet))
          .digest('hex'),
      ]);
    }
    const wanted = readFileSync(`${folder}pktmon/demikernel-PktMon.packets.tsv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map((cells) => [0, 2, 3, 4, 5, 7, 10, 13, 15, 16, 17].map((cell) => cells[cell]));
    expect(found).toEqual(wanted);
  });

  it('demikernel-PktMon.etl names its components with types and properties as an independent decoder does', async () => {
    const components = new Map<string, { head: string[]; properties: string[] }>();
    for (const { event, fields } of await eventsOf('pktmon/demikernel-PktMon.etl', 'Microsoft_Windows_PktMon')) {
      const [first, second, ...others] = fields.map((field) => String(field.value));
      if (event.id === componentInfo) components.set(first, { head: [first, second, ...others], properties: [] });
      else if (propertyEvents.has(event.id)) components.get(first)?.properties.push(`${second}=${others.at(-1) ?? ''}`);
    }
    const wanted = readFileSync(`${folder}pktmon/demikernel-PktMon.components.tsv`, 'utf8').trim().split('\n').slice(1);
    expect(components.size).toBe(wanted.length);
    for (const line of wanted) {
      const [id, type, name, description, properties] = line.split('\t');
      const found = components.get(id);
      expect(found?.head, line).toEqual([id, type, name, description]);
      expect(found?.properties, line).toEqual(expect.arrayContaining(properties.split(' ').filter(isPlainProperty)));
    }
  });

  it('BondEtwSample.etl shows its EventSource events by name', async () => {
    const events = await eventsOf('tx/BondEtwSample.etl', '');
    const names = events.map(({ event }) => event.name);
    expect(names.filter((name) => name === 'WriteManifestPayload')).toHaveLength(1);
    expect(names.filter((name) => name === 'WriteBinaryPayload')).toHaveLength(10);
  });

  it('KernelNetwork.etl has addresses, ports and sizes once its manifest is imported', async () => {
    const manifest = `${folder}../manifests/perfview-dump-Kernel-Network-Win7.xml`;
    const events = await eventsOf('tx/KernelNetwork.etl', 'Microsoft_Windows_Kernel_Network', [manifest]);
    expect(events).toHaveLength(8923);
    for (const { fields } of events) {
      const types = Object.fromEntries(fields.map(({ name, type }) => [name, type]));
      expect(types).toMatchObject({ size: 'UInt32', dport: 'Port', sport: 'Port' });
      expect([types.daddr, types.saddr]).toEqual(types.daddr === 'IPv4' ? ['IPv4', 'IPv4'] : ['IPv6', 'IPv6']);
    }
    const [first] = events;
    expect(first.fields.slice(1, 6).map(({ text, value }) => text ?? value)).toEqual([
      37,
      '2001:4898:0:fff:0:5efe:af6:60d',
      '2001:4898:0:fff:0:5efe:a79:6a76',
      24_485,
      3389,
    ]);
  });
});

/** Ids of pktmon's events that name a component and its properties. */
const componentInfo = 20;
const propertyEvents: ReadonlySet<number> = new Set([30, 40, 50, 60, 65, 66, 70, 73, 75]);

/** The independent decoder prints numbers, texts and bytes as they are; GUIDs and addresses in ways of its own. */
function isPlainProperty(property: string): boolean {
  return property !== '' && !/^(?:4|13)=/.test(property);
}

/** A line of JSON as the export writes it. */
interface ExportedEvent {
  readonly event: { readonly id: number; readonly name?: string };
  readonly fields: readonly { name: string; type: string; value: unknown; text?: string }[];
}

async function eventsOf(file: string, filter: string, manifests: readonly string[] = []): Promise<ExportedEvent[]> {
  const engine = new Engine(new InlinePool());
  if (manifests.length > 0) await engine.call('importSchemas', { files: [...manifests] });
  const { trace } = await engine.call('open', { files: [`${folder}${file}`] });
  const { view, rows } = await engine.call('view', { trace, filter });
  let text = '';
  for (let from = 0; from < rows; from += 1000) {
    text += (await engine.call('text', { view, format: 'jsonl', from, count: 1000 })).text;
  }
  await engine.close();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExportedEvent);
}
