import { statSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileName } from '../base/file-name.ts';
import type { TraceChanges } from './contract.ts';

/** What tells that a file is still the same. */
export interface FileState {
  readonly size: number;
  /** Unix milliseconds of the last change. */
  readonly changedAt: number;
}

/** Undefined when the file cannot be looked at. */
export function fileState(path: string): FileState | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status && stateOf(status);
}

function stateOf({ size, mtimeMs }: Stats): FileState {
  return { size, changedAt: mtimeMs };
}

/** What became of files since they were opened. One that has more bytes counts as grown: something still writes to it. */
export async function fileChanges(
  files: readonly { readonly path: string; readonly opened: FileState | undefined }[],
): Promise<TraceChanges> {
  const changes = await Promise.all(
    files.map(async ({ path, opened }): Promise<TraceChanges['changes']> => {
      const now = await stat(path).then(stateOf, () => undefined);
      const file = fileName(path);
      if (!now) return [{ file, kind: 'missing', size: 0 }];
      if (!opened || (now.size === opened.size && now.changedAt === opened.changedAt)) return [];
      return [{ file, kind: now.size > opened.size ? 'grown' : 'changed', size: now.size }];
    }),
  );
  return { changes: changes.flat() };
}
