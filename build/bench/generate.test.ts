import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { internetChecksum } from '../../core/scenario/frame.ts';
import { generateBenchTrace, type BenchTraceSize } from './generate.ts';

const bufferSize = 0x1_0000;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-bench-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function generated(name: string, frameBytes: number): { size: BenchTraceSize; file: Buffer } {
  const path = join(folder, name);
  return { size: generateBenchTrace({ path, bytes: 1_000_000, frameBytes }), file: readFileSync(path) };
}

/** Every record's tick and frame, with its CPU. */
function packetsOf(file: Buffer): { processor: number; tick: bigint; frame: Buffer }[] {
  const packets: { processor: number; tick: bigint; frame: Buffer }[] = [];
  for (let buffer = bufferSize; buffer < file.length; buffer += bufferSize) {
    const end = buffer + file.readUInt32LE(buffer + 0x30);
    for (let at = buffer + 0x48; at < end; at += (file.readUInt16LE(at) + 7) & ~7) {
      const frame = file.subarray(at + 0x5c, at + 0x5c + file.readUInt32LE(at + 0x58));
      packets.push({ processor: file.readUInt16LE(buffer + 0x28), tick: file.readBigInt64LE(at + 0x10), frame });
    }
  }
  return packets;
}

describe.each([66, 1460])('a generated trace of frames of %i bytes', (frameBytes) => {
  it('holds the number of events that it says, as packets with right checksums', () => {
    const { size, file } = generated('one.etl', frameBytes);
    const packets = packetsOf(file);
    expect([file.length, packets.length]).toEqual([size.bytes, size.events]);
    expect(size.buffers).toBe(16);
    for (const { frame } of packets.slice(0, 200)) {
      const segment = frame.subarray(34);
      expect(frame.length).toBe(frameBytes);
      expect(internetChecksum([frame.subarray(14, 34)])).toBe(0);
      expect(
        internetChecksum([
          frame.subarray(26, 34),
          Uint8Array.of(0, 6, segment.length >> 8, segment.length & 255),
          segment,
        ]),
      ).toBe(0);
    }
  });

  it('runs over four CPUs, in time order on each', () => {
    const last = new Map<number, bigint>();
    for (const { processor, tick } of packetsOf(generated('one.etl', frameBytes).file)) {
      expect(tick > (last.get(processor) ?? 0n)).toBe(true);
      last.set(processor, tick);
    }
    expect([...last.keys()].sort()).toEqual([0, 1, 2, 3]);
  });

  it('has the same bytes every time', () => {
    expect(Buffer.compare(generated('one.etl', frameBytes).file, generated('two.etl', frameBytes).file)).toBe(0);
  });
});
