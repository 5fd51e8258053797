import type { Completeness, Finding, TraceInfo, TraceProblem } from '../../core/engine/contract.ts';
import { fakeRow } from './fake-rows.ts';

export const unnamedProvider = '{1f387cbc-6818-4530-9db6-5f1058cd7e86}';

export interface FakeTrace {
  trace: number;
  file: string;
  /** Read so far, and all that there are. */
  events: number;
  allEvents: number;
  problems: TraceProblem[];
  /** Steps of 100 ns. */
  shift: number;
  /** Somebody has imported the layouts of the provider without a name. */
  layoutsOfUnnamed: boolean;
}

/** The facts of a made-up trace. One called `guest` has lost something; one with problems is damaged. */
export function fakeInfo(fake: FakeTrace): TraceInfo {
  const { trace, file, events, allEvents, problems, shift } = fake;
  const lossy = file.includes('guest');
  const [eventsLost, buffersLost] = lossy ? [1280, 2] : [0, 0];
  const undescribed = fake.layoutsOfUnnamed ? 0 : Math.min(67, events);
  const first = fakeRow(0, shift);
  const last = fakeRow(Math.max(0, events - 1), shift);
  return {
    trace,
    file,
    size: allEvents * 100,
    format: formatOf(file),
    complete: events === allEvents,
    buffers: 118,
    compressedBuffers: 0,
    pointerSize: 8,
    startTime: isoOf(first),
    endTime: isoOf(last),
    utcOffsetMinutes: 120,
    processors: 16,
    osVersion: '10.0.20348',
    companions: [],
    loggerName: 'PktMon',
    clock: 'QPC',
    clockFrequency: 10_000_000,
    eventsLost,
    buffersLost,
    events,
    packets: Math.floor(events * 0.6),
    drops: Math.floor(events / 97),
    providers: [
      provider('{2ed6006e-4729-4609-b423-3ee7bcd678ef}', 'Microsoft-Windows-NDIS-PacketCapture', 3011, [3011, 12]),
      provider('{67dc0d66-3695-47c0-9642-33f76f7bd7ad}', 'Microsoft-Windows-Hyper-V-VmSwitch', 1520, [0, 0]),
      provider('{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}', 'Microsoft-Windows-PktMon', 402, [114, 0]),
      {
        ...provider(unnamedProvider, fake.layoutsOfUnnamed ? 'Contoso-Network-Filter' : null, 67, [0, 0]),
        undescribedEvents: undescribed,
        advice: undescribed === 0 ? null : unnamedAdvice,
      },
    ],
    files: [
      {
        name: file,
        size: allEvents * 100,
        format: formatOf(file),
        shift,
        sessions: [
          {
            loggerName: 'PktMon',
            osVersion: '10.0.20348',
            clock: 'QPC',
            clockFrequency: 10_000_000,
            pointerSize: 8,
            startTime: isoOf(first),
            stoppedCleanly: problems.length === 0,
            modes: ['circular', 'compressed'],
            buffersWritten: 118,
            eventsLost,
            buffersLost,
          },
        ],
      },
    ],
    problems,
    completeness: fakeCompleteness(lossy, problems, undescribed),
  };
}

const unnamedAdvice =
  'The trace carries no layouts for this provider, and nothing names it. On the machine that logged it, ' +
  '`logman query providers` lists the names; `wevtutil gp Contoso-Network-Filter /ge /gm:true /f:xml` then writes its ' +
  'events. Import the result here.';

function provider(
  guid: string,
  name: string | null,
  events: number,
  [packets, truncatedPackets]: [number, number],
): TraceInfo['providers'][number] {
  return { guid, name, events, packets, truncatedPackets, undescribedEvents: 0, advice: null };
}

function fakeCompleteness(lossy: boolean, problems: TraceProblem[], undescribedEvents: number): Completeness {
  const findings: Finding[] = [];
  if (problems.length > 0) {
    findings.push({ level: 'defect', text: 'The file ends inside buffer 31: what came after it was never written.' });
  }
  if (lossy) {
    findings.push({
      level: 'loss',
      text: 'Windows lost 1,280 events and 2 buffers while it captured: they never reached the file.',
    });
  }
  if (undescribedEvents > 0) {
    findings.push({
      level: 'note',
      text: `The layout of ${undescribedEvents} events is not known: they are shown as bytes.`,
    });
  }
  findings.push({
    level: 'note',
    text: '12 packets were cut by the capture itself: only their first bytes are there.',
  });
  if (!lossy && problems.length === 0) {
    findings.push({ level: 'good', text: 'The session lost no event and no buffer, and every buffer was read.' });
  }
  return {
    findings,
    missingBuffers: lossy ? 3 : 0,
    gaps: lossy
      ? [
          { file: 'guest.etl', after: 41, missing: 2, fromTime: isoOf(fakeRow(300)), toTime: isoOf(fakeRow(340)) },
          { file: 'guest.etl', after: 77, missing: 1, fromTime: isoOf(fakeRow(900)), toTime: '' },
        ]
      : [],
    overwrittenBuffers: lossy ? 12 : 0,
    buffersMarkedLoss: lossy ? 1 : 0,
    skippedBuffers: problems.length > 0 ? 1 : 0,
    skippedBytes: problems.length > 0 ? 53_248 : 0,
    truncatedPackets: 12,
    incompletePackets: problems.length > 0 ? 1 : 0,
    undescribedEvents,
  };
}

function formatOf(file: string): TraceInfo['format'] {
  if (file.endsWith('.pcapng')) return 'pcapng';
  return file.endsWith('.cap') ? 'netmon' : 'etl';
}

function isoOf(row: { milliseconds: number; hundredNanoseconds: number }): string {
  const rest = String(row.hundredNanoseconds).padStart(4, '0');
  return `${new Date(row.milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
