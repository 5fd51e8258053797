import type {
  ConnectionAttempt,
  ConnectionBlock,
  ConnectionQuery,
  EngineClient,
  TraceInfo,
} from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import type { Arguments } from './arguments.ts';
import { withTrace } from './open-trace.ts';
import { write } from './output.ts';
import { countOf, countText, durationText, forOtherPrograms, tableLines, timeOfDay, type Column } from './words.ts';

const attemptsPerCall = 1000;

/** `connections`: every attempt to reach a server, and what became of it. */
export async function connectionsCommand(given: Arguments): Promise<void> {
  await withTrace(given, (engine, info) => tellConnections(engine, info, given, write));
}

export type ConnectionChoice = Pick<Arguments, 'query' | 'filter' | 'limit' | 'json'>;

/** Hands the attempts to `put`, a block at a time, until it says that nobody reads any more. */
export async function tellConnections(
  engine: EngineClient,
  { trace }: Pick<TraceInfo, 'trace'>,
  { query, filter, limit, json }: ConnectionChoice,
  put: (text: string) => Promise<boolean>,
): Promise<void> {
  const asked: ConnectionQuery = { ...query, ...(filter === '' ? {} : { filter }) };
  const block = async (from: number): Promise<ConnectionBlock> =>
    engine.call('connections', { trace, query: asked, from, count: Math.min(attemptsPerCall, limit - from) });
  const first = await block(0);
  if (!json) for (const note of first.notes) console.error(note);
  const end = Math.min(first.total, limit);
  const form = json ? jsonForm : textForm;
  if (!(await put(form.head(first)))) return;
  for (let from = 0; from < end;) {
    const { attempts } = from === 0 ? first : await block(from);
    if (attempts.length === 0) break;
    if (!(await put(form.block(attempts, from)))) return;
    from += attempts.length;
  }
  await put(form.foot);
}

interface Form {
  readonly head: (first: ConnectionBlock) => string;
  readonly block: (attempts: readonly ConnectionAttempt[], from: number) => string;
  readonly foot: string;
}

const jsonForm: Form = {
  head: ({ total, available, verdicts, notes }) =>
    `${JSON.stringify({ total, available, verdicts, notes }).slice(0, -1)},"attempts":[`,
  block: (attempts, from) =>
    attempts
      .map((attempt, index) => `${from + index === 0 ? '' : ','}\n${JSON.stringify(forOtherPrograms(attempt))}`)
      .join(''),
  foot: '\n]}\n',
};

const textForm: Form = {
  head: (first) => `${oneLine(summary(first))}\n`,
  block: (attempts, from) => {
    const lines = tableLines(columns, attempts.map(cells));
    return lines
      .slice(from === 0 ? 0 : 1)
      .map((line) => `${oneLine(line)}\n`)
      .join('');
  },
  foot: '',
};

function summary({ total, available, verdicts }: ConnectionBlock): string {
  const counts = verdicts
    .filter(({ attempts }) => attempts > 0)
    .map(({ kind, attempts }) => `${countText(attempts)} ${kind}`);
  const all = countOf(available, 'connection attempt');
  const shown = total === available ? all : `${countText(total)} of ${all}`;
  return counts.length === 0 ? shown : `${shown} (in all: ${counts.join(', ')})`;
}

const columns: readonly Column[] = [
  { heading: '#', isRight: true },
  { heading: 'message', isRight: true },
  { heading: 'time (UTC)' },
  { heading: 'protocol' },
  { heading: 'client' },
  { heading: 'server' },
  { heading: 'verdict' },
  { heading: 'SYNs', isRight: true },
  { heading: 'hops', isRight: true },
  { heading: 'first', isRight: true },
  { heading: 'total', isRight: true },
  { heading: 'round trip', isRight: true },
  { heading: 'what became of it' },
  { heading: 'way' },
];

function cells(attempt: ConnectionAttempt): string[] {
  return [
    String(attempt.number),
    String(attempt.row + 1),
    timeOfDay(attempt),
    attempt.protocol,
    endText(attempt.client, attempt.clientPort),
    endText(attempt.server, attempt.serverPort),
    attempt.verdict,
    String(attempt.retransmissions + 1),
    String(attempt.hops),
    durationText(attempt.firstLatency),
    durationText(attempt.totalLatency),
    attempt.roundTrip === null ? '' : durationText(attempt.roundTrip),
    attempt.verdictText,
    `${attempt.strip.map(({ name, isDrop }) => (isDrop ? `✗ ${name}` : name)).join(' > ')}${attempt.isInferred ? ' (partly inferred)' : ''}`,
  ];
}

/** `10.0.0.50:52891`, `[fe80::1]:80`; an address alone where there are no ports. */
function endText(address: string, port: number): string {
  if (port === 0) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
