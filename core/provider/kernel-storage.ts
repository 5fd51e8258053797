import { EventTable } from './event-table.ts';
import { KernelClass } from './kernel-classes.ts';

/** Disks, files, page faults and the registry: Windows' MOF classes DiskIo_*, FileIo_*, PageFault_* and Registry_*. */

export const diskIoEvents = new EventTable({
  provider: KernelClass.DiskIo,
  providerName: 'DiskIo',
  isClass: true,
  abbreviations: {
    TRANSFER0: 'DiskNumber:u32 IrpFlags:hex32 TransferSize:u32 Reserved:u32 ByteOffset:hex64 FileObject:pointer',
    TRANSFER1:
      'DiskNumber:u32 IrpFlags:hex32 TransferSize:u32 ResponseTime:u32 ByteOffset:hex64 FileObject:pointer ' +
      'HighResResponseTime:u64',
    TRANSFER2: 'TRANSFER0 Irp:pointer HighResResponseTime:u64',
    TRANSFER3: 'TRANSFER2 IssuingThreadId:tid',
    FLUSH: 'DiskNumber:u32 IrpFlags:hex32 HighResResponseTime:u64 Irp:pointer',
  },
  rows: `
10@0 Read | TRANSFER0
11@0 Write | TRANSFER0
10@1 Read | TRANSFER1
11@1 Write | TRANSFER1
10@2 Read | TRANSFER2
11@2 Write | TRANSFER2
12@2 ReadInit | Irp:pointer
13@2 WriteInit | Irp:pointer
14@2 FlushBuffers | FLUSH
15@2 FlushInit | Irp:pointer
10@3 Read | TRANSFER3
11@3 Write | TRANSFER3
12@3 ReadInit | Irp:pointer IssuingThreadId:tid
13@3 WriteInit | Irp:pointer IssuingThreadId:tid
14@3 FlushBuffers | FLUSH IssuingThreadId:tid
15@3 FlushInit | Irp:pointer IssuingThreadId:tid
55@3 OpticalRead | TRANSFER3
56@3 OpticalWrite | TRANSFER3
57@3 OpticalFlushBuffers | FLUSH IssuingThreadId:tid
58@3 OpticalReadInit | Irp:pointer IssuingThreadId:tid
59@3 OpticalWriteInit | Irp:pointer IssuingThreadId:tid
60@3 OpticalFlushInit | Irp:pointer IssuingThreadId:tid
34@1 DrvMjFnCall | UniqMatchId:u32 RoutineAddr:pointer Irp:pointer MajorFunction:u32 MinorFunction:u32 FileObject:pointer
34@2 DrvMjFnCall | MajorFunction:u32 MinorFunction:u32 RoutineAddr:pointer FileObject:pointer Irp:pointer UniqMatchId:u32
35@1 DrvMjFnRet | UniqMatchId:u32 Irp:pointer
35@2 DrvMjFnRet | Irp:pointer UniqMatchId:u32
37@2 DrvComplRout | Routine:pointer IrpPtr:pointer UniqMatchId:u32
52@1,2 DrvComplReq | RoutineAddr:pointer Irp:pointer UniqMatchId:u32
53@1,2 DrvComplReqRet | Irp:pointer UniqMatchId:u32
`,
});

/** TTID, the thread, moved behind the file's key and became 32 bits wide with version 3. */
export const fileIoEvents = new EventTable({
  provider: KernelClass.FileIo,
  providerName: 'FileIo',
  isClass: true,
  abbreviations: {
    NAME: 'FileObject:pointer FileName:wstr',
    OPEN: 'CreateOptions:hex32 FileAttributes:hex32 ShareAccess:hex32 OpenPath:wstr',
    FILE2: 'IrpPtr:pointer TTID:pointer FileObject:pointer FileKey:pointer',
    FILE3: 'IrpPtr:pointer FileObject:pointer FileKey:pointer',
    DIRECTORY: 'Length:u32 InfoClass:u32 FileIndex:u32 FileName:wstr',
    PATH: 'FILE3 ExtraInfo:pointer TTID:tid InfoClass:u32 FileName:wstr',
    VIEW: 'ViewBase:pointer FileObject:pointer MiscInfo:hex64 ViewSize:size ProcessId:pid',
    FILTER:
      'RoutineAddr:pointer FileObject:pointer FileContext:pointer IrpPtr:pointer CallbackDataPtr:pointer ' +
      'MajorFunction:u32',
  },
  rows: `
0@0,1,2,3 Name | NAME
32@1,2,3 FileCreate | NAME
35@2,3 FileDelete | NAME
36@2,3 FileRundown | NAME
37@2 MapFile | VIEW
38@2 UnmapFile | VIEW
39@2 MapFileDCStart | VIEW
40@2 MapFileDCEnd | VIEW
64@2 Create | IrpPtr:pointer TTID:pointer FileObject:pointer OPEN
65@2 Cleanup | FILE2
66@2 Close | FILE2
67@2 Read | Offset:hex64 FILE2 IoSize:u32 IoFlags:hex32
68@2 Write | Offset:hex64 FILE2 IoSize:u32 IoFlags:hex32
69@2 SetInfo | FILE2 ExtraInfo:pointer InfoClass:u32
70@2 Delete | FILE2 ExtraInfo:pointer InfoClass:u32
71@2 Rename | FILE2 ExtraInfo:pointer InfoClass:u32
72@2 DirEnum | FILE2 DIRECTORY
73@2 Flush | FILE2
74@2 QueryInfo | FILE2 ExtraInfo:pointer InfoClass:u32
75@2 FSControl | FILE2 ExtraInfo:pointer InfoClass:u32
76@2,3 OperationEnd | IrpPtr:pointer ExtraInfo:pointer NtStatus:status
77@2 DirNotify | FILE2 DIRECTORY
64@3 Create | IrpPtr:pointer FileObject:pointer TTID:tid OPEN
65@3 Cleanup | FILE3 TTID:tid
66@3 Close | FILE3 TTID:tid
67@3 Read | Offset:hex64 FILE3 TTID:tid IoSize:u32 IoFlags:hex32
68@3 Write | Offset:hex64 FILE3 TTID:tid IoSize:u32 IoFlags:hex32
69@3 SetInfo | FILE3 ExtraInfo:pointer TTID:tid InfoClass:u32
70@3 Delete | FILE3 ExtraInfo:pointer TTID:tid InfoClass:u32
71@3 Rename | FILE3 ExtraInfo:pointer TTID:tid InfoClass:u32
72@3 DirEnum | FILE3 TTID:tid DIRECTORY
73@3 Flush | FILE3 TTID:tid
74@3 QueryInfo | FILE3 ExtraInfo:pointer TTID:tid InfoClass:u32
75@3 FSControl | FILE3 ExtraInfo:pointer TTID:tid InfoClass:u32
77@3 DirNotify | FILE3 TTID:tid DIRECTORY
79@3 DeletePath | PATH
80@3 RenamePath | PATH
81@3 SetLinkPath | PATH
96@3 PreOpInit | FILTER
97@3 PostOpInit | FILTER
98@3 PreOpCompletion | InitialTime:u64 FILTER
99@3 PostOpCompletion | InitialTime:u64 FILTER
100@3 PreOpFailure | FILTER Status:status
101@3 PostOpFailure | FILTER Status:status
`,
});

export const pageFaultEvents = new EventTable({
  provider: KernelClass.PageFault,
  providerName: 'PageFault',
  isClass: true,
  abbreviations: {
    FAULT: 'VirtualAddress:pointer ProgramCounter:pointer',
    REGION: 'BaseAddress:pointer RegionSize:size ProcessId:pid Flags:hex32',
    HEAP: 'HeapHandle:pointer HRFlags:hex32 HRPid:pid HRRangeCount:u32',
  },
  rows: `
10@2 TransitionFault | FAULT
11@2 DemandZeroFault | FAULT
12@2 CopyOnWrite | FAULT
13@2 GuardPageFault | FAULT
14@2 HardPageFault | FAULT
15@2 AccessViolation | FAULT
32@2 HardFault | InitialTime:u64 ReadOffset:hex64 VirtualAddress:pointer FileObject:pointer TThreadId:tid ByteCount:u32
98@2 VirtualAlloc | REGION
99@2 VirtualFree | REGION
100@2 HRRundown | HEAP
100@3 HRRundown | HEAP Reserved:u32
101@2 HRCreate | HeapHandle:pointer FirstRangeSize:size HRCreateFlags:hex32
102@2 HRReserve | HeapHandle:pointer HRAddress:pointer HRSize:size
103@2 HRRelease | HeapHandle:pointer HRAddress:pointer HRSize:size
104@2 HRDestroy | HeapHandle:pointer
105@2 ImageLoadBacked | FileObject:pointer DeviceChar:hex32 FileChar:u16 LoadFlags:u16
127@2 VirtualRotate | BaseAddress:pointer SizeInBytes:size Flags:hex32
128@2 VirtualAllocDCStart | REGION CommitSizeInBytes:size
129@2 VirtualAllocDCEnd | REGION CommitSizeInBytes:size
134@2 MemResetInfo | BaseAddress:pointer SizeInBytes:size Flags:hex32
`,
});

export const registryEvents = new EventTable({
  provider: KernelClass.Registry,
  providerName: 'Registry',
  isClass: true,
  abbreviations: {
    KEY0: 'Status:pointer KeyHandle:pointer ElapsedTime:i64 KeyName:wstr',
    KEY1: 'Status:pointer KeyHandle:pointer ElapsedTime:i64 Index:u32 KeyName:wstr',
    KEY2: 'InitialTime:i64 Status:status Index:u32 KeyHandle:pointer KeyName:wstr',
    TRANSACTION: 'TxrGUID:guid Status:status UowCount:u32 OperationTime:u64 Hive:wstr',
  },
  rows: `
10@0 Create | KEY0
11@0 Open | KEY0
12@0 Delete | KEY0
13@0 Query | KEY0
14@0 SetValue | KEY0
15@0 DeleteValue | KEY0
16@0 QueryValue | KEY0
17@0 EnumerateKey | KEY0
18@0 EnumerateValueKey | KEY0
19@0 QueryMultipleValue | KEY0
20@0 SetInformation | KEY0
21@0 Flush | KEY0
10@1 Create | KEY1
11@1 Open | KEY1
12@1 Delete | KEY1
13@1 Query | KEY1
14@1 SetValue | KEY1
15@1 DeleteValue | KEY1
16@1 QueryValue | KEY1
17@1 EnumerateKey | KEY1
18@1 EnumerateValueKey | KEY1
19@1 QueryMultipleValue | KEY1
20@1 SetInformation | KEY1
21@1 Flush | KEY1
22@1 RunDown | KEY1
10@2 Create | KEY2
11@2 Open | KEY2
12@2 Delete | KEY2
13@2 Query | KEY2
14@2 SetValue | KEY2
15@2 DeleteValue | KEY2
16@2 QueryValue | KEY2
17@2 EnumerateKey | KEY2
18@2 EnumerateValueKey | KEY2
19@2 QueryMultipleValue | KEY2
20@2 SetInformation | KEY2
21@2 Flush | KEY2
22@2 KCBCreate | KEY2
23@2 KCBDelete | KEY2
24@2 KCBRundownBegin | KEY2
25@2 KCBRundownEnd | KEY2
26@2 Virtualize | KEY2
27@2 Close | KEY2
28@2 SetSecurity | KEY2
29@2 QuerySecurity | KEY2
30@2 TxRCommit | TRANSACTION
31@2 TxRPrepare | TRANSACTION
32@2 TxRRollback | TRANSACTION
34@2 Counters | Counter[11]:u64
35@2 Config | CurrentControlSet:u32
36@2 HiveInit | Hive:pointer OperationType:u32 PoolTag:u32 Size:u32 FileName:wstr
37@2 HiveDestroy | Hive:pointer FileName:wstr Path:wstr
38@2 HiveLink | Hive:pointer Path:wstr
39@2 HiveDCEnd | Size:u64 Hive:pointer LoadedKeyCount:u32 FileName:wstr LinkPath:wstr
40@2 HiveDirty | Hive:pointer LinkPath:wstr DirtyReason:u32
48@2 ChangeNotify | Notification:pointer KeyHandle:pointer Type:u8 WatchSubtree:u8 Primary:u8
`,
});
