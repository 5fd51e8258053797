/** Putting the selected rows on the clipboard. */
import type { ColumnName } from '../../core/engine/contract.ts';
import { copyText } from '../app/clipboard.ts';
import type { TimeDisplay } from '../format/time.ts';
import { activeSession, type Session } from '../state/model.ts';
import { countSelected } from '../state/row-selection.ts';
import type { Workspace } from '../state/workspace.ts';
import { isGridColumn } from './column-title.ts';
import type { GridRow } from './grid-row.ts';
import { lengthColumn, rowsText, rowText, type CopyForm } from './row-text.ts';
import { copyStrings } from './strings.ts';
import { withBefore } from './with-before.ts';

/** Rows that are copied at most: a clipboard is no file. */
export const mostCopied = 100_000;

export interface CopyWish {
  readonly form: CopyForm;
  readonly columns: readonly ColumnName[];
  readonly time: TimeDisplay;
}

/** Copies the selected rows of the session on show; one alone goes without a heading. Says when it cannot be all of them. */
export async function copySelected(workspace: Workspace, { form, columns, time }: CopyWish): Promise<void> {
  const session: Session | undefined = activeSession(workspace.store.getState());
  if (!session?.selection) return;
  const selected = countSelected(session);
  const asked = form === 'summaries' ? [lengthColumn] : columns.filter((column) => !isGridColumn(column));
  const { signal } = new AbortController();
  const read = await workspace.readSelected(session.key, mostCopied, { columns: asked });
  const rows: GridRow[] = await withBefore(workspace, session.key, time.format, read, undefined, asked, signal);
  const shape = { columns, time, start: time.start };
  const text = form === 'text' && rows.length === 1 ? rowText(rows[0], shape) : rowsText(form, rows, shape);
  const copied = await copyText(text);
  if (!copied) workspace.tell(copyStrings.failed, copyStrings.refused);
  else if (rows.length < selected) workspace.tell(copyStrings.tooMany, copyStrings.cut(rows.length, selected));
}
