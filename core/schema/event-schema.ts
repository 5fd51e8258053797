/**
 * What the payload of one kind of event means. However a layout became known (inside the trace, TraceLogging, an
 * imported manifest, a built-in table), it becomes an EventSchema, and one decoder reads it.
 */
export interface EventSchema {
  /** Provider (or classic event class) GUID in canonical text. */
  readonly provider: string;
  readonly providerName: string;
  readonly id: number;
  readonly version: number;
  readonly level: string;
  readonly channel: string;
  readonly task: string;
  readonly opcode: string;
  readonly keywords: readonly string[];
  /** The provider's message template, `%1` standing for the first top-level field; empty when there is none. */
  readonly message: string;
  readonly fields: readonly SchemaField[];
  readonly source: SchemaSource;
  /** Which file, section or program the layout was taken from, where that tells more than `source`: `tcp.man`. */
  readonly origin?: string;
  /**
   * Other layouts under the same id and version, for events that Windows changed without a new version. The decoder
   * takes the first layout that fills the payload exactly, this one first.
   */
  readonly alternatives?: readonly EventSchema[];
}

/** Where a layout came from, strongest first. */
export type SchemaSource = 'file' | 'trace-logging' | 'imported' | 'harvested' | 'built-in' | 'system';

export interface SchemaField {
  readonly name: string;
  /** A TDH_INTYPE_* number; see InType. Meaningless when `members` is set. */
  readonly inType: InType;
  /** A TDH_OUTTYPE_* number; 0 means the in-type's usual reading. */
  readonly outType: number;
  /**
   * Bytes of binary, code units of text. Undefined: the type's own size, or up to the NUL.
   * A FieldReference takes the value of an earlier field.
   */
  readonly length?: number | FieldReference;
  /** Number of elements of an array. Undefined: not an array. */
  readonly count?: number | FieldReference;
  /** Members, when the field is a struct. */
  readonly members?: readonly SchemaField[];
  readonly map?: ValueMap;
  /** Why this part of the layout may be wrong, in words: lossy sources leave things out. Absent when it is certain. */
  readonly doubt?: string;
}

/** The value of the earlier field of this name, looked up in the struct at hand first, then outside it. */
export interface FieldReference {
  readonly field: string;
}

export interface ValueMap {
  readonly name: string;
  /** A bitmap's entries are flags that combine; a value map's exclude each other. */
  readonly bitmap: boolean;
  readonly entries: ReadonlyMap<number, string>;
}

/** TDH_INTYPE_* of the Windows SDK (tdh.h): how a field lies in the payload. */
export const InType = {
  Null: 0,
  UnicodeString: 1,
  AnsiString: 2,
  Int8: 3,
  UInt8: 4,
  Int16: 5,
  UInt16: 6,
  Int32: 7,
  UInt32: 8,
  Int64: 9,
  UInt64: 10,
  Float: 11,
  Double: 12,
  Boolean: 13,
  Binary: 14,
  Guid: 15,
  Pointer: 16,
  FileTime: 17,
  SystemTime: 18,
  Sid: 19,
  HexInt32: 20,
  HexInt64: 21,
  ManifestCountedString: 22,
  ManifestCountedAnsiString: 23,
  ManifestCountedBinary: 25,
  /** From here on in-types of classic (MOF) classes only. Counted: a 16-bit byte count in front, for Reversed big-endian. */
  CountedString: 300,
  CountedAnsiString: 301,
  ReversedCountedString: 302,
  ReversedCountedAnsiString: 303,
  /** Text that fills the rest of the payload. */
  NonNullTerminatedString: 304,
  NonNullTerminatedAnsiString: 305,
  UnicodeChar: 306,
  AnsiChar: 307,
  SizeT: 308,
  /** A 32-bit byte count, then so many bytes. */
  HexDump: 309,
  /** A TOKEN_USER: two pointers, then a SID; a 32-bit zero alone where there is no SID. */
  WbemSid: 310,
} as const;
export type InType = number;

/** TDH_OUTTYPE_* of the Windows SDK (tdh.h): how a field wants to be shown. */
export const OutType = {
  Null: 0,
  String: 1,
  DateTime: 2,
  Int8: 3,
  UInt8: 4,
  Int16: 5,
  UInt16: 6,
  Int32: 7,
  UInt32: 8,
  Int64: 9,
  UInt64: 10,
  Float: 11,
  Double: 12,
  Boolean: 13,
  Guid: 14,
  HexBinary: 15,
  HexInt8: 16,
  HexInt16: 17,
  HexInt32: 18,
  HexInt64: 19,
  Pid: 20,
  Tid: 21,
  Port: 22,
  Ipv4: 23,
  Ipv6: 24,
  SocketAddress: 25,
  CimDateTime: 26,
  EtwTime: 27,
  Xml: 28,
  ErrorCode: 29,
  Win32Error: 30,
  NtStatus: 31,
  HResult: 32,
  CultureInsensitiveDateTime: 33,
  Json: 34,
  Utf8: 35,
  Pkcs7: 36,
  CodePointer: 37,
  DateTimeUtc: 38,
  ReducedString: 300,
  NoPrint: 301,
} as const;
