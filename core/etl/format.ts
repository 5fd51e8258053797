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
  ProcessorIndex: 0x20,
  Compressed: 0x40,
} as const;

/** BufferType of WMI_BUFFER_HEADER; the first buffer of a file is always a Header. */
export const BufferType = { Generic: 0, Header: 4, Largest: 7 } as const;

/** EVENT_TRACE_COMPRESSED_MODE of TRACE_LOGFILE_HEADER.LogFileMode. */
export const compressedModeFlag = 0x0400_0000;

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

/** Byte 3 of a record. */
export const Marker = { Event: 0xc0, Message: 0x90 } as const;

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
} as const;

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
  SystemInfo: 0x20,
} as const;
