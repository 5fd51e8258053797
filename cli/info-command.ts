import type { TraceInfo } from '../core/engine/contract.ts';
import { withTrace } from './open-trace.ts';
import type { Arguments } from './arguments.ts';

/** `info`: what is in a trace, for a person or as JSON. */
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
  const lines: [string, string][] = [
    ['File', info.file],
    ['Size', `${count(info.size)} bytes`],
    [
      'Session',
      `${info.loggerName}, Windows ${info.osVersion}, ${info.processors} processors, ${info.pointerSize * 8}-bit`,
    ],
    ['Clock', `${info.clock}, ${count(info.clockFrequency)} ticks a second`],
    ['From', info.startTime],
    ['To', info.endTime],
    ['Buffers', `${count(info.buffers)}, of which ${count(info.compressedBuffers)} compressed`],
    ['Events', count(info.events)],
    ['Packets', count(info.packets)],
    ['Drops', count(info.drops)],
    ['Lost', `${count(info.eventsLost)} events, ${count(info.buffersLost)} buffers`],
    ['Problems', info.problems.length === 0 ? 'none' : count(info.problems.length)],
  ];
  const facts = lines.map(([name, value]) => `${name.padEnd(9)} ${value}`);
  const width = Math.max(0, ...info.providers.map(({ events }) => count(events).length));
  const providers = info.providers.map(
    ({ events, name, guid }) => `${count(events).padStart(width)}  ${name === null ? guid : `${name} ${guid}`}`,
  );
  return [...facts, '', 'Events by provider', ...providers, ''].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
