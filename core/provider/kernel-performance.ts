import { EventTable } from './event-table.ts';
import { KernelClass } from './kernel-classes.ts';

/**
 * Samples, interrupts and system calls: Windows' MOF class PerfInfo. `InitialTime` is a raw time stamp. Behind a mark's
 * text there may be a UTF-16 unit of padding.
 */
export const perfInfoEvents = new EventTable({
  provider: KernelClass.PerfInfo,
  providerName: 'PerfInfo',
  isClass: true,
  abbreviations: {
    ROUTINE: 'InitialTime:u64 Routine:pointer',
    INTERRUPT: 'ROUTINE ReturnValue:u8 Vector:u16 Reserved:u8',
    SAMPLE: 'InstructionPointer:pointer ThreadId:tid Count:u16',
    INTERVAL: 'Source:u32 NewInterval:u32 OldInterval:u32',
    SPINLOCK: 'SpinLockSpinThreshold:u32 SpinLockContentionSampleRate:u32 SpinLockAcquireSampleRate:u32',
    TIMER:
      'DueTime:u64 MaximumDueTime:u64 Period:u64 Timer:pointer Callback:pointer CallbackContext:pointer TimerFlags:u8',
    DISABLEDTIMER: 'Timer:pointer DisableCallback:pointer DisableContext:pointer',
  },
  rows: `
34@0 Mark | Message:ansi
34@0 Mark | Message:ansi Padding:u16
46@1 SampleProf | SAMPLE
46@2 SampleProf | SAMPLE Reserved:u16
47@2 PmcCounterProf | InstructionPointer:pointer ThreadId:tid ProfileSource:u16 Reserved:u16
48@2 PmcCtrConfig | CounterCount:u32 CounterName[CounterCount]:wstr
50@2 ISR-MSI | INTERRUPT MessageNumber:u32
51@2 SysClEnter | SysCallAddress:pointer
52@2 SysClExit | SysCallNtStatus:status
58@2 DebuggerEnabled
66@2 ThreadedDPC | ROUTINE
67@1 ISR | ROUTINE ReturnValue:u32
67@2 ISR | INTERRUPT
68@1,2 DPC | ROUTINE
69@1,2 TimerDPC | ROUTINE
70@2 IOTimer | ROUTINE
72@2 SetInterval | INTERVAL
73@2 CollectionStart | INTERVAL
73@3 CollectionStart | INTERVAL SourceName:wstr
74@2 CollectionEnd | INTERVAL
74@3 CollectionEnd | INTERVAL SourceName:wstr
75@2 CollectionStart | SPINLOCK
75@3 CollectionStart | SPINLOCK SpinLockHoldThreshold:u32
76@2 CollectionEnd | SPINLOCK
76@3 CollectionEnd | SPINLOCK SpinLockHoldThreshold:u32
92@2 ISR-Unexpected | Vector:u16
93@2 IoStartTimer | DeviceObject:pointer TimerRoutine:pointer
94@2 IoStopTimer | DeviceObject:pointer TimerRoutine:pointer
95@1 ISR-PASS | ROUTINE ReturnValue:u32
95@2 ISR-PASS | INTERRUPT
96@2 WdfISR | Routine:pointer
97@2 WdfPassiveISR | Routine:pointer
98@2 WdfDPC | Routine:pointer
103@2 WdfWorkItem | Routine:pointer
104@2 SetKTimer2 | TIMER
105@2 ExpireKTimer2 | TIMER
106@2 CancelKTimer2 | Timer:pointer
107@2 DisableKTimer2 | DISABLEDTIMER TimerFlags:u8
108@2 FinalizeKTimer2 | DISABLEDTIMER
`,
});

/** Return addresses, each of a pointer's size, fill the rest of the payload; `EventTimeStamp` is a raw time stamp. */
export const stackWalkEvents = new EventTable({
  provider: KernelClass.StackWalk,
  providerName: 'StackWalk',
  isClass: true,
  abbreviations: { EVENT: 'EventTimeStamp:u64 StackProcess:pid StackThread:tid' },
  rows: `
32@2 Stack | EVENT Stack:bytes
34@2 KeyCreate | StackKey:pointer Stack:bytes
35@2 KeyDelete | StackKey:pointer Stack:bytes
36@2 KeyRundown | StackKey:pointer Stack:bytes
37@2 StackKeyKernel | EVENT StackKey:pointer
38@2 StackKeyUser | EVENT StackKey:pointer
`,
});
