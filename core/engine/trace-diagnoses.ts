import { dropEventsWithoutPacket } from '../diagnosis/choice.ts';
import { newDiagnosisWork, type DiagnosisWork } from '../diagnosis/columns.ts';
import { newTrackerState, shareCount, type TrackerState } from '../diagnosis/connection-tracker.ts';
import { diagnosisKinds, kindText } from '../diagnosis/kinds.ts';
import { globalNumbers, type GlobalNumbers } from '../diagnosis/places.ts';
import { diagnosisData, TraceDiagnosis } from '../diagnosis/trace-diagnosis.ts';
import { ConversationKind } from '../diagnosis/conversations.ts';
import type { Segment } from '../trace/segment.ts';
import { componentNames, type ComponentNames } from './component-names.ts';
import type { DiagnosisProgress, DiagnosisReport } from './contract.ts';
import { SharedRuns } from './shared-runs.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import type { TaskPool } from './worker-pool.ts';

/** Rows that one task follows: grid and filter wait no longer than this takes when all workers are at it. */
const rowsPerFollow = 1 << 18;

/** The diagnoses of ordered traces, each made at most once; places bear the names that are in force. */
export class TraceDiagnoses extends SharedRuns<TraceDiagnosis, DiagnosisProgress> {
  private readonly sessions = new WeakMap<OrderedTrace, TraceSession>();
  private readonly named = new WeakMap<OrderedTrace, { diagnosis: TraceDiagnosis; names: ComponentNames }>();

  constructor(pool: TaskPool) {
    super((session, ordered, signal, onProgress) => {
      this.sessions.set(ordered, session);
      return new DiagnosisJob(pool, ordered, signal, onProgress).run(session);
    });
  }

  override known(ordered: OrderedTrace): TraceDiagnosis | undefined {
    const made = super.known(ordered);
    const session = this.sessions.get(ordered);
    if (!made || !session) return made;
    const names = componentNames(session, ordered.columns);
    const before = this.named.get(ordered);
    if (before?.names === names) return before.diagnosis;
    const components = made.data.components.map(({ key, name }) => ({ key, name: names.names.get(key) ?? name }));
    const diagnosis = new TraceDiagnosis({ ...made.data, components }, ordered.columns);
    this.named.set(ordered, { diagnosis, names });
    return diagnosis;
  }
}

/** One diagnosis on its way through the pool. */
class DiagnosisJob {
  private readonly pool: TaskPool;
  private readonly ordered: OrderedTrace;
  private readonly signal: AbortSignal;
  private readonly onProgress: (progress: DiagnosisProgress) => void;
  private readonly work: DiagnosisWork;
  private readonly numbers: GlobalNumbers;

  constructor(
    pool: TaskPool,
    ordered: OrderedTrace,
    signal: AbortSignal,
    onProgress: (progress: DiagnosisProgress) => void,
  ) {
    this.pool = pool;
    this.ordered = ordered;
    this.signal = signal;
    this.onProgress = onProgress;
    this.work = newDiagnosisWork(ordered.columns);
    this.numbers = globalNumbers(ordered.columns.segments);
  }

  async run(session: TraceSession): Promise<TraceDiagnosis> {
    const { columns } = this.ordered;
    await this.examineFrames();
    const states = await this.followConnections();
    const { names } = componentNames(session, columns);
    const components = this.numbers.componentKeys.map((key) => ({ key, name: names.get(key) ?? key }));
    return new TraceDiagnosis(diagnosisData(this.work.found, states, components), columns);
  }

  private async examineFrames(): Promise<void> {
    const { work, numbers, signal } = this;
    const { id: generation, columns } = this.ordered;
    const done = columns.segments.map(() => 0);
    await Promise.all(
      columns.segments.map(async (_, segment) => {
        const onProgress = (packets: number): void => {
          done[segment] = packets;
          this.report('frames', done);
        };
        await this.pool.run('examine', { generation, segment, work, numbers }, { signal, onProgress });
        onProgress(columns.segments[segment].packets.length);
      }),
    );
  }

  private async followConnections(): Promise<TrackerState[]> {
    const shares = shareCount(this.pool.size);
    const packets = this.work.found.length;
    const done = Array.from({ length: shares }, () => 0);
    return Promise.all(
      done.map(async (_, share) => {
        const state = newTrackerState(share, shares, packets, this.numbers.componentKeys.length);
        return this.followShare(state, (followed) => {
          done[share] += followed;
          this.report('connections', done);
        });
      }),
    );
  }

  private async followShare(start: TrackerState, onFollowed: (packets: number) => void): Promise<TrackerState> {
    const { work, numbers, signal } = this;
    const { id: generation, order } = this.ordered;
    let state = start;
    for (let from = 0; from < order.length; from += rowsPerFollow) {
      const to = Math.min(from + rowsPerFollow, order.length);
      const part = await this.pool.run('follow', { generation, order, work, numbers, state, from, to }, { signal });
      state = part.state;
      onFollowed(part.followed);
    }
    return state;
  }

  private report(stage: DiagnosisProgress['stage'], done: readonly number[]): void {
    this.onProgress({ stage, done: done.reduce((sum, packets) => sum + packets, 0), total: this.work.found.length });
  }
}

/** What a whole trace's diagnosis says. */
export function diagnosisReport({ data }: TraceDiagnosis, segments: readonly Segment[]): DiagnosisReport {
  const { totals, components } = data;
  const otherDrops = dropEventsWithoutPacket(segments);
  return {
    findings: diagnosisKinds.flatMap((kind, position) => {
      const { level, title, explanation } = kindText(kind);
      const others = kind === 'dropped' ? otherDrops : 0;
      const packets = totals.packetsOfKind[position] + others;
      const sightings = totals.sightingsOfKind[position] + others;
      return packets === 0 ? [] : [{ kind, level, title, explanation, packets, sightings }];
    }),
    conversations: {
      tcp: totals.conversations[ConversationKind.Tcp],
      udp: totals.conversations[ConversationKind.Udp],
      ip: totals.conversations[ConversationKind.Ip],
    },
    packets: totals.packets,
    repeatedSightings: totals.repeatedSightings,
    components: components
      .map(({ key, name }, number) => ({ key, name, packets: totals.sightingsAt[number] }))
      .sort((a, b) => b.packets - a.packets),
  };
}
