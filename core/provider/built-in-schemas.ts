import type { EventSchema } from '../schema/event-schema.ts';
import type { SchemaKey, SchemaLibrary } from '../schema/schema-store.ts';
import type { EventTable } from './event-table.ts';
import { perfInfoEvents, stackWalkEvents } from './kernel-performance.ts';
import { imageEvents, processEvents, threadEvents } from './kernel-process.ts';
import { tcpIpEvents, udpIpEvents } from './kernel-network.ts';
import { eventTraceEvents, lostEventEvents } from './kernel-session.ts';
import { diskIoEvents, fileIoEvents, pageFaultEvents, registryEvents } from './kernel-storage.ts';
import { systemConfigEvents } from './kernel-system-config.ts';
import { knownProviderName } from './known-providers.ts';
import { eventMetadataEvents, imageIdEvents, systemConfigExEvents, winSatEvents } from './merge-records.ts';
import { ndisPacketCaptureEvents } from './ndis-packet-capture.ts';
import { pktMonEvents } from './pktmon.ts';
import { rasPacketCaptureEvents } from './ras-packet-capture.ts';
import { vmSwitchEvents } from './vmswitch.ts';

const tables: readonly EventTable[] = [
  ndisPacketCaptureEvents,
  vmSwitchEvents,
  pktMonEvents,
  rasPacketCaptureEvents,
  tcpIpEvents,
  udpIpEvents,
  processEvents,
  threadEvents,
  imageEvents,
  diskIoEvents,
  fileIoEvents,
  pageFaultEvents,
  registryEvents,
  perfInfoEvents,
  stackWalkEvents,
  systemConfigEvents,
  eventTraceEvents,
  lostEventEvents,
  eventMetadataEvents,
  systemConfigExEvents,
  imageIdEvents,
  winSatEvents,
];

/** The layouts we know by heart, for a SchemaStore. Each is made when it is first asked for. */
export const builtInLibrary: SchemaLibrary = {
  source: 'built-in',
  find: builtInSchema,
  findMap: (provider, name) => firstOf(tables, (table) => table.findMap(provider, name)),
  providerName: knownProviderName,
};

/**
 * The layout of this event, or undefined when we do not know it by heart. Of a classic class's version that came after
 * this program, the newest known one, which then says so in its origin.
 */
export function builtInSchema(key: SchemaKey): EventSchema | undefined {
  return firstOf(tables, (table) => table.find(key));
}

/** Every layout we know by heart, made one by one. */
export function* builtInSchemas(): Iterable<EventSchema> {
  for (const table of tables) yield* table.schemas();
}

function firstOf<Item, Result>(items: readonly Item[], get: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const result = get(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
