/** Numbers of TRACE_EVENT_INFO and EVENT_MAP_INFO (tdh.h) that both directions need: sizes in bytes, and flags. */

export const headerSize = 0x70;
export const propertySize = 24;
/** PROPERTY_FLAGS of tdh.h. */
export const PropertyFlag = {
  Struct: 1,
  LengthIsProperty: 2,
  CountIsProperty: 4,
  FixedLength: 0x10,
  FixedCount: 0x20,
} as const;
/** MAP_FLAGS of tdh.h. */
export const MapFlag = { ManifestValueMap: 1, ManifestBitmap: 2, WbemBitmap: 0x10 } as const;
