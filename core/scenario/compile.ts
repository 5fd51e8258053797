import { buildEtl, ticksPerSecondOf, type EtlRecord, type EtlSession, type EtlWriter } from '../etl/writer.ts';
import { Arguments } from './arguments.ts';
import type { ScenarioEvent, Statement } from './event-builder.ts';
import { readLayers, splitAtBars } from './frame-text.ts';
import { MetadataWriter } from './metadata.ts';
import { ndisEvents, rasEvents } from './ndis-events.ts';
import { given, type ScenarioOptions } from './options.ts';
import {
  classicEvents,
  instanceEvents,
  interfaceEvents,
  messageEvents,
  plainEvents,
  rawEvents,
  systemEvents,
  timedEvents,
  vmSwitchEvents,
  wnodeEvents,
} from './plain-events.ts';
import { componentEvents, pktMonEvents } from './pktmon-events.ts';
import { parseScenario, type Scenario, type ScenarioStatement } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';

/** An event that is logged, or something that happens to the CPU's buffer. */
export type ScenarioStep = { readonly processor: number; readonly timestamp: bigint } & (
  | { readonly kind: 'event'; readonly event: ScenarioEvent }
  | { readonly kind: 'flush' }
  | { readonly kind: 'lose events' }
  | { readonly kind: 'lose buffers'; readonly count: number }
  | { readonly kind: 'backup'; readonly isCorrupt: boolean }
  | { readonly kind: 'append' }
);

const eventVerbs: Readonly<Record<string, (statement: Statement) => ScenarioEvent[]>> = {
  ndis: ndisEvents,
  vmswitch: vmSwitchEvents,
  pktmon: pktMonEvents,
  ras: rasEvents,
  component: componentEvents,
  interface: interfaceEvents,
  event: plainEvents,
  classic: (statement) => classicEvents(statement, 'classic'),
  error: (statement) => classicEvents(statement, 'error'),
  instance: instanceEvents,
  system: (statement) => systemEvents(statement, 'system'),
  compact: (statement) => systemEvents(statement, 'compact'),
  perfinfo: (statement) => systemEvents(statement, 'perfinfo'),
  timed: timedEvents,
  wnode: wnodeEvents,
  message: messageEvents,
  raw: rawEvents,
};

/**
 * The ETL file that a scenario describes. `options` override the scenario's own `trace` line, so that one text can be
 * written in every variant of the container. Throws ScenarioError, which names line and column.
 */
export function compileScenario(text: string, options: ScenarioOptions = {}): Uint8Array {
  return writeScenario(parseScenario(text), options);
}

/** The ETL file of a scenario that was parsed before. */
export function writeScenario(scenario: Scenario, overrides: ScenarioOptions = {}): Uint8Array {
  const options = { ...scenario.options, ...given(overrides) };
  const { metadata, unsorted, ...session } = withProcessors(scenario, options);
  return buildEtl(session, (writer) => {
    const steps = scenarioSteps(scenario, writer.session);
    const ordered = unsorted === true ? steps : steps.toSorted(byTime);
    const metadataWriter = metadata === true ? new MetadataWriter() : undefined;
    for (const step of ordered) takeStep(writer, step, metadataWriter);
  });
}

/** Everything that happens in a scenario, in the order of its text, with the time stamps of the session's clock. */
export function scenarioSteps(
  scenario: Scenario,
  session: Required<Pick<EtlSession, 'startTick' | 'clock' | 'pointerSize'>>,
): ScenarioStep[] {
  const frequency = BigInt(ticksPerSecondOf(session.clock ?? { kind: 'system time' }));
  const startTick = session.startTick ?? 0n;
  return scenario.statements.flatMap((statement) => {
    const timestamp = startTick + (statement.time * frequency) / 1_000_000_000n;
    return stepsOf(statement, timestamp, session.pointerSize ?? 8);
  });
}

function byTime(one: ScenarioStep, other: ScenarioStep): number {
  return one.timestamp < other.timestamp ? -1 : Number(one.timestamp > other.timestamp);
}

/** A scenario that does not say how many CPUs there are has as many as it uses. */
function withProcessors(scenario: Scenario, options: ScenarioOptions): ScenarioOptions {
  const used = scenario.statements.reduce((most, { processor }) => Math.max(most, processor + 1), 1);
  return { processors: used, ...options };
}

function stepsOf(statement: ScenarioStatement, timestamp: bigint, pointerSize: 4 | 8): ScenarioStep[] {
  const { processor, process, thread, verb, tokens } = statement;
  const [head, ...layers] = splitAtBars(tokens);
  const line = new Arguments(verb, head);
  const at = { processor, timestamp };
  const bufferStep = bufferStepOf(verb.text, line);
  if (bufferStep) return [{ ...at, ...bufferStep }];
  if (verb.key !== undefined || !(verb.text in eventVerbs)) {
    const known = [...Object.keys(eventVerbs), ...bufferVerbs, 'travel'].join(', ');
    throw new ScenarioError(`nothing is called "${verb.key ?? verb.text}" here; there are ${known}`, verb);
  }
  const origin = { timestamp, process, thread };
  const events = eventVerbs[verb.text]({ arguments: line, layers: readLayers(layers), origin, pointerSize });
  line.finish();
  return events.map((event) => ({ ...at, kind: 'event', event }));
}

type StepWithoutPlace<Step = ScenarioStep> = Step extends unknown ? Omit<Step, 'processor' | 'timestamp'> : never;
type BufferStep = Exclude<StepWithoutPlace, { kind: 'event' }>;

const bufferVerbs = ['flush', 'lost', 'backup', 'append'] as const;

/**
 * What happens to the CPU's buffer: `flush` writes it out early; `lost events`, `lost buffers=2` and `backup` (`corrupt`)
 * mark it as Windows would. `append` ends all CPUs' buffers and numbers those of a later session from 1 again.
 */
function bufferStepOf(text: string, line: Arguments): BufferStep | undefined {
  const verb = bufferVerbs.find((known) => known === text);
  if (verb === undefined) return undefined;
  const step = readBufferStep(verb, line);
  line.finish();
  return step;
}

function readBufferStep(verb: (typeof bufferVerbs)[number], line: Arguments): BufferStep {
  if (verb === 'flush' || verb === 'append') return { kind: verb };
  if (verb === 'backup') return { kind: 'backup', isCorrupt: line.flag('corrupt') };
  const buffers = line.number('buffers');
  if (buffers !== undefined) return { kind: 'lose buffers', count: buffers };
  line.expectWord('events');
  return { kind: 'lose events' };
}

function takeStep(writer: EtlWriter, step: ScenarioStep, metadata: MetadataWriter | undefined): void {
  switch (step.kind) {
    case 'event':
      for (const record of recordsOf(step.event, metadata)) writer.append(step.processor, record);
      break;
    case 'flush':
      writer.flush(step.processor);
      break;
    case 'lose events':
      writer.loseEvents(step.processor);
      break;
    case 'lose buffers':
      writer.loseBuffers(step.processor, step.count);
      break;
    case 'backup':
      writer.markBackup(step.processor, step.isCorrupt);
      break;
    case 'append':
      writer.startAppending();
      break;
  }
}

function recordsOf({ record, schema }: ScenarioEvent, metadata: MetadataWriter | undefined): EtlRecord[] {
  if (!metadata || !schema || record.kind !== 'event') return [record];
  return [...metadata.recordsBefore(record, schema), record];
}
