import { describe, expect, it } from 'vitest';
import { rateTable, storages, type RateTable } from './rates.ts';
import { examplePlan } from './test-support/example-plan.ts';

/** netsh on Windows 11, whole packets at one chosen adapter, 2 GB. */
const onePlace = { ...examplePlan, packets: 'host', adapters: ['Ethernet'], truncation: 0, megabytes: 2048 } as const;
const rowAt = (table: RateTable, gigabits: number) => {
  const row = table.rows.find((one) => one.gigabits === gigabits);
  if (!row) throw new Error(`no row for ${gigabits} Gb/s`);
  return row;
};
const storageNames = (keepsUp: readonly boolean[]): string[] =>
  storages.filter((_storage, index) => keepsUp[index]).map(({ name }) => name);

describe('the rate table, beside values worked out by hand', () => {
  it('has a whole frame of 1,514 bytes at one adapter', () => {
    const table = rateTable(onePlace);
    // Header 80, three numbers of 4, two of 8 behind the frame: 80 + 12 + 16 + 1514 = 1622, and 1624 is the next multiple of 8.
    expect(table.bytesPerPacket).toBe(1624);
    // On the wire: 1514 + checksum 4 + preamble 8 + gap 12 = 1538 bytes = 12,304 bits.
    // 1,000,000,000 / 12,304 = 81,274.38; times 1624 = 131,989,597 bytes a second; 2 GB = 2,147,483,648 bytes: 16.27 s.
    expect(rowAt(table, 1).packetsPerSecond).toBeCloseTo(81_274.38, 1);
    expect(rowAt(table, 1).bytesPerSecond).toBeCloseTo(131_989_597, -1);
    expect(rowAt(table, 1).seconds).toBeCloseTo(16.27, 2);
    // Ten times that: 812,743.8 packets, 1.32 GB/s, 1.63 s; 25 times: 3.3 GB/s, 0.65 s; 100 times: 13.2 GB/s, 0.16 s.
    expect(rowAt(table, 10).packetsPerSecond).toBeCloseTo(812_743.8, 0);
    expect(rowAt(table, 10).seconds).toBeCloseTo(1.627, 3);
    expect(rowAt(table, 25).bytesPerSecond).toBeCloseTo(3_299_739_922, -2);
    expect(rowAt(table, 25).seconds).toBeCloseTo(0.651, 3);
    expect(rowAt(table, 100).bytesPerSecond).toBeCloseTo(13_198_959_688, -2);
    expect(rowAt(table, 100).seconds).toBeCloseTo(0.1627, 4);
  });

  it('agrees with what people say: 10 Gb/s fill 2 GB in about 2 seconds, 1 Gb/s ten times as slowly', () => {
    const table = rateTable(onePlace);
    expect(Math.round(rowAt(table, 10).seconds ?? 0)).toBe(2);
    expect((rowAt(table, 1).seconds ?? 0) / (rowAt(table, 10).seconds ?? 1)).toBeCloseTo(10, 9);
  });

  it('cut at 128 bytes lasts 6.77 times as long', () => {
    const table = rateTable({ ...onePlace, truncation: 128 });
    // 80 + 12 + 16 + 128 = 236, rounded up to 240; 1624 / 240 = 6.7667; 16.27 s become 110.1 s.
    expect(table.keptBytes).toBe(128);
    expect(table.bytesPerPacket).toBe(240);
    expect(table.stretch).toBeCloseTo(6.7667, 4);
    expect(rowAt(table, 1).seconds).toBeCloseTo(110.09, 1);
  });

  it('is longest in packets where frames are smallest', () => {
    const table = rateTable(onePlace, { gigabits: 40, frameBytes: 60 });
    // 60 + 24 = 84 bytes = 672 bits a frame: the well-known 1,488,095 packets a second of 1 Gb/s.
    expect(rowAt(table, 1).packetsPerSecond).toBeCloseTo(1_488_095.2, 1);
    expect(table.rows.map(({ gigabits }) => gigabits)).toEqual([1, 10, 25, 40, 100]);
    // 80 + 12 + 16 + 60 = 168 bytes for each.
    expect(rowAt(table, 40).bytesPerSecond).toBeCloseTo((40e9 / 672) * 168, 0);
  });

  it('has no more than the frame of a truncation beyond it', () => {
    expect(rateTable({ ...onePlace, truncation: 9000 }).keptBytes).toBe(1514);
    expect(rateTable({ ...onePlace, truncation: 9000 }).stretch).toBe(1);
  });

  it('counts a packet once for every place that sees it', () => {
    const table = rateTable({ ...onePlace, packets: 'both', adapters: [] });
    expect(table.sightings.map(({ place }) => place)).toEqual(['Physical NIC', 'vSwitch', 'Virtual NIC']);
    // Two adapters of 1624; in the vSwitch 80 + 12 + (4+74+150+20) + 4 + (4+74+150+20) + 4 + 200 + 1514 = 2310 -> 2312.
    expect(table.bytesPerPacket).toBe(2 * 1624 + 2312);
    expect(rowAt(table, 10).eventsPerSecond).toBeCloseTo(3 * 812_743.8, -1);
    // 812,743.8 x 5560 = 4.52 GB/s
    expect(rowAt(table, 10).seconds).toBeCloseTo(0.475, 3);
  });

  it("has 16 bytes less an event before Windows 10 1903, and pktmon's own fields", () => {
    expect(rateTable({ ...onePlace, windows: '1809' }).bytesPerPacket).toBe(1608);
    // 80 + 34 + 1514 = 1628 -> 1632, twice at NICs and four times at all components. It takes no adapters by name.
    expect(rateTable({ ...onePlace, tool: 'pktmon' }).bytesPerPacket).toBe(2 * 1632);
    expect(rateTable({ ...onePlace, tool: 'pktmon', packets: 'both' }).bytesPerPacket).toBe(4 * 1632);
  });

  it('says which storage keeps up', () => {
    const table = rateTable(onePlace);
    expect(storageNames(rowAt(table, 1).keepsUp)).toEqual(['Hard disk', 'SATA SSD', 'NVMe SSD', 'RAM disk']);
    expect(storageNames(rowAt(table, 10).keepsUp)).toEqual(['NVMe SSD', 'RAM disk']);
    expect(storageNames(rowAt(table, 25).keepsUp)).toEqual(['RAM disk']);
    expect(storageNames(rowAt(table, 100).keepsUp)).toEqual([]);
  });

  it('promises nothing where no packets are captured or the size has no limit', () => {
    expect(rateTable({ ...onePlace, packets: 'none' }).rows.every(({ seconds }) => seconds === null)).toBe(true);
    expect(rateTable({ ...onePlace, packets: 'none' }).stretch).toBe(1);
    expect(rowAt(rateTable({ ...onePlace, megabytes: 0 }), 10).seconds).toBeNull();
  });
});
