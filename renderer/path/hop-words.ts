/** Hops in words: short ones for the diagram, whole sentences for tooltips, tables and screen readers. */
import type { ConnectionAttempt, PacketPath, PathHop } from '../../core/engine/contract.ts';
import { formatCount, formatDuration } from '../format/number.ts';
import { formatClockTime } from '../format/time.ts';
import { pathStrings } from '../strings.ts';

/** `NBL routed to Container NIC fb5c285c`, `Frame in, 66 bytes`: what happened, in a few words; `withEnd`: and where to. */
export function hopWords(hop: PathHop, { lanes }: Pick<PacketPath, 'lanes'>, withEnd = true): string {
  if (hop.drop) return `${pathStrings.steps.dropped}: ${hop.drop.reason}`;
  if (hop.sighting !== 'nbl') return hop.text;
  const words = `NBL ${pathStrings.steps[hop.step].toLowerCase()}`;
  return withEnd && hop.step === 'routed' && hop.to !== null
    ? `${words} ${pathStrings.toLane(lanes[hop.to].name)}`
    : words;
}

/** `+3.5 µs`; empty for a beginning. */
export function latencyWords(hop: PathHop): string {
  return hop.after === null ? '' : `+${formatDuration(hop.latency)}`;
}

/** `inferred from thread and time`; empty where the link is sure. */
export function inferredWords({ link }: PathHop): string {
  if (!link.isInferred || link.by === '') return '';
  return pathStrings.inferredFrom(pathStrings.links[link.by]);
}

/** Why a hop counts to the path, with its doubt. */
export function linkWords({ link }: PathHop): string {
  if (link.by === '') return pathStrings.beginning;
  return link.isInferred ? pathStrings.inferredFrom(link.text) : link.text;
}

/** One thing that is known of a hop. */
export interface HopFact {
  label: string;
  value: string;
  /** Numbers, addresses and times, which are set in columns. */
  isCode?: boolean;
}

/** All that is known of a hop, in the order in which a person asks. */
export function hopFacts(hop: PathHop, path: Pick<PacketPath, 'hops' | 'lanes'>, offsetMinutes: number): HopFact[] {
  const words = pathStrings.columns;
  const ways = [
    hop.from === null ? '' : pathStrings.fromLane(path.lanes[hop.from].name),
    hop.to === null ? '' : pathStrings.toLane(path.lanes[hop.to].name),
  ].filter((way) => way !== '');
  const facts: HopFact[] = [
    { label: words.time, value: formatClockTime(hop, offsetMinutes), isCode: true },
    { label: words.latency, value: latencyInWords(hop) },
    { label: words.lane, value: [path.lanes[hop.lane].name, ...ways].join(', ') },
    { label: words.drop, value: hop.drop ? `${hop.drop.reason} (${hop.drop.location})` : '' },
    { label: words.link, value: linkWords(hop) },
    { label: words.nbl, value: hop.nbl, isCode: true },
    { label: words.origin, value: pathStrings.origin(hop.process, hop.thread, hop.processor), isCode: true },
  ];
  return facts.filter(({ value }) => value !== '');
}

function latencyInWords(hop: PathHop): string {
  if (hop.after === null) return '';
  const words = pathStrings.afterHop(formatDuration(hop.latency), hop.after + 1);
  return hop.isSlow ? `${words}, ${pathStrings.slow}` : words;
}

/** A hop in one sentence, for those who hear it. */
export function hopSentence(hop: PathHop, index: number, path: PacketPath): string {
  return [
    pathStrings.hopOf(index + 1, path.hops.length),
    path.lanes[hop.lane].name,
    hopWords(hop, path),
    hop.drop ? hop.drop.location : '',
    latencyInWords(hop),
    inferredWords(hop),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** `answered after 412 µs` with the attempt's number; empty where the packet is part of no attempt. */
export function verdictWords(attempt: ConnectionAttempt | null): string {
  return attempt === null ? '' : pathStrings.verdict(formatCount(attempt.number), attempt.verdictText);
}

/** `7 hops, 24 µs in all`. */
export function totalWords({ hops, branches, totalLatency }: PacketPath): string {
  return pathStrings.total(hops.length, branches, formatDuration(totalLatency));
}
