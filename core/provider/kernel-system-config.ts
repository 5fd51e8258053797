import { EventTable } from './event-table.ts';
import { KernelClass } from './kernel-classes.ts';

/**
 * The machine, as a kernel session describes it at its end: Windows' MOF classes SystemConfig_*. `HyperThreadingFlag`
 * takes as much room as a pointer: measured.
 */
export const systemConfigEvents = new EventTable({
  provider: KernelClass.SystemConfig,
  providerName: 'SystemConfig',
  isClass: true,
  abbreviations: {
    SPEED: 'MHz:u32 NumberOfProcessors:u32 MemSize:u32 PageSize:u32 AllocationGranularity:u32',
    CPU2: 'SPEED ComputerName:wstr[256] DomainName:wstr[134] HyperThreadingFlag:pointer',
    PROCESSOR:
      'HighestUserAddress:pointer ProcessorArchitecture:u16 ProcessorLevel:u16 ProcessorRevision:u16 ' +
      'PaeEnabled:u8 NxEnabled:u8 MemorySpeed:u32',
    DISK:
      'DiskNumber:u32 BytesPerSector:u32 SectorsPerTrack:u32 TracksPerCylinder:u32 Cylinders:u64 SCSIPort:u32 ' +
      'SCSIPath:u32 SCSITarget:u32 SCSILun:u32 Manufacturer:wstr[256] PartitionCount:u32 WriteCacheEnabled:u8 ' +
      'Pad:u8 BootDriveLetter:wstr[3] Spare:wstr[2]',
    VOLUME:
      'StartOffset:u64 PartitionSize:u64 DiskNumber:u32 Size:u32 DriveType:u32 DriveLetterString:wstr[4] Pad1:u32 ' +
      'PartitionNumber:u32 SectorsPerCluster:u32 BytesPerSector:u32 Pad2:u32 NumberOfFreeClusters:i64 ' +
      'TotalNumberOfClusters:i64 FileSystem:wstr[16] VolumeExt:u32',
    VIDEO:
      'MemorySize:u32 XResolution:u32 YResolution:u32 BitsPerPixel:u32 VRefresh:u32 ChipType:wstr[256] ' +
      'DACType:wstr[256] AdapterString:wstr[256] BiosString:wstr[256] DeviceId:wstr[256] StateFlags:hex32',
    SERVICE: 'ProcessId:pid ServiceState:u32 SubProcessTag:u32 ServiceName:wstr DisplayName:wstr ProcessName:wstr',
    OPTICAL:
      'DiskNumber:u16 BusType:u16 DeviceType:u16 MediaType:u16 StartingOffset:u64 Size:u64 NumberOfFreeBlocks:u64 ' +
      'TotalNumberOfBlocks:u64 NextWritableAddress:u64 NumberOfSessions:u32 NumberOfTracks:u32 BytesPerSector:u32 ' +
      'DiscStatus:u16 LastSessionStatus:u16 DriveLetter:wstr FileSystemName:wstr DeviceName:ansi ManufacturerName:ansi',
    PNPLENGTHS: 'IDLength:u32 DescriptionLength:u32 FriendlyNameLength:u32',
    PNP: 'DeviceID:wstr DeviceDescription:wstr FriendlyName:wstr',
    PNPCLASS: 'ClassGuid:guid UpperFiltersCount:u32 LowerFiltersCount:u32',
    PNPFILTERS:
      'PdoName:wstr ServiceName:wstr UpperFilters[UpperFiltersCount]:wstr LowerFilters[LowerFiltersCount]:wstr',
  },
  rows: `
10@2 CPU | CPU2
10@3 CPU | CPU2 PROCESSOR
11@0,1,2 PhyDisk | DISK
12@0,1 LogDisk | VOLUME
12@2 LogDisk | VOLUME Pad3:u32
13@2 NIC | PhysicalAddr:bytes[8] PhysicalAddrLen:u32 Ipv4Index:u32 Ipv6Index:u32 NICDescription:wstr IpAddresses:wstr DnsServerAddresses:wstr
14@0,1,2 Video | VIDEO
15@0,1 Services | ServiceName:wstr[34] DisplayName:wstr[256] ProcessName:wstr[34] ProcessId:pid
15@2 Services | SERVICE
15@3 Services | SERVICE LoadOrderGroup:wstr SvchostGroup:wstr
16@0,1,2 Power | S1:u8 S2:u8 S3:u8 S4:u8 S5:u8 Pad:bytes[3]
17@2 Network | TcbTablePartitions:u32 MaxHashTableSize:u32 MaxUserPort:u32 TcpTimedWaitDelay:u32
18@2 OpticalDisk | OPTICAL
21@0,1,2 IRQ | IRQAffinity:hex64 IRQNum:u32 DeviceDescriptionLen:u32 DeviceDescription:wstr
21@3 IRQ | IRQAffinity:hex64 IRQGroup:u16 Reserved:u16 IRQNum:u32 DeviceDescriptionLen:u32 DeviceDescription:wstr
22@0,1,2 PnP | PNPLENGTHS PNP
22@3 PnP | PNPLENGTHS PNP PdoName:wstr
22@4 PnP | PNPCLASS PNP PNPFILTERS
22@5 PnP | PNPCLASS DevStatus:hex32 DevProblem:u32 PNP PNPFILTERS
23@2 IDEChannel | TargetId:u32 DeviceType:u32 DeviceTimingMode:hex32 LocationInformationLen:u32 LocationInformation:wstr
25@2 Platform | SystemManufacturer:wstr SystemProductName:wstr BiosDate:wstr BiosVersion:wstr
28@2 DPI | MachineDPI:u32 UserDPI:u32
29@2 CodeIntegrity | CodeIntegrityInfo:hex32
30@2 TelemetryConfiguration | MachineId:guid
33@2 DeviceFamily | UAPInfo:hex64 DeviceFamily:u32 DeviceForm:u32
34@2 FlightIds | UpdateId:wstr FlightIdList:wstr
35@2 Processors | ProcessorIndex:u32 FeatureSet:hex32 ProcessorSpeed:u32 ProcessorName:wstr[64] VendorIdentifier:wstr[16] ProcessorIdentifier:wstr[128]
`,
});
