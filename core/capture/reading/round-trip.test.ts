/** What Hopscope writes for a plan, it reads back as that plan. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturePlan } from '../capture-plan.ts';
import { plannedProviders } from '../capture-sets.ts';
import { keywordMask, planTroubles } from '../plan-troubles.ts';
import { captureCommands } from '../scripts/capture-commands.ts';
import { captureScript } from '../scripts/capture-script.ts';
import { arbitraryPlan } from '../test-support/arbitrary-plan.ts';
import { readCapture } from './read-capture.ts';

const possiblePlan = arbitraryPlan.filter((plan) => planTroubles(plan).every(({ severity }) => severity !== 'error'));

/** What the tool is told of a plan: what it has no words for, or what makes no difference, is left out. */
function toldOf(plan: CapturePlan) {
  const { tool, sets, edition } = plan;
  const captures = plan.packets !== 'none';
  const usesScenario = sets.includes('netconnection') && tool === 'netsh' && edition === 'desktop';
  return {
    tool,
    packets: tool === 'pktmon' && plan.packets === 'switch' ? 'both' : plan.packets,
    // No packet is longer than the cmdlet can be told.
    truncation: captures && plan.truncation < 65_535 ? plan.truncation : 0,
    megabytes: plan.megabytes,
    fileMode: tool === 'netsh' ? plan.fileMode : 'circular',
    adapters: captures && tool !== 'pktmon' ? plan.adapters : [],
    usesScenario,
    providers: plannedProviders(usesScenario ? plan : { ...plan, edition: 'core' })
      .map((provider) => providerTold(provider, tool))
      .sort(),
    file: plan.file,
    netshReport: tool === 'netsh' && plan.netshReport,
  };
}

/** Every level and keyword, written or left out, are the same; the cmdlets are given 5 for every level. */
function providerTold({ provider, keywords, level }: CapturePlan['providers'][number], tool: string): string {
  const mask = keywords === undefined ? 0n : keywordMask(keywords);
  const isEvery = mask === 0n || mask === 0xffff_ffff_ffff_ffffn;
  const top = tool === 'powershell' || /VmSwitch$|67dc0d66/i.test(provider) ? 5 : 255;
  const told = level === undefined || level === 255 || level === top ? 'every' : String(level);
  return `${provider.toLowerCase().replace('{67dc0d66-3695-47c0-9642-33f76f7bd7ad}', 'microsoft-windows-hyper-v-vmswitch')} ${isEvery ? 'every' : mask} ${told}`;
}

/** A plan that is read never tells the edition: whether a scenario is used stands in the sets. */
const toldOfReading = (plan: CapturePlan | null) => plan && toldOf(plan);

/** What is true of every capture, or of what the plan itself leaves open. */
const expected = new Set([
  ...['deprecated', 'since', 'elevated', 'scenario', 'no-names', 'no-schemas', 'no-truncation', 'report', 'no-packets'],
  ...[
    'no-switch-packets',
    'no-switch-events',
    'no-capture-type',
    'older-syntax',
    'no-limit',
    'besides-plan',
    'default-truncation',
  ],
]);

describe('a plan that was written', () => {
  it.each(['cmd', 'powershell'] as const)('as commands for %s, is read back', (shell) => {
    fc.assert(
      fc.property(possiblePlan, (plan) => {
        fc.pre(!(shell === 'cmd' && plan.tool === 'powershell'));
        const { start, stop } = captureCommands(plan, shell);
        const prompt = shell === 'cmd' ? 'C:\\>' : 'PS C:\\> ';
        const text = [...start, ...stop].map((command) => prompt + command).join('\n');
        const reading = readCapture(text);
        expect(toldOfReading(reading.plan), text).toEqual(toldOf(plan));
        expect(reading.commands.flatMap(({ arguments: told }) => told.filter(({ known }) => !known))).toEqual([]);
        expect(reading.missing.map(({ id }) => id).filter((id) => !expected.has(id))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('as a whole script, is read back with its bundle', () => {
    fc.assert(
      fc.property(possiblePlan, (plan) => {
        // For these the script holds two ways to say it, and the one without providers stands last.
        fc.pre(!(plan.tool === 'pktmon' && ['1809', '2004'].includes(plan.windows)));
        const reading = readCapture(captureScript(plan).text);
        expect(toldOfReading(reading.plan)).toEqual(toldOf(plan));
        expect(reading.plan?.bundle).toBe(plan.bundle);
        expect(reading.missing.map(({ id }) => id).filter((id) => !expected.has(id))).toEqual([]);
        if (plan.bundle !== 'none') expect(reading.missing.map(({ id }) => id)).not.toContain('no-names');
      }),
      { numRuns: 150 },
    );
  });
});
