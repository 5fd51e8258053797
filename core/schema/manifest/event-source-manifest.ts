/**
 * Manifests that .NET EventSource logs into the trace itself: events with id 0xFFFE (ManifestEnvelope.cs of
 * microsoft/perfview). Payload: format (1 = XML), major and minor version, magic 0x5B, 16-bit number of chunks and of
 * this chunk, then a piece of a manifest in UTF-8.
 */
import { concatenate } from '../../base/bytes.ts';
import { InType, OutType, type SchemaField } from '../event-schema.ts';
import { SchemaError } from '../schema-error.ts';
import { decodeFileText } from './file-text.ts';
import type { ImportedProvider } from './imported-manifest.ts';
import { readInstrumentationManifest } from './instrumentation-manifest.ts';
import { Notes } from './notes.ts';
import { parseXml } from './xml-tree.ts';

/** Event id that carries manifests. Its provider is the one that the manifest describes. */
export const eventSourceManifestId = 0xfffe;

/** The event itself, as anybody may look at it. */
export const eventSourceManifestFields: readonly SchemaField[] = [
  { name: 'Format', inType: InType.UInt8, outType: OutType.Null },
  { name: 'MajorVersion', inType: InType.UInt8, outType: OutType.Null },
  { name: 'MinorVersion', inType: InType.UInt8, outType: OutType.Null },
  { name: 'Magic', inType: InType.UInt8, outType: OutType.HexInt8 },
  { name: 'TotalChunks', inType: InType.UInt16, outType: OutType.Null },
  { name: 'ChunkNumber', inType: InType.UInt16, outType: OutType.Null },
  { name: 'Manifest', inType: InType.NonNullTerminatedAnsiString, outType: OutType.Utf8 },
];

const envelopeSize = 8;
const simpleXmlFormat = 1;
const magic = 0x5b;
/** All that may wait for its missing chunks; a manifest has some ten KB. */
const mostWaitingBytes = 64 << 20;
const mostWaiting = 4096;

/** One event of id 0xFFFE. */
export interface EventSourceManifestEvent {
  /** Provider GUID in canonical text. */
  readonly provider: string;
  readonly process: number;
  readonly payload: Uint8Array;
}

interface Waiting {
  readonly provider: string;
  readonly process: number;
  readonly total: number;
  readonly chunks: Map<number, Uint8Array>;
}

/** Puts manifests together from their chunks, in any order, for any number of providers and processes at once. */
export class EventSourceManifests {
  private readonly notes = new Notes();
  private readonly waiting = new Map<string, Waiting>();
  private waitingBytes = 0;
  /** The manifest read last of each provider: every process that uses it logs it again. */
  private readonly read = new Map<string, Uint8Array>();

  /** The provider, when this event completes a manifest that is new. Schemas have the source 'file'. */
  take(event: EventSourceManifestEvent): ImportedProvider | undefined {
    const chunk = this.chunkOf(event);
    if (!chunk) return undefined;
    const manifest = this.collect(event, chunk);
    if (!manifest || sameBytes(manifest, this.read.get(event.provider))) return undefined;
    this.read.set(event.provider, manifest);
    return this.parse(event, manifest);
  }

  /** What could not be used, in words. */
  problems(): string[] {
    return this.notes.all();
  }

  /** One sentence for each manifest whose chunks never all came. */
  unfinished(): string[] {
    const lines = new Notes();
    for (const { provider, process, total, chunks } of this.waiting.values()) {
      lines.add(
        `Of the EventSource manifest of ${provider} in process ${process}, ${total - chunks.size} of ${total} pieces are not ` +
          'in the trace; its events stay undecoded.',
      );
    }
    return lines.all();
  }

  private chunkOf(event: EventSourceManifestEvent): Chunk | undefined {
    const { payload } = event;
    const reason = whyNoChunk(payload);
    if (reason === undefined)
      return { number: uint16At(payload, 6), total: uint16At(payload, 4), bytes: payload.slice(envelopeSize) };
    this.notes.add(`A piece of the ${named(event)} was left out: ${reason}.`);
    return undefined;
  }

  /**
   * The whole manifest when its last chunk has come. The same chunk again changes nothing; one that does not go with
   * those at hand begins anew, because the process has logged another manifest.
   */
  private collect(event: EventSourceManifestEvent, chunk: Chunk): Uint8Array | undefined {
    if (chunk.total === 1) return chunk.bytes;
    const key = `${event.provider}/${event.process}`;
    const waiting = this.continued(key, chunk) ?? this.begin(key, event, chunk.total);
    if (!waiting || waiting.chunks.has(chunk.number)) return undefined;
    if (this.waitingBytes + chunk.bytes.length > mostWaitingBytes) {
      this.forget(key, waiting);
      this.notes.add(`The ${named(event)} was given up: too many bytes of manifests wait for their missing pieces.`);
      return undefined;
    }
    waiting.chunks.set(chunk.number, chunk.bytes);
    this.waitingBytes += chunk.bytes.length;
    if (waiting.chunks.size < waiting.total) return undefined;
    this.forget(key, waiting);
    return concatenate([...waiting.chunks].sort(([one], [other]) => one - other).map(([, bytes]) => bytes));
  }

  private continued(key: string, chunk: Chunk): Waiting | undefined {
    const waiting = this.waiting.get(key);
    if (!waiting) return undefined;
    const known = waiting.chunks.get(chunk.number);
    if (waiting.total === chunk.total && (!known || sameBytes(known, chunk.bytes))) return waiting;
    this.forget(key, waiting);
    return undefined;
  }

  private begin(key: string, { provider, process }: EventSourceManifestEvent, total: number): Waiting | undefined {
    if (this.waiting.size >= mostWaiting) {
      this.notes.add(`More than ${mostWaiting} EventSource manifests are incomplete; the others were left out.`);
      return undefined;
    }
    const waiting: Waiting = { provider, process, total, chunks: new Map() };
    this.waiting.set(key, waiting);
    return waiting;
  }

  private forget(key: string, { chunks }: Waiting): void {
    this.waiting.delete(key);
    for (const bytes of chunks.values()) this.waitingBytes -= bytes.length;
  }

  /** Only what the manifest says of the provider that logged it: nobody describes the events of others. */
  private parse(event: EventSourceManifestEvent, manifest: Uint8Array): ImportedProvider | undefined {
    const notes = new Notes();
    const providers = readManifest(manifest, notes);
    const own = providers.find(({ provider }) => provider === event.provider);
    if (!own) notes.add('It does not describe the provider that logged it, so it was not used.');
    for (const note of notes.all()) this.notes.add(`The ${named(event)}: ${note}`);
    return own;
  }
}

interface Chunk {
  readonly number: number;
  readonly total: number;
  readonly bytes: Uint8Array;
}

function whyNoChunk(payload: Uint8Array): string | undefined {
  if (payload.length < envelopeSize) return `it has only ${payload.length} bytes`;
  if (payload[3] !== magic) return 'it does not have the mark of a manifest';
  if (payload[0] !== simpleXmlFormat) return `its format ${payload[0]} is unknown`;
  const total = uint16At(payload, 4);
  const number = uint16At(payload, 6);
  return number < total ? undefined : `it says to be piece ${number + 1} of ${total}`;
}

function readManifest(bytes: Uint8Array, notes: Notes): readonly ImportedProvider[] {
  try {
    const { text, note } = decodeFileText(bytes);
    if (note !== undefined) notes.add(note);
    const { roots, notes: xmlNotes } = parseXml(text);
    for (const xmlNote of xmlNotes) notes.add(xmlNote);
    const context = { source: 'file', fileName: 'EventSource manifest in the trace', notes } as const;
    return roots.flatMap((root) => readInstrumentationManifest(root, context).providers);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    notes.add(error.message);
    return [];
  }
}

function named({ provider, process }: EventSourceManifestEvent): string {
  return `EventSource manifest of ${provider} in process ${process}`;
}

function sameBytes(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return one.length === other?.length && one.every((byte, index) => byte === other[index]);
}

function uint16At(bytes: Uint8Array, offset: number): number {
  return bytes[offset] | (bytes[offset + 1] << 8);
}
