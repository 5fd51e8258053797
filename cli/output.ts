let isHeard = false;

/** Writes to the standard output, waiting while the reader of a pipe is slow. False when it has gone, as `| head` does. */
export async function write(text: string): Promise<boolean> {
  const { stdout } = process;
  if (stdout.destroyed) return false;
  // The stream tells of its end by an event besides: unheard, that would end the program with an error.
  if (!isHeard) stdout.on('error', () => undefined);
  isHeard = true;
  return new Promise((resolve) => {
    stdout.write(text, (error) => {
      resolve(!error);
    });
  });
}
