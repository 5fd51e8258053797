/**
 * Numbers of the ETL container. Names follow the Windows SDK (evntrace.h, evntcons.h) and the public ntwmi.h
 * description of WMI_BUFFER_HEADER; what they mean on disk was checked against real traces.
 */

export const bufferHeaderSize = 0x48;

/** The session buffer of Windows 8 and later holds at most 16 MiB; anything far above is no buffer. */
export const largestBufferSize = 0x0200_0000;

/** BufferFlag of WMI_BUFFER_HEADER. */
export const BufferFlag = {
  FlushMarker: 0x01,
  EventsLost: 0x02,
  BufferLost: 0x04,
  /** The buffer comes from the file behind a real-time session and did not survive it whole. */
  RealTimeBackupCorrupt: 0x08,
  RealTimeBackup: 0x10,
  ProcessorIndex: 0x20,
  Compressed: 0x40,
} as const;

/** BufferType of WMI_BUFFER_HEADER; the first buffer of a file is always a Header. */
export const BufferType = { Generic: 0, Header: 4, Largest: 7 } as const;

/** EVENT_TRACE_* bits of TRACE_LOGFILE_HEADER.LogFileMode (evntrace.h). */
export const LogFileMode = {
  Sequential: 0x0000_0001,
  /** The file is a ring: once it is full, new buffers take the places of the oldest. */
  Circular: 0x0000_0002,
  /** The session goes on behind the buffers of an earlier one; only the system-time clock is allowed. */
  Append: 0x0000_0004,
  /** A series of files: when one is full, the session goes on in the next. */
  NewFile: 0x0000_0008,
  /** The file's whole size is reserved in advance; what is never written stays zero. */
  Preallocate: 0x0000_0020,
  Nonstoppable: 0x0000_0040,
  Secure: 0x0000_0080,
  RealTime: 0x0000_0100,
  DelayOpenFile: 0x0000_0200,
  Buffering: 0x0000_0400,
  PrivateLogger: 0x0000_0800,
  GlobalSequence: 0x0000_4000,
  LocalSequence: 0x0000_8000,
  /** What a merge (netsh, pktmon, xperf) leaves. */
  Relog: 0x0001_0000,
  PrivateInProcess: 0x0002_0000,
  StopOnHybridShutdown: 0x0040_0000,
  PersistOnHybridShutdown: 0x0080_0000,
  UsePagedMemory: 0x0100_0000,
  SystemLogger: 0x0200_0000,
  Compressed: 0x0400_0000,
  IndependentSession: 0x0800_0000,
  NoPerProcessorBuffering: 0x1000_0000,
} as const;

/** Header type: byte 2 of a record whose byte 3 is 0xC0. */
export const HeaderType = {
  System32: 1,
  System64: 2,
  Compact32: 3,
  Compact64: 4,
  Full32: 10,
  Instance32: 11,
  Timed: 12,
  Error: 13,
  Wnode: 14,
  Message: 15,
  PerfInfo32: 16,
  PerfInfo64: 17,
  EventHeader32: 18,
  EventHeader64: 19,
  Full64: 20,
  Instance64: 21,
} as const;

/**
 * Byte 3 of a record: TRACE_HEADER_FLAG 0x80 and what kind of header it is. Timed (TRACE_HEADER_ULONG32_TIME) and Number
 * (TRACE_HEADER_ULONG32) are old: a number, with or without a time stamp, in a 16-bit marker.
 */
export const Marker = { Event: 0xc0, Message: 0x90, Timed: 0xb0, Number: 0xa0 } as const;

/** What stands where no further record follows: the fill of a buffer, or zeros that were never written. */
export const endOfRecords = 0xffff_ffff;

/** Bytes in front of the payload, per record family. */
export const HeaderSize = {
  system: 0x20,
  compact: 0x18,
  perfInfo: 0x10,
  full: 0x30,
  instance: 0x48,
  event: 0x50,
  message: 8,
  /** TIMED_TRACE_HEADER: size, marker, event id (u32), time stamp; no process, no thread. */
  timed: 0x10,
  number: 8,
} as const;

/**
 * SYSTEM, COMPACT and PERFINFO headers keep in the high byte of their version what stands between header and payload: one
 * PEBS index, and up to seven performance counters, 8 bytes each.
 */
export const SystemVersion = { PebsIndex: 0x8000, CounterCount: 0x0700, counterCountShift: 8 } as const;

/** EVENT_HEADER.Flags: the only one that is set on disk. */
export const extendedInfoFlag = 0x0001;

/** EVENT_HEADER_EXTENDED_DATA_ITEM.ExtType. */
export const ExtendedType = {
  RelatedActivityId: 1,
  Sid: 2,
  TerminalSession: 3,
  InstanceInfo: 4,
  StackTrace32: 5,
  StackTrace64: 6,
  EventKey: 10,
  EventSchema: 11,
  ProviderTraits: 12,
  ProcessStartKey: 13,
} as const;

/** Option flags of a WPP message record, in the order in which their parts follow the 8-byte header. */
export const MessageOption = {
  Sequence: 0x01,
  Guid: 0x02,
  ComponentId: 0x04,
  TimeStamp: 0x08,
  /** Says which clock the time stamp is of; adds nothing. */
  PerformanceTimeStamp: 0x10,
  SystemInfo: 0x20,
  /** Pointer size of whoever wrote the message; these add nothing either. */
  Pointer32: 0x40,
  Pointer64: 0x80,
} as const;
