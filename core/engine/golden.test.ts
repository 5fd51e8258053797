import { describe, expect, it } from 'vitest';
import type { TraceInfo } from './contract.ts';
import { Engine } from './engine.ts';
import { InlinePool } from './inline-pool.ts';
import { realTraces } from './test-support/real-traces.ts';

/**
 * What Hopscope reads of every real trace, as text that is looked at whenever it changes: `npx vitest run golden -u`
 * writes it anew into golden/.
 */
const { folder, present, files: traces } = realTraces('their golden texts are not compared.');
const shownEvents = 50;

describe.skipIf(!present)('the golden text of', () => {
  it.each(traces)('%s', async (trace) => {
    const engine = new Engine(new InlinePool());
    const info = await engine.call('open', { files: [`${folder}${trace}`] });
    const { view, rows } = await engine.call('view', { trace: info.trace, filter: '' });
    const lines = async (from: number, count: number): Promise<string> =>
      (await engine.call('text', { view, format: 'txt', from, count })).text;
    const first = await lines(0, shownEvents);
    const last = rows > shownEvents ? await lines(Math.max(shownEvents, rows - shownEvents), shownEvents) : '';
    await engine.close();
    const name = trace.replaceAll(/[\\/]/g, '-').replace(/\.etl$/, '.txt');
    await expect(`${factsText(info)}\n${first}${last === '' ? '' : `…\n${last}`}`).toMatchFileSnapshot(
      `golden/${name}`,
    );
  });
});

function factsText(info: TraceInfo): string {
  const { loggerName, osVersion, clock, clockFrequency, startTime, endTime, buffers, compressedBuffers } = info;
  return [
    `${loggerName}, Windows ${osVersion}, ${info.pointerSize * 8}-bit, ${info.files[0].sessions[0].modes.join(', ')}`,
    `${clock} ${clockFrequency}, ${startTime} to ${endTime}`,
    `${buffers} buffers, ${compressedBuffers} compressed; ${info.events} events, ${info.packets} packets, ${info.drops} drops`,
    ...info.completeness.findings.map(({ level, text }) => `${level}: ${text}`),
    ...info.providers.map(
      ({ events, packets, undescribedEvents, name, guid }) =>
        `${events} events, ${packets} packets, ${undescribedEvents} undescribed: ${name ?? guid}`,
    ),
    '',
  ].join('\n');
}
