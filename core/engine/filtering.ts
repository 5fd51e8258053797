import type { TraceDiagnosis } from '../diagnosis/trace-diagnosis.ts';
import { bindFilter, type BoundFilter } from '../filter/bind.ts';
import { filterCompletions } from '../filter/completion.ts';
import { explainedPlan, explainedTree } from '../filter/explain.ts';
import { printFilter } from '../filter/language/print.ts';
import { seenValues } from '../filter/seen-values.ts';
import { emptyVocabulary, type FilterVocabulary } from '../filter/vocabulary.ts';
import { knownProviderNames } from '../provider/known-providers.ts';
import { FilterError } from '../filter/language/filter-error.ts';
import { parseFilter, readFilter } from '../filter/language/parser.ts';
import { wiresharkFilter } from '../filter/language/translation/wireshark-filter.ts';
import { namedConstant } from '../filter/named-constants.ts';
import { MessageEvaluation } from '../filter/message-evaluation.ts';
import { needsOf, type FilterPlan } from '../filter/plan.ts';
import { matchingRows, SegmentPlans } from '../filter/row-match.ts';
import { packetBases } from '../diagnosis/columns.ts';
import type { Completions, FilterCheck, FilterExplanation, FilterProblem } from './contract.ts';
import type { EventDecoder } from './event-decoder.ts';
import { filterVocabulary } from './filter-vocabulary.ts';
import { MessageSource } from './message-source.ts';
import { traceNames, type TraceNames } from './names/trace-names.ts';
import type { RowSource } from './row-builder.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import type { FilterWork } from './view-building.ts';
import type { TaskPool } from './worker-pool.ts';

/** The filter of a text on what has been read of a trace. Throws FilterError. */
export function boundFilter(session: TraceSession, ordered: OrderedTrace, text: string): BoundFilter {
  return bindFilter(parseFilter(text), filterVocabulary(session, ordered.columns));
}

/** What is wrong with a text, and what may not be what was meant; without an ordered trace, only the former. */
export function checkFilter(text: string, session?: TraceSession, ordered?: OrderedTrace): FilterCheck {
  const { ast, problems } = readFilter(text);
  if (problems.length > 0) return { problems: problems.map(problemOf), notes: [] };
  if (!session || !ordered) return { problems: [], notes: [] };
  try {
    return { problems: [], notes: [...bindFilter(ast, filterVocabulary(session, ordered.columns)).notes] };
  } catch (error) {
    if (error instanceof FilterError) return { problems: [problemOf(error)], notes: [] };
    throw error;
  }
}

function problemOf({ message, start, end, suggestion }: FilterError): FilterProblem {
  return { message, start, end, ...(suggestion !== undefined && { suggestion }) };
}

/** What may be written at a place of a text; without a trace, only what every trace has. */
export function completeFilter(
  text: string,
  position: number,
  session?: TraceSession,
  ordered?: OrderedTrace,
): Completions {
  if (!session || !ordered) return filterCompletions(text, position, emptyVocabulary, () => []);
  const { columns } = ordered;
  return filterCompletions(text, position, filterVocabulary(session, columns), (fields) =>
    seenValues(columns.segments, fields, mostSeenValues),
  );
}

const mostSeenValues = 50;

/** How a text is understood and carried out. Throws FilterError. */
export function explainFilter(text: string, session?: TraceSession, ordered?: OrderedTrace): FilterExplanation {
  const ast = parseFilter(text);
  const vocabulary = session && ordered ? filterVocabulary(session, ordered.columns) : knownNames;
  const { plan, notes } = bindFilter(ast, vocabulary);
  const tree = explainedTree(ast.expression);
  const wireshark = wiresharkFilter(ast, namedConstant);
  return { canonical: printFilter(ast), tree, plan: explainedPlan(plan), notes: [...notes], wireshark };
}

/** Without a trace, providers that are known stand for whatever there may be. */
const knownNames: FilterVocabulary = { ...emptyVocabulary, absentNames: knownProviderNames };

/** Lets the workers decode a trace's events, as long as they have not been told the same. */
export class Teaching {
  private readonly pool: TaskPool;
  private readonly told = new WeakMap<
    OrderedTrace,
    { decoder: EventDecoder; names: TraceNames; diagnosis: TraceDiagnosis | undefined }
  >();

  constructor(pool: TaskPool) {
    this.pool = pool;
  }

  teach(
    session: TraceSession,
    ordered: OrderedTrace,
    diagnosis: TraceDiagnosis | undefined,
    knowledge: () => DecodingKnowledge,
  ): void {
    const { decoder } = session.schemas;
    const names = traceNames(session, ordered.columns);
    const told = this.told.get(ordered);
    if (told?.decoder === decoder && told.names === names && told.diagnosis === diagnosis) return;
    this.pool.teach(ordered.id, knowledge());
    this.told.set(ordered, { decoder, names, diagnosis });
  }
}

/** A plan ready for the workers; they must have been taught where it decodes messages. */
export function filterWork(
  pool: TaskPool,
  ordered: OrderedTrace,
  plan: FilterPlan,
  diagnosis: TraceDiagnosis | undefined,
  signal: AbortSignal | undefined,
): FilterWork {
  const needs = needsOf(plan);
  return { pool, ordered, plan, needs, found: diagnosis?.data.found ?? null, signal };
}

/** Rules by which rows are colored, kept for one state of what is known of a trace. */
export class ColorRules {
  private readonly source: RowSource;
  private readonly vocabularyOf: () => ReturnType<typeof filterVocabulary>;
  private readonly evaluation = new MessageEvaluation();
  private readonly rules = new Map<string, { plan: FilterPlan; plans: SegmentPlans } | undefined>();

  constructor(source: RowSource, vocabularyOf: () => ReturnType<typeof filterVocabulary>) {
    this.source = source;
    this.vocabularyOf = vocabularyOf;
  }

  /** Whether the rules still hold for what is known now. */
  isFor({ decoder, diagnosis, switchNames }: RowSource): boolean {
    const { source } = this;
    return source.decoder === decoder && source.diagnosis === diagnosis && source.switchNames === switchNames;
  }

  /** The first of the rules that lets each row through, by row; rows that none does are left out. */
  colors(rules: readonly string[], rows: Uint32Array): Map<number, number> {
    const colors = new Map<number, number>();
    const { columns, order, diagnosis } = this.source;
    const found = diagnosis && { found: diagnosis.data.found, bases: packetBases(columns.segments) };
    const messages = new MessageSource(this.source, this.evaluation, true);
    let left = rows;
    rules.forEach((text, number) => {
      const rule = left.length > 0 ? this.rule(text) : undefined;
      if (!rule) return;
      const trace = { columns, order, diagnosis: found };
      for (const row of matchingRows(rule.plan, left, trace, messages, rule.plans)) colors.set(row, number);
      left = left.filter((row) => !colors.has(row));
    });
    return colors;
  }

  private rule(text: string): { plan: FilterPlan; plans: SegmentPlans } | undefined {
    if (!this.rules.has(text)) this.rules.set(text, this.bound(text));
    return this.rules.get(text);
  }

  /** A text that is no filter colors nothing: its author is told where the rules are written. */
  private bound(text: string): { plan: FilterPlan; plans: SegmentPlans } | undefined {
    try {
      const { plan } = bindFilter(parseFilter(text), this.vocabularyOf());
      return { plan, plans: new SegmentPlans(plan) };
    } catch (error) {
      if (error instanceof FilterError) return undefined;
      throw error;
    }
  }
}
