import { EventTable, valueMap } from './event-table.ts';
import { KernelClass } from './kernel-classes.ts';

const clockTypeMap = valueMap(
  'ClockType',
  `1 QPC
   2 SystemTime
   3 CPUCycle`,
);

/**
 * What a session says of itself. The header is TRACE_LOGFILE_HEADER of evntrace.h, with TIME_ZONE_INFORMATION of
 * timezoneapi.h in it and the two names behind it; other layouts are the MOF classes EventTrace_*. 82 was read off
 * traces: its count is that of the machine's processors. Nobody describes what 48 and 49 hold.
 */
export const eventTraceEvents = new EventTable({
  provider: KernelClass.EventTrace,
  providerName: 'EventTrace',
  isClass: true,
  maps: { ClockType: clockTypeMap },
  abbreviations: {
    VERSION: 'MajorVersion:u8 MinorVersion:u8 SubVersion:u8 SubMinorVersion:u8 ProviderVersion:u32',
    SIZES: 'NumberOfProcessors:u32 EndTime:filetime TimerResolution:u32 MaximumFileSize:u32 LogFileMode:hex32',
    BUFFERS: 'BuffersWritten:u32 StartBuffers:u32 PointerSize:u32 EventsLost:u32 CpuSpeedInMHz:u32',
    ZONE:
      'TimeZone{ Bias:i32 StandardName:wstr[32] StandardDate{ CHANGE } StandardBias:i32 ' +
      'DaylightName:wstr[32] DaylightDate{ CHANGE } DaylightBias:i32 Padding:u32 }',
    CHANGE: 'Year:u16 Month:u16 DayOfWeek:u16 Day:u16 Hour:u16 Minute:u16 Second:u16 Milliseconds:u16',
    CLOCK: 'BootTime:filetime PerfFreq:u64 StartTime:filetime ClockType:u32=ClockType BuffersLost:u32',
    NAMES: 'SessionNameString:wstr LogFileNameString:wstr',
    GROUPS: 'GroupMask[8]:hex32',
  },
  rows: `
0@0,1,2 Header | BufferSize:u32 VERSION SIZES BUFFERS LoggerName:pointer LogFileName:pointer ZONE CLOCK NAMES
5@0,1 Extension | GROUPS
5@2 Extension | GROUPS KernelEventVersion:u32
8@0,1,2 RDComplete
32@0,1 EndExtension | GROUPS
32@2 EndExtension | GROUPS KernelEventVersion:u32
48@2 RundownBegin | Data:bytes
49@2 RundownEnd | Data:bytes
64@2 DbgIdRSDS | Guid:guid Age:u32 PdbName:ansi
66@2 BuildInfo | BuildString:ansi
67@2 ProviderBinaryPath | GuidCount:u32 Guid[GuidCount]:guid BinaryPath:wstr
80@2 PartitionInfoExtension | EventVersion:u16 Reserved:u16 PartitionType:u32 QpcOffsetFromRoot:i64 PartitionId:guid ParentId:guid
82@2 LastDroppedTimes | Count:u32 Reserved:u32 LastDroppedTime[Count]:u64
`,
});

/** What a real-time session lost; these events carry no fields. */
export const lostEventEvents = new EventTable({
  provider: KernelClass.Lost_Event,
  providerName: 'Lost_Event',
  isClass: true,
  rows: `
32 RTLostEvent
33 RTLostBuffer
34 RTLostFile
`,
});
