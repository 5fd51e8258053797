/** The columns of the connection attempts, sorted by the engine. */
import type { ColDef, SuppressKeyboardEventParams, ValueFormatterParams } from 'ag-grid-community';
import { attemptOrders, type AttemptOrder } from '../../core/engine/contract-paths.ts';
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { commandOf } from '../commands/keys.ts';
import { formatZone } from '../format/time.ts';
import type { ConnectionSort } from '../state/model.ts';
import { connectionsStrings } from '../strings.ts';
import { cellText, type ColumnName, type TimeDisplay } from './attempt-text.ts';
import { PathStrip } from './PathStrip.tsx';
import { VerdictCell } from './VerdictCell.tsx';

/** `sort`: the order in which attempts are on show at first. */
export function columnDefinitions(time: TimeDisplay, sort: ConnectionSort): ColDef<ConnectionAttempt>[] {
  const names = connectionsStrings.columns;
  const define = (column: ColumnName, definition: ColDef<ConnectionAttempt>): ColDef<ConnectionAttempt> => ({
    colId: column,
    sortable: orderOf(column) !== undefined,
    ...(sort.by === column && { initialSort: sort.descending ? 'desc' : 'asc' }),
    valueFormatter: ({ data }: ValueFormatterParams<ConnectionAttempt>) => (data ? cellText(column, data, time) : ''),
    ...definition,
  });
  const number = { cellClass: 'cell-number', headerClass: 'header-number' };
  return [
    define('time', {
      headerName: names.time(formatZone(time.offsetMinutes)),
      headerTooltip: names.timeHint,
      width: time.withDate ? 212 : 132,
      cellClass: 'cell-code',
    }),
    define('client', { headerName: names.client, headerTooltip: names.clientHint, width: 146, cellClass: 'cell-code' }),
    define('server', { headerName: names.server, width: 110, cellClass: 'cell-code' }),
    define('port', { headerName: names.port, width: 56, ...number }),
    define('path', {
      headerName: names.path,
      headerTooltip: names.pathHint,
      width: 150,
      cellClass: 'cell-strip',
      cellRenderer: PathStrip,
    }),
    define('verdict', { headerName: names.verdict, width: 120, cellRenderer: VerdictCell }),
    define('verdictText', { headerName: names.verdictText, flex: 1, minWidth: 130 }),
    define('hops', { headerName: names.hops, headerTooltip: names.hopsHint, width: 56, ...number }),
    define('firstLatency', {
      headerName: names.firstLatency,
      headerTooltip: names.firstLatencyHint,
      width: 64,
      ...number,
    }),
    define('totalLatency', {
      headerName: names.totalLatency,
      headerTooltip: names.totalLatencyHint,
      width: 64,
      ...number,
    }),
    define('roundTrip', { headerName: names.roundTrip, headerTooltip: names.roundTripHint, width: 78, ...number }),
    define('retransmissions', {
      headerName: names.retransmissions,
      headerTooltip: names.retransmissionsHint,
      width: 68,
      ...number,
    }),
  ];
}

/** The order that a column's heading asks for; undefined where the engine has none. */
export function orderOf(column: string): AttemptOrder | undefined {
  return attemptOrders.find((order) => order === column);
}

/** The order that AG Grid asks for; by time when it asks for none. */
export function sortOf(model: readonly { colId: string; sort: string }[]): ConnectionSort {
  const first = model.at(0);
  const by = first && orderOf(first.colId);
  return by === undefined ? { by: 'time', descending: false } : { by, descending: first?.sort === 'desc' };
}

/** The window's shortcuts work in the grid too; Space and Enter are the page's own. */
export function isForThePage({ event }: SuppressKeyboardEventParams<ConnectionAttempt>): boolean {
  return event.key === ' ' || event.key === 'Enter' || commandOf(event) !== undefined;
}
