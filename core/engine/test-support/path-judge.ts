import type { ConnectionAttempt, EngineClient, PacketPath, TraceId, VerdictKind } from '../contract.ts';
import type { AttemptTruth, PathTrace } from './random-paths.ts';

/** How well the links of paths agree with the truth. */
export interface LinkTally {
  readonly packets: number;
  /** Links that paths report, and those of them whose ends are sightings of one packet. */
  readonly reported: number;
  readonly right: number;
  /** Pairs of sightings of one packet that follow each other, and those of them that lie in one path. */
  readonly pairs: number;
  readonly kept: number;
  /** What went wrong, in words, each with what is needed to make the trace again. */
  readonly mistakes: readonly string[];
}

export interface VerdictTally {
  readonly attempts: number;
  readonly right: number;
  readonly mistakes: readonly string[];
}

export function addUp(parts: readonly { readonly links: LinkTally; readonly verdicts: VerdictTally }[]): {
  links: LinkTally;
  verdicts: VerdictTally;
} {
  const sum = (count: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + count(part), 0);
  return {
    links: {
      packets: sum(({ links }) => links.packets),
      reported: sum(({ links }) => links.reported),
      right: sum(({ links }) => links.right),
      pairs: sum(({ links }) => links.pairs),
      kept: sum(({ links }) => links.kept),
      mistakes: parts.flatMap(({ links }) => links.mistakes),
    },
    verdicts: {
      attempts: sum(({ verdicts }) => verdicts.attempts),
      right: sum(({ verdicts }) => verdicts.right),
      mistakes: parts.flatMap(({ verdicts }) => verdicts.mistakes),
    },
  };
}

const mistakesPerTrace = 10;

export async function measureLinks(engine: EngineClient, trace: TraceId, truth: PathTrace): Promise<LinkTally> {
  const { packets } = truth;
  const pathOfRow = new Map<number, PacketPath>();
  const mistakes: string[] = [];
  let reported = 0;
  let right = 0;
  for (const row of rowsOfPackets(packets)) {
    if (pathOfRow.has(row)) continue;
    const path = await engine.call('path', { trace, row });
    if (!path) continue;
    for (const hop of path.hops) {
      pathOfRow.set(hop.row, path);
      if (hop.after === null) continue;
      reported++;
      const before = path.hops[hop.after].row;
      if (packets[before] === packets[hop.row] && packets[hop.row] !== 0) right++;
      else
        mistakes.push(
          `link ${before} to ${hop.row} by ${hop.link.by}: packets ${packets[before]}, ${packets[hop.row]}`,
        );
    }
  }
  const pairs = pairsOf(packets);
  const torn = pairs.filter(([one, other]) => !areInOnePath(pathOfRow.get(one), pathOfRow.get(other)));
  mistakes.push(...torn.map(([one, other]) => `rows ${one} and ${other} of packet ${packets[one]} lie apart`));
  return {
    packets: new Set(packets).size - 1,
    reported,
    right,
    pairs: pairs.length,
    kept: pairs.length - torn.length,
    mistakes: mistakes.slice(0, mistakesPerTrace).map((mistake) => `${nameOf(truth)}: ${mistake}`),
  };
}

function nameOf({ kind, seed }: PathTrace): string {
  return `${kind}, seed ${seed}`;
}

function rowsOfPackets(packets: readonly number[]): number[] {
  return packets.flatMap((packet, row) => (packet === 0 ? [] : [row]));
}

function pairsOf(packets: readonly number[]): [number, number][] {
  const last = new Map<number, number>();
  return rowsOfPackets(packets).flatMap((row): [number, number][] => {
    const before = last.get(packets[row]);
    last.set(packets[row], row);
    return before === undefined ? [] : [[before, row]];
  });
}

function areInOnePath(one: PacketPath | undefined, other: PacketPath | undefined): boolean {
  return one !== undefined && one === other;
}

/** What can be known of an attempt: by the SYNs of which some frame was seen. */
interface Expected {
  readonly truth: AttemptTruth;
  readonly packet: number;
  readonly retransmissions: number;
  readonly verdicts: readonly VerdictKind[];
}

const verdictsOfSilence: readonly VerdictKind[] = ['vanished', 'unanswered', 'outside-only', 'inside-only'];

function expectedOf(truth: AttemptTruth, seen: ReadonlySet<number>): Expected[] {
  const syns = truth.syns.filter(({ packet }) => seen.has(packet));
  if (syns.length === 0) return [];
  const verdicts = (): readonly VerdictKind[] => {
    if (truth.answer === 'SYN ACK') return ['answered'];
    if (truth.answer === 'RST') return ['refused'];
    return syns.some(({ isDropLogged }) => isDropLogged) ? ['dropped'] : verdictsOfSilence;
  };
  return [{ truth, packet: syns[0].packet, retransmissions: syns.length - 1, verdicts: verdicts() }];
}

/** Attempts that are expected or reported, and those that are both, alike in ends, verdict and retransmissions. */
export async function measureVerdicts(engine: EngineClient, trace: TraceId, truth: PathTrace): Promise<VerdictTally> {
  const seen = new Set(truth.packets.filter((_, row) => truth.hasFrame[row]));
  const expected = truth.attempts.flatMap((attempt) => expectedOf(attempt, seen));
  const { attempts } = await engine.call('connections', { trace, query: { protocols: ['TCP'] }, from: 0, count: 1000 });
  const reported = new Map(attempts.map((attempt) => [truth.packets[attempt.row], attempt]));
  const mistakes: string[] = [];
  for (const one of expected) {
    const found = reported.get(one.packet);
    reported.delete(one.packet);
    const difference = found ? differenceOf(one, found) : 'is not reported';
    if (difference !== '') mistakes.push(`attempt of packet ${one.packet} ${difference}`);
  }
  const unexpected = [...reported].map(
    ([packet, { row }]) => `row ${row} of packet ${packet} is no attempt's first SYN`,
  );
  return {
    attempts: expected.length + unexpected.length,
    right: expected.length - mistakes.length,
    mistakes: [...mistakes, ...unexpected].map((mistake) => `${nameOf(truth)}: ${mistake}`),
  };
}

function differenceOf({ truth, retransmissions, verdicts }: Expected, found: ConnectionAttempt): string {
  const { client, clientPort, server, serverPort } = truth;
  const wanted = [`${client}:${clientPort} to ${server}:${serverPort}`, `${retransmissions} retransmissions`];
  const got = [
    `${found.client}:${found.clientPort} to ${found.server}:${found.serverPort}`,
    `${found.retransmissions} retransmissions`,
  ];
  const differences = wanted.flatMap((text, index) => (text === got[index] ? [] : [`${got[index]}, not ${text}`]));
  if (!verdicts.includes(found.verdict)) differences.push(`${found.verdict}, not ${verdicts.join(' or ')}`);
  return differences.join('; ');
}
