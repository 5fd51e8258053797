import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Traces nobody here made; they lie beside the project, not in it. */
export interface RealTraces {
  /** Ends with a slash. */
  readonly folder: string;
  readonly present: boolean;
  /** Every ETL file, by its path inside the folder, sorted; none when the folder is absent. */
  readonly files: readonly string[];
}

/** Where the real traces are. When they are absent it is said aloud what is therefore not tested. */
export function realTraces(untested: string): RealTraces {
  const folder = fileURLToPath(new URL('../../../../shared/etl/', import.meta.url));
  const present = existsSync(folder);
  if (!present) console.warn(`The real traces (${folder}) are absent: ${untested}`);
  const files = present ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isEtl).sort() : [];
  return { folder, present, files };
}

function isEtl(path: string): boolean {
  return path.endsWith('.etl');
}
