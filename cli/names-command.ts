import { resolve } from 'node:path';
import { EngineError } from '../core/engine/client.ts';
import type { NameBook, NamedSubject, NameReading, NameSource } from '../core/engine/contract.ts';
import type { Engine } from '../core/engine/engine.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { importNames, withEngine } from './open-trace.ts';

/**
 * `names FILE...`: what files of names hold; or, when the first is a trace, its name book, with the names of the other files,
 * which are kept for the trace.
 */
export async function namesCommand(given: Arguments): Promise<void> {
  const files = given.files.map((file) => resolve(file));
  if (files.length === 0) throw new UsageError('Name the files with names, or a trace and then those.');
  await withEngine(given, async (engine) => {
    const trace = await openedTrace(engine, files[0]);
    if (trace === undefined) {
      const readings = await engine.call('readNames', { files });
      process.stdout.write(given.json ? json(readings) : `${readings.map(readingText).join('\n\n')}\n`);
      return;
    }
    await importNames(engine, trace, files.slice(1), given.names);
    const book = await engine.call('names', { trace });
    process.stdout.write(given.json ? json(book) : bookText(book));
  });
}

/** Undefined when the file is no trace: then it is to hold names. */
async function openedTrace(engine: Engine, file: string): Promise<number | undefined> {
  try {
    return (await engine.call('open', { files: [file] })).trace;
  } catch (openError) {
    try {
      await engine.call('readNames', { files: [file] });
      return undefined;
    } catch (namesError) {
      if (!isFileOfNames(namesError)) throw openError;
      throw namesError;
    }
  }
}

/** What is neither a trace nor a file of names is refused as the latter: its reason says more. */
function isFileOfNames(error: unknown): boolean {
  const name = error instanceof EngineError ? error.details.name : error instanceof Error ? error.name : '';
  return name === 'NamesError';
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function readingText({ title, contents, notes, names }: NameReading): string {
  const lines = [
    `${title}: ${contents.join('; ')}`,
    ...names.map(({ kind, name, keys }) =>
      `  ${kind.padEnd(kindWidth)}  ${name}  ${keys.map(({ value }) => value).join(', ')}`.trimEnd(),
    ),
    ...notes.map((note) => `  note: ${note}`),
  ];
  return lines.map(oneLine).join('\n');
}

const kindWidth = 'pktmon-component'.length;

function bookText({ subjects, others, sources, named, conflicts }: NameBook): string {
  const commands = [...new Set(subjects.flatMap(({ command }) => command?.split('\n') ?? []))];
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const sections = [
    [
      `${named} of ${subjects.length} things have a name, ${conflicts} with a conflict`,
      ...subjects.map((subject) => subjectLine(subject, titles)),
    ],
    commands.length === 0
      ? []
      : ['These commands tell the names that are missing:', ...commands.map((each) => `  ${each}`)],
    others.length === 0 ? [] : ['Not in this trace', ...others.map((subject) => subjectLine(subject, titles))],
    ['Sources', ...sources.flatMap(sourceLines)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(oneLine).join('\n'))
    .join('\n\n')}\n`;
}

function subjectLine(
  { kind, text, name, source, conflict, uses }: NamedSubject,
  titles: ReadonlyMap<string, string>,
): string {
  const origin = name === null ? '' : ` (${titles.get(source) ?? source})`;
  const seen = uses === 0 ? '' : `  ${uses} events`;
  return `  ${kind.padEnd(kindWidth)}  ${text}  ${name ?? '(no name)'}${origin}${seen}${conflict === null ? '' : `  CONFLICT: ${conflict}`}`;
}

function sourceLines({ title, contents, notes, names, matched }: NameSource): string[] {
  const what = contents.length === 0 ? '' : `: ${contents.join('; ')}`;
  return [
    `  ${title}${what}; ${names} names, ${matched} of them seen in the trace`,
    ...notes.map((note) => `    ${note}`),
  ];
}
