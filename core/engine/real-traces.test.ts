import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filetimeToIso } from '../base/filetime.ts';
import { indexFile } from '../trace/index-file.ts';
import { originalLength, packetBegunBy, packetFrame, sightingOf } from '../trace/packet-bytes.ts';
import { PacketTrait } from '../trace/segment.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';

/** Traces nobody here made; they lie beside the project, not in it. */
const folder = fileURLToPath(new URL('../../../shared/etl/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`The real traces (${folder}) are absent: their tests are skipped.`);

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
});
