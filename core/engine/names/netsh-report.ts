/** The report that `netsh trace stop` leaves beside its trace: a cabinet with outputs of commands, some of which name things. */
import { existsSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { extractFiles, type Inflate } from '../../archive/extract.ts';
import { CabinetError, isCabinet, readCabinet, type Cabinet, type CabinetFile } from '../../archive/cabinet.ts';
import { readFully } from '../../base/byte-source.ts';
import { fileName } from '../../base/file-name.ts';
import type { BookSource } from '../../names/name-source.ts';
import { NamesError, type NamesRead } from '../../names/named-thing.ts';
import { readNames } from '../../names/reading/read-names.ts';
import type { TraceInfo } from '../contract.ts';
import { FileOpenError, openFile, type FileSource } from '../file-source.ts';

/** What one file of a report names. */
export interface ReportPart extends NamesRead {
  /** Name in the cabinet. */
  readonly name: string;
}

export interface NetshReport {
  /** Name of the cabinet. */
  readonly file: string;
  /** Its files that name something, in their order. */
  readonly parts: readonly ReportPart[];
  /** What it came to, in sentences. */
  readonly notes: readonly string[];
}

/** Outputs of commands; registries, event logs and dumps are larger, or called otherwise. */
const outputEndings = /\.(txt|csv|json|xml|clixml|log)$/i;
const largestOutput = 4 << 20;
const mostOutputs = 256;
/** Folders of a cabinet are inflated up to the last file that is wanted. */
const mostInflated = 256 << 20;

/** The names in a report. What cannot be read is told in its notes; never throws for what a file holds. */
export function readReport(path: string): NetshReport {
  const file = fileName(path);
  try {
    return withCabinet(path, (source, cabinet) => reportOf(file, source, cabinet));
  } catch (error) {
    if (!(error instanceof CabinetError) && !(error instanceof FileOpenError)) throw error;
    return { file, parts: [], notes: [`It was not read: ${error.message}`] };
  }
}

function reportOf(file: string, source: FileSource, cabinet: Cabinet): NetshReport {
  const outputs = cabinet.files.filter(({ name, size }) => outputEndings.test(name) && size > 0);
  const wanted = outputs.filter(({ size }) => size <= largestOutput).slice(0, mostOutputs);
  const contents = extractFiles(source, cabinet, wanted, { inflate, mostBytes: mostInflated });
  const parts = wanted.flatMap((entry) => partOf(entry, contents.get(entry)));
  const leftOut = outputs.length - wanted.length;
  return {
    file,
    parts,
    notes: [
      ...parts.map(({ name, contents: found, notes }) => [`${name}: ${found.join('; ')}.`, ...notes].join(' ')),
      ...(parts.length > 0 ? [] : [`None of its ${wanted.length.toLocaleString('en')} text files names anything.`]),
      ...(leftOut > 0
        ? [`${leftOut.toLocaleString('en')} of its text files are too large, or too many, and were left out.`]
        : []),
    ],
  };
}

/** Nothing where a file names nothing: most of a report is about other things. */
function partOf({ name }: CabinetFile, bytes: Uint8Array | undefined): ReportPart[] {
  try {
    return bytes ? [{ name, ...readNames(bytes, fileName(name)) }] : [];
  } catch (error) {
    if (!(error instanceof NamesError)) throw error;
    return [];
  }
}

/** All names of a report as one input. Throws a NamesError when there are none. */
export function readReportNames(path: string): NamesRead {
  const { parts, notes } = readReport(path);
  if (parts.length === 0) throw new NamesError(notes.join(' '));
  return {
    contents: parts.flatMap(({ contents }) => contents),
    things: parts.flatMap(({ things }) => things),
    notes: parts.flatMap((part) => part.notes),
  };
}

/** A report's parts as sources of a name book. */
export function reportSources({ file, parts }: NetshReport): BookSource[] {
  return parts.map(({ name, contents, notes, things }) => {
    const title = `${file}/${name}`;
    return { id: `book ${title}`, kind: 'book', title, contents, notes, things, addedAt: 0 };
  });
}

export function companionOf({ file, parts, notes }: NetshReport): TraceInfo['companions'][number] {
  return { file, names: parts.reduce((sum, { things }) => sum + things.length, 0), notes: [...notes] };
}

/** The report beside a trace: of its name, with the ending .cab. */
export function reportBeside(path: string): string | undefined {
  return besideWith(path, ['.cab', '.CAB']).find(isCabinetFile);
}

/**
 * The trace that is meant when somebody names its report: the one beside it. Any other file is meant itself. Throws
 * FileOpenError, which says what to do, for a cabinet without its trace.
 */
export function traceMeantBy(path: string): string {
  if (!isCabinetFile(path)) return path;
  const trace = besideWith(path, ['.etl', '.ETL']).find((beside) => existsSync(beside));
  if (trace !== undefined) return trace;
  throw new FileOpenError(whyNoTrace(path));
}

function whyNoTrace(path: string): string {
  const file = fileName(path);
  const trace = fileName(withoutEnding(path));
  const inside = attempt(() =>
    withCabinet(path, (_, { files }) => files.find(({ name }) => /\.etl$/i.test(name))?.name),
  );
  if (inside !== undefined)
    return `${file} is a cabinet that holds a trace, ${inside}. Expand it first (\`expand ${file} -F:*.etl .\`), then open the .etl.`;
  return `${file} is the report that \`netsh trace stop\` leaves beside its trace, and ${trace}.etl does not lie beside it. Put both into one folder and open either; in a web page, drop both at once. To read the report itself, expand it (\`expand ${file} -F:* FOLDER\`).`;
}

function besideWith(path: string, endings: readonly string[]): string[] {
  return endings.map((ending) => `${withoutEnding(path)}${ending}`);
}

function withoutEnding(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? path : path.slice(0, path.length - (name.length - dot));
}

export function isCabinetFile(path: string): boolean {
  return attempt(() => withSource(path, (source) => isCabinet(headOf(source)))) ?? false;
}

function headOf(source: FileSource): Uint8Array {
  const head = new Uint8Array(4);
  return head.subarray(0, readFully(source, 0, head, 0, head.length));
}

function withCabinet<Result>(path: string, use: (source: FileSource, cabinet: Cabinet) => Result): Result {
  return withSource(path, (source) => use(source, readCabinet(source)));
}

function withSource<Result>(path: string, use: (source: FileSource) => Result): Result {
  const source = openFile(path);
  try {
    return use(source);
  } finally {
    source.close();
  }
}

/** Undefined where a file cannot be opened or read: whoever opens it next says why. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileOpenError || error instanceof CabinetError) return undefined;
    throw error;
  }
}

const inflate: Inflate = (data, history, mostBytes) =>
  inflateRawSync(data, { ...(history.length > 0 && { dictionary: history }), maxOutputLength: mostBytes });
