import { concatenate } from '../base/bytes.ts';
import { compileScenario } from './compile.ts';
import type { ScenarioOptions } from './options.ts';

/**
 * One trace in every way a container can be written: the same events at the same times, so that whatever reads it must
 * give the same in every variant.
 */
export interface ContainerVariant {
  readonly name: string;
  /** Opened together as one trace. */
  readonly files: readonly Uint8Array[];
  /** Sections that its files have together. */
  readonly sections: number;
}

const eventCount = 90;
const startSeconds = 7;
const secondPartSeconds = 1;
const provider = '{11111111-2222-3333-4444-555555555555}';
const frame = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | tcp 52891 > 80 ACK';

/** Every header family, packets in one piece and in several, on three processors, 37 microseconds apart. */
const statements = Array.from({ length: eventCount }, (_, index) => {
  const kinds = [
    `event ${provider} id=${index} level=3 keyword=0x10 related=${provider} text="event ${index}"`,
    `ndis in miniport=9 | ${frame} seq=${index}`,
    `classic ${provider} opcode=${index} payload=${index.toString(16).padStart(4, '0')}`,
    `system group=3 type=250 pmc=1,2 pebs=3 payload=aabbccdd`,
    `ndis out miniport=9 fragments=30,10,14 | ${frame} seq=${index}`,
    `timed number=${index} payload=0102030405060708`,
    `message ${provider} number=${index} sequence=${index} payload=00`,
    `perfinfo group=0xf type=46 pmc=7 payload=0000`,
    `timed old number=${index}`,
    `wnode ${provider} payload=01`,
  ];
  return `cpu${index % 3} pid${index} tid7 ${kinds[index % kinds.length]}`;
});

interface Part {
  readonly takes: (index: number) => boolean;
  readonly startSeconds?: number;
}

/** The statements that a part takes, at times that count from the part's own start. */
function textOf({ takes, startSeconds: start = startSeconds }: Part): string {
  const lines = statements.flatMap((statement, index) => {
    const microseconds = index * 37 - (start - startSeconds) * 1_000_000 + (isLate(index) ? 2_000_000 : 0);
    return takes(index) ? [`+${microseconds}us ${statement}`] : [];
  });
  return [`trace start=2024-05-01T14:03:0${start}.0000000Z cpus=3 buffer=1KiB session=Plain`, ...lines].join('\n');
}

/** The later half comes two seconds after the earlier one. */
function isLate(index: number): boolean {
  return index >= eventCount / 2;
}

const all: Part = { takes: () => true };
const early: Part = { takes: (index) => !isLate(index) };
const late: Part = { takes: isLate, startSeconds: startSeconds + secondPartSeconds };

function compiled(part: Part, options: ScenarioOptions = {}): Uint8Array {
  return compileScenario(textOf(part), options);
}

/** The trace in its plainest form: one file, no more said than must be. */
export function plainVariant(): ContainerVariant {
  return one('plain', {});
}

function one(name: string, options: ScenarioOptions): ContainerVariant {
  return { name, files: [compiled(all, options)], sections: 1 };
}

const cycles = { clock: { kind: 'CPU cycles', megahertz: 2400 } } as const;
const systemTime = { clock: { kind: 'system time' } } as const;
const slowCounter = { clock: { kind: 'QPC', frequency: 1_000_000 } } as const;

/** All variants but the plain one, and circular files that have wrapped (they have lost events: `ringOf`). */
export function containerVariants(): ContainerVariant[] {
  const appended = [textOf(early), 'append', ...textOf({ takes: isLate }).split('\n').slice(1)].join('\n');
  return [
    one('compressed', { compressed: true }),
    one('merged', { sessionName: 'Relogger' }),
    one('merged and compressed', { sessionName: 'Relogger', compressed: true }),
    one('32-bit', { pointerSize: 4 }),
    one('32-bit, compressed', { pointerSize: 4, compressed: true }),
    one('with processors numbered as Windows 7 did', { processorNumbering: 'number', osMajor: 6, osMinor: 1 }),
    one('by the system time', systemTime),
    one('by CPU cycles', cycles),
    one('by a counter of 1 MHz', slowCounter),
    one('not stopped', { unclean: true }),
    one('with reserved space', { reservedBytes: 200 * 1024 }),
    one('with reserved space, not a whole buffer', { reservedBytes: 100 * 1024 + 100, unclean: true }),
    one('compressed, with reserved space', { reservedBytes: 200 * 1024, compressed: true }),
    one('circular, not full yet', { ringBuffers: 100 }),
    one('circular, with reserved space', { ringBuffers: 100, reservedBytes: 101 * 1024 }),
    one('in huge buffers', { bufferSize: 1 << 20 }),
    {
      name: 'from the file behind a real-time session',
      files: [compileScenario(`${textOf(all)}\n+0 cpu1 backup`)],
      sections: 1,
    },
    { name: 'appended', files: [compileScenario(appended, { ...systemTime, logFileMode: 5 })], sections: 1 },
    {
      name: 'of two sessions in one file',
      files: [concatenate([compiled(early), compiled(late, cycles)])],
      sections: 2,
    },
    {
      name: 'of two sessions in one file, the second with other buffers and pointers',
      files: [
        concatenate([compiled(early, { compressed: true }), compiled(late, { bufferSize: 4096, pointerSize: 4 })]),
      ],
      sections: 2,
    },
    {
      name: 'of two sessions in one file, reserved space between',
      files: [concatenate([compiled(early, { reservedBytes: 64 * 1024 }), compiled(late, systemTime)])],
      sections: 2,
    },
    {
      name: 'of two compressed sessions in one file, reserved space between',
      files: [
        concatenate([
          compiled(early, { reservedBytes: 64 * 1024, compressed: true }),
          compiled(late, { compressed: true }),
        ]),
      ],
      sections: 2,
    },
    {
      name: 'in a series of files',
      files: [compiled(early, { logFileMode: 9 }), compiled(late, { logFileMode: 9 })],
      sections: 2,
    },
    {
      name: 'of a host and a guest with clocks of their own, overlapping in time',
      files: [
        compiled({ takes: (index) => index % 6 < 3 }, slowCounter),
        compiled({ takes: (index) => index % 6 >= 3, startSeconds: startSeconds - 1 }, { ...cycles, pointerSize: 4 }),
      ],
      sections: 2,
    },
  ];
}

/** The plain trace as a ring of so many buffers. */
export function ringOf(buffers: number): Uint8Array {
  return compiled(all, { ringBuffers: buffers });
}
