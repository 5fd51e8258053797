import { lastNotAbove } from '../../trace/trace-columns.ts';
import { hopsOf, nblItem, pathOf, type PathWork } from '../../path/sighting-table.ts';

/** Paths that medians are taken from, and how many latencies make one. */
const sampledPaths = 4000;
const fewestLatencies = 5;
/** A hop is slow when it takes so many times the median, and at least so much longer, in 100 ns. */
const slowFactor = 8;
const slowAtLeast = 200;

/** What hops like others take in a trace, from a sample of its paths. */
export class UsualLatencies {
  private readonly work: PathWork;
  private readonly medians = new Map<string, number>();

  constructor(work: PathWork) {
    this.work = work;
    const latencies = new Map<string, number[]>();
    const { length } = work.sightings;
    const stride = Math.max(1, Math.floor(length / sampledPaths));
    const seen = new Set<number>();
    for (let sighting = 0; sighting < length; sighting += stride) {
      const path = pathOf(work.links, sighting);
      if (seen.has(path)) continue;
      seen.add(path);
      this.take(hopsOf(work, path, mostHopsOfSample), latencies);
    }
    for (const [key, values] of latencies) {
      if (values.length < fewestLatencies) continue;
      values.sort((a, b) => a - b);
      this.medians.set(key, values[values.length >>> 1]);
    }
  }

  isSlow(before: number, sighting: number, latency: number): boolean {
    const median = this.medians.get(this.key(before, sighting));
    return median !== undefined && latency > median * slowFactor && latency - median >= slowAtLeast;
  }

  private take(hops: readonly number[], latencies: Map<string, number[]>): void {
    const { time } = this.work.sightings;
    hops.slice(1).forEach((sighting, index) => {
      const before = hops[index];
      const key = this.key(before, sighting);
      const values = latencies.get(key) ?? [];
      values.push((time[sighting] - time[before]) >>> 0);
      latencies.set(key, values);
    });
  }

  private key(before: number, sighting: number): string {
    return `${this.kindOf(before)}>${this.kindOf(sighting)}`;
  }

  private kindOf(sighting: number): string {
    const { bases, nbls, sightings } = this.work;
    const item = sightings.item[sighting];
    if (item < nblItem) return String(sightings.place[sighting]);
    const { table } = nbls[lastNotAbove(bases, sighting, bases.length)];
    return `step ${table.step[item - nblItem]}`;
  }
}

const mostHopsOfSample = 64;
