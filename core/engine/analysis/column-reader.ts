import { packetBases } from '../../diagnosis/columns.ts';
import { fieldsAt } from '../../filter/message-evaluation.ts';
import type { Message } from '../../filter/message.ts';
import { matchingRows } from '../../filter/row-match.ts';
import type { LayerValue } from '../../packet/layer.ts';
import type { TextSource } from '../event-text.ts';
import type { MessageSource } from '../message-source.ts';
import { CellBook, unread, type CellContent, type SegmentCells } from './cell-book.ts';
import type { ColumnPlan, FieldColumnPlan } from './column-plan.ts';
import { fieldCells } from './field-cells.ts';
import { numberText, ownCells, ownMessageCell, type OwnCellsSource } from './own-cells.ts';
import { orderKey } from './value-order.ts';

/** What columns are read from. */
export interface ColumnSource extends TextSource {
  readonly messages: MessageSource;
}

export interface ReadingOptions {
  /**
   * Rows that carry a later fragment of a packet have the packet's addresses and sighting, as filters see them; else none,
   * as in the grid. What is not in the grid, filters and columns see alike.
   */
  readonly asFiltered?: boolean;
  /** Fields are read from messages alone: of a few rows that is less work than asking whole segments which of them to read. */
  readonly decodesAll?: boolean;
}

/**
 * Reads one column of some rows: from the segments' columns where they tell it, from the decoded message else. One mechanism
 * for what the grid shows, for sorting and for grouping.
 */
export class ColumnReader {
  readonly plan: ColumnPlan;
  readonly book = new CellBook();
  private readonly source: ColumnSource;
  private readonly options: ReadingOptions;
  private readonly segments = new Map<number, SegmentCells>();
  /** Cells that are learnt from one message and hold for all that are alike, by a key of the column's own. */
  private readonly learnt = new Map<number, Map<number, CellContent>>();

  constructor(plan: ColumnPlan, source: ColumnSource, options: ReadingOptions = {}) {
    this.plan = plan;
    this.source = source;
    this.options = options;
  }

  /** Calls `take` once for each of the rows, by its place among them, in any order. */
  read(rows: Uint32Array, take: (place: number, content: CellContent) => void): void {
    const { columns, order } = this.source;
    const { bases } = columns;
    const isOpen = this.openRows(rows);
    const open: number[] = [];
    let cells: SegmentCells | undefined;
    let base = 0;
    let end = 0;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place];
      if (isOpen(row)) {
        open.push(place);
        continue;
      }
      const event = order[row];
      if (cells === undefined || event < base || event >= end) {
        const number = columns.segmentOf(event);
        base = bases[number];
        end = base + columns.segments[number].events.length;
        cells = this.cellsOf(number);
      }
      const content = cells(event - base, row);
      if (content === unread) open.push(place);
      else take(place, content);
    }
    // By place in the file: neighbours in time lie in as many buffers as there are processors.
    open.sort((a, b) => order[rows[a]] - order[rows[b]]);
    for (const place of open) take(place, this.readMessage(order[rows[place]]));
  }

  /** What a message has in the column. */
  readMessage(event: number): CellContent {
    const { plan, book, source } = this;
    const message = source.messages.read(event);
    if (plan.kind === 'own') return ownMessageCell(plan.name, source, event, message, book);
    return fieldCell(plan, message, book);
  }

  /** The text of what a row has in the column; empty where it has nothing. */
  textOf(content: CellContent, row: number): string {
    if (content === undefined) return '';
    if (typeof content !== 'number') return content.text;
    if (this.plan.kind === 'own') return numberText(this.plan.name, content, this.source);
    const cell = fieldCell({ ...this.plan, columns: [] }, this.source.messages.read(this.source.order[row]), this.book);
    return typeof cell === 'object' ? cell.text : String(content);
  }

  private cellsOf(number: number): SegmentCells {
    let cells = this.segments.get(number);
    if (!cells) {
      cells = this.makeCells(number);
      this.segments.set(number, cells);
    }
    return cells;
  }

  private makeCells(number: number): SegmentCells {
    const { plan, book, source } = this;
    if (plan.kind === 'field') return fieldCells(plan.columns, source.columns.segments[number], book);
    const own: OwnCellsSource = {
      ...source,
      number,
      book,
      asFiltered: this.options.asFiltered ?? false,
      learn: (group, key, event) => this.learn(group, key, event),
    };
    return ownCells(plan.name, own);
  }

  private learn(group: number, key: number, event: number): CellContent {
    let known = this.learnt.get(group);
    if (!known) {
      known = new Map();
      this.learnt.set(group, known);
    }
    let content = known.get(key);
    if (content === undefined && !known.has(key)) {
      content = this.readMessage(event);
      known.set(key, content);
    }
    return content;
  }

  /** Tells, of rows asked in their order, those whose messages have to be read whatever the columns hold. */
  private openRows(rows: Uint32Array): (row: number) => boolean {
    const { plan, source } = this;
    if (plan.kind === 'own') return () => false;
    if (this.options.decodesAll === true) return () => true;
    const { read } = plan;
    if (read.kind === 'constant') return () => read.value;
    const { columns, order, messages, diagnosis } = source;
    const found = diagnosis?.data.found;
    const trace = { columns, order, diagnosis: found && { found, bases: packetBases(columns.segments) } };
    const open = matchingRows(read, rows, trace, messages);
    let next = 0;
    return (row) => {
      if (next >= open.length || open[next] !== row) return false;
      next++;
      return true;
    };
  }
}

function fieldCell(plan: FieldColumnPlan, message: Message, book: CellBook): CellContent {
  const texts = new Set<string>();
  const values: LayerValue[] = [];
  for (const { value, more, text } of fieldsAt(plan.reference, message)) {
    if (value === undefined && text === '') continue;
    texts.add(text);
    values.push(value ?? text, ...(more ?? []));
  }
  const text = [...texts].join(', ');
  if (text === '') return undefined;
  const [first] = values;
  // Two paths may lead to one thing, and two layers may have the same value: they are told once.
  const keys = values.length > 1 ? [...new Set(values.map(orderKey))] : [];
  // Columns hold numbers of one value alone; their texts follow from the numbers.
  if (plan.columns.length > 0 && keys.length <= 1 && typeof first === 'number') return first;
  return book.of(text, first, keys.length > 1 ? keys : undefined);
}

/** The texts of columns in some rows, by row; empty where a plan is missing. Each message is decoded once. */
export function textsOfRows(
  plans: readonly (ColumnPlan | undefined)[],
  source: ColumnSource,
  rows: Uint32Array,
): string[][] {
  const texts = Array.from(rows, () => plans.map(() => ''));
  plans.forEach((plan, column) => {
    if (!plan) return;
    const reader = new ColumnReader(plan, source, { decodesAll: true });
    reader.read(rows, (place, content) => {
      texts[place][column] = reader.textOf(content, rows[place]);
    });
  });
  return texts;
}
