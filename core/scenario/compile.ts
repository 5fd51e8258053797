import { buildEtl, ticksPerSecondOf, type EtlRecord, type EtlSession, type EtlWriter } from '../etl/writer.ts';
import { Arguments } from './arguments.ts';
import type { ScenarioEvent, Statement } from './event-builder.ts';
import { readLayers, splitAtBars } from './frame-text.ts';
import { MetadataWriter } from './metadata.ts';
import { ndisEvents } from './ndis-events.ts';
import { given, type ScenarioOptions } from './options.ts';
import {
  classicEvents,
  instanceEvents,
  interfaceEvents,
  messageEvents,
  plainEvents,
  rawEvents,
  systemEvents,
  vmSwitchEvents,
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
);

const eventVerbs: Readonly<Record<string, (statement: Statement) => ScenarioEvent[]>> = {
  ndis: ndisEvents,
  vmswitch: vmSwitchEvents,
  pktmon: pktMonEvents,
  component: componentEvents,
  interface: interfaceEvents,
  event: plainEvents,
  classic: (statement) => classicEvents(statement, 'classic'),
  error: (statement) => classicEvents(statement, 'error'),
  instance: instanceEvents,
  system: (statement) => systemEvents(statement, 'system'),
  compact: (statement) => systemEvents(statement, 'compact'),
  perfinfo: (statement) => systemEvents(statement, 'perfinfo'),
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
    const known = [...Object.keys(eventVerbs), 'flush', 'lost', 'travel'].join(', ');
    throw new ScenarioError(`nothing is called "${verb.key ?? verb.text}" here; there are ${known}`, verb);
  }
  const origin = { timestamp, process, thread };
  const events = eventVerbs[verb.text]({ arguments: line, layers: readLayers(layers), origin, pointerSize });
  line.finish();
  return events.map((event) => ({ ...at, kind: 'event', event }));
}

type BufferStep = { kind: 'flush' } | { kind: 'lose events' } | { kind: 'lose buffers'; count: number };

/** `flush` writes the CPU's buffer out early; `lost events` and `lost buffers=2` mark it as Windows would. */
function bufferStepOf(verb: string, line: Arguments): BufferStep | undefined {
  if (verb !== 'flush' && verb !== 'lost') return undefined;
  const buffers = line.number('buffers');
  if (verb === 'lost' && buffers === undefined) line.expectWord('events');
  line.finish();
  if (verb === 'flush') return { kind: 'flush' };
  return buffers === undefined ? { kind: 'lose events' } : { kind: 'lose buffers', count: buffers };
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
  }
}

function recordsOf({ record, schema }: ScenarioEvent, metadata: MetadataWriter | undefined): EtlRecord[] {
  if (!metadata || !schema || record.kind !== 'event') return [record];
  return [...metadata.recordsBefore(record, schema), record];
}
