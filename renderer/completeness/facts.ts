/** The facts of the completeness report, as words: the page and the copied text show the same. */
import type { TraceFileSession, TraceInfo, TraceProblem } from '../../core/engine/contract.ts';
import { formatCount, formatSize, formatWait } from '../format/number.ts';
import { formatDateTime, formatZone, instantOfIso } from '../format/time.ts';
import { completenessStrings } from '../strings.ts';

export interface Fact {
  name: string;
  value: string;
  /** Something that should not be there: worth a look. */
  grave: boolean;
}

export interface FactGroup {
  heading: string;
  facts: Fact[];
}

export interface SessionFact {
  name: string;
  value: string;
  hint?: string;
  isNumber?: true;
}

/** What is there, what the capture lost, and what could not be read or understood. */
export function factGroups(info: TraceInfo, offsetMinutes: number): FactGroup[] {
  const { completeness } = info;
  return [
    {
      heading: completenessStrings.inTheFile,
      facts: [
        fact(completenessStrings.events, formatCount(info.events)),
        fact(completenessStrings.packets, formatCount(info.packets)),
        fact(completenessStrings.buffers, completenessStrings.buffersOf(info.buffers, info.compressedBuffers)),
        ...timeFacts(info, offsetMinutes),
        fact(completenessStrings.clock, completenessStrings.clockOf(info.clock, info.clockFrequency)),
      ],
    },
    {
      heading: completenessStrings.lostByTheCapture,
      facts: [
        loss(completenessStrings.eventsLost, info.eventsLost),
        loss(completenessStrings.buffersLost, info.buffersLost),
        loss(completenessStrings.missingBuffers, completeness.missingBuffers),
        loss(completenessStrings.buffersMarkedLoss, completeness.buffersMarkedLoss),
        fact(completenessStrings.overwrittenBuffers, formatCount(completeness.overwrittenBuffers)),
        fact(completenessStrings.truncatedPackets, formatCount(completeness.truncatedPackets)),
      ],
    },
    {
      heading: completenessStrings.notReadable,
      facts: [
        loss(completenessStrings.skippedBuffers, completeness.skippedBuffers),
        {
          name: completenessStrings.skippedBytes,
          value: completeness.skippedBytes === 0 ? formatCount(0) : formatSize(completeness.skippedBytes),
          grave: completeness.skippedBytes > 0,
        },
        loss(completenessStrings.incompletePackets, completeness.incompletePackets),
        {
          name: completenessStrings.problemCount,
          value: formatCount(info.problems.length),
          grave: troubleCount(info.problems) > 0,
        },
        fact(completenessStrings.undescribedEvents, formatCount(completeness.undescribedEvents)),
      ],
    },
  ];
}

/** Problems that cost something: space that was reserved and never written does not. */
export function troubleCount(problems: readonly TraceProblem[]): number {
  return problems.filter((problem) => problem.kind !== 'unwritten').length;
}

/** What a session says of itself: the columns of a table. */
export function sessionFacts(session: TraceFileSession, offsetMinutes: number): SessionFact[] {
  const ended = session.stoppedCleanly
    ? { value: completenessStrings.stoppedCleanly }
    : { value: completenessStrings.notStoppedCleanly, hint: completenessStrings.notStoppedCleanlyHint };
  const written = session.buffersWritten === 0 ? completenessStrings.unknown : formatCount(session.buffersWritten);
  return [
    { name: completenessStrings.session, value: session.loggerName },
    { name: completenessStrings.windows, value: completenessStrings.windowsOf(session.osVersion, session.pointerSize) },
    {
      name: completenessStrings.start(formatZone(offsetMinutes)),
      value: formatIso(session.startTime, offsetMinutes),
    },
    { name: completenessStrings.clock, value: completenessStrings.clockOf(session.clock, session.clockFrequency) },
    { name: completenessStrings.modes, value: session.modes.join(', ') },
    { name: completenessStrings.ended, ...ended },
    { name: completenessStrings.buffersWritten, value: written, isNumber: true },
    { name: completenessStrings.eventsLost, value: formatCount(session.eventsLost), isNumber: true },
    { name: completenessStrings.buffersLost, value: formatCount(session.buffersLost), isNumber: true },
  ];
}

/** `2024-06-10 14:03:07.1182043`; empty where there is no time. */
export function formatIso(iso: string, offsetMinutes: number): string {
  const instant = instantOfIso(iso);
  return instant ? formatDateTime(instant, offsetMinutes) : '';
}

/** `0x0001f400`. */
export function formatOffset(offset: number): string {
  return `0x${offset.toString(16).padStart(8, '0')}`;
}

function timeFacts(info: TraceInfo, offsetMinutes: number): Fact[] {
  const start = instantOfIso(info.startTime);
  const end = instantOfIso(info.endTime);
  if (!start || !end) return [];
  const zone = formatZone(offsetMinutes);
  return [
    fact(completenessStrings.first, `${formatDateTime(start, offsetMinutes)} ${zone}`),
    fact(completenessStrings.last, `${formatDateTime(end, offsetMinutes)} ${zone}`),
    fact(completenessStrings.duration, formatWait(Math.max(0, end.milliseconds - start.milliseconds))),
  ];
}

function fact(name: string, value: string): Fact {
  return { name, value, grave: false };
}

function loss(name: string, count: number): Fact {
  return { name, value: formatCount(count), grave: count > 0 };
}
