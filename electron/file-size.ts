import { sizeNow as sizeOrFailure } from '../core/engine/file-size.ts';

/** Bytes of a file or of a folder's files; undefined for what is neither, or is not there any more. */
export function sizeNow(path: string): Promise<number | undefined> {
  return sizeOrFailure(path).catch(() => undefined);
}
