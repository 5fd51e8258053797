import { attemptProtocols } from '../core/engine/contract-paths.ts';
import { EngineError } from '../core/engine/client.ts';
import type { ConnectionBlock, EngineClient, PacketPath, TraceInfo, ViewInfo } from '../core/engine/contract.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { makeView, withTrace } from './open-trace.ts';
import { write } from './output.ts';
import { pathText } from './path-text.ts';
import { countOf, countText, forOtherPrograms } from './words.ts';

const rowsPerCall = 1000;
/** Paths of a filter's messages that are shown when nobody says how many. */
const usualPaths = 20;

/** `path`: the way of a packet, hop by hop. */
export async function pathCommand(given: Arguments): Promise<void> {
  const choices = [given.syn !== undefined, given.row !== undefined, given.filter !== ''];
  if (choices.filter(Boolean).length > 1) throw new UsageError('Take one of --syn, --row and --filter.');
  await withTrace(given, (engine, info) =>
    tellPaths(engine, info, given, { put: write, view: () => makeView(engine, info, given) }),
  );
}

export interface PathOutput {
  /** False when nobody reads any more. */
  readonly put: (text: string) => Promise<boolean>;
  /** Makes the view of the filter's messages. */
  readonly view: () => Promise<ViewInfo>;
}

export type PathChoice = Pick<Arguments, 'syn' | 'row' | 'filter' | 'limit' | 'json'>;

/** Hands the paths that were asked for to `output`, one after the other. Throws an EngineError where there is none. */
export async function tellPaths(
  engine: EngineClient,
  info: Pick<TraceInfo, 'trace' | 'events'>,
  choice: PathChoice,
  output: PathOutput,
): Promise<void> {
  const form = choice.json ? jsonForm() : textForm();
  if (choice.filter !== '') await tellFiltered(engine, info, choice, output, form);
  else await output.put(form.path(await chosenPath(engine, info, choice)));
  await output.put(form.foot());
}

async function chosenPath(
  engine: EngineClient,
  info: Pick<TraceInfo, 'trace' | 'events'>,
  { syn, row }: PathChoice,
): Promise<PacketPath> {
  if (row === undefined) return pathOf(engine, info, await rowOfAttempt(engine, info, syn));
  if (row === 0 || row > info.events) {
    throw notFound(`There is no message ${row}: the trace has messages 1 to ${countText(info.events)}.`);
  }
  return pathOf(engine, info, row - 1);
}

async function pathOf(engine: EngineClient, { trace }: Pick<TraceInfo, 'trace'>, row: number): Promise<PacketPath> {
  const path = await engine.call('path', { trace, row });
  if (path === null) throw notFound(`Message ${row + 1} is of no packet, so it has no path.`);
  return path;
}

/** The row of the attempt with this number; of the first TCP SYN when no number is given. */
async function rowOfAttempt(
  engine: EngineClient,
  { trace }: Pick<TraceInfo, 'trace'>,
  number: number | undefined,
): Promise<number> {
  // Attempts are numbered by time over all protocols, and an absent sort is by time.
  const query = number === undefined ? {} : { protocols: [...attemptProtocols] };
  const from = number === undefined ? 0 : Math.max(0, number - 1);
  const block = await engine.call('connections', { trace, query, from, count: 1 });
  const attempt = block.attempts.at(0);
  if (attempt && (number === undefined || attempt.number === number)) return attempt.row;
  throw notFound(number === undefined ? noSyn(block) : noAttempt(block, number));
}

function noSyn({ notes }: ConnectionBlock): string {
  return ['No TCP SYN is in this trace: name a packet with --row or --filter.', ...notes].join('\n');
}

function noAttempt({ available, notes }: ConnectionBlock, number: number): string {
  return [`There is no connection attempt ${number}: the trace has ${countText(available)}.`, ...notes].join('\n');
}

function notFound(message: string): EngineError {
  return new EngineError({ name: 'NotFound', message });
}

/** The paths of the packets of which some message passes the filter, each once, up to the limit. */
async function tellFiltered(
  engine: EngineClient,
  { trace }: Pick<TraceInfo, 'trace'>,
  { limit }: PathChoice,
  { put, view }: PathOutput,
  form: Form,
): Promise<void> {
  const most = Number.isFinite(limit) ? limit : usualPaths;
  const { view: rows, rows: passing, available, notes } = await view();
  for (const note of notes) console.error(note);
  if (passing === 0) console.error(`The filter lets none of the ${countText(available)} events through.`);
  const shown = new Set<number>();
  let paths = 0;
  for (let from = 0; from < passing; from += rowsPerCall) {
    const block = await engine.call('rows', { view: rows, from, count: Math.min(rowsPerCall, passing - from) });
    for (const [index, { row }] of block.rows.entries()) {
      if (shown.has(row)) continue;
      const path = await engine.call('path', { trace, row });
      if (path === null) continue;
      if (paths === most) {
        console.error(
          `${countOf(paths, 'path')} shown; ${countText(passing - from - index)} of the ${countText(passing)} messages that pass the filter were not looked at. --limit N shows more.`,
        );
        return;
      }
      paths++;
      for (const hop of path.hops) shown.add(hop.row);
      if (!(await put(form.path(path)))) return;
    }
  }
  console.error(`${countText(passing)} messages pass the filter; they are of ${countOf(paths, 'packet')}.`);
}

interface Form {
  readonly path: (path: PacketPath) => string;
  readonly foot: () => string;
}

/** Paths with an empty line between them. */
function textForm(): Form {
  let paths = 0;
  return { path: (path) => `${paths++ === 0 ? '' : '\n\n'}${pathText(path)}`, foot: () => '' };
}

/** An array of paths. */
function jsonForm(): Form {
  let paths = 0;
  return {
    path: (path) => `${paths++ === 0 ? '[' : ','}\n${JSON.stringify(forOtherPrograms(path))}`,
    foot: () => (paths === 0 ? '[]\n' : '\n]\n'),
  };
}
