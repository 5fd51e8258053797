import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { captureSetNames, captureTools, defaultPlan, type CapturePlan } from '../capture-plan.ts';
import { planTroubles } from '../plan-troubles.ts';
import { arbitraryPlan } from '../test-support/arbitrary-plan.ts';
import { powerShellChecker } from '../test-support/powershell-grammar.ts';
import { captureCommands } from './capture-commands.ts';
import { captureScript } from './capture-script.ts';

let faultsOf: (script: string) => string[];
beforeAll(async () => {
  faultsOf = await powerShellChecker();
});

const golden = (name: string): string => `../golden/${name}`;

/** The two of the article that this project grew from, and one for each tool and set. */
const plans: readonly (readonly [name: string, plan: CapturePlan])[] = [
  [
    'netsh-article',
    { ...defaultPlan('netsh'), file: 'c:\\%computername%_vNetTrace.etl', netshReport: true, bundle: 'folder' },
  ],
  [
    'powershell-article',
    {
      ...defaultPlan('powershell'),
      truncation: 1500,
      sets: [],
      providers: [{ provider: 'Microsoft-Windows-Hyper-V-VmSwitch', level: 5 }],
      bundle: 'folder',
    },
  ],
  ...captureTools.flatMap((tool) =>
    captureSetNames.map((set): [string, CapturePlan] => [`${tool}-${set}`, { ...defaultPlan(tool), sets: [set] }]),
  ),
  ['netsh-core-netconnection', { ...defaultPlan('netsh'), edition: 'core', sets: ['netconnection'] }],
  [
    'powershell-nano-adapters',
    {
      ...defaultPlan('powershell'),
      edition: 'nano',
      windows: '1607',
      packets: 'host',
      adapters: ['Ethernet', "O'Brien’s NIC"],
      truncation: 128,
      bundle: 'none',
    },
  ],
  ['pktmon-1809', { ...defaultPlan('pktmon'), windows: '1809', truncation: 128, sets: [] }],
  [
    'netsh-windows-7',
    {
      ...defaultPlan('netsh'),
      windows: '7',
      packets: 'host',
      sets: ['tcpip'],
      fileMode: 'single',
      file: 'D:\\größer & more\\host 1.etl',
      bundle: 'folder',
    },
  ],
];

describe('scripts', () => {
  it.each(plans)('%s', async (name, plan) => {
    expect(planTroubles(plan).filter(({ severity }) => severity === 'error')).toEqual([]);
    const { text } = captureScript(plan);
    expect(faultsOf(text)).toEqual([]);
    await expect(text).toMatchFileSnapshot(golden(`${name}.ps1`));
  });

  it('have the bare commands beside them', async () => {
    const all = plans.flatMap(([name, plan]) =>
      (['cmd', 'powershell'] as const).flatMap((shell) => {
        const { start, stop } = captureCommands(plan, shell);
        return start.length === 0 ? [] : [`# ${name}, ${shell}`, ...start, ...stop, ''];
      }),
    );
    await expect(all.join('\n')).toMatchFileSnapshot(golden('commands.txt'));
  });

  it('are PowerShell, whatever is planned', () => {
    const hostile = fc.string({ unit: 'grapheme', maxLength: 30 });
    const plan = fc
      .tuple(arbitraryPlan, hostile, hostile, hostile)
      .map(([each, folder, provider, adapter]): CapturePlan => {
        const file = `C:\\${folder}\\trace.etl`;
        return { ...each, file, providers: [...each.providers, { provider }], adapters: [adapter] };
      })
      .filter((each) => planTroubles(each).every(({ severity }) => severity === 'warning'));
    fc.assert(
      fc.property(plan, (each) => {
        expect(faultsOf(captureScript(each).text)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('are held against a grammar that finds faults', () => {
    const { text } = captureScript(defaultPlan());
    expect(faultsOf(text.replace("[string] $Action = 'Run'", "[string] $Action = 'Run"))).not.toEqual([]);
    expect(faultsOf(text.replace('function Start-Capture {', 'function Start-Capture'))).not.toEqual([]);
  });
});
