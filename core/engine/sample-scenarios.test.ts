import { describe, expect, it } from 'vitest';
import { parseScenario } from '../scenario/scenario.ts';
import { scenarioSteps } from '../scenario/compile.ts';
import { scenarioNames, scenarioText, openedScenario } from './test-support/sample-scenarios.ts';

describe('the trace of the scenario', () => {
  it.each(scenarioNames)('%s holds every event of it, each with its layout', async (name) => {
    const scenario = parseScenario(scenarioText(name));
    const written = scenarioSteps(scenario, { startTick: 0n, clock: { kind: 'system time' }, pointerSize: 8 });
    const { info } = await openedScenario(name, (opened) => Promise.resolve(opened));
    expect(info.problems).toEqual([]);
    expect(info.completeness.undescribedEvents).toBe(0);
    const own = info.providers.filter(({ name: provider }) => !bookkeeping.has(provider ?? ''));
    const read = own.reduce((sum, { events }) => sum + events, 0);
    expect(read).toBe(written.filter(({ kind }) => kind === 'event').length);
    expect(read).toBeGreaterThan(0);
  });
});

/** What the container says of itself: its header, and descriptions of events. */
const bookkeeping = new Set(['EventTrace', 'EventMetadata']);
