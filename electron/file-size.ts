import { stat } from 'node:fs/promises';

/** Bytes; undefined for what is no file, or none any more. */
export function sizeNow(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
}
