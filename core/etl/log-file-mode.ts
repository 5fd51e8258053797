import { LogFileMode } from './format.ts';

const modeNames: Readonly<Record<keyof typeof LogFileMode, string>> = {
  Sequential: 'sequential',
  Circular: 'circular',
  Append: 'append',
  NewFile: 'new file when full',
  Preallocate: 'preallocated',
  Nonstoppable: 'nonstoppable',
  Secure: 'secure',
  RealTime: 'real time',
  DelayOpenFile: 'delayed opening',
  Buffering: 'buffering',
  PrivateLogger: 'private logger',
  GlobalSequence: 'global sequence numbers',
  LocalSequence: 'local sequence numbers',
  Relog: 'merged',
  PrivateInProcess: 'private in process',
  StopOnHybridShutdown: 'stops on hybrid shutdown',
  PersistOnHybridShutdown: 'persists over hybrid shutdown',
  UsePagedMemory: 'paged memory',
  SystemLogger: 'system logger',
  Compressed: 'compressed',
  IndependentSession: 'independent session',
  NoPerProcessorBuffering: 'without per-processor buffering',
};
const modes = Object.entries(LogFileMode) as [keyof typeof LogFileMode, number][];

/** How a session wrote its file, in words, a word for each bit that is set; `sequential` when none is, as Windows means it. */
export function logFileModeNames(mode: number): string[] {
  const names = modes.filter(([, bit]) => (mode & bit) !== 0).map(([name]) => modeNames[name]);
  return names.length > 0 ? names : [modeNames.Sequential];
}
