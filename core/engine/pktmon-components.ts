import { componentTypeMap, PktMonEvent, pktMonProvider } from '../provider/pktmon.ts';
import type { EventReader } from '../trace/event-reader.ts';
import type { EventKind, Segment } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import type { EventDecoder } from './event-decoder.ts';

/** A place in Windows' network stack, as pktmon describes it. */
export interface PktMonComponent {
  readonly name: string;
  readonly description: string;
  /** `NetVsc Miniport`, or the number of a type without a name. */
  readonly type: string;
}

/** The components of a trace. Every machine numbers its own, so a component goes by the input it was met in. */
export class PktMonComponents {
  private readonly components = new Map<string, PktMonComponent>();

  /** Reads the events that describe components: in most traces they stand at the end. */
  constructor(reader: EventReader, decoder: EventDecoder, segments: readonly Segment[]) {
    for (const segment of segments) {
      for (const event of describingEvents(segment)) {
        const record = reader.read(segment, event);
        const decoded = record && decoder.decode(segment.schemas[segment.events.schema[event]], record);
        const [id, type, name, description] = decoded?.fields.map((field) => field.raw) ?? [];
        if (typeof id !== 'number' || typeof type !== 'number') continue;
        this.components.set(`${segment.input}/${id}`, {
          name: String(name ?? ''),
          description: String(description ?? ''),
          type: componentTypeMap.entries.get(type) ?? `type ${type}`,
        });
      }
    }
  }

  find(input: number, id: number): PktMonComponent | undefined {
    return this.components.get(`${input}/${id}`);
  }
}

const describingIds: readonly number[] = [
  PktMonEvent.ComponentInfo,
  PktMonEvent.ComponentRegistered,
  PktMonEvent.ComponentUnregistered,
];

function describesComponent({ family, provider, id }: EventKind): boolean {
  return family === 'manifest' && provider === pktMonProvider && describingIds.includes(id);
}

function* describingEvents({ schemas, events }: Segment): Generator<number> {
  const wanted = schemas.map(describesComponent);
  if (!wanted.includes(true)) return;
  for (let event = 0; event < events.length; event++) if (wanted[events.schema[event]]) yield event;
}

const known = new WeakMap<TraceColumns, PktMonComponents>();

/** The components of a state of a trace, read when they are first asked for. */
export function pktMonComponents(columns: TraceColumns, reader: EventReader, decoder: EventDecoder): PktMonComponents {
  const components = known.get(columns) ?? new PktMonComponents(reader, decoder, columns.segments);
  known.set(columns, components);
  return components;
}
