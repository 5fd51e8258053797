/** What went wrong, as a text to copy into a mail: everything somebody else needs to understand it. */
import type { ContractError } from '../../core/engine/contract.ts';
import type { HostFile, HostVersions } from '../../core/engine/host.ts';
import { versionLines } from '../settings/versions-text.ts';
import { formatCount } from '../format/number.ts';
import { appStrings } from '../strings.ts';

export interface FailureReport {
  readonly heading: string;
  /** What happened, and what was advised. */
  readonly sentences: readonly string[];
  /** As the engine told it. */
  readonly error?: ContractError | undefined;
  readonly files?: readonly HostFile[];
}

/** Lines of text; the time is told in UTC, so that it means the same everywhere. */
export function failureText(
  { heading, sentences, error, files = [] }: FailureReport,
  versions: Pick<HostVersions, 'app' | 'parts'> | undefined,
  now: Date,
): string {
  const words = appStrings.failureReport;
  const place = error?.start === undefined ? [] : [words.place(error.start, error.end ?? error.start)];
  return [
    heading,
    ...sentences.filter((sentence) => sentence !== ''),
    ...(error ? [words.error(error.name), ...place] : []),
    ...files.map(({ name, size }) => words.file(name, formatCount(size))),
    ...(versions ? versionLines(versions) : []),
    words.time(now.toISOString()),
  ].join('\n');
}
