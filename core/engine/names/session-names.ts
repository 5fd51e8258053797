import type { BookSource, ShownThing } from '../../names/name-source.ts';
import { NameBook } from '../../names/name-book.ts';
import type { Segment } from '../../trace/segment.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import type { EventDecoder } from '../event-decoder.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import type { TaskPool } from '../worker-pool.ts';
import { nothingKept, type HandName, type KeptTrace } from './kept-names.ts';
import { namesSwitchThings, noNames, type SegmentNames } from './segment-names.ts';
import { traceFacts, type TraceFacts } from './trace-facts.ts';
import { TraceNames } from './trace-names.ts';

/** Events of the vSwitch that are searched for names, in the whole trace. */
const mostEvents = 8 << 20;

/** What others say of a trace's things. */
export interface GivenNames extends KeptTrace {
  /** Shared books that lie beside the trace. */
  readonly books: readonly BookSource[];
}

export const handSourceId = 'hand';

interface Known {
  readonly decoder: EventDecoder;
  readonly gathering: number;
  readonly facts: TraceFacts;
  readonly given: GivenNames;
  readonly names: TraceNames;
}

/** The names of one opened trace: what it says itself, and what others say of it. */
export class SessionNames {
  private readonly segments = new WeakMap<Segment, SegmentNames>();
  private readonly known = new WeakMap<TraceColumns, Known>();
  private gatherings = 0;
  private gathering: Promise<void> = Promise.resolve();
  private given: GivenNames = { ...nothingKept, books: [] };

  /** Names by hand, imports, and shared books. */
  get state(): GivenNames {
    return this.given;
  }

  use(given: GivenNames): void {
    this.given = given;
  }

  /** The names of a state of the trace, made anew only when something has changed. */
  of({ reader, schemas: { decoder } }: TraceSession, columns: TraceColumns): TraceNames {
    const before = this.known.get(columns);
    const { gatherings: gathering, given } = this;
    const factsHold = before?.decoder === decoder && before.gathering === gathering;
    if (before && factsHold && before.given === given) return before.names;
    const facts = factsHold
      ? before.facts
      : traceFacts(columns, reader, decoder, (segment) => this.segments.get(segment) ?? noNames);
    const sources = [...handSource(given.hand, facts.shown), ...given.imports, ...given.books, facts.source];
    const names = new TraceNames(new NameBook(sources, facts.shown), facts);
    this.known.set(columns, { decoder, gathering, facts, given, names });
    return names;
  }

  /** Lets workers look for names in the events of a vSwitch. Does not wait for them: `gathered` does. */
  gather(pool: TaskPool, ordered: OrderedTrace, signal: AbortSignal): Promise<void> {
    this.gathering = this.gatherAll(pool, ordered, signal);
    // Who needs the names waits for them and hears of the failure; nobody need.
    this.gathering.catch(() => undefined);
    return this.gathering;
  }

  /** Until everything that was begun is there. Rejected when that failed or the trace was closed. */
  async gathered(): Promise<void> {
    await this.gathering;
  }

  private async gatherAll(pool: TaskPool, ordered: OrderedTrace, signal: AbortSignal): Promise<void> {
    const { segments } = ordered.columns;
    const wanted = [...segments.keys()].filter((number) => segments[number].schemas.some(namesSwitchThings));
    if (wanted.length === 0) return;
    const share = Math.ceil(mostEvents / wanted.length);
    await Promise.all(
      wanted.map(async (segment) => {
        const params = { generation: ordered.id, segment, mostEvents: share };
        this.segments.set(segments[segment], await pool.run('gatherNames', params, { signal }));
      }),
    );
    this.gatherings++;
  }
}

/** Names by hand go by what the trace shows: some of it has no key that a file of names could hold. */
function handSource(hand: readonly HandName[], shown: readonly ShownThing[]): BookSource[] {
  if (hand.length === 0) return [];
  const byId = new Map(shown.map((thing) => [thing.id, thing]));
  const things = hand.map(({ subject, thing }) => ({ ...thing, keys: byId.get(subject)?.keys ?? thing.keys }));
  const title = 'names given by hand';
  return [{ id: handSourceId, kind: 'hand', title, contents: [], notes: [], things, addedAt: 0 }];
}
