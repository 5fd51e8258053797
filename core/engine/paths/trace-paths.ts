import { globalNumbers } from '../../diagnosis/places.ts';
import { newLinkState, type LinkState } from '../../path/linker.ts';
import { numberNames } from '../../path/nbl-numbers.ts';
import { isNblKind } from '../../path/read-nbls.ts';
import { newPathWork, noNbls, type PathWork, type SegmentNbls } from '../../path/sighting-table.ts';
import { Topology } from '../../path/topology.ts';
import { newVerdicts, type Sides, type VerdictTable } from '../../path/verdicts.ts';
import { componentKey, type PacketComponent } from '../../trace/segment.ts';
import type { PathProgress } from '../contract-paths.ts';
import { SharedRuns } from '../shared-runs.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import type { TaskPool } from '../worker-pool.ts';
import { traceTopology } from './trace-topology.ts';

/** All paths and attempts of an ordered trace, as columns. */
export interface PathData {
  readonly ordered: OrderedTrace;
  readonly work: PathWork;
  readonly state: LinkState;
  readonly verdicts: VerdictTable;
  /** How many connection attempts there are. */
  readonly attempts: number;
}

/** Rows that one task links: urgent work comes in between. */
const rowsPerLink = 1 << 18;
const attemptsPerJudgement = 1 << 14;

/** The paths of ordered traces, each made at most once. */
export class TracePaths extends SharedRuns<PathData, PathProgress> {
  constructor(pool: TaskPool) {
    super((session, ordered, signal, onProgress) => new PathJob(pool, ordered, signal, onProgress).run(session));
  }
}

/** The paths of one trace on their way through the pool. */
class PathJob {
  private readonly pool: TaskPool;
  private readonly ordered: OrderedTrace;
  private readonly signal: AbortSignal;
  private readonly onProgress: (progress: PathProgress) => void;

  constructor(
    pool: TaskPool,
    ordered: OrderedTrace,
    signal: AbortSignal,
    onProgress: (progress: PathProgress) => void,
  ) {
    this.pool = pool;
    this.ordered = ordered;
    this.signal = signal;
    this.onProgress = onProgress;
  }

  async run(session: TraceSession): Promise<PathData> {
    const { columns } = this.ordered;
    await session.names.gathered();
    const nbls = await this.readNbls();
    const numbers = globalNumbers(columns.segments);
    const nblNumbers = numberNames(columns.segments, nbls, numbers);
    const work = newPathWork(columns, nbls, numbers, nblNumbers);
    const topology = traceTopology(session, this.ordered, work);
    noteNicsOfInterfaces(topology, this.ordered, work);
    await this.gather(work);
    const state = await this.link(work);
    const { count } = state.attempts;
    const verdicts = newVerdicts(count);
    await this.judge(work, state, sidesOf(topology, this.ordered, work), verdicts);
    return { ordered: this.ordered, work, state, verdicts, attempts: count };
  }

  private async readNbls(): Promise<SegmentNbls[]> {
    const { id: generation, columns } = this.ordered;
    const done = columns.segments.map(() => 0);
    return Promise.all(
      columns.segments.map(async ({ schemas, events }, segment) => {
        if (!schemas.some(isNblKind)) return noNbls;
        const onProgress = (read: number): void => {
          done[segment] = read;
          this.report('sightings', sum(done));
        };
        const { signal } = this;
        const read = await this.pool.run('readNbls', { generation, segment }, { signal, onProgress });
        onProgress(events.length);
        return read;
      }),
    );
  }

  private async gather(work: PathWork): Promise<void> {
    const { id: generation, columns } = this.ordered;
    const { signal } = this;
    await Promise.all(
      columns.segments.map((_, segment) => this.pool.run('gather', { generation, segment, work }, { signal })),
    );
    this.report('linking', 0);
  }

  private async link(work: PathWork): Promise<LinkState> {
    const { id: generation, order } = this.ordered;
    const { signal } = this;
    let state = newLinkState(work.sightings.length);
    for (let from = 0; from < order.length; from += rowsPerLink) {
      const to = Math.min(from + rowsPerLink, order.length);
      state = await this.pool.run('link', { generation, order, work, state, from, to }, { signal });
      this.report('linking', to);
    }
    return state;
  }

  private async judge(work: PathWork, state: LinkState, sides: Sides, verdicts: VerdictTable): Promise<void> {
    const { id: generation } = this.ordered;
    const { signal } = this;
    const portions = Array.from({ length: Math.ceil(verdicts.length / attemptsPerJudgement) }, (_, index) => ({
      from: index * attemptsPerJudgement,
      to: Math.min((index + 1) * attemptsPerJudgement, verdicts.length),
    }));
    await Promise.all(
      portions.map((portion) =>
        this.pool.run('judge', { generation, work, state, sides, verdicts, ...portion }, { signal }),
      ),
    );
  }

  private report(stage: PathProgress['stage'], done: number): void {
    this.onProgress({ stage, done, total: this.ordered.columns.events });
  }
}

/** A component of each key (GlobalNumbers), and the input it was met in. */
function placesByKey({ columns }: OrderedTrace): Map<string, { component: PacketComponent; input: number }> {
  const byKey = new Map<string, { component: PacketComponent; input: number }>();
  for (const { components, input } of columns.segments) {
    for (const component of components) byKey.set(componentKey(component), { component, input });
  }
  return byKey;
}

/** Interfaces that are NICs of a switch go by the same numbers. */
function noteNicsOfInterfaces(topology: Topology, ordered: OrderedTrace, { numbers, nblNumbers }: PathWork): void {
  const places = placesByKey(ordered);
  const byLane = new Map(nblNumbers.nicNames.map(({ name }, index) => [topology.laneOfNic(name).key, index + 1]));
  numbers.componentKeys.forEach((key, number) => {
    const place = places.get(key);
    if (place?.component.source !== 'ndis') return;
    nblNumbers.nicOfComponent[number] = byLane.get(topology.laneOf(place.component, place.input).key) ?? 0;
  });
}

/** On which side of the switches every component and NIC is. */
function sidesOf(topology: Topology, ordered: OrderedTrace, { numbers, nblNumbers }: PathWork): Sides {
  const byKey = placesByKey(ordered);
  const laneOfKey = numbers.componentKeys.map((key) => {
    const place = byKey.get(key);
    return place && topology.laneOf(place.component, place.input);
  });
  const laneNumbers = new Map<string | undefined, number>();
  for (const lane of laneOfKey) if (!laneNumbers.has(lane?.key)) laneNumbers.set(lane?.key, laneNumbers.size);
  return {
    components: Uint8Array.from(laneOfKey, (lane) => (lane ? Topology.sideOf(lane) : 0)),
    lanes: Uint16Array.from(laneOfKey, (lane) => laneNumbers.get(lane?.key) ?? 0),
    nics: Uint8Array.from(nblNumbers.nicNames, ({ name }) => Topology.sideOf(topology.laneOfNic(name))),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
