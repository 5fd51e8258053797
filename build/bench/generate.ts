import { closeSync, openSync, writeSync } from 'node:fs';
import { bufferHeaderSize, HeaderSize } from '../../core/etl/format.ts';
import { encodeRecord, EtlWriter } from '../../core/etl/writer.ts';
import { ndisPacketCaptureProvider } from '../../core/provider/ndis-packet-capture.ts';
import { buildFrame, type FrameLayer } from '../../core/scenario/frame.ts';

/**
 * A trace of NDIS packet events (1001) to measure with: each connection's first packet is a SYN, the others go both ways
 * with acknowledgements. The same options always give the same bytes.
 */
export interface BenchTrace {
  readonly path: string;
  /** The file grows until it has at least so many bytes. */
  readonly bytes: number;
  /** Length of every frame: 66 is a bare TCP acknowledgement, 1460 a segment full of data. At least 66. */
  readonly frameBytes: number;
  readonly processors?: number;
  readonly bufferSize?: number;
}

export interface BenchTraceSize {
  readonly bytes: number;
  readonly buffers: number;
  readonly events: number;
}

const startTick = 36_000_000_000;
const connectionCount = 4096;
const meanTicksBetweenEvents = 20;
const stagingSize = 8 << 20;
const wholePacketKeyword = 0x8000_0600_c000_0001n;
const sendPathHigh = 0x8000_0601;
const receivePathHigh = 0x8000_0602;

/** Writes the file; a few hundred MB/s or more, because records are patched and not built. */
export function generateBenchTrace(options: BenchTrace): BenchTraceSize {
  const { path, bytes, frameBytes, processors = 4, bufferSize = 0x1_0000 } = options;
  const file = openSync(path, 'w');
  try {
    const staging = new StagedFile(file);
    const session = { sessionName: 'Bench', bufferSize, processors, startTick: BigInt(startTick) };
    const writer = new EtlWriter(session, (chunk, position) => {
      staging.write(chunk, position);
    });
    const size = fillTrace(writer, { bytes, frameBytes, processors, bufferSize });
    writer.finish();
    staging.flush();
    return size;
  } finally {
    closeSync(file);
  }
}

function fillTrace(writer: EtlWriter, options: Required<Omit<BenchTrace, 'path'>>): BenchTraceSize {
  const { bytes, frameBytes, processors, bufferSize } = options;
  const traffic = new Traffic(frameBytes, bufferSize);
  const clocks = new Float64Array(processors).fill(startTick);
  let written = bufferSize;
  let buffers = 1;
  while (written < bytes) {
    const processor = clocks.indexOf(Math.min(...clocks));
    clocks[processor] = traffic.fill(processor, clocks[processor], processors);
    writer.writeBuffer(processor, traffic.buffer, traffic.filled, BigInt(clocks[processor]));
    written += bufferSize;
    buffers++;
  }
  return { bytes: written, buffers, events: (buffers - 1) * traffic.eventsPerBuffer };
}

/** Collects neighbouring writes into large ones. */
export class StagedFile {
  readonly #file: number;
  readonly #staging = new Uint8Array(stagingSize);
  #start = 0;
  #length = 0;

  constructor(file: number) {
    this.#file = file;
  }

  write(bytes: Uint8Array, position: number): void {
    if (position !== this.#start + this.#length || this.#length + bytes.length > stagingSize) {
      this.flush();
      this.#start = position;
    }
    if (bytes.length > stagingSize) {
      writeSync(this.#file, bytes, 0, bytes.length, position);
      this.#start = position + bytes.length;
      return;
    }
    this.#staging.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  flush(): void {
    let done = 0;
    while (done < this.#length)
      done += writeSync(this.#file, this.#staging, done, this.#length - done, this.#start + done);
    this.#start += this.#length;
    this.#length = 0;
  }
}

/** Offsets inside one event's record; frames are Ethernet, IPv4 and TCP without VLAN tags. */
const At = { thread: 0x08, tick: 0x10, keywordHigh: 0x34, frame: HeaderSize.event + 12 } as const;
const InFrame = {
  ipId: 18,
  ipChecksum: 24,
  addresses: 26,
  ports: 34,
  sequence: 38,
  acknowledgement: 42,
  flags: 47,
  window: 48,
  tcpChecksum: 50,
} as const;

/** A buffer full of records whose numbers are patched for every new filling. */
class Traffic {
  readonly buffer: Uint8Array;
  readonly filled: number;
  readonly eventsPerBuffer: number;
  readonly #view: DataView;
  readonly #stride: number;
  readonly #payloadBytes: number;
  /** One's-complement sums of everything in a frame that is never patched. */
  readonly #fixedIpSum: number;
  readonly #fixedTcpSum: number;
  readonly #clientAddress = new Uint32Array(connectionCount);
  readonly #clientPort = new Uint16Array(connectionCount);
  readonly #isStarted = new Uint8Array(connectionCount);
  /** Next sequence number of the client's and of the server's side. */
  readonly #clientSequence = new Uint32Array(connectionCount);
  readonly #serverSequence = new Uint32Array(connectionCount);
  #random = 0x2545_f491;
  #packets = 0;

  constructor(frameBytes: number, bufferSize: number) {
    const frame = buildFrame(templateLayers(frameBytes));
    const record = encodeRecord(templateEvent(frame), 8);
    this.#stride = (record.length + 7) & ~7;
    this.#payloadBytes = frame.length - 66;
    this.eventsPerBuffer = Math.floor((bufferSize - bufferHeaderSize) / this.#stride);
    this.filled = bufferHeaderSize + this.eventsPerBuffer * this.#stride;
    this.buffer = new Uint8Array(bufferSize);
    for (let event = 0; event < this.eventsPerBuffer; event++)
      this.buffer.set(record, bufferHeaderSize + event * this.#stride);
    this.#view = new DataView(this.buffer.buffer);
    const tcpLength = frame.length - InFrame.ports;
    const tcpProtocol = 6;
    this.#fixedIpSum = wordSum(frame, 14, InFrame.ports);
    this.#fixedTcpSum = wordSum(frame, InFrame.ports, frame.length) + tcpLength + tcpProtocol;
    this.#startConnections();
  }

  /** Fills the buffer with packets from `tick` on; returns the tick of the last one. */
  fill(processor: number, tick: number, processors: number): number {
    const spread = meanTicksBetweenEvents * 2 * processors;
    let now = tick;
    for (let event = 0; event < this.eventsPerBuffer; event++) {
      now += 1 + (this.#next() % spread);
      this.#patch(bufferHeaderSize + event * this.#stride, processor, now);
    }
    return now;
  }

  #patch(record: number, processor: number, tick: number): void {
    const view = this.#view;
    const choice = this.#next();
    const connection = choice % connectionCount;
    const outbound = (choice & 0x1_0000) !== 0;
    view.setUint32(record + At.thread, 0x1000 + processor * 4, true);
    view.setUint32(record + At.tick, tick % 0x1_0000_0000, true);
    view.setUint32(record + At.tick + 4, Math.floor(tick / 0x1_0000_0000), true);
    view.setUint32(record + At.keywordHigh, outbound ? sendPathHigh : receivePathHigh, true);
    this.#patchFrame(record + At.frame, connection, outbound);
  }

  #patchFrame(frame: number, connection: number, outbound: boolean): void {
    const view = this.#view;
    const client = this.#clientAddress[connection];
    const clientPort = this.#clientPort[connection];
    const [mine, theirs] = outbound
      ? [this.#serverSequence, this.#clientSequence]
      : [this.#clientSequence, this.#serverSequence];
    const sequence = mine[connection];
    const acknowledgement = this.#payloadBytes === 0 ? (theirs[connection] += 1460) : theirs[connection];
    mine[connection] += this.#payloadBytes;
    const identification = this.#packets++ & 0xffff;
    const window = 0x0400 + (acknowledgement & 0x3ff);
    const flags = this.#isStarted[connection] === 0 ? synFlag : ackFlag;
    this.#isStarted[connection] = 1;
    const addressSum = (client >>> 16) + (client & 0xffff) + (serverAddress >>> 16) + (serverAddress & 0xffff);
    view.setUint16(frame + InFrame.ipId, identification);
    view.setUint32(frame + InFrame.addresses, outbound ? serverAddress : client);
    view.setUint32(frame + InFrame.addresses + 4, outbound ? client : serverAddress);
    view.setUint16(frame + InFrame.ports, outbound ? serverPort : clientPort);
    view.setUint16(frame + InFrame.ports + 2, outbound ? clientPort : serverPort);
    view.setUint32(frame + InFrame.sequence, sequence);
    view.setUint32(frame + InFrame.acknowledgement, acknowledgement);
    view.setUint8(frame + InFrame.flags, flags);
    view.setUint16(frame + InFrame.window, window);
    view.setUint16(frame + InFrame.ipChecksum, folded(this.#fixedIpSum + addressSum + identification));
    const numbersSum = (sequence >>> 16) + (sequence & 0xffff) + (acknowledgement >>> 16) + (acknowledgement & 0xffff);
    const tcpSum = this.#fixedTcpSum + addressSum + serverPort + clientPort + numbersSum + flags + window;
    view.setUint16(frame + InFrame.tcpChecksum, folded(tcpSum));
  }

  #startConnections(): void {
    for (let connection = 0; connection < connectionCount; connection++) {
      this.#clientAddress[connection] = 0x0a01_0000 + (this.#next() % 0xfffe) + 1;
      this.#clientPort[connection] = 49_152 + (this.#next() % 16_384);
      this.#clientSequence[connection] = this.#next();
      this.#serverSequence[connection] = this.#next();
    }
  }

  /** xorshift32: the same numbers in every run. */
  #next(): number {
    let state = this.#random;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#random = state;
    return state >>> 0;
  }
}

const synFlag = 0x02;
const ackFlag = 0x10;
const serverAddress = 0x0a00_003c;
const serverPort = 443;

/** Everything that is patched later is zero here, so that the fixed sums are right. */
function templateLayers(frameBytes: number): FrameLayer[] {
  const none = new Uint8Array(4);
  const payload = Uint8Array.from({ length: frameBytes - 66 }, (_, index) => 0x20 + ((index * 7) % 0x5f));
  return [
    {
      protocol: 'eth',
      source: Uint8Array.of(0, 0x15, 0x5d, 0, 0, 1),
      destination: Uint8Array.of(0, 0x15, 0x5d, 0, 0, 2),
    },
    { protocol: 'ipv4', source: none, destination: none, dontFragment: true, checksum: 0 },
    {
      protocol: 'tcp',
      sourcePort: 0,
      destinationPort: 0,
      flags: 0,
      window: 0,
      timestamps: [0x0010_0000, 0x0020_0000],
      checksum: 0,
    },
    { protocol: 'payload', bytes: payload },
  ];
}

function templateEvent(frame: Uint8Array): Parameters<typeof encodeRecord>[0] {
  const payload = new Uint8Array(12 + frame.length + 16);
  const view = new DataView(payload.buffer);
  view.setUint32(0, 12, true);
  view.setUint32(4, 12, true);
  view.setUint32(8, frame.length, true);
  payload.set(frame, 12);
  const common = { timestamp: 0n, process: 4, provider: ndisPacketCaptureProvider, id: 1001, level: 4, channel: 16 };
  return { kind: 'event', ...common, keyword: wholePacketKeyword, payload };
}

function wordSum(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index += 2)
    sum += (bytes[index] << 8) | (index + 1 < end ? bytes[index + 1] : 0);
  return sum;
}

function folded(sum: number): number {
  let rest = sum;
  while (rest > 0xffff) rest = (rest & 0xffff) + (rest >>> 16);
  return ~rest & 0xffff;
}
