import type { ColumnName, Contract, TextFormatName } from '../contract.ts';
import { textFormats } from '../../export/text/text-formats.ts';
import { knownColumnPlan } from '../analysis/column-plan.ts';
import { textsOfRows } from '../analysis/column-reader.ts';
import { filterVocabulary } from '../filter-vocabulary.ts';
import { ColorRules } from '../filtering.ts';
import type { NoteDesk } from '../notes/note-desk.ts';
import { shownRows, type OpenTraces, type View } from '../open-traces.ts';
import { buildRow, type RowSource } from '../row-builder.ts';
import { formattedRows, inFileOrder } from '../text-rows.ts';
import type { TraceSources } from '../trace-sources.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';

const mostRowsPerCall = 1000;

/** Rows of a view, for the grid and as lines of text. */
export class RowReader {
  private readonly traces: OpenTraces;
  private readonly sources: TraceSources;
  private readonly notes: NoteDesk;
  private readonly colors = new WeakMap<OrderedTrace, ColorRules>();

  constructor(traces: OpenTraces, sources: TraceSources, notes: NoteDesk) {
    this.traces = traces;
    this.sources = sources;
    this.notes = notes;
  }

  rows({ view, from, count, colorRules = [], columns }: Contract['rows']['params']): Contract['rows']['result'] {
    return this.rowsOf(this.traces.view(view), from, Math.min(count, mostRowsPerCall), { colorRules, columns });
  }

  async text({ view: id, format, from, count }: Contract['text']['params']): Promise<Contract['text']['result']> {
    const view = this.traces.view(id);
    if (view.ordered?.complete) await view.session.names.gathered();
    return this.textOf(view, format, from, Math.min(count, mostRowsPerCall));
  }

  private rowsOf(
    view: View,
    from: number,
    count: number,
    { colorRules, columns }: { colorRules: readonly string[]; columns: readonly ColumnName[] | undefined },
  ): Contract['rows']['result'] {
    const { ordered, session } = view;
    if (!ordered || from >= view.rows.length) return { from, rows: [] };
    const length = Math.min(count, view.rows.length - from);
    const source = this.sources.rows(session, ordered);
    const numbers = shownRows(view).slice(from, from + length);
    const colors =
      colorRules.length === 0 ? noColors : this.colorRules(session, ordered, source).colors(colorRules, numbers);
    const noted = this.notes.notesOf(session, ordered.columns);
    const built = new Map(
      Array.from(inFileOrder(ordered.order, numbers), (row) => [
        row,
        { ...buildRow(source, row), colorRule: colors.get(row) ?? -1, ...noted?.(ordered.order[row]) },
      ]),
    );
    const texts = columns && this.columnTexts(session, ordered, columns, numbers);
    return {
      from,
      rows: Array.from(numbers, (number, place) => {
        const row = built.get(number);
        return row && texts ? { ...row, columns: texts[place] } : row;
      }).filter((row) => row !== undefined),
    };
  }

  /** Of each row the texts of columns; those that are not known are empty. */
  private columnTexts(
    session: TraceSession,
    ordered: OrderedTrace,
    names: readonly ColumnName[],
    rows: Uint32Array,
  ): string[][] {
    const vocabulary = filterVocabulary(session, ordered.columns);
    const source = this.sources.columns(session, ordered);
    const plans = names.map((name) => knownColumnPlan(name, vocabulary));
    return textsOfRows(plans, source, rows);
  }

  private colorRules(session: TraceSession, ordered: OrderedTrace, source: RowSource): ColorRules {
    const known = this.colors.get(ordered);
    if (known?.isFor(source)) return known;
    const rules = new ColorRules(source, () => filterVocabulary(session, ordered.columns));
    this.colors.set(ordered, rules);
    return rules;
  }

  private textOf(view: View, format: TextFormatName, from: number, count: number): Contract['text']['result'] {
    const { ordered, session } = view;
    const rows = shownRows(view);
    const { header, footer } = textFormats[format];
    const to = Math.min(from + count, rows.length);
    const lines =
      ordered && from < to ? formattedRows(this.sources.text(session, ordered), rows.slice(from, to), format) : '';
    return { text: `${from === 0 ? header : ''}${lines}${to >= rows.length ? footer : ''}` };
  }
}

const noColors: ReadonlyMap<number, number> = new Map();
