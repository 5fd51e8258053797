import { fileName } from '../base/file-name.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { BufferFlag } from '../etl/format.ts';
import { countDrops } from '../provider/drop-events.ts';
import { inputCompleteness, type InputCompleteness } from '../trace/completeness.ts';
import type { TraceSection } from '../trace/section.ts';
import { PacketTrait, type EventKind, type PacketTable, type ProblemKind, type Segment } from '../trace/segment.ts';
import type { Completeness, ProviderInfo, TraceFile, TraceFileSession, TraceInfo } from './contract.ts';
import { findingsOf } from './findings.ts';
import { layoutAdvice } from './layout-advice.ts';
import type { TraceInput, TraceSession } from './trace-session.ts';

/** What is known of a trace as a whole, from what has been read of it so far. */
export function traceInfo(session: TraceSession): TraceInfo {
  const [{ header }] = session.sections;
  const segments = session.segmentsRead;
  const counts = {
    buffers: total(segments.filter(isOfEtl), (segment) => segment.buffers.length),
    events: total(segments, (segment) => segment.events.length),
    packets: total(segments, (segment) => segment.packets.length),
    eventsLost: total(session.sections, (section) => section.header.eventsLost),
    buffersLost: total(session.sections, (section) => section.header.buffersLost),
  };
  const providers = providersOf(session, segments);
  return {
    trace: session.id,
    file: session.inputs.map((input) => fileName(input.path)).join(', '),
    size: session.size,
    format: session.inputs[0].format.name,
    complete: session.complete,
    ...counts,
    compressedBuffers: total(segments, compressedBuffers),
    pointerSize: header.pointerSize,
    startTime: filetimeToIso(session.startTime),
    endTime: filetimeToIso(endTime(session, segments)),
    utcOffsetMinutes: 0 - header.timeZoneBias,
    processors: header.processors,
    osVersion: header.osVersion,
    loggerName: header.loggerName,
    clock: header.clock.kind,
    clockFrequency: header.clock.frequency,
    drops: countDrops(manifestKinds(segments)) + total(segments, captureVerdicts),
    providers,
    files: session.inputs.map((input, number) => fileOf(session, input, number)),
    companions: [...session.companions],
    problems: session.problems.map(({ offset, message, kind }) => ({ offset, message, kind })),
    completeness: session.complete ? completenessOf(session, segments, providers, counts) : completenessUnknown,
  };
}

/** Captures have no buffers; what their segments have instead is nobody's business. */
function isOfEtl({ capture }: Segment): boolean {
  return capture === undefined;
}

/** Packets that a capture file says were dropped. */
function captureVerdicts({ capture, packets }: Segment): number {
  return capture ? packetsWith(packets, PacketTrait.Dropped) : 0;
}

function* manifestKinds(segments: readonly Segment[]): Generator<EventKind & { readonly events: number }> {
  for (const { schemas, schemaEvents } of segments) {
    for (const [number, kind] of schemas.entries()) {
      if (kind.family === 'manifest') yield { ...kind, events: schemaEvents[number] };
    }
  }
}

function total<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}

function startOf({ shifts }: TraceSession, { header, input }: TraceSection): bigint {
  return header.clock.startTime + BigInt(shifts[input]);
}

/** FILETIME of the last event read so far; the start while there is none. */
function endTime(session: TraceSession, segments: readonly Segment[]): bigint {
  let latest = session.startTime;
  for (const segment of segments) {
    const lastTick = segment.buffers.lastTick.reduce((highest, tick) => Math.max(highest, tick), 0);
    const time = session.timeOfTick(segment, lastTick);
    if (time > latest) latest = time;
  }
  return latest;
}

function compressedBuffers({ buffers }: Segment): number {
  let count = 0;
  for (let row = 0; row < buffers.length; row++) if ((buffers.flags[row] & BufferFlag.Compressed) !== 0) count++;
  return count;
}

function fileOf(session: TraceSession, { path, source, format }: TraceInput, number: number): TraceFile {
  const sections = session.sections.filter((section) => section.input === number);
  return {
    name: fileName(path),
    size: source.size,
    format: format.name,
    shift: session.shifts[number],
    sessions: sections.map((section) => sessionOf(session, section)),
  };
}

function sessionOf(session: TraceSession, section: TraceSection): TraceFileSession {
  const { header } = section;
  return {
    loggerName: header.loggerName,
    osVersion: header.osVersion,
    clock: header.clock.kind,
    clockFrequency: header.clock.frequency,
    pointerSize: header.pointerSize,
    startTime: filetimeToIso(startOf(session, section)),
    stoppedCleanly: header.stoppedCleanly,
    modes: [...header.modes],
    buffersWritten: header.buffersWritten,
    eventsLost: header.eventsLost,
    buffersLost: header.buffersLost,
  };
}

/** Events, packets and cut packets of one provider, and the kinds nobody can read. */
interface ProviderTally {
  events: number;
  packets: number;
  truncatedPackets: number;
  undescribedEvents: number;
  /** Of the first kind that nobody can read. */
  undescribedFamily: EventKind['family'] | undefined;
}

/** Providers with their events, the busiest first. */
function providersOf(session: TraceSession, segments: readonly Segment[]): ProviderInfo[] {
  return [...tallyProviders(session, segments)]
    .map(([guid, { undescribedFamily, ...counts }]) => {
      const name = session.schemas.providerName(guid);
      const advice = undescribedFamily === undefined ? null : layoutAdvice(guid, name, undescribedFamily);
      return { guid, name, ...counts, advice };
    })
    .sort((a, b) => b.events - a.events || a.guid.localeCompare(b.guid));
}

function tallyProviders(session: TraceSession, segments: readonly Segment[]): Map<string, ProviderTally> {
  const tallies = new Map<string, ProviderTally>();
  for (const { schemas, schemaEvents, schemaPackets, schemaTruncated } of segments) {
    schemas.forEach((kind, number) => {
      const tally = tallies.get(kind.provider) ?? {
        events: 0,
        packets: 0,
        truncatedPackets: 0,
        undescribedEvents: 0,
        undescribedFamily: undefined,
      };
      tallies.set(kind.provider, tally);
      tally.events += schemaEvents[number];
      tally.packets += schemaPackets[number];
      tally.truncatedPackets += schemaTruncated[number];
      // While the trace is being read, its own descriptions have not been learnt yet.
      if (!session.complete || session.schemas.isDescribed(kind)) return;
      tally.undescribedEvents += schemaEvents[number];
      tally.undescribedFamily ??= kind.family;
    });
  }
  return tallies;
}

/** Providers that have manifest events nobody can read. */
export function undescribedProviders(session: TraceSession): { guid: string; name: string | null }[] {
  const guids = session.segmentsRead.flatMap((segment) =>
    segment.schemas.filter((kind) => kind.family === 'manifest' && !session.schemas.isDescribed(kind)),
  );
  return [...new Set(guids.map((kind) => kind.provider))].map((guid) => ({
    guid,
    name: session.schemas.providerName(guid),
  }));
}

const mostGaps = 100;

function completenessOf(
  session: TraceSession,
  segments: readonly Segment[],
  providers: readonly ProviderInfo[],
  counts: Pick<TraceInfo, 'events' | 'packets' | 'buffers' | 'eventsLost' | 'buffersLost'>,
): Completeness {
  const inputs = session.inputs.map((_, input) => inputReport(session, segments, input));
  const problemsOf = (kind: ProblemKind): number => session.problems.filter((problem) => problem.kind === kind).length;
  const headers = session.sections
    .filter((section) => session.inputs[section.input].format.name === 'etl')
    .map((section) => section.header);
  const report = {
    missingBuffers: total(inputs, (input) => input.missingBuffers),
    gaps: inputs.flatMap((input, number) => gapsOf(input, fileName(session.inputs[number].path))).slice(0, mostGaps),
    overwrittenBuffers: total(inputs, (input) => input.overwrittenBuffers),
    buffersMarkedLoss: total(inputs, ({ buffersMarked }) => buffersMarked.eventsLost + buffersMarked.bufferLost),
    skippedBuffers: total(inputs, (input) => input.gapTotals.skippedBuffers),
    skippedBytes: total(inputs, (input) => input.gapTotals.skippedBytes),
    truncatedPackets: total(providers, (provider) => provider.truncatedPackets),
    incompletePackets: total(segments, incompletePackets),
    undescribedEvents: total(providers, (provider) => provider.undescribedEvents),
  };
  const findings = findingsOf({
    ...report,
    ...counts,
    packetsLost: total(lossesByInterface(segments), (packets) => packets),
    hasBuffers: headers.length > 0,
    buffersWritten: headers.every(saysBuffers) ? total(headers, (header) => header.buffersWritten) : 0,
    undescribedProviders: providers.filter((provider) => provider.undescribedEvents > 0).length,
    stoppedCleanly: headers.every((header) => header.stoppedCleanly),
    cutBuffers: problemsOf('cut'),
    damagedBuffers: problemsOf('damaged'),
    doubtfulBuffers: problemsOf('corrupt-backup'),
    unwrittenSpace: problemsOf('unwritten') > 0,
    rangesLeftOut: session.rangesLeftOut,
  });
  return { findings, ...report };
}

/** While a trace is being read, what is not there yet is no more than that. */
const completenessUnknown: Completeness = {
  findings: [{ level: 'note', text: 'The trace is still being read: what is missing can be said at its end.' }],
  missingBuffers: 0,
  gaps: [],
  overwrittenBuffers: 0,
  buffersMarkedLoss: 0,
  skippedBuffers: 0,
  skippedBytes: 0,
  truncatedPackets: 0,
  incompletePackets: 0,
  undescribedEvents: 0,
};

/** A session that was not stopped in the regular way left what its header held at the start. */
function saysBuffers({ stoppedCleanly, buffersWritten }: TraceSection['header']): boolean {
  return stoppedCleanly && buffersWritten > 0;
}

function inputReport(session: TraceSession, segments: readonly Segment[], input: number): InputCompleteness {
  const own = segments.filter((segment) => segment.input === input);
  return inputCompleteness(own, session.sections, session.gapsBetweenRanges(input), session.shifts[input]);
}

function gapsOf({ gaps }: InputCompleteness, file: string): Completeness['gaps'] {
  return gaps.map(({ afterSequence, missing, fromTime, toTime }) => ({
    file,
    after: afterSequence,
    missing,
    fromTime: fromTime === undefined ? '' : filetimeToIso(fromTime),
    toTime: toTime === undefined ? '' : filetimeToIso(toTime),
  }));
}

/**
 * Packets that capture files say were lost: an interface's last word counts all of a section, and where there is none, what
 * records say was lost before them.
 */
function lossesByInterface(segments: readonly Segment[]): number[] {
  const said = new Map<string, number>();
  const told = new Map<number, number>();
  for (const { capture, section } of segments) {
    if (!capture) continue;
    for (const [number, packets] of capture.interfaceDrops) said.set(`${section}/${number}`, packets);
    told.set(section, (told.get(section) ?? 0) + capture.recordDrops);
  }
  const saying = new Set([...said.keys()].map((key) => Number(key.split('/')[0])));
  return [...said.values(), ...[...told].filter(([section]) => !saying.has(section)).map(([, packets]) => packets)];
}

function incompletePackets({ packets }: Segment): number {
  return packetsWith(packets, PacketTrait.Incomplete);
}

function packetsWith({ traits }: PacketTable, trait: number): number {
  let count = 0;
  for (const own of traits) if ((own & trait) !== 0) count++;
  return count;
}
