import { closeSync, openSync } from 'node:fs';
import {
  frameAt,
  nblAt,
  nblRouted,
  switchFrame,
  type Logged,
  type Nic,
} from '../../core/engine/test-support/host-records.ts';
import { bufferHeaderSize } from '../../core/etl/format.ts';
import { encodeRecord, EtlWriter } from '../../core/etl/writer.ts';
import { TcpFlag } from '../../core/packet/tcp.ts';
import { buildFrame } from '../../core/scenario/frame.ts';
import { StagedFile } from './generate.ts';

/**
 * A trace of connection attempts through a virtual switch: each SYN, and the SYN-ACK that answers it, is captured at two layers
 * of the physical NIC, twice in the switch, and at the container's NIC, with the NBL events received, routed and delivered
 * between. So a pair is ten packets and sixteen events. The same options always give the same bytes.
 */
export interface PathBenchTrace {
  readonly path: string;
  readonly attempts: number;
}

const processors = 4;
const bufferSize = 0x1_0000;
const startTick = 36_000_000_000;
/** Ticks of 100 ns. */
const ticksBetweenPackets = 120;
const ticksBetweenEvents = 8;
const nblPool = 64;

const physical: Nic = {
  kind: 'physical',
  name: '/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}',
  friendlyName: 'Ethernet',
  mac: Uint8Array.of(0, 0x15, 0x5d, 0, 10, 9),
  layers: [9, 10],
  pktMon: [],
  port: 2,
  portName: '8C1B7A60-52C4-4D0F-A1B0-3C0D4E9F7712',
  hasQueue: false,
};
const container: Nic = {
  ...physical,
  kind: 'container',
  name: 'FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40',
  friendlyName: 'Container',
  layers: [34],
  port: 5,
  portName: 'E03D9B17-64A5-4F3C-8E21-90B7C5D2A8F3',
};
const where = { name: 'D2FD9981-CB99-4866-9548-81F4ADEF178C', friendlyName: 'nat', interfaceIndex: 17 };

/** Writes the file; records are patched and not built. */
export function generatePathBenchTrace({ path, attempts }: PathBenchTrace): void {
  const file = openSync(path, 'w');
  try {
    const staging = new StagedFile(file);
    const session = { sessionName: 'Bench', bufferSize, processors, startTick: BigInt(startTick) };
    const writer = new EtlWriter(session, (chunk, position) => {
      staging.write(chunk, position);
    });
    const buffers = Array.from({ length: processors }, (_, processor) => new OpenBuffer(writer, processor));
    const [question, answer] = [wayOf(true), wayOf(false)];
    let tick = startTick;
    for (let attempt = 0; attempt < attempts; attempt++) {
      for (const way of [question, answer]) {
        tick += ticksBetweenPackets;
        const buffer = buffers[attempt % processors];
        const nbl = (attempt % nblPool) * 0x210;
        way.forEach((template, index) => {
          buffer.append(template, tick + index * ticksBetweenEvents, attempt, nbl);
        });
      }
    }
    for (const buffer of buffers) buffer.flush();
    writer.finish();
    staging.flush();
  } finally {
    closeSync(file);
  }
}

/** A record, and where in it stand the frame and the NBL's address; -1 for none. */
interface Template {
  readonly bytes: Uint8Array;
  readonly isAnswer: boolean;
  readonly frame: number;
  readonly nbl: number;
}

const nblBase = 0xffff_9383_cbf0_0000n;

function wayOf(isQuestion: boolean): Template[] {
  const frame = frameOf(isQuestion);
  const [from, to] = isQuestion ? [physical, container] : [container, physical];
  const layersIn = from.layers.map((layer) => frameAt(from, layer, 'in', frame));
  const layersOut = to.layers.map((layer) => frameAt(to, layer, 'out', frame));
  return [
    ...layersIn,
    nblAt('received', where, from, nblBase),
    switchFrame(where, from, [], frame),
    nblRouted(where, from, to, nblBase),
    switchFrame(where, from, [to], frame),
    nblAt('delivered', where, to, nblBase),
    ...layersOut,
  ].map((event) => templateOf(event, frame, !isQuestion));
}

function frameOf(isQuestion: boolean): Uint8Array {
  const none = new Uint8Array(4);
  return buildFrame([
    { protocol: 'eth', source: physical.mac, destination: container.mac },
    { protocol: 'ipv4', source: none, destination: none, dontFragment: true },
    {
      protocol: 'tcp',
      sourcePort: 0,
      destinationPort: 0,
      flags: isQuestion ? TcpFlag.SYN : TcpFlag.SYN | TcpFlag.ACK,
      maximumSegmentSize: 1460,
      windowScale: 8,
    },
  ]);
}

function templateOf(event: Logged, frame: Uint8Array, isAnswer: boolean): Template {
  const record = encodeRecord({ kind: 'event', timestamp: 0n, process: 4, thread: 88, ...event }, 8);
  const bytes = new Uint8Array((record.length + 7) & ~7);
  bytes.set(record);
  const nbl = new Uint8Array(8);
  new DataView(nbl.buffer).setBigUint64(0, nblBase, true);
  return { bytes, isAnswer, frame: Buffer.from(bytes).indexOf(frame), nbl: Buffer.from(bytes).indexOf(nbl) };
}

const tickAt = 0x10;
const InFrame = {
  identification: 18,
  source: 26,
  destination: 30,
  ports: 34,
  sequence: 38,
  acknowledgement: 42,
} as const;
const server = 0x0a00_003c;
const serverPort = 80;

/** A processor's buffer while records come into it. */
class OpenBuffer {
  readonly #writer: EtlWriter;
  readonly #processor: number;
  readonly #bytes = new Uint8Array(bufferSize);
  readonly #view = new DataView(this.#bytes.buffer);
  #filled: number = bufferHeaderSize;
  #lastTick = startTick;

  constructor(writer: EtlWriter, processor: number) {
    this.#writer = writer;
    this.#processor = processor;
  }

  append({ bytes, isAnswer, frame, nbl }: Template, tick: number, attempt: number, nblOffset: number): void {
    if (this.#filled + bytes.length > bufferSize) this.flush();
    const at = this.#filled;
    this.#bytes.set(bytes, at);
    this.#view.setBigUint64(at + tickAt, BigInt(tick), true);
    if (nbl >= 0) this.#view.setBigUint64(at + nbl, nblBase + BigInt(nblOffset), true);
    if (frame >= 0) this.#patchFrame(at + frame, isAnswer, attempt);
    this.#filled += bytes.length;
    this.#lastTick = tick;
  }

  flush(): void {
    if (this.#filled === bufferHeaderSize) return;
    this.#writer.writeBuffer(this.#processor, this.#bytes, this.#filled, BigInt(this.#lastTick));
    this.#filled = bufferHeaderSize;
  }

  /** Each attempt has a client of its own. Checksums stay as they were: paths do not ask for them. */
  #patchFrame(frame: number, isAnswer: boolean, attempt: number): void {
    const view = this.#view;
    const client = 0x0a01_0000 + (attempt >>> 8);
    const clientPort = 40_000 + (attempt & 0xff);
    const clientSequence = Math.imul(attempt + 1, 0x9e37_79b1) >>> 0;
    const serverSequence = Math.imul(attempt + 1, 0x85eb_ca6b) >>> 0;
    view.setUint16(frame + InFrame.identification, attempt & 0xffff);
    view.setUint32(frame + InFrame.source, isAnswer ? server : client);
    view.setUint32(frame + InFrame.destination, isAnswer ? client : server);
    view.setUint16(frame + InFrame.ports, isAnswer ? serverPort : clientPort);
    view.setUint16(frame + InFrame.ports + 2, isAnswer ? clientPort : serverPort);
    view.setUint32(frame + InFrame.sequence, isAnswer ? serverSequence : clientSequence);
    view.setUint32(frame + InFrame.acknowledgement, isAnswer ? clientSequence + 1 : 0);
  }
}
