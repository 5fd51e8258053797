import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorEnd, noProcess, RecordCursor, RecordFamily } from './record-cursor.ts';
import { encodeRecord, type EtlRecord, type MessageRecord, type SystemRecord } from './writer.ts';

const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
const payload = Uint8Array.of(0xaa, 0xbb, 0xcc);
const origin = { timestamp: 0x1_2345_6789n, process: 4, thread: 88, payload };

interface Seen {
  family: number;
  headerType: number;
  process: number;
  thread: number;
  time: bigint | undefined;
  payload: number[];
}

/** Records one behind the other, each from a multiple of 8. */
function laidOut(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + ((part.length + 7) & ~7), 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += (part.length + 7) & ~7;
  }
  return bytes;
}

interface Walk {
  seen: Seen[];
  /** Start, payload and end of each record. */
  places: [number, number, number][];
  ended: number;
  unknown: number[][];
}

function walk(bytes: Uint8Array): Walk {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unknown: number[][] = [];
  const cursor = new RecordCursor((headerType, start, size) => unknown.push([headerType, start, size]));
  const seen: Seen[] = [];
  const places: Walk['places'] = [];
  cursor.open(view, 0, bytes.length);
  while (cursor.next()) {
    const { family, headerType, process, thread, timeAt } = cursor;
    const time = timeAt < 0 ? undefined : view.getBigInt64(timeAt, true);
    places.push([cursor.start, cursor.payload, cursor.end]);
    seen.push({ family, headerType, process, thread, time, payload: [...bytes.subarray(cursor.payload, cursor.end)] });
  }
  return { seen, places, ended: cursor.ended, unknown };
}

const read = (record: EtlRecord): Seen => walk(laidOut([encodeRecord(record, 8)])).seen[0];
const whole = { time: origin.timestamp, payload: [...payload] };
const nobody = { process: noProcess, thread: noProcess };

describe('short headers', () => {
  it.each([
    ['timed', 12, origin.timestamp],
    ['old timed', 0, origin.timestamp],
    ['old number', 0, undefined],
  ] as const)('%s gives its time, if any, and its payload, but no process', (kind, headerType, time) => {
    const seen = read({ kind, timestamp: origin.timestamp, number: 7, payload });
    expect(seen).toEqual({ family: RecordFamily.Short, headerType, ...nobody, time, payload: [...payload] });
  });

  it('a WNODE is a classic record without process and thread', () => {
    const seen = read({ kind: 'wnode', timestamp: origin.timestamp, guid, payload });
    expect(seen).toEqual({ family: RecordFamily.Classic, headerType: 14, ...nobody, ...whole });
  });
});

describe('kernel headers', () => {
  const kinds: SystemRecord['kind'][] = ['system', 'compact', 'perfinfo'];
  it('have their payload behind the counters that their version announces', () => {
    for (const kind of kinds) {
      for (const pebsIndex of [undefined, 9n]) {
        for (let count = 0; count <= 7; count++) {
          const counters = Array.from({ length: count }, (_, index) => BigInt(index));
          const seen = read({ kind, ...origin, group: 15, type: 46, counters, pebsIndex });
          expect(seen).toMatchObject({ family: RecordFamily.System, ...whole });
          if (kind !== 'perfinfo') expect(seen).toMatchObject({ process: 4, thread: 88 });
        }
      }
    }
  });

  it('that are too short for their counters are kept, without a payload', () => {
    const bytes = encodeRecord({ kind: 'perfinfo', ...origin, group: 15, type: 46 }, 8);
    bytes[1] = 0x87;
    expect(walk(laidOut([bytes])).seen).toEqual([expect.objectContaining({ time: origin.timestamp, payload: [] })]);
  });
});

describe('WPP messages', () => {
  it('are read whatever parts they have', () => {
    const parts: Partial<MessageRecord>[][] = [
      [{}, { sequence: 5 }],
      [{}, { guid }, { component: 12 }],
      [{}, { timed: false }],
      [{}, { process: 4, thread: 88 }],
      [{}, { performanceTime: true }],
      [{ pointerSize: 4 }, { pointerSize: 8 }],
    ];
    const all = parts.reduce<Partial<MessageRecord>[]>(
      (found, choices) => found.flatMap((sofar) => choices.map((choice) => ({ ...sofar, ...choice }))),
      [{}],
    );
    expect(all).toHaveLength(96);
    for (const options of all) {
      const seen = read({ kind: 'message', timestamp: origin.timestamp, number: 10, payload, ...options });
      expect(seen).toEqual({
        family: RecordFamily.Message,
        headerType: 0,
        ...(options.process === undefined ? nobody : { process: 4, thread: 88 }),
        time: options.timed === false ? undefined : origin.timestamp,
        payload: [...payload],
      });
    }
  });
});

describe('a record of an unknown header type', () => {
  const known = encodeRecord({ kind: 'event', ...origin, provider: guid, id: 1 }, 8);
  const unknown = (type: number, sizeAt: number, size: number): Uint8Array => {
    const bytes = new Uint8Array(size);
    bytes.set([0, 0, type, 0xc0]);
    new DataView(bytes.buffer).setUint16(sizeAt, size, true);
    return bytes;
  };

  it('costs itself, wherever its size stands', () => {
    const {
      seen,
      ended,
      unknown: stepped,
    } = walk(laidOut([known, unknown(77, 0, 40), unknown(99, 4, 24), known, unknown(77, 0, 16)]));
    expect(seen).toHaveLength(2);
    expect(ended).toBe(CursorEnd.Regular);
    expect(stepped).toEqual([
      [77, 88, 40],
      [99, 128, 24],
      [77, 240, 16],
    ]);
  });

  it('ends the buffer when neither place holds a size that leads to a record', () => {
    const lying = unknown(77, 0, 40);
    new DataView(lying.buffer).setUint16(0, 16, true);
    lying.fill(0x11, 16);
    const { seen, ended } = walk(laidOut([known, lying, known]));
    expect([seen.length, ended]).toEqual([1, CursorEnd.UnknownHeader]);
  });

  it('never exhausts the stack, however many there are', () => {
    const { seen, unknown: stepped } = walk(
      laidOut([...Array.from({ length: 50_000 }, () => unknown(77, 0, 8)), known]),
    );
    expect([seen.length, stepped.length]).toEqual([1, 50_000]);
  });
});

describe('any bytes', () => {
  const records: EtlRecord[] = [
    { kind: 'timed', timestamp: 1n, number: 1, payload },
    { kind: 'old timed', timestamp: 1n, number: 1, payload },
    { kind: 'old number', timestamp: 1n, number: 1, payload },
    { kind: 'wnode', timestamp: 1n, guid, payload },
    { kind: 'system', ...origin, group: 3, type: 1, counters: [1n, 2n], pebsIndex: 3n },
    { kind: 'perfinfo', ...origin, group: 3, type: 1, counters: [1n] },
    { kind: 'message', ...origin, number: 2, component: 3, sequence: 4 },
    { kind: 'event', ...origin, provider: guid, id: 1 },
  ];
  const bytes = laidOut(records.map((record) => encodeRecord(record, 8)));
  it('cut anywhere give the records before the cut', () => {
    for (let limit = 0; limit <= bytes.length; limit++) {
      const { seen } = walk(bytes.slice(0, limit));
      expect(seen).toEqual(walk(bytes).seen.slice(0, seen.length));
    }
  });

  it('changed anywhere never lead out of the buffer, nor back', () => {
    fastCheck.assert(
      fastCheck.property(
        fastCheck.array(fastCheck.tuple(fastCheck.nat(bytes.length - 1), fastCheck.nat(255)), { maxLength: 6 }),
        (changes) => {
          const broken = bytes.slice();
          for (const [at, value] of changes) broken[at] = value;
          let reached = 0;
          for (const [start, payloadAt, end] of walk(broken).places) {
            expect(start >= reached && start < payloadAt && payloadAt <= end && end <= bytes.length).toBe(true);
            reached = end;
          }
        },
      ),
      { numRuns: 2000, seed: 5 },
    );
  });
});
