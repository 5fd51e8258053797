import { describe, expect, it } from 'vitest';
import { captureTools, defaultPlan, type CapturePlan } from './capture-plan.ts';
import { plannedProviders, usesScenario } from './capture-sets.ts';
import { keywordMask, planTroubles } from './plan-troubles.ts';

const errors = (plan: Partial<CapturePlan>): string[] =>
  planTroubles({ ...defaultPlan(plan.tool), ...plan })
    .filter(({ severity }) => severity === 'error')
    .map(({ field }) => field);
const warnings = (plan: Partial<CapturePlan>): string[] =>
  planTroubles({ ...defaultPlan(plan.tool), ...plan })
    .filter(({ severity }) => severity === 'warning')
    .map(({ field }) => field);

describe('what cannot be done', () => {
  it('is nothing, for the plan that each tool begins with', () => {
    for (const tool of captureTools) expect(errors({ tool })).toEqual([]);
  });

  it.each<[string, Partial<CapturePlan>, string]>([
    ['netsh on Nano Server', { tool: 'netsh', edition: 'nano' }, 'tool'],
    ['NetEventPacketCapture on Server 2012', { tool: 'powershell', windows: '8' }, 'tool'],
    ['pktmon on Server 2016', { tool: 'pktmon', windows: '1607' }, 'tool'],
    ['pktmon on Nano Server', { tool: 'pktmon', edition: 'nano' }, 'tool'],
    ['nothing at all', { packets: 'none', sets: [] }, 'packets'],
    ['a packet longer than any', { truncation: 65_536 }, 'truncation'],
    ['half a megabyte', { megabytes: 0.5 }, 'megabytes'],
    ['two adapters with netsh', { adapters: ['A', 'B'] }, 'adapters'],
    ['an adapter without a name', { adapters: [' '] }, 'adapters'],
    ['a provider without a name', { providers: [{ provider: '' }] }, 'providers'],
    ['half a GUID', { providers: [{ provider: '{67dc0d66-3695}' }] }, 'providers'],
    ['65 bits of keywords', { providers: [{ provider: 'A', keywords: '0x10000000000000000' }] }, 'providers'],
    ['a level above 255', { providers: [{ provider: 'A', level: 256 }] }, 'providers'],
    ['no file', { file: ' ' }, 'file'],
    ['a share', { file: '\\\\server\\share\\a.etl' }, 'file'],
    ['a relative path', { file: 'trace.etl' }, 'file'],
    ['another ending', { file: 'C:\\trace.pcap' }, 'file'],
    ['a question mark', { file: 'C:\\what?.etl' }, 'file'],
    ['a stream of a file', { file: 'C:\\a.txt:b.etl' }, 'file'],
    ['a device', { file: 'C:\\nul\\a.etl' }, 'file'],
    ['a blank that Windows drops', { file: 'C:\\a \\b.etl' }, 'file'],
  ])('%s', (_, plan, field) => {
    expect(errors(plan)).toEqual([field]);
  });

  it('is not a path with variables, or of a drive without limits of length', () => {
    expect(errors({ file: '%SystemRoot%\\Temp\\a.etl' })).toEqual([]);
    expect(errors({ file: '\\\\?\\D:\\traces\\a.etl' })).toEqual([]);
  });
});

it('warns of what a tool does in another way', () => {
  expect(warnings({ tool: 'powershell', sets: ['netconnection'] })).toEqual(['sets']);
  expect(warnings({ tool: 'powershell', fileMode: 'single' })).toEqual(['fileMode']);
  expect(warnings({ tool: 'pktmon', packets: 'switch', adapters: ['A'] })).toEqual(['packets', 'adapters']);
  expect(warnings({ tool: 'powershell', netshReport: true })).toEqual(['netshReport']);
});

describe('providers of a plan', () => {
  it('are each there once, by name or by GUID, the person’s own first', () => {
    const plan = {
      ...defaultPlan(),
      sets: ['sdn', 'vswitch'] as const,
      providers: [{ provider: '67DC0D66-3695-47C0-9642-33F76F7BD7AD', level: 5 }],
    };
    expect(plannedProviders(plan)).toEqual([
      { provider: '67DC0D66-3695-47C0-9642-33F76F7BD7AD', level: 5 },
      { provider: 'Microsoft-Windows-Hyper-V-VfpExt' },
    ]);
  });

  it('are a scenario where there are scenarios, and named one by one elsewhere', () => {
    const plan: CapturePlan = { ...defaultPlan('netsh'), sets: ['netconnection'] };
    expect(usesScenario(plan)).toBe(true);
    expect(plannedProviders(plan)).toEqual([]);
    expect(usesScenario({ ...plan, edition: 'core' })).toBe(false);
    expect(plannedProviders({ ...plan, edition: 'core' }).length).toBeGreaterThan(10);
  });
});

it('reads masks', () => {
  expect(keywordMask('0xFFFFFFFFFFFFFFFF')).toBe(2n ** 64n - 1n);
  expect(keywordMask('16')).toBe(16n);
  expect(keywordMask('18446744073709551616')).toBeUndefined();
  expect(keywordMask('all')).toBeUndefined();
});
