/** Reading the rows that a session shows. */
import type { ColumnName, Row } from '../../core/engine/contract.ts';
import { failureStrings } from '../strings.ts';
import { colorRulesStore } from './color-rules.ts';
import { addNotice, callEngine, contractError, type Context } from './context.ts';
import { sessionOf, type SessionKey } from './model.ts';

export interface RowsWanted {
  /** Field columns, told in Row.columns. */
  columns?: readonly ColumnName[];
  /** Gives the call up: nobody is told then. */
  signal?: AbortSignal;
}

/** Reads from the session's view; when that is replaced meanwhile, from the one that took its place. */
export async function readRows(
  context: Context,
  key: SessionKey,
  from: number,
  count: number,
  { columns = [], signal }: RowsWanted = {},
): Promise<Row[]> {
  for (;;) {
    const view = sessionOf(context.store.getState(), key)?.view;
    if (!view) return [];
    try {
      const colorRules = colorRulesStore.getState().active.map(({ filter }) => filter);
      const told = {
        ...(colorRules.length > 0 && { colorRules }),
        ...(columns.length > 0 && { columns: [...columns] }),
      };
      const params = { view: view.view, from, count, ...told };
      return (await callEngine(context, 'rows', params, { ...(signal && { signal }) })).rows;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      if (sessionOf(context.store.getState(), key)?.view?.view !== view.view) continue;
      if (contractError(error).name !== 'Disconnected') addNotice(context, failureStrings.noticeHeadings.rows, error);
      throw error;
    }
  }
}
