import { describe, expect, it } from 'vitest';
import { guidAt } from '../base/guid.ts';
import { utf16ZeroTerminated } from '../base/text.ts';
import { inflateLzxpress } from './lzxpress.ts';
import { encodeRecord, EtlWriter, writeEtl, type EtlRecord, type PlacedRecord } from './writer.ts';

/** One buffer as the format's description says it lies in the file; nothing here uses the reader under test elsewhere. */
interface RawBuffer {
  readonly at: number;
  readonly size: number;
  readonly flushTime: bigint;
  readonly sequence: bigint;
  readonly processorField: number;
  readonly filled: number;
  readonly flags: number;
  readonly type: number;
  /** Header place plus inflated records. */
  readonly content: Uint8Array;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function buffersOf(file: Uint8Array): RawBuffer[] {
  const view = viewOf(file);
  const buffers: RawBuffer[] = [];
  for (let at = 0; at < file.length; at += view.getUint32(at, true)) {
    const size = view.getUint32(at, true);
    const filled = view.getUint32(at + 0x30, true);
    const flags = view.getUint16(at + 0x34, true);
    const content = new Uint8Array(filled);
    if ((flags & 0x40) === 0) content.set(file.subarray(at, at + filled));
    else {
      const result = inflateLzxpress(file, at + 0x48, at + size, content, 0x48, filled);
      expect(result).toEqual({ produced: filled - 0x48, consumed: size - 0x48 });
    }
    const flushTime = view.getBigInt64(at + 0x10, true);
    const sequence = view.getBigInt64(at + 0x18, true);
    const processorField = view.getUint16(at + 0x28, true);
    buffers.push({
      at,
      size,
      filled,
      flags,
      content,
      flushTime,
      sequence,
      processorField,
      type: view.getUint16(at + 0x36, true),
    });
  }
  return buffers;
}

function recordsOf(buffer: RawBuffer): Uint8Array[] {
  const records: Uint8Array[] = [];
  const view = viewOf(buffer.content);
  const sizeAtFour = new Set([1, 2, 3, 4, 16, 17]);
  for (let at = 0x48; at < buffer.filled;) {
    const isMessage = buffer.content[at + 3] === 0x90;
    const size = view.getUint16(at + (!isMessage && sizeAtFour.has(buffer.content[at + 2]) ? 4 : 0), true);
    records.push(buffer.content.subarray(at, at + size));
    at += (size + 7) & ~7;
  }
  return records;
}

const provider = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
const hour = 36_000_000_000n;
const event = (timestamp: bigint, payload = new Uint8Array(8)): EtlRecord => ({
  kind: 'event',
  timestamp,
  provider,
  id: 160,
  payload,
});
const on = (processor: number, record: EtlRecord): PlacedRecord => ({ processor, record });

describe('the log file header', () => {
  const session = {
    startTime: 133_590_581_870_000_000n,
    bootTime: 133_590_581_870_000_000n - hour,
    sessionName: 'My session',
    logFileName: 'C:\\trace.etl',
    osMajor: 10,
    osBuild: 26_100,
    timeZoneBias: -60,
    processors: 4,
    eventsLost: 3,
    buffersLost: 2,
  };

  it('stands at the places of a 64-bit system', () => {
    const file = writeEtl({ ...session, records: [on(0, event(hour + 20_000_000n))] });
    const [header] = buffersOf(file);
    const [record] = recordsOf(header);
    const view = viewOf(record);
    expect([header.type, header.flags, header.size]).toEqual([4, 0x21, 0x1_0000]);
    expect(view.getUint32(0, true)).toBe(0xc002_0002);
    expect(view.getBigInt64(0x10, true)).toBe(hour);
    const payload = viewOf(record.subarray(0x20));
    expect(payload.getUint32(0, true)).toBe(0x1_0000);
    expect([...record.subarray(0x24, 0x28)]).toEqual([10, 0, 1, 5]);
    expect(payload.getUint32(0x08, true)).toBe(26_100);
    expect(payload.getUint32(0x0c, true)).toBe(4);
    expect(payload.getBigInt64(0x10, true)).toBe(session.startTime + 20_000_000n);
    expect(payload.getUint32(0x20, true)).toBe(1);
    expect(payload.getUint32(0x24, true)).toBe(2);
    expect(payload.getUint32(0x2c, true)).toBe(8);
    expect(payload.getUint32(0x30, true)).toBe(3);
    expect(payload.getInt32(0x48, true)).toBe(-60);
    expect(payload.getBigInt64(0xf8, true)).toBe(session.bootTime);
    expect(payload.getBigInt64(0x100, true)).toBe(10_000_000n);
    expect(payload.getBigInt64(0x108, true)).toBe(session.startTime);
    expect(payload.getUint32(0x110, true)).toBe(1);
    expect(payload.getUint32(0x114, true)).toBe(2);
    const logger = utf16ZeroTerminated(record, 0x20 + 0x118, record.length);
    expect(logger.text).toBe('My session');
    expect(utf16ZeroTerminated(record, logger.next, record.length).text).toBe('C:\\trace.etl');
  });

  it('stands at the places of a 32-bit system', () => {
    const [header] = buffersOf(writeEtl({ ...session, pointerSize: 4, records: [] }));
    const [record] = recordsOf(header);
    const payload = viewOf(record.subarray(0x20));
    expect(viewOf(record).getUint32(0, true)).toBe(0xc001_0002);
    expect(payload.getUint32(0x2c, true)).toBe(4);
    expect(payload.getInt32(0x40, true)).toBe(-60);
    expect(payload.getBigInt64(0xf0, true)).toBe(session.bootTime);
    expect(payload.getBigInt64(0x100, true)).toBe(session.startTime);
    expect(payload.getUint32(0x10c, true)).toBe(2);
    expect(utf16ZeroTerminated(record, 0x20 + 0x110, record.length).text).toBe('My session');
  });

  it('says which clock the time stamps come from', () => {
    const clockType = (clock: Parameters<typeof writeEtl>[0]['clock']): [number, number, bigint] => {
      const [record] = recordsOf(buffersOf(writeEtl({ ...session, clock, records: [] }))[0]);
      const view = viewOf(record);
      return [view.getUint32(0x20 + 0x110, true), view.getUint32(0x20 + 0x34, true), view.getBigInt64(0x10, true)];
    };
    expect(clockType({ kind: 'QPC', frequency: 3_000_000 })).toEqual([1, 2594, 10_800_000_000n]);
    expect(clockType({ kind: 'system time' })).toEqual([2, 2594, session.startTime]);
    expect(clockType({ kind: 'CPU cycles', megahertz: 2400 })).toEqual([3, 2400, 8_640_000_000_000n]);
  });
});

describe('buffers', () => {
  it('come one stream a CPU, in the order in which they fill, and the last one ends the flush', () => {
    const big = new Uint8Array(300);
    const records = [
      on(1, event(hour)),
      on(0, event(hour + 1n, big)),
      on(0, event(hour + 2n, big)),
      on(1, event(hour + 3n)),
    ];
    const buffers = buffersOf(writeEtl({ bufferSize: 1024, processors: 2, records }));
    const data = buffers
      .slice(1)
      .map((buffer) => [buffer.processorField, buffer.sequence, recordsOf(buffer).length, buffer.flags]);
    expect(data).toEqual([
      [1, 1n, 2, 0x20],
      [0, 2n, 2, 0x21],
    ]);
    const many = buffersOf(
      writeEtl({ bufferSize: 1024, records: [1n, 2n, 3n].map((tick) => on(0, event(hour + tick, big))) }),
    );
    expect(many.map((buffer) => buffer.size)).toEqual([1024, 1024, 1024]);
    expect(many.slice(1).map((buffer) => recordsOf(buffer).length)).toEqual([2, 1]);
  });

  it('are filled up with 0xFF behind the last event', () => {
    const file = writeEtl({ bufferSize: 1024, records: [on(0, event(hour))] });
    const { at, filled } = buffersOf(file)[1];
    expect(filled).toBe(0x48 + 0x50 + 8);
    expect(file.subarray(at + filled).every((byte) => byte === 0xff)).toBe(true);
    expect(file.length).toBe(2048);
  });

  it('carry clock ticks as flush time, and FILETIMEs once they were merged', () => {
    const flushTime = (sessionName: string): bigint => {
      const records = [on(0, event(hour + 5n))];
      return buffersOf(writeEtl({ sessionName, startTime: 133_590_581_870_000_000n, records }))[1].flushTime;
    };
    expect(flushTime('Raw')).toBe(hour + 5n);
    expect(flushTime('Relogger')).toBe(133_590_581_870_000_005n);
  });

  it('are compressed to sizes of their own, all but the header buffer', () => {
    const records = Array.from({ length: 300 }, (_, index) =>
      on(index % 3, event(hour + BigInt(index), new Uint8Array(200).fill(index))),
    );
    const plain = buffersOf(writeEtl({ bufferSize: 4096, records }));
    const packed = buffersOf(writeEtl({ bufferSize: 4096, compressed: true, records }));
    expect(packed[0].flags & 0x40).toBe(0);
    expect(packed[0].size % 512).toBe(0);
    expect(packed.slice(1).every((buffer) => (buffer.flags & 0x40) !== 0 && buffer.size < 4096)).toBe(true);
    expect(packed.slice(1).some((buffer) => buffer.size % 8 !== 0)).toBe(true);
    expect(packed.slice(1).flatMap(recordsOf)).toEqual(plain.slice(1).flatMap(recordsOf));
    expect(viewOf(recordsOf(packed[0])[0]).getUint32(0x40, true)).toBe(0x0401_0001);
  });

  it('number their CPU as Windows 7 did, on request', () => {
    const records = [on(3, event(hour))];
    const old = buffersOf(writeEtl({ processorNumbering: 'number', osMajor: 6, osMinor: 1, osBuild: 7601, records }));
    expect(old.map((buffer) => [buffer.processorField, buffer.flags])).toEqual([
      [0x0800, 1],
      [0x0803, 1],
    ]);
    expect(buffersOf(writeEtl({ records })).map((buffer) => buffer.processorField)).toEqual([0, 3]);
  });

  it('tell of losses by flags and by gaps in the sequence', () => {
    const chunks = new Map<number, Uint8Array>();
    const writer = new EtlWriter({ bufferSize: 1024 }, (bytes, position) => chunks.set(position, bytes.slice()));
    writer.append(0, event(hour));
    writer.loseEvents(0);
    writer.flush(0);
    writer.loseBuffers(0, 2);
    writer.append(0, event(hour + 1n));
    writer.finish();
    const buffers = [...chunks.values()].slice(1).flatMap(buffersOf);
    expect(buffers.map((buffer) => [buffer.sequence, buffer.flags])).toEqual([
      [1n, 0x22],
      [4n, 0x25],
    ]);
  });

  it('are handed to the sink one by one, the header once more at the end', () => {
    const positions: number[] = [];
    const writer = new EtlWriter({ bufferSize: 1024 }, (_, position) => positions.push(position));
    writer.append(0, event(hour));
    writer.flush(0);
    writer.append(0, event(hour));
    writer.finish();
    expect(positions).toEqual([0, 1024, 2048, 0]);
  });

  it('never take a record that is larger than they are', () => {
    expect(() => writeEtl({ bufferSize: 1024, records: [on(0, event(hour, new Uint8Array(1000)))] })).toThrow(
      'A record of 1080 bytes does not fit into a buffer of 1024.',
    );
    expect(() => writeEtl({ bufferSize: 1 << 20, records: [on(0, event(hour, new Uint8Array(0x1_0000)))] })).toThrow(
      RangeError,
    );
  });
});

describe('records', () => {
  const header = (record: EtlRecord, pointerSize: 4 | 8 = 8): [size: number, type: number, marker: number] => {
    const bytes = encodeRecord(record, pointerSize);
    const size = viewOf(bytes).getUint16([1, 2, 3, 4, 16, 17].includes(bytes[2]) ? 4 : 0, true);
    expect(size).toBe(bytes.length);
    return [size, bytes[2], bytes[3]];
  };
  const origin = { timestamp: 7n, process: 4, thread: 88, payload: new Uint8Array(4) };

  it('of every family have their own header type and size', () => {
    const system = { ...origin, group: 3, type: 1 };
    const classic = { ...origin, class: provider, opcode: 10 };
    expect(header({ kind: 'event', ...origin, provider, id: 1 })).toEqual([0x54, 19, 0xc0]);
    expect(header({ kind: 'event', ...origin, provider, id: 1 }, 4)).toEqual([0x54, 18, 0xc0]);
    expect(header({ kind: 'event', ...origin, provider, id: 1, pointerSize: 4 })).toEqual([0x54, 18, 0xc0]);
    expect(header({ kind: 'classic', ...classic })).toEqual([0x34, 20, 0xc0]);
    expect(header({ kind: 'classic', ...classic }, 4)).toEqual([0x34, 10, 0xc0]);
    expect(header({ kind: 'error', ...classic })).toEqual([0x34, 13, 0xc0]);
    expect(header({ kind: 'instance', ...classic, instance: 5 })).toEqual([0x4c, 21, 0xc0]);
    expect(header({ kind: 'instance', ...classic, instance: 5 }, 4)).toEqual([0x4c, 11, 0xc0]);
    expect(header({ kind: 'system', ...system })).toEqual([0x24, 2, 0xc0]);
    expect(header({ kind: 'system', ...system }, 4)).toEqual([0x24, 1, 0xc0]);
    expect(header({ kind: 'compact', ...system })).toEqual([0x1c, 4, 0xc0]);
    expect(header({ kind: 'perfinfo', ...system })).toEqual([0x14, 17, 0xc0]);
    expect(header({ kind: 'perfinfo', ...system }, 4)).toEqual([0x14, 16, 0xc0]);
  });

  it('of manifest events hold descriptor, origin and payload at their places', () => {
    const bytes = encodeRecord(
      {
        kind: 'event',
        ...origin,
        provider,
        id: 1001,
        version: 2,
        channel: 16,
        level: 4,
        opcode: 1,
        task: 9,
        keyword: 0x8000_0600_0000_0001n,
        payload: Uint8Array.of(0xaa),
      },
      8,
    );
    const view = viewOf(bytes);
    expect([view.getUint32(0x08, true), view.getUint32(0x0c, true), view.getBigInt64(0x10, true)]).toEqual([88, 4, 7n]);
    expect(guidAt(bytes, 0x18)).toBe(provider);
    expect([view.getUint16(0x28, true), ...bytes.subarray(0x2a, 0x2e), view.getUint16(0x2e, true)]).toEqual([
      1001, 2, 16, 4, 1, 9,
    ]);
    expect(view.getBigUint64(0x30, true)).toBe(0x8000_0600_0000_0001n);
    expect(bytes[0x50]).toBe(0xaa);
  });

  it('chain their extended items by size and linkage', () => {
    const extended = [
      { type: 1, data: new Uint8Array(16).fill(1) },
      { type: 11, data: Uint8Array.of(1, 2, 3) },
    ];
    const bytes = encodeRecord(
      { kind: 'event', ...origin, provider, id: 1, extended, payload: Uint8Array.of(0xbb) },
      8,
    );
    const view = viewOf(bytes);
    const item = (at: number): number[] => [0, 2, 4, 6].map((offset) => view.getUint16(at + offset, true));
    expect(view.getUint16(4, true)).toBe(1);
    expect(item(0x50)).toEqual([24, 1, 1, 16]);
    expect(item(0x68)).toEqual([16, 11, 0, 3]);
    expect(bytes[0x78]).toBe(0xbb);
  });

  it('of WPP hold the parts that their option flags announce', () => {
    const bytes = encodeRecord({ kind: 'message', ...origin, number: 12, guid: provider, sequence: 99 }, 8);
    const view = viewOf(bytes);
    expect([view.getUint16(0, true), bytes[3], view.getUint16(4, true), view.getUint16(6, true)]).toEqual([
      48, 0x90, 12, 0xab,
    ]);
    expect(view.getUint32(8, true)).toBe(99);
    expect(guidAt(bytes, 12)).toBe(provider);
    expect(view.getBigInt64(28, true)).toBe(7n);
    expect([view.getUint32(36, true), view.getUint32(40, true)]).toEqual([88, 4]);
  });

  it('start at multiples of 8', () => {
    const odd = [on(0, event(hour, new Uint8Array(3))), on(0, event(hour, new Uint8Array(1)))];
    expect(recordsOf(buffersOf(writeEtl({ records: odd }))[1]).map((record) => record.length)).toEqual([0x53, 0x51]);
  });
});
