import { filetimeToIso, unixEpochInFiletime } from '../../base/filetime.ts';
import type { ConnectionAttempt, EngineClient, PacketPath, PathHop, PathLane, TraceId } from '../contract.ts';
import { attemptProtocols } from '../contract-paths.ts';
import { durationText } from '../paths/duration-text.ts';

/** Every path of a trace, in the order of their first hops, and the rows that are of no packet. */
export interface AllPaths {
  readonly paths: readonly PacketPath[];
  readonly withoutPath: readonly number[];
}

/** Asks for the path of every row, and fails where two rows of one path tell different ones. */
export async function allPaths(engine: EngineClient, trace: TraceId, rows: number): Promise<AllPaths> {
  const paths: PacketPath[] = [];
  const withoutPath: number[] = [];
  const pathOf = new Map<number, PacketPath>();
  for (let row = 0; row < rows; row++) {
    const path = await engine.call('path', { trace, row });
    const known = pathOf.get(row);
    if (path === null) {
      if (known) throw new Error(`Row ${row} is a hop of the path of row ${known.row} and has none itself.`);
      withoutPath.push(row);
      continue;
    }
    if (!path.hops.some((hop) => hop.row === row)) throw new Error(`The path of row ${row} lacks it.`);
    if (known) {
      if (JSON.stringify(known) !== JSON.stringify(path))
        throw new Error(`Row ${row} tells another path than ${known.row}.`);
      continue;
    }
    paths.push(path);
    for (const hop of path.hops) {
      if (pathOf.has(hop.row)) throw new Error(`Row ${hop.row} is of two paths.`);
      pathOf.set(hop.row, path);
    }
  }
  return { paths, withoutPath };
}

/** All attempts of a trace, by number. */
export async function allAttempts(engine: EngineClient, trace: TraceId): Promise<ConnectionAttempt[]> {
  const query = { protocols: [...attemptProtocols] };
  const { attempts, total } = await engine.call('connections', { trace, query, from: 0, count: 1000 });
  if (attempts.length !== total) throw new Error(`${total} attempts are more than a golden text should have.`);
  return attempts;
}

export function attemptText(attempt: ConnectionAttempt): string {
  const { number, protocol, client, clientPort, server, serverPort, verdict, verdictText, verdictRow } = attempt;
  const { retransmissions, roundTrip, hops, firstLatency, totalLatency, strip, isInferred } = attempt;
  const facts = [
    `${verdictText} (${verdict}, message ${verdictRow + 1})`,
    ...(retransmissions === 0 ? [] : [`${retransmissions} times again`]),
    ...(roundTrip === null ? [] : [`round trip ${durationText(roundTrip)}`]),
    `${hops} hops, first ${durationText(firstLatency)}, all ${durationText(totalLatency)}`,
    ...(isInferred ? ['partly inferred'] : []),
  ];
  const way = strip.map(({ kind, name, isDrop }) => `${isDrop ? 'DROP ' : ''}${name} (${kind})`).join(' > ');
  return `attempt ${number}: ${protocol} ${client}:${clientPort} → ${server}:${serverPort}\n  ${facts.join('; ')}\n  ${way}\n`;
}

export function pathText(path: PacketPath): string {
  const { title, branches, totalLatency, attempt, answerRow, questionRow, retransmissionRows, notes } = path;
  const related = [
    ...(attempt === null ? [] : [`attempt ${attempt.number}`]),
    ...(questionRow === null ? [] : [`question ${questionRow + 1}`]),
    ...(answerRow === null ? [] : [`answer ${answerRow + 1}`]),
    ...(retransmissionRows.length === 0 ? [] : [`again ${retransmissionRows.map((row) => row + 1).join(', ')}`]),
  ];
  return [
    title,
    `  ${[`${branches} end${branches === 1 ? '' : 's'}`, durationText(totalLatency), ...related].join('; ')}`,
    ...path.hops.map((hop, index) => hopText(path, hop, index)),
    ...notes.map((note) => `  note: ${note}`),
    '',
  ].join('\n');
}

function hopText({ lanes }: PacketPath, hop: PathHop, index: number): string {
  const { row, after, latency, isSlow, lane, from, to, sighting, step, direction, text, link, drop } = hop;
  const lanesOfHop = [
    lanes[lane].name,
    ...(from === null ? [] : [`from ${lanes[from].name}`]),
    ...(to === null ? [] : [`to ${lanes[to].name}`]),
  ];
  const linked = link.by === '' ? 'begins' : `${link.isInferred ? 'INFERRED ' : ''}${link.by} of ${(after ?? -1) + 1}`;
  const parts = [
    `${index + 1}`,
    `#${row + 1}`,
    after === null ? timeOf(hop) : `+${durationText(latency)}${isSlow ? ' SLOW' : ''}`,
    `${step} ${sighting} ${direction} at ${lanesOfHop.join(', ')}`,
    linked,
    text,
    ...(drop === null ? [] : [`DROP ${drop.reason} | ${drop.location}`]),
  ];
  return `  ${parts.join(' · ')}`;
}

/** All lanes of some paths, each once. */
export function lanesText(paths: readonly PacketPath[]): string {
  const lanes = new Map(paths.flatMap((path) => path.lanes).map((lane) => [lane.key, lane]));
  return [...lanes.values()].map(laneText).sort().join('');
}

function laneText({ key, kind, name, identifier, within, facts }: PathLane): string {
  const more = facts.map(({ label, value }) => `, ${label}: ${value}`).join('');
  return `${kind} "${name}" [${identifier}] key ${key}${within === null ? '' : ` in ${within}`}${more}\n`;
}

function timeOf({ milliseconds, hundredNanoseconds }: PathHop): string {
  const iso = filetimeToIso(BigInt(milliseconds) * 10_000n + BigInt(hundredNanoseconds) + unixEpochInFiletime);
  return iso.slice(11, -1);
}
