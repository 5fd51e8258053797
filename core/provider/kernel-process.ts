import { EventTable, valueMap } from './event-table.ts';
import { KernelClass } from './kernel-classes.ts';

/**
 * Processes, threads and images of the kernel logger: Windows' MOF classes Process_*, Thread_* and Image_*. A load is
 * logged in the group of processes, everything else about images in their own.
 * 64-bit Windows takes 8 bytes for `DefaultBase` from 32-bit images, too, where 4 bytes of another field (BaseOfData)
 * stand in front of a base of 4: measured.
 */
const imageFields = {
  IMAGE0: 'BaseAddress:pointer ModuleSize:u32 ImageFileName:wstr',
  IMAGE1: 'ImageBase:pointer ImageSize:size ProcessId:pid FileName:wstr',
  IMAGE2: 'IMAGEHEAD Reserved0:u32 IMAGETAIL',
  IMAGE3: 'IMAGEHEAD SignatureLevel:u8 SignatureType:u8 Reserved0:u16 IMAGETAIL',
  IMAGEHEAD: 'ImageBase:pointer ImageSize:size ProcessId:pid ImageChecksum:hex32 TimeDateStamp:hex32',
  IMAGETAIL: 'DefaultBase:pointer Reserved1:u32 Reserved2:u32 Reserved3:u32 Reserved4:u32 FileName:wstr',
};

export const processEvents = new EventTable({
  provider: KernelClass.Process,
  providerName: 'Process',
  isClass: true,
  abbreviations: {
    ...imageFields,
    IDS: 'ProcessId:pid ParentId:pid SessionId:u32 ExitStatus:hex32',
    COMMAND: 'ImageFileName:ansi CommandLine:wstr',
    PACKAGE: 'PackageFullName:wstr ApplicationId:wstr',
    PROCESS0: 'ProcessId:pointer ParentId:pointer UserSID:sid ImageFileName:ansi',
    PROCESS1: 'PageDirectoryBase:pointer IDS UserSID:sid ImageFileName:ansi',
    PROCESS2: 'UniqueProcessKey:pointer IDS UserSID:sid COMMAND',
    PROCESS3: 'UniqueProcessKey:pointer IDS DirectoryTableBase:pointer UserSID:sid COMMAND',
    PROCESS4: 'UniqueProcessKey:pointer IDS DirectoryTableBase:pointer Flags:hex32 UserSID:sid COMMAND PACKAGE',
    COUNTERS:
      'ProcessId:pid PageFaultCount:u32 HandleCount:u32 Reserved:u32 PeakVirtualSize:size PeakWorkingSetSize:size ' +
      'PeakPagefileUsage:size QuotaPeakPagedPoolUsage:size QuotaPeakNonPagedPoolUsage:size VirtualSize:size ' +
      'WorkingSetSize:size PagefileUsage:size QuotaPagedPoolUsage:size QuotaNonPagedPoolUsage:size ' +
      'PrivatePageCount:size',
    WAKE: 'Object:pointer Tag:pointer ProcessId:pid Count:u32',
  },
  rows: `
1@0 Start | PROCESS0
2@0 End | PROCESS0
3@0 DCStart | PROCESS0
4@0 DCEnd | PROCESS0
1@1 Start | PROCESS1
2@1 End | PROCESS1
3@1 DCStart | PROCESS1
4@1 DCEnd | PROCESS1
1@2 Start | PROCESS2
2@2 End | PROCESS2
3@2 DCStart | PROCESS2
4@2 DCEnd | PROCESS2
39@2 Defunct | PROCESS2
1@3 Start | PROCESS3
2@3 End | PROCESS3
3@3 DCStart | PROCESS3
4@3 DCEnd | PROCESS3
39@3 Defunct | PROCESS3
1@4 Start | PROCESS4
2@4 End | PROCESS4
3@4 DCStart | PROCESS4
4@4 DCEnd | PROCESS4
39@4 Defunct | PROCESS4
39@5 Defunct | PROCESS4 ExitTime:filetime
10@0 Image/Load | IMAGE0
10@1 Image/Load | IMAGE1
10@2 Image/Load | IMAGE2
10@3 Image/Load | IMAGE3
11@2 Terminate | ProcessId:pid
32@2 PerfCtr | COUNTERS
33@2 PerfCtrRundown | COUNTERS
35@2 InSwap | DirectoryTableBase:pointer ProcessId:pid
48@2 WakeChargeUser | WAKE
49@2 WakeChargeExecution | WAKE
50@2 WakeChargeKernel | WAKE
51@2 WakeChargeInstrumentation | WAKE
52@2 WakeChargePreserveProcess | WAKE
64@2 WakeReleaseUser | WAKE
65@2 WakeReleaseExecution | WAKE
66@2 WakeReleaseKernel | WAKE
67@2 WakeReleaseInstrumentation | WAKE
68@2 WakeReleasePreserveProcess | WAKE
80@2 WakeDropUser | WAKE
81@2 WakeDropExecution | WAKE
82@2 WakeDropKernel | WAKE
83@2 WakeDropInstrumentation | WAKE
84@2 WakeDropPreserveProcess | WAKE
96@2 WakeEventUser | Object:pointer
97@2 WakeEventExecution | Object:pointer
98@2 WakeEventKernel | Object:pointer
99@2 WakeEventInstrumentation | Object:pointer
`,
});

export const imageEvents = new EventTable({
  provider: KernelClass.Image,
  providerName: 'Image',
  isClass: true,
  abbreviations: {
    ...imageFields,
    LOADER: 'BaseAddress:hex64 ErrorOpcode:u8 Code:i8',
  },
  rows: `
2@0 Unload | IMAGE0
3@0 DCStart | IMAGE0
4@0 DCEnd | IMAGE0
10@0 Load | IMAGE0
2@1 Unload | IMAGE1
3@1 DCStart | IMAGE1
4@1 DCEnd | IMAGE1
10@1 Load | IMAGE1
2@2 Unload | IMAGE2
3@2 DCStart | IMAGE2
4@2 DCEnd | IMAGE2
10@2 Load | IMAGE2
2@3 Unload | IMAGE3
3@3 DCStart | IMAGE3
4@3 DCEnd | IMAGE3
10@3 Load | IMAGE3
33@2 KernelBase | ImageBase:pointer
34@2 HypercallPage | HypercallPageVa:pointer
128@2 LoaderLockAttempt
129@2 LoaderLockAcquire
130@2 LoaderLockTriedAndFailed
131@2 LoaderLockWait
132@2 ProcessInitDone
133@2 CreateSectionBegin
134@2 CreateSectionEnd
135@2 MapViewBegin
144@2 RelocateImageBegin | BaseAddress:hex64
145@2 RelocateImageEnd | BaseAddress:hex64
146@2 HandleOldDescsBegin | BaseAddress:hex64
147@2 HandleOldDescsEnd | BaseAddress:hex64
148@2 HandleNewDescsBegin | BaseAddress:hex64
149@2 HandleNewDescsEnd | BaseAddress:hex64
150@2 DllMainExit | BaseAddress:hex64
160@2 FindDllByName | LOADER String:wstr
161@2 MapViewEnd | LOADER String:wstr
162@2 LoaderLockRelease | LOADER String:wstr
163@2 DllMainEnter | LOADER String:wstr
164@2 LoaderError | LOADER String:wstr
165@3 MapViewStart | LOADER String:wstr
166@3 SnappingStart | LOADER String:wstr
167@3 SnappingEnd | LOADER String:wstr
168@3 LoadingStart | LOADER String:wstr
169@3 LoadingEnd | LOADER String:wstr
170@3 FoundKnownDll | LOADER String:wstr
171@3 AbnormalTermination | LOADER String:wstr
172@3 ModulePlaceHolder | LOADER String:wstr
173@3 ReadyToInit | LOADER String:wstr
174@3 ReadyToRun | LOADER String:wstr
176@3 NewDllLoad | NewDllBaseAddress:pointer ParentDllBaseAddress:pointer LoadReason:u32 FilePath:wstr
177@3 NewDllLoadAsData | NewDllBaseAddress:pointer ParentDllBaseAddress:pointer LoadReason:u32 FilePath:wstr
192@3 DllSearchPathExternal | LOADER String1:wstr String2:wstr
193@3 DllSearchPathInternal | LOADER String1:wstr String2:wstr
208@3 ApiSetResolving | LOADER String:wstr
209@3 ApiSetHosted | LOADER String:wstr
210@3 ApiSetUnhosted | LOADER String:wstr
211@3 ApiSetUnresolved | LOADER String:wstr
212@3 DllSearchResults | LdrLoadFlags:hex32 LdrSearchFlags:hex32 SearchInfo:u32 LoadReason:u32 FullDllName:wstr
213@3 DllPathSearchResults | SearchInfo:u32 Cwd:wstr AppDir:wstr DllDir:wstr DllLoadDir:wstr
`,
});

const threadStateMap = valueMap(
  'ThreadState',
  `0 Initialized
   1 Ready
   2 Running
   3 Standby
   4 Terminated
   5 Waiting
   6 Transition
   7 DeferredReady`,
);

const waitModeMap = valueMap(
  'WaitMode',
  `0 KernelMode
   1 UserMode`,
);

const waitReasonMap = valueMap(
  'WaitReason',
  `0 Executive
   1 FreePage
   2 PageIn
   3 PoolAllocation
   4 DelayExecution
   5 Suspended
   6 UserRequest
   7 WrExecutive
   8 WrFreePage
   9 WrPageIn
   10 WrPoolAllocation
   11 WrDelayExecution
   12 WrSuspended
   13 WrUserRequest
   14 WrEventPair
   15 WrQueue
   16 WrLpcReceive
   17 WrLpcReply
   18 WrVirtualMemory
   19 WrPageOut
   20 WrRendezvous
   21 WrKeyedEvent
   22 WrTerminated
   23 WrProcessInSwap
   24 WrCpuRateControl
   25 WrCalloutStack
   26 WrKernel
   27 WrResource
   28 WrPushLock
   29 WrMutex
   30 WrQuantumEnd
   31 WrDispatchInt
   32 WrPreempted
   33 WrYieldExecution
   34 WrFastMutex
   35 WrGuardedMutex
   36 WrRundown`,
);

/** The thread's name came with Windows 10 and left the version at 3. */
export const threadEvents = new EventTable({
  provider: KernelClass.Thread,
  providerName: 'Thread',
  isClass: true,
  maps: { ThreadState: threadStateMap, WaitMode: waitModeMap, WaitReason: waitReasonMap },
  abbreviations: {
    STACKS:
      'ProcessId:pid TThreadId:tid StackBase:pointer StackLimit:pointer UserStackBase:pointer UserStackLimit:pointer',
    THREAD1: 'STACKS StartAddr:pointer Win32StartAddr:pointer WaitMode:i8=WaitMode',
    THREAD2: 'STACKS StartAddr:pointer Win32StartAddr:pointer TebBase:pointer SubProcessTag:u32',
    THREAD3: 'STACKS Affinity:pointer Win32StartAddr:pointer TebBase:pointer SubProcessTag:u32 PRIORITIES',
    PRIORITIES: 'BasePriority:u8 PagePriority:u8 IoPriority:u8 ThreadFlags:u8',
    SWITCH: 'NewThreadId:tid OldThreadId:tid NewThreadPriority:i8 OldThreadPriority:i8',
    WAIT: 'OldThreadWaitReason:i8=WaitReason',
    IDLE: 'PreviousCState:u8 SpareByte:i8',
    STATE: 'OldThreadState:i8=ThreadState OldThreadWaitIdealProcessor:i8',
    PRIORITY: 'ThreadId:tid OldPriority:u8 NewPriority:u8 Reserved:u16',
  },
  rows: `
1@0 Start | TThreadId:tid ProcessId:pid
2@0 End | TThreadId:tid ProcessId:pid
3@0 DCStart | TThreadId:tid ProcessId:pid
4@0 DCEnd | TThreadId:tid ProcessId:pid
1@1 Start | THREAD1
2@1 End | ProcessId:pid TThreadId:tid
3@1 DCStart | THREAD1
4@1 DCEnd | THREAD1
1@2 Start | THREAD2
2@2 End | THREAD2
3@2 DCStart | THREAD2
4@2 DCEnd | THREAD2
1@3,4 Start | THREAD3 ThreadName:wstr|none
2@3,4 End | THREAD3 ThreadName:wstr|none
3@3,4 DCStart | THREAD3 ThreadName:wstr|none
4@3,4 DCEnd | THREAD3 ThreadName:wstr|none
36@1 CSwitch | SWITCH NewThreadQuantum:i8 OldThreadQuantum:i8 WAIT OldThreadWaitMode:i8=WaitMode STATE
36@2 CSwitch | SWITCH IDLE WAIT OldThreadWaitMode:i8=WaitMode STATE NewThreadWaitTime:u32 Reserved:u32
36@3,4 CSwitch | SWITCH IDLE WAIT ThreadFlags:i8 STATE NewThreadWaitTime:u32 Reserved:u32
37@2 CompCS
41@2 SpinLock | SpinLockAddress:pointer CallerAddress:pointer AcquireTime:u64 ReleaseTime:u64 WaitTimeInCycles:u32 SpinCount:u32 ThreadId:tid InterruptCount:u32 Irql:u8 AcquireDepth:u8 Flag:u8 Reserved:bytes[5]
48@3 SetPriority | PRIORITY
49@3 SetBasePriority | PRIORITY
50@2 ReadyThread | TThreadId:tid AdjustReason:i8 AdjustIncrement:i8 Flag:i8 Reserved:i8
51@3 SetPagePriority | PRIORITY
52@3 SetIoPriority | PRIORITY
53@2 ThreadAffinity | Affinity:pointer ThreadId:tid Group:u16 Reserved:u16
57@1,2 WorkerThread | TThreadId:tid StartTime:u64 ThreadRoutine:pointer
60@2 AntiStarvationBoost | ThreadId:tid ProcessorIndex:u16 Priority:u8 Reserved:u8
62@2 Kernel Queue Enqueue | Entry:pointer ThreadId:tid
63@2 Kernel Queue Dequeue | ThreadId:tid EntryCount:u32 Entries[EntryCount]:pointer
64@2 Start | CallbackRoutine:pointer
65@2 End | CallbackRoutine:pointer
66@2 AutoBoost Set Floor | Lock:pointer ThreadId:tid NewCpuPriorityFloor:u8 OldCpuPriority:u8 IoPriorities:u8 BoostFlags:u8
67@2 AutoBoost Clear Floor | LockAddress:pointer ThreadId:tid BoostBitmap:hex32
68@2 AutoBoost Entry Exhaustion | LockAddress:pointer ThreadId:tid
69@2 SubProcessTag Changed | OldTag:u32 NewTag:u32
72@2 SetName | ProcessId:pid ThreadId:tid ThreadName:wstr
`,
});
