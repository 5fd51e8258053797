import type { DiagnosisData } from '../diagnosis/trace-diagnosis.ts';
import { builtInLibrary } from '../provider/built-in-schemas.ts';
import { knownProviderName } from '../provider/known-providers.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { EventSourceManifests } from '../schema/manifest/event-source-manifest.ts';
import type { ImportedProvider } from '../schema/manifest/imported-manifest.ts';
import { SchemaStore, type EventMetadataRecord, type SchemaLibrary } from '../schema/schema-store.ts';
import type { EventReader } from '../trace/event-reader.ts';
import type { EventKind, Problem, Segment } from '../trace/segment.ts';
import type { SwitchNames } from './names/switch-names.ts';
import {
  carriesManifest,
  EventDecoder,
  isSelfDescribing,
  nameInTraits,
  schemaKey,
  type LayoutSource,
} from './event-decoder.ts';

/** What a worker must know to decode a trace's events as the engine does: plain data. */
export interface DecodingKnowledge {
  readonly layouts: readonly EventSchema[];
  readonly names: readonly (readonly [provider: string, name: string])[];
  /** Where the trace has been diagnosed. */
  readonly diagnosis?: DiagnosisData | undefined;
  /** Names of places of capture, by componentKey. */
  readonly componentNames: ReadonlyMap<string, string>;
  readonly switchNames: SwitchNames;
}

/** What is known of a trace's events beyond their headers: layouts, and the names of their providers. */
export class TraceSchemas {
  private current: EventDecoder | undefined;
  private readonly store = new SchemaStore();
  private readonly traitNames = new Map<string, string>();
  private readonly eventSources = new EventSourceManifests();

  constructor() {
    this.store.addLibrary(builtInLibrary);
  }

  /** Reads events by what is known now. */
  get decoder(): EventDecoder {
    this.current ??= new EventDecoder({
      find: (key) => this.store.find(key),
      providerName: (provider) => this.providerName(provider),
    });
    return this.current;
  }

  /** Layouts that are kept for all traces; what the trace itself says goes before them. */
  addLibrary(library: SchemaLibrary): void {
    this.store.addLibrary(library);
    this.askAgain();
  }

  /** A library has changed: what was found before may not hold any more. */
  askAgain(): void {
    this.current = undefined;
  }

  /** Layouts that somebody looked up for this trace. */
  addProvider({ schemas }: ImportedProvider): void {
    for (const schema of schemas) this.store.add(schema);
    this.askAgain();
  }

  /** Takes what a segment tells about its own events. Returns what could not be understood. */
  learnSegment(segment: Segment, reader: EventReader): Problem[] {
    this.askAgain();
    this.learnTraits(segment, reader);
    this.learnEventSources(segment, reader);
    return this.learnMetadata(segment, reader);
  }

  /** What could not be used of manifests that lie in pieces all over the trace, once every segment has been learnt. */
  unfinished(): Problem[] {
    const { eventSources } = this;
    return [...eventSources.problems(), ...eventSources.unfinished()].map((message) => layoutProblem(0, message));
  }

  /** The provider's name, from the trace first; null when nothing names it. */
  providerName(provider: string): string | null {
    return this.store.providerName(provider) ?? this.traitNames.get(provider) ?? knownProviderName(provider) ?? null;
  }

  /** The layout of a kind's events, where one holds for all of them; undefined when none is known. */
  layoutOf(kind: EventKind): EventSchema | undefined {
    const key = schemaKey(kind);
    return key && this.store.find(key);
  }

  /** Whether an event of this kind can be read. */
  isDescribed(kind: EventKind): boolean {
    const key = schemaKey(kind);
    if (kind.family === 'capture') return true;
    return isSelfDescribing(kind) || carriesManifest(kind) || (key !== undefined && this.store.find(key) !== undefined);
  }

  /** The layouts that the trace carries for its own events, by provider. */
  ownLayouts(): ImportedProvider[] {
    const providers = new Map<string, EventSchema[]>();
    for (const schema of this.store.schemasOf('file')) {
      const others = providers.get(schema.provider);
      if (others) others.push(schema);
      else providers.set(schema.provider, [schema]);
    }
    return [...providers].map(([provider, schemas]) => ({
      provider,
      name: this.providerName(provider) ?? provider,
      schemas,
    }));
  }

  /** All that decoding these segments' events takes, but for the names of places. */
  knowledge(segments: readonly Segment[]): Omit<DecodingKnowledge, 'componentNames' | 'switchNames'> {
    const layouts = new Set<EventSchema>();
    const names = new Map<string, string>();
    for (const kind of segments.flatMap((segment) => segment.schemas)) {
      const key = schemaKey(kind);
      const schema = key && this.store.find(key);
      if (schema) layouts.add(schema);
      const name = this.providerName(kind.provider);
      if (name !== null) names.set(kind.provider, name);
    }
    return { layouts: [...layouts], names: [...names] };
  }

  private learnMetadata(segment: Segment, reader: EventReader): Problem[] {
    const records: EventMetadataRecord[] = [];
    let offset = 0;
    for (const event of segment.metadataEvents) {
      const record = reader.read(segment, event);
      if (!record) continue;
      offset ||= record.bufferOffset;
      records.push({
        opcode: segment.schemas[segment.events.schema[event]].opcode,
        payload: record.bytes.slice(record.userData, record.end),
      });
    }
    return this.store.addEventMetadata(records).map((message) => layoutProblem(offset, message));
  }

  /** .NET's EventSource logs its manifest as events. */
  private learnEventSources(segment: Segment, reader: EventReader): void {
    const wanted = segment.schemas.map(carriesManifest);
    if (!wanted.includes(true)) return;
    for (let event = 0; event < segment.events.length; event++) {
      const kind = segment.events.schema[event];
      const record = wanted[kind] ? reader.read(segment, event) : undefined;
      if (!record) continue;
      const provider = this.eventSources.take({
        provider: segment.schemas[kind].provider,
        process: segment.events.process[event],
        payload: record.bytes.slice(record.userData, record.end),
      });
      if (provider) this.addProvider(provider);
    }
  }

  /** A self-describing provider gives its name in the traits of every event; one event of each is enough. */
  private learnTraits(segment: Segment, reader: EventReader): void {
    segment.schemas.forEach((kind, number) => {
      if (!isSelfDescribing(kind) || this.traitNames.has(kind.provider)) return;
      const event = segment.events.schema.indexOf(number);
      const record = event < 0 ? undefined : reader.read(segment, event);
      const name = record ? nameInTraits(record) : '';
      if (name !== '') this.traitNames.set(kind.provider, name);
    });
  }
}

/** A decoder of what another thread knows. */
export function decoderOf({ layouts, names }: Pick<DecodingKnowledge, 'layouts' | 'names'>): EventDecoder {
  const schemas = new Map(layouts.map((schema) => [keyText(schema), schema]));
  const providerNames = new Map(names);
  const source: LayoutSource = {
    find: (key) => schemas.get(keyText(key)),
    providerName: (provider) => providerNames.get(provider) ?? null,
  };
  return new EventDecoder(source);
}

function keyText({ provider, id, version }: { provider: string; id: number; version: number }): string {
  return `${provider}/${id}/${version}`;
}

function layoutProblem(offset: number, message: string): Problem {
  return { offset, message, kind: 'layout' };
}
