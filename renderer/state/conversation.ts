/** From a message to the next one of its conversation, and from a hop of a packet to the next. */
import type { Row } from '../../core/engine/contract.ts';
import { callEngine, type Context } from './context.ts';
import { activeSession, pathOf } from './model.ts';
import { selectExactRow, selectPosition } from './navigate.ts';

export type Direction = 'forward' | 'backward';

/** Columns that tell a message's conversation; see conversationFilter. */
export const conversationColumns = ['TCP.SourcePort', 'TCP.DestinationPort', 'UDP.SourcePort', 'UDP.DestinationPort'];

/**
 * A filter that lets through both directions of the conversation of a row that was asked with `conversationColumns`: by
 * addresses, and by ports where it has some. Undefined for a row without addresses.
 */
export function conversationFilter({ source, destination, columns = [] }: Row): string | undefined {
  if (!isIp(source) || !isIp(destination)) return undefined;
  const addresses = sameEnds('*Address', source, destination);
  const [tcpSource = '', tcpDestination = '', udpSource = '', udpDestination = ''] = columns.map(portOf);
  const tcp = sameEnds('TCP.Port', tcpSource, tcpDestination);
  const udp = sameEnds('UDP.Port', udpSource, udpDestination);
  if (tcpSource !== '' && tcpDestination !== '') return `${addresses} and ${tcp}`;
  if (udpSource !== '' && udpDestination !== '') return `${addresses} and ${udp}`;
  return addresses;
}

/** Lets through what has both values, one at either end. */
export function sameEnds(field: string, one: string, other: string): string {
  return `${field} == ${one} and ${field} == ${other}`;
}

function isIp(text: string): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) || /^[\da-f]*:[\da-f:.]+$/i.test(text);
}

/** The number of a port's text: `52891`, `HTTP(80)`. */
function portOf(text: string): string {
  return /\((\d+)\)$/.exec(text)?.[1] ?? /^\d+$/.exec(text)?.[0] ?? '';
}

/** Selects the next message of the selected one's conversation on show; at the end it goes on at the other one. */
export async function goInConversation(context: Context, direction: Direction): Promise<void> {
  const session = activeSession(context.store.getState());
  const { view, selection } = session ?? {};
  if (!view || !selection) return;
  const block = await callEngine(context, 'rows', {
    view: view.view,
    from: selection.position,
    count: 1,
    columns: conversationColumns,
  });
  const row = block.rows.at(0);
  const filter = row && conversationFilter(row);
  if (filter === undefined) return;
  const step = direction === 'forward' ? 1 : -1;
  const from = (selection.position + step + view.rows) % view.rows;
  const found = await callEngine(context, 'find', { view: view.view, filter, from, direction });
  if (found && activeSession(context.store.getState())?.view === view) await selectPosition(context, found.position);
}

/** Selects the hop before or behind the selected one on the way of its packet. */
export async function goAlongPath(context: Context, direction: Direction): Promise<void> {
  const session = activeSession(context.store.getState());
  const row = session?.selection?.row;
  if (session?.trace === undefined || row === undefined) return;
  const shown = pathOf(session.path.lookup);
  const path = shown?.hops.some((hop) => hop.row === row)
    ? shown
    : await callEngine(context, 'path', { trace: session.trace, row });
  const hops = path?.hops.map((hop) => hop.row) ?? [];
  const next = hops.at(hops.indexOf(row) + (direction === 'forward' ? 1 : -1));
  const isAtEnd = direction === 'forward' ? hops.at(-1) === row : hops.at(0) === row;
  if (next !== undefined && !isAtEnd) await selectExactRow(context, next);
}
