/**
 * Numbers of self-describing (TraceLogging) events that both directions need, after TraceLoggingProvider.h of the Windows
 * SDK: the schema in extended item 11 and the provider's traits in extended item 12.
 */

/** The in-type byte of a field: its low five bits are the type, the others say how many values there are, and that an out-type follows. */
export const InTypeByte = {
  type: 0x1f,
  count: 0x60,
  constantCount: 0x20,
  variableCount: 0x40,
  custom: 0x60,
  hasOutType: 0x80,
} as const;
/** The out-type byte, or the number of members of a struct; the high bit says that a tag follows. */
export const OutTypeByte = { value: 0x7f, hasTag: 0x80 } as const;

/** In-types that mean something else than the number does in a manifest. */
export const TraceLoggingType = { Binary: 14, Struct: 24 } as const;

/** Provider trait that holds the GUID of the provider's group. */
export const groupTrait = 1;

/** The number that a payload holds in front of an array is a field of its own in our schemas. */
export function countFieldName(arrayName: string): string {
  return `${arrayName}.Count`;
}
