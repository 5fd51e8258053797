/**
 * Bounds for everything a description may make us keep. An event's payload has at most 64 KB and its id 16 bits, so no
 * honest list is longer than `listEntries`.
 */
export const limits = {
  fileBytes: 64 << 20,
  /** Elements of one XML document that are kept. */
  elements: 1_000_000,
  /** Entries of one list: children of an XML element, entries of a map, fields of an event. */
  listEntries: 65_536,
  /** Nesting of XML elements, or of JSON lists and objects. */
  nesting: 100,
  structDepth: 16,
  /** Highest length or count a layout may give: a payload has no more bytes. */
  size: 65_535,
  /** UTF-16 units. */
  nameLength: 4096,
  messageLength: 65_536,
  notes: 100,
} as const;
