import type { Completeness, Finding, ProviderInfo, TraceFile, TraceInfo } from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import { withTrace } from './open-trace.ts';
import type { Arguments } from './arguments.ts';
import { countText } from './words.ts';

/** `info`: what is in a trace, and what is missing in it, for a person or as JSON. */
export async function infoCommand(given: Arguments): Promise<void> {
  await withTrace(given, (_, info) => {
    const text = given.json ? `${JSON.stringify(info, withoutHandle, 2)}\n` : infoText(info);
    process.stdout.write(text);
    return Promise.resolve();
  });
}

/** The engine's own number for the trace says nothing to whoever reads the JSON. */
function withoutHandle(key: string, value: unknown): unknown {
  return key === 'trace' ? undefined : value;
}

function infoText(info: TraceInfo): string {
  const sections = [
    factLines(factsOf(info)),
    info.files.length > 1 || info.files.some(({ sessions }) => sessions.length > 1) ? fileLines(info.files) : [],
    companionLines(info.companions),
    completenessLines(info.completeness),
    ['Events by provider', ...providerLines(info.providers)],
    adviceLines(info.providers),
    info.problems.length === 0 ? [] : ['Problems', ...info.problems.map(({ kind, message }) => `${kind}: ${message}`)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(oneLine).join('\n'))
    .join('\n\n')}\n`;
}

function factsOf(info: TraceInfo): [string, string][] {
  const modes = info.files[0].sessions[0].modes.join(', ');
  return [
    ['File', info.file],
    ['Size', `${countText(info.size)} bytes`],
    [
      'Session',
      [...(info.format === 'etl' ? etlSession(info) : [info.loggerName, info.osVersion]), modes]
        .filter((part) => part !== '')
        .join(', '),
    ],
    ['Clock', `${info.clock}, ${countText(info.clockFrequency)} ticks a second`],
    ['From', info.startTime],
    ['To', info.endTime],
    ...(info.buffers > 0 ? [buffersFact(info)] : []),
    ['Events', countText(info.events)],
    ['Packets', countText(info.packets)],
    ['Drops', countText(info.drops)],
    ...(info.buffers > 0 ? [lossFact(info)] : []),
    ['Problems', info.problems.length === 0 ? 'none' : countText(info.problems.length)],
  ];
}

function etlSession({ loggerName, osVersion, processors, pointerSize }: TraceInfo): string[] {
  return [loggerName, `Windows ${osVersion}`, `${processors} processors`, `${pointerSize * 8}-bit`];
}

function buffersFact({ buffers, compressedBuffers }: TraceInfo): [string, string] {
  return ['Buffers', `${countText(buffers)}, of which ${countText(compressedBuffers)} compressed`];
}

function lossFact({ eventsLost, buffersLost }: TraceInfo): [string, string] {
  return ['Lost', `${countText(eventsLost)} events, ${countText(buffersLost)} buffers`];
}

function factLines(facts: readonly [string, string][]): string[] {
  return facts.map(([name, value]) => `${name.padEnd(9)} ${value}`);
}

function fileLines(files: readonly TraceFile[]): string[] {
  const lines = files.flatMap(({ name, size, shift, sessions }) => [
    `${name}, ${countText(size)} bytes${shift === 0 ? '' : `, times shifted by ${shift / 1e7} s`}`,
    ...sessions.map(
      ({ loggerName, startTime, clock, modes, stoppedCleanly }) =>
        `  ${loggerName === '' ? 'unnamed' : loggerName} from ${startTime}, ${clock} clock, ${modes.join(', ')}${stoppedCleanly ? '' : ', not stopped'}`,
    ),
  ]);
  return ['Files', ...lines];
}

function companionLines(companions: TraceInfo['companions']): string[] {
  return companions.flatMap(({ file, names, notes }) => [
    `Read beside the trace: ${file}, which names ${countText(names)}`,
    ...notes.map((note) => `  ${note}`),
  ]);
}

const levelWords: Readonly<Record<Finding['level'], string>> = {
  good: 'good',
  note: 'note',
  loss: 'LOST',
  defect: 'DAMAGED',
};

function completenessLines({ findings, gaps }: Completeness): string[] {
  return [
    'Is a packet missing?',
    ...findings.map(({ level, text }) => `${levelWords[level].padEnd(7)}  ${text}`),
    ...gaps.map(
      ({ file, after, missing, fromTime, toTime }) =>
        `${file}: ${countText(missing)} buffers missing behind number ${after}${fromTime === '' ? '' : `, between ${fromTime} and ${toTime}`}`,
    ),
  ];
}

function providerLines(providers: readonly ProviderInfo[]): string[] {
  const width = Math.max(0, ...providers.map(({ events }) => countText(events).length));
  return providers.map(({ events, packets, truncatedPackets, undescribedEvents, name, guid }) => {
    const more = [
      ...(packets > 0 ? [`${countText(packets)} packets`] : []),
      ...(truncatedPackets > 0 ? [`${countText(truncatedPackets)} of them cut`] : []),
      ...(undescribedEvents > 0 ? [`${countText(undescribedEvents)} events without a layout`] : []),
    ];
    const title = name === null ? guid : `${name} ${guid}`;
    return `${countText(events).padStart(width)}  ${[title, ...more].join(', ')}`;
  });
}

function adviceLines(providers: readonly ProviderInfo[]): string[] {
  const lacking = providers.filter((provider) => provider.advice !== null);
  if (lacking.length === 0) return [];
  return ['Missing layouts', ...lacking.map(({ name, guid, advice }) => `${name ?? guid}: ${advice ?? ''}`)];
}
