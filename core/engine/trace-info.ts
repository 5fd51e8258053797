import { filetimeToIso } from '../base/filetime.ts';
import { filetimeOfTick } from '../etl/clock.ts';
import { osVersionText } from '../etl/log-file-header.ts';
import { BufferFlag } from '../etl/format.ts';
import type { Segment } from '../trace/segment.ts';
import type { ProviderInfo, TraceInfo } from './contract.ts';
import { fileName, type TraceSession } from './trace-session.ts';

/** What is known of a trace as a whole, from what has been read of it so far. */
export function traceInfo(session: TraceSession): TraceInfo {
  const { header } = session.inputs[0];
  const segments = session.segmentsRead;
  return {
    trace: session.id,
    file: session.inputs.map((input) => fileName(input.path)).join(', '),
    size: session.size,
    format: 'etl',
    complete: session.complete,
    buffers: total(segments, (segment) => segment.buffers.length),
    compressedBuffers: total(segments, compressedBuffers),
    pointerSize: header.pointerSize,
    startTime: filetimeToIso(startTime(session)),
    endTime: filetimeToIso(endTime(session, segments)),
    utcOffsetMinutes: 0 - header.timeZoneBias,
    processors: header.processors,
    osVersion: osVersionText(header),
    loggerName: header.loggerName,
    clock: header.clock.kind,
    clockFrequency: header.clock.frequency,
    eventsLost: total(session.inputs, (input) => input.header.eventsLost),
    buffersLost: total(session.inputs, (input) => input.header.buffersLost),
    events: total(segments, (segment) => segment.events.length),
    packets: total(segments, (segment) => segment.packets.length),
    drops: total(segments, (segment) => segment.drops),
    providers: providersOf(session, segments),
    problems: [...session.problems],
  };
}

function total<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0);
}

/** The earliest start of the inputs: FILETIME of a first record. */
function startTime({ inputs }: TraceSession): bigint {
  return inputs
    .map((input) => input.header.clock.startTime)
    .reduce((earliest, time) => (time < earliest ? time : earliest));
}

/** FILETIME of the last event read so far; the start while there is none. */
function endTime(session: TraceSession, segments: readonly Segment[]): bigint {
  let latest = startTime(session);
  for (const { buffers, input } of segments) {
    const lastTick = buffers.lastTick.reduce((highest, tick) => Math.max(highest, tick), 0);
    const time = filetimeOfTick(session.inputs[input].header.clock, lastTick);
    if (time > latest) latest = time;
  }
  return latest;
}

function compressedBuffers({ buffers }: Segment): number {
  let count = 0;
  for (let row = 0; row < buffers.length; row++) if ((buffers.flags[row] & BufferFlag.Compressed) !== 0) count++;
  return count;
}

/** Providers with their events, the busiest first. */
function providersOf(session: TraceSession, segments: readonly Segment[]): ProviderInfo[] {
  const events = new Map<string, number>();
  for (const { schemas, schemaEvents } of segments) {
    schemas.forEach(({ provider }, number) => {
      events.set(provider, (events.get(provider) ?? 0) + schemaEvents[number]);
    });
  }
  return [...events]
    .map(([guid, count]) => ({ guid, name: session.schemas.providerName(guid), events: count }))
    .sort((a, b) => b.events - a.events || a.guid.localeCompare(b.guid));
}
