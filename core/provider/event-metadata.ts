/**
 * Classic events that Windows writes into a trace when it merges buffers, telling about the machine and about the other
 * events. GUIDs are event class GUIDs, in canonical text; numbers are opcodes.
 */

/** Descriptions of the trace's own events: core/schema/trace-event-info.ts reads them. */
export const eventMetadataClass = '{bbccf6c1-6cd1-48c4-80ff-839482e37671}';
export const EventMetadataOpcode = {
  /** The payload is a TRACE_EVENT_INFO. */
  EventInfo: 32,
  /** The payload is a provider GUID and an EVENT_MAP_INFO. */
  MapInfo: 33,
} as const;

/** The machine: build, paths, network interfaces. */
export const systemConfigExClass = '{9b79ee91-b5fd-41c0-a243-4248e266e9d0}';
export const SystemConfigExOpcode = {
  BuildInfo: 32,
  SystemPaths: 33,
  UnknownVolume: 34,
  VolumeMapping: 35,
  /** One MIB_IF_ROW2: interface index, alias, description and MAC. */
  NetworkInterface: 36,
} as const;

/** Symbol identities of loaded images. */
export const imageIdClass = '{b3e675d7-2554-4f18-830b-2762732560de}';
export const winSatClass = '{ed54dff8-c409-4cf6-bf83-05e1e61a09c4}';
export const perfTrackClass = '{bf6ef1cb-89b5-0490-80ac-b180cfbcff0f}';
export const kernelTraceControlProvider = '{28ad2447-105b-4fe2-9599-e59b2aa9a634}';
