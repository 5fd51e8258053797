import { isOpenChoice, type PacketChoice } from '../../diagnosis/choice.ts';
import type { TraceDiagnosis } from '../../diagnosis/trace-diagnosis.ts';
import type { BoundFilter } from '../../filter/bind.ts';
import { addRow, hasRow } from '../../filter/bitset.ts';
import { parseFilter } from '../../filter/language/parser.ts';
import { ViewRows } from '../../trace/view-rows.ts';
import type { Contract, FoundRow, ViewInfo } from '../contract.ts';
import { boundFilter } from '../filtering.ts';
import type { NoteDesk } from '../notes/note-desk.ts';
import { shownRows, type OpenTraces } from '../open-traces.ts';
import { untilAborted } from '../shared-runs.ts';
import type { TraceSources } from '../trace-sources.ts';
import type { OrderedTrace, TraceSession } from '../trace-session.ts';
import { findInView, matchingRows, ViewBuilding, type FilterWork } from '../view-building.ts';
import type { CallOptions } from './call.ts';

/** Segments that one task takes: small enough for cancelling, large enough to be worth a message. */
const segmentsPerChoice = 4;

/** Makes views of filters and choices, and looks for rows in them. */
export class ViewMaker {
  private readonly traces: OpenTraces;
  private readonly sources: TraceSources;
  private readonly notes: NoteDesk;

  constructor(traces: OpenTraces, sources: TraceSources, notes: NoteDesk) {
    this.traces = traces;
    this.sources = sources;
    this.notes = notes;
  }

  async make(
    { trace, filter, choice = {} }: Contract['view']['params'],
    { onProgress, signal }: CallOptions<'view'>,
  ): Promise<ViewInfo> {
    const session = this.traces.session(trace);
    const text = filter.trim();
    // A text that is no filter is refused before anybody waits for the trace.
    if (text !== '') parseFilter(text);
    const { marked = false, ...packets } = choice;
    const chosen = isOpenChoice(packets) ? undefined : packets;
    const ready = await this.boundOn(session, text, chosen !== undefined || marked, signal);
    if (!ready) return this.traces.addView(session, undefined, new ViewRows([], 0), text, []);
    const { ordered, bound } = ready;
    return this.traces.whileInUse(ordered, async () => {
      const needsDiagnosis = bound.needsDiagnosis || chosen !== undefined;
      const diagnosis = needsDiagnosis ? await this.sources.diagnose(session, ordered, { signal }) : undefined;
      if (text === '' && !chosen && !marked)
        return this.traces.addView(session, ordered, new ViewRows([], ordered.columns.events), text, []);
      const work = this.sources.filterWork(session, ordered, bound.plan, diagnosis, signal);
      if (marked) return this.markedView(session, work, { text, notes: [...bound.notes], chosen, diagnosis });
      return this.fillView(
        session,
        work,
        { text, notes: [...bound.notes], onProgress },
        chosen && diagnosis && ((bits) => this.choose(ordered, chosen, diagnosis, bits, signal)),
      );
    });
  }

  async find(
    { view: id, filter, from, direction }: Contract['find']['params'],
    signal: AbortSignal | undefined,
  ): Promise<FoundRow | null> {
    const view = this.traces.view(id);
    const { session, ordered } = view;
    const rows = shownRows(view);
    if (!ordered || rows.length === 0) return null;
    const bound = boundFilter(session, ordered, searchFilter(filter));
    return this.traces.whileInUse(ordered, async () => {
      const diagnosis = bound.needsDiagnosis ? await this.sources.diagnose(session, ordered, { signal }) : undefined;
      const work = this.sources.filterWork(session, ordered, bound.plan, diagnosis, signal);
      const start = Math.min(from, direction === 'forward' ? rows.length : rows.length - 1);
      const ahead = direction === 'forward' ? { from: start, to: rows.length } : { from: 0, to: start + 1 };
      const behind = direction === 'forward' ? { from: 0, to: start } : { from: start + 1, to: rows.length };
      const near = await findInView(work, rows, { ...ahead, direction });
      if (near >= 0) return { position: near, row: rows.rowAt(near), wrapped: false };
      const far = await findInView(work, rows, { ...behind, direction });
      return far < 0 ? null : { position: far, row: rows.rowAt(far), wrapped: true };
    });
  }

  /** Few rows are marked: they alone are looked at, instead of the whole trace. */
  private async markedView(
    session: TraceSession,
    work: FilterWork,
    {
      text,
      notes,
      chosen,
      diagnosis,
    }: { text: string; notes: string[]; chosen: PacketChoice | undefined; diagnosis: TraceDiagnosis | undefined },
  ): Promise<ViewInfo> {
    const { ordered, signal } = work;
    const marked = this.notes.markedRows(session, ordered);
    const wanted = chosen && diagnosis ? await this.chosenOf(ordered, marked, chosen, diagnosis, signal) : marked;
    const rows = text === '' ? wanted : await matchingRows(work, wanted);
    return this.traces.addView(session, ordered, new ViewRows(rows.length === 0 ? [] : [rows]), text, notes);
  }

  /** Those of some rows that a choice keeps. */
  private async chosenOf(
    ordered: OrderedTrace,
    rows: Uint32Array,
    choice: PacketChoice,
    diagnosis: TraceDiagnosis,
    signal: AbortSignal | undefined,
  ): Promise<Uint32Array> {
    const bits = new Uint32Array(new SharedArrayBuffer(ordered.columns.span / 8));
    for (const row of rows) addRow(bits, ordered.order[row]);
    await this.choose(ordered, choice, diagnosis, bits, signal);
    return rows.filter((row) => hasRow(bits, ordered.order[row]));
  }

  /** The filter on what has been read; on the whole trace where it, or somebody else, wants that. Undefined: nothing yet. */
  private async boundOn(
    session: TraceSession,
    text: string,
    wantsWhole: boolean,
    signal: AbortSignal | undefined,
  ): Promise<{ ordered: OrderedTrace; bound: BoundFilter } | undefined> {
    const ordered = await (wantsWhole ? untilAborted(session.orderedWhole(), signal) : session.ordered());
    if (!ordered) return undefined;
    if (ordered.complete && text !== '') await untilAborted(session.names.gathered(), signal);
    const bound = boundFilter(session, ordered, text);
    if (ordered.complete || !bound.needsDiagnosis) return { ordered, bound };
    return this.boundOn(session, text, true, signal);
  }

  /** A view that can be used, and grows, while the workers fill it. When that fails or is given up, it is gone. */
  private async fillView(
    session: TraceSession,
    work: FilterWork,
    { text, notes, onProgress }: { text: string; notes: string[]; onProgress: CallOptions<'view'>['onProgress'] },
    keep: ((bits: Uint32Array) => Promise<void>) | undefined,
  ): Promise<ViewInfo> {
    const { ordered } = work;
    const total = ordered.columns.events;
    let info = this.traces.addView(session, ordered, new ViewRows([], 0), text, notes);
    let scanned = 0;
    const pieces: Uint32Array[] = [];
    const tell = (): void => {
      onProgress?.({ scanned, total, view: info.rows > 0 ? info.view : 0, rows: info.rows });
    };
    const building = new ViewBuilding(
      work,
      (rows) => {
        pieces.push(rows);
        const grown = new ViewRows([...pieces]);
        this.traces.growView(info.view, { session, ordered, rows: grown, filter: text });
        info = { ...info, rows: grown.length };
        tell();
      },
      (events) => {
        scanned = events;
        tell();
      },
    );
    try {
      await building.build(keep);
      return info;
    } catch (error) {
      this.traces.closeView(info.view);
      throw error;
    }
  }

  private async choose(
    { columns, id: generation }: OrderedTrace,
    choice: PacketChoice,
    { data: { found } }: TraceDiagnosis,
    bits: Uint32Array,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await Promise.all(
      portions(columns.segments.length, segmentsPerChoice).map(async ({ from, to }) =>
        this.traces.pool.run('choose', { generation, choice, found, from, to, bits }, { signal, urgent: true }),
      ),
    );
  }
}

/** What the find bar takes: a filter, or one quoted text, which is looked for in what is shown and in the bytes. */
function searchFilter(text: string): string {
  const { expression } = parseFilter(text);
  const isText = expression?.kind === 'literal' && expression.value.type === 'text';
  return isText ? `*Summary contains ${text} or contains ${text}` : text;
}

function portions(total: number, size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, index) => ({
    from: index * size,
    to: Math.min((index + 1) * size, total),
  }));
}
