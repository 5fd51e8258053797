/** Bounds for everything an input may make us keep. Outputs that name things are lists that a person can read. */
export const limits = {
  bytes: 64 << 20,
  lines: 2_000_000,
  /** Longer lines are no table, list or heading; JSON, XML and CSV may have them. UTF-16 units. */
  lineLength: 32_768,
  /** Things of one input. */
  things: 100_000,
  /** Names and facts are shortened to this. UTF-16 units. */
  nameLength: 256,
  /** Keys of one thing, facts of one thing. */
  keys: 64,
  /** Lines over which a table's headings, or one quoted cell, may go. */
  headingLines: 6,
  cellLines: 64,
  /** Brackets that turn out to begin no JSON are looked into so often. */
  jsonAttempts: 16,
} as const;
