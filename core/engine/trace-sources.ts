import type { TraceDiagnosis } from '../diagnosis/trace-diagnosis.ts';
import { MessageEvaluation } from '../filter/message-evaluation.ts';
import type { FilterPlan } from '../filter/plan.ts';
import type { ColumnSource } from './analysis/column-reader.ts';
import { componentNames } from './component-names.ts';
import type { DiagnosisProgress } from './contract.ts';
import type { DetailSource } from './detail-builder.ts';
import type { TextSource } from './event-text.ts';
import { filterWork, Teaching } from './filtering.ts';
import { MessageSource } from './message-source.ts';
import { traceNames } from './names/trace-names.ts';
import type { OpenTraces } from './open-traces.ts';
import type { RunOptions } from './shared-runs.ts';
import { TraceDiagnoses } from './trace-diagnoses.ts';
import type { DecodingKnowledge } from './trace-schemas.ts';
import type { OrderedTrace, TraceSession } from './trace-session.ts';
import type { FilterWork } from './view-building.ts';

/** What rows, texts, columns and filters of a trace are made of: its events, with all that is known of them by now. */
export class TraceSources {
  private readonly traces: OpenTraces;
  private readonly diagnoses: TraceDiagnoses;
  private readonly teaching: Teaching;
  private readonly evaluation = new MessageEvaluation();

  constructor(traces: OpenTraces) {
    this.traces = traces;
    this.diagnoses = new TraceDiagnoses(traces.pool);
    this.teaching = new Teaching(traces.pool);
  }

  rows(session: TraceSession, ordered: OrderedTrace): DetailSource {
    const { columns, order } = ordered;
    const { reader, schemas } = session;
    const names = traceNames(session, columns);
    const diagnosis = this.diagnoses.known(ordered);
    return { columns, order, reader, decoder: schemas.decoder, diagnosis, switchNames: names.switchNames, names };
  }

  text(session: TraceSession, ordered: OrderedTrace): TextSource {
    return { ...this.rows(session, ordered), componentNames: componentNames(session, ordered.columns).names };
  }

  columns(session: TraceSession, ordered: OrderedTrace): ColumnSource {
    const source = this.text(session, ordered);
    return { ...source, messages: new MessageSource(source, this.evaluation, true) };
  }

  knowledge(session: TraceSession, ordered: OrderedTrace): DecodingKnowledge {
    const { names } = componentNames(session, ordered.columns);
    return {
      ...session.schemas.knowledge(ordered.columns.segments),
      componentNames: names,
      switchNames: traceNames(session, ordered.columns).switchNames,
      diagnosis: this.diagnoses.known(ordered)?.data,
    };
  }

  diagnose(
    session: TraceSession,
    ordered: OrderedTrace,
    options: RunOptions<DiagnosisProgress>,
  ): Promise<TraceDiagnosis> {
    return this.traces.whileInUse(ordered, () => this.diagnoses.of(session, ordered, options));
  }

  /** Undefined while nobody has asked for it. */
  knownDiagnosis(ordered: OrderedTrace): TraceDiagnosis | undefined {
    return this.diagnoses.known(ordered);
  }

  /** Tells the workers what they need to decode events. */
  teach(session: TraceSession, ordered: OrderedTrace): void {
    this.teaching.teach(session, ordered, this.diagnoses.known(ordered), () => this.knowledge(session, ordered));
  }

  /** Teaches the workers what the plan takes. */
  filterWork(
    session: TraceSession,
    ordered: OrderedTrace,
    plan: FilterPlan,
    diagnosis: TraceDiagnosis | undefined,
    signal: AbortSignal | undefined,
  ): FilterWork {
    const work = filterWork(this.traces.pool, ordered, plan, diagnosis, signal);
    if (work.needs.messages === 'decode') this.teach(session, ordered);
    return work;
  }
}
