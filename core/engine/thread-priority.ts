import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

/**
 * Who goes before whom when a trace keeps all processors busy: first whatever draws a window, then the engine, which has to
 * answer it, then the workers. Only Linux has a priority for each thread; Windows prefers the foreground window by itself.
 */
const niceness = {
  engine: constants.priority.PRIORITY_BELOW_NORMAL,
  worker: constants.priority.PRIORITY_LOW,
};

/** Lets the threads above the calling one go first. */
export function stepBack(role: keyof typeof niceness): void {
  lower(() => [Number(readlinkSync('/proc/thread-self').split('/').at(-1))], niceness[role]);
}

/**
 * Lets V8's own helpers step back with the engine: they collect garbage and compile for the whole process, which is for the
 * engine and its workers as good as always. They are known by their name, which Electron's threads and newer Node's have.
 */
export function helpersStepBack(): void {
  lower(() => readdirSync('/proc/self/task').filter(isHelper).map(Number), niceness.engine);
}

function isHelper(thread: string): boolean {
  return readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === 'V8Worker';
}

function lower(listThreads: () => number[], wanted: number): void {
  if (process.platform !== 'linux') return;
  try {
    for (const thread of listThreads()) {
      if (getPriority(thread) < wanted) setPriority(thread, wanted);
    }
  } catch {
    // A container may hide /proc or forbid it, and a thread may have just ended: then they stay as they are.
  }
}
