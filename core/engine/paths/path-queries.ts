import type { FilterPlan } from '../../filter/plan.ts';
import { vmSwitchProvider } from '../../provider/vmswitch.ts';
import type { ConnectionBlock, ConnectionQuery, PacketPath } from '../contract-paths.ts';
import { verdictKinds } from '../contract-paths.ts';
import { traceNames, type TraceNames } from '../names/trace-names.ts';
import type { RowSource } from '../row-builder.ts';
import type { TraceSession } from '../trace-session.ts';
import { AttemptList } from './attempt-list.ts';
import { UsualLatencies } from './latencies.ts';
import { buildPath, type PathSource } from './path-builder.ts';
import type { PathData } from './trace-paths.ts';
import { traceTopology } from './trace-topology.ts';

/** Of some rows, in ascending order, those that a filter's plan lets through. */
export type RowMatcher = (plan: FilterPlan, rows: Uint32Array) => Promise<Uint32Array>;

/** Answers about the paths of a trace, as long as its layouts and names stay as they are. */
export class PathQueries {
  private readonly source: PathSource;
  private readonly names: TraceNames;
  private readonly list: AttemptList;
  private readonly session: TraceSession;
  /** The query asked last, and its attempts: pages of one list are asked for one after the other. */
  private asked: { key: string; attempts: readonly number[]; available: readonly number[] } | undefined;

  constructor(session: TraceSession, data: PathData, rows: RowSource) {
    const { ordered, work } = data;
    this.session = session;
    this.names = traceNames(session, ordered.columns);
    this.source = { data, rows, topology: traceTopology(session, ordered, work), latencies: new UsualLatencies(work) };
    this.list = new AttemptList(this.source);
  }

  /** Whether it still holds for what is known now. */
  isFor(rows: RowSource): boolean {
    return (
      this.source.rows.decoder === rows.decoder &&
      this.names === traceNames(this.session, this.source.data.ordered.columns)
    );
  }

  path(row: number): PacketPath | null {
    const built = buildPath(this.source, row);
    if (!built) return null;
    const { list } = this;
    const { asks, answers } = list.attemptOf(built.sightings);
    const attempt = asks >= 0 ? asks : answers;
    const sendings = asks < 0 ? [] : list.sendings(asks).map((sighting) => list.rowOfSighting(sighting));
    const own = new Set(built.path.hops.map((hop) => hop.row));
    const answer = asks < 0 ? -1 : list.answerOf(asks);
    return {
      ...built.path,
      attempt: attempt < 0 ? null : list.tell(attempt),
      answerRow: answer < 0 ? null : list.rowOfSighting(answer),
      questionRow: answers < 0 ? null : list.rowOfSighting(list.sendings(answers)[0]),
      retransmissionRows: sendings.filter((row) => !own.has(row)),
    };
  }

  async connections(
    query: ConnectionQuery,
    from: number,
    count: number,
    filter: { key: string; plan: FilterPlan; match: RowMatcher } | undefined,
  ): Promise<ConnectionBlock> {
    const key = JSON.stringify([query, filter?.key]);
    if (this.asked?.key !== key) this.asked = await this.answer(key, query, filter);
    const { attempts, available } = this.asked;
    return {
      total: attempts.length,
      available: available.length,
      verdicts: this.countVerdicts(available),
      attempts: attempts.slice(from, from + count).map((attempt) => this.list.tell(attempt)),
      notes: this.notes(available.length),
    };
  }

  private async answer(
    key: string,
    query: ConnectionQuery,
    filter: { plan: FilterPlan; match: RowMatcher } | undefined,
  ): Promise<NonNullable<PathQueries['asked']>> {
    const { list } = this;
    const available = list.ofProtocols(query.protocols ?? ['TCP']);
    const picked = list.pick(available, query);
    const matching = filter ? await this.matching(picked, filter) : picked;
    return { key, attempts: list.sort(matching, query), available };
  }

  /** Attempts of which some row passes. */
  private async matching(
    attempts: readonly number[],
    { plan, match }: { plan: FilterPlan; match: RowMatcher },
  ): Promise<number[]> {
    const rowsOf = new Map(attempts.map((attempt) => [attempt, this.list.rowsOf(attempt)]));
    const rows = Uint32Array.from(new Set([...rowsOf.values()].flat())).sort();
    const passing = new Set(await match(plan, rows));
    return attempts.filter((attempt) => rowsOf.get(attempt)?.some((row) => passing.has(row)));
  }

  private countVerdicts(attempts: readonly number[]): ConnectionBlock['verdicts'] {
    const counts = new Map<string, number>();
    for (const attempt of attempts) {
      const kind = this.list.verdictOf(attempt);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return verdictKinds.flatMap((kind) => {
      const number = counts.get(kind) ?? 0;
      return number === 0 ? [] : [{ kind, attempts: number }];
    });
  }

  private notes(available: number): string[] {
    const { columns } = this.source.data.ordered;
    const notes: string[] = [];
    const hasPackets = columns.segments.some(({ packets }) => packets.length > 0);
    const hasSwitch = columns.segments.some(({ schemas }) =>
      schemas.some(({ provider, family }) => family === 'manifest' && provider === vmSwitchProvider),
    );
    if (!hasPackets)
      notes.push('The trace holds no packets: capture with capture=yes, or with pktmon, to follow them.');
    else if (available === 0) notes.push('None of the trace’s packets begins a connection of these protocols.');
    if (hasPackets && !hasSwitch) {
      notes.push(
        'The trace holds no events of the virtual switch: what happens inside it is seen by its frames alone.',
      );
    }
    const { eventsLost, buffersLost } = this.session.inputs.reduce(
      (lost, { header }) => ({
        eventsLost: lost.eventsLost + header.eventsLost,
        buffersLost: lost.buffersLost + header.buffersLost,
      }),
      { eventsLost: 0, buffersLost: 0 },
    );
    if (eventsLost + buffersLost > 0) {
      notes.push('The capture lost events: a hop that is missing may have taken place.');
    }
    return notes;
  }
}
