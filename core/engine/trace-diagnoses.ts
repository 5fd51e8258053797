import { setMaxListeners } from 'node:events';
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
import { TaskCancelled } from './tasks.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import type { TaskPool } from './worker-pool.ts';

export interface DiagnosisOptions {
  onProgress?: ((progress: DiagnosisProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A diagnosis under way, which several may wait for. */
interface Run {
  readonly result: Promise<TraceDiagnosis>;
  readonly listeners: Set<(progress: DiagnosisProgress) => void>;
  readonly stop: AbortController;
  waiting: number;
  /** Once it is done, with the names that places had then. */
  diagnosis?: TraceDiagnosis;
  names?: ComponentNames;
}

/** Rows that one task follows: grid and filter wait no longer than this takes when all workers are at it. */
const rowsPerFollow = 1 << 18;

/** The diagnoses of ordered traces, each made at most once. */
export class TraceDiagnoses {
  private readonly pool: TaskPool;
  private readonly runs = new WeakMap<OrderedTrace, Run>();
  private readonly sessions = new WeakMap<OrderedTrace, TraceSession>();

  constructor(pool: TaskPool) {
    this.pool = pool;
  }

  /** The diagnosis, if it has been made; places bear the names that are in force now. */
  known(ordered: OrderedTrace): TraceDiagnosis | undefined {
    const run = this.runs.get(ordered);
    const session = this.sessions.get(ordered);
    if (!run?.diagnosis || !session) return undefined;
    const names = componentNames(session, ordered.columns);
    if (run.names !== names) {
      const { data } = run.diagnosis;
      const components = data.components.map(({ key, name }) => ({ key, name: names.names.get(key) ?? name }));
      run.diagnosis = new TraceDiagnosis({ ...data, components }, ordered.columns);
      run.names = names;
    }
    return run.diagnosis;
  }

  /**
   * Makes the diagnosis, or waits for one under way. Who gives up waiting is told so at once; when nobody waits any more,
   * it is stopped.
   */
  async of(
    session: TraceSession,
    ordered: OrderedTrace,
    { onProgress, signal }: DiagnosisOptions = {},
  ): Promise<TraceDiagnosis> {
    if (signal?.aborted) throw new TaskCancelled();
    const run = this.runs.get(ordered) ?? this.start(session, ordered);
    const made = this.known(ordered);
    if (made) return made;
    run.waiting++;
    const listener = (progress: DiagnosisProgress): void => onProgress?.(progress);
    run.listeners.add(listener);
    const gaveUp = givenUp(signal);
    try {
      const diagnosis = await Promise.race([run.result, gaveUp.promise]);
      return this.known(ordered) ?? diagnosis;
    } finally {
      gaveUp.forget();
      run.listeners.delete(listener);
      if (--run.waiting === 0 && !this.known(ordered)) {
        run.stop.abort();
        this.runs.delete(ordered);
      }
    }
  }

  private start(session: TraceSession, ordered: OrderedTrace): Run {
    const stop = new AbortController();
    // Every task under way listens, however many segments there are.
    setMaxListeners(0, stop.signal);
    const listeners = new Set<(progress: DiagnosisProgress) => void>();
    const job = new DiagnosisJob(this.pool, ordered, stop.signal, (progress) => {
      for (const listener of listeners) listener(progress);
    });
    const run: Run = { result: job.run(session), listeners, stop, waiting: 0 };
    this.runs.set(ordered, run);
    this.sessions.set(ordered, session);
    run.result.then(
      (diagnosis) => {
        run.diagnosis = diagnosis;
      },
      () => this.runs.delete(ordered),
    );
    return run;
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

/** A promise that is rejected when the signal is aborted, as long as it is not forgotten. */
export function givenUp(signal: AbortSignal | undefined): { promise: Promise<never>; forget(): void } {
  let onAbort = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new TaskCancelled());
    };
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    promise,
    forget: () => {
      signal?.removeEventListener('abort', onAbort);
    },
  };
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
