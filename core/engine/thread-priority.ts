import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets every other thread of the machine go before the calling one, so that a window stays responsive while all processors
 * read a trace. Only Linux has a priority for each thread; Windows prefers the foreground window by itself.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A container may hide /proc or forbid it: then the thread stays as it is.
  }
}
