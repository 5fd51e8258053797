import { existsSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import {
  everyPlace,
  exported,
  exportedScenario,
  frameDigests,
  frames,
  hasTshark,
  judged,
  judgeFolder,
  packetTable,
  sameAsHopscope,
} from './test-support/export-judge.ts';
import { realTraces } from './test-support/real-traces.ts';

const real = realTraces('no real packets are exported as pcap.');
const pktMonTrace = `${real.folder}pktmon/demikernel-PktMon.etl`;
const folder = judgeFolder();
afterAll(() => {
  folder.remove();
});

describe.skipIf(!hasTshark)('an exported pcap', () => {
  it.skipIf(!real.present)('of the real pktmon trace has every packet, byte for byte', async () => {
    const file = folder.path('real.pcap');
    const { lines, report } = await exported([pktMonTrace], file, 'pcap');
    expect(report).toMatchObject({ packets: 114, events: 0, notes: [] });
    expect(frameDigests(file)).toEqual(packetTable(pktMonTrace).map((cells) => cells[17]));
    const { seen, said } = sameAsHopscope(file, lines);
    expect(seen).toEqual(said);
  });

  it.each([
    ['WiFi', '20', 1],
    ['Ethernet', '1', 7],
  ])('of %s alone has that link type and its packets', async (filter, encapsulation, packets) => {
    const file = folder.path(`${filter}.pcap`);
    const { lines } = await exportedScenario(everyPlace, file, 'pcap', { filter });
    const { seen, said } = sameAsHopscope(file, lines);
    expect(seen).toHaveLength(packets);
    expect(seen).toEqual(said);
    expect(new Set(judged(file, ['frame.encap_type']).flat())).toEqual(new Set([encapsulation]));
  });

  it('is refused for a mix of link types, with the way out', async () => {
    const file = folder.path('mix.pcap');
    await expect(exportedScenario(everyPlace, file, 'pcap')).rejects.toThrow(
      'The view holds packets of Ethernet and Raw IP and 802.11, and a pcap file has one link type. No file was written: export one file for each link type, or as pcapng.',
    );
    expect(existsSync(file)).toBe(false);
  });

  it('is one file for each link type when asked', async () => {
    const { report } = await exportedScenario(everyPlace, folder.path('split.pcap'), 'pcap', { splitByLinkType: true });
    expect(report.files.map(({ name, packets }) => [name, packets])).toEqual([
      ['split.ethernet.pcap', 7],
      ['split.raw-ip.pcap', 1],
      ['split.wifi.pcap', 1],
    ]);
    expect(readdirSync(folder.path('')).filter((name) => name.endsWith('.part'))).toEqual([]);
    for (const { name, packets } of report.files) expect(frames(folder.path(name))).toHaveLength(packets);
  });
});
