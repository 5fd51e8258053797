import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPlan, type CapturePlan } from '../capture-plan.ts';
import { planTroubles } from '../plan-troubles.ts';
import { commandPromptLine, nativeLine, powerShellWords, programArguments } from '../test-support/shells.ts';
import { captureCommands } from './capture-commands.ts';
import { startSteps, type CaptureStep } from './capture-steps.ts';

const vmSwitch = { provider: 'Microsoft-Windows-Hyper-V-VmSwitch' };

describe('the commands that this project grew from', () => {
  it('are written for netsh', () => {
    const plan: CapturePlan = {
      ...defaultPlan('netsh'),
      sets: ['vswitch'],
      file: 'c:\\%computername%_vNetTrace.etl',
      netshReport: true,
    };
    expect(captureCommands(plan, 'cmd')).toEqual({
      start: [
        'netsh trace start capture=yes overwrite=yes maxsize=1024 tracefile=c:\\%computername%_vNetTrace.etl ' +
          'provider="Microsoft-Windows-Hyper-V-VmSwitch" keywords=0xffffffffffffffff level=0xff capturetype=both',
      ],
      stop: ['netsh trace stop'],
    });
  });

  it('are written for NetEventPacketCapture', () => {
    const plan: CapturePlan = {
      ...defaultPlan('powershell'),
      sets: [],
      providers: [{ ...vmSwitch, level: 5 }],
      truncation: 1500,
      file: 'C:\\Traces\\host.etl',
    };
    expect(captureCommands(plan, 'powershell')).toEqual({
      start: [
        'New-NetEventSession -Name Hopscope -LocalFilePath C:\\Traces\\host.etl -MaxFileSize 1024 -CaptureMode SaveToFile',
        'Add-NetEventPacketCaptureProvider -SessionName Hopscope -CaptureType BothPhysicalAndSwitch -TruncationLength 1500',
        'Add-NetEventProvider -SessionName Hopscope -Name Microsoft-Windows-Hyper-V-VmSwitch -Level 0x5',
        'Start-NetEventSession -Name Hopscope',
      ],
      stop: ['Stop-NetEventSession -Name Hopscope', 'Remove-NetEventSession -Name Hopscope'],
    });
  });
});

it('writes masks that PowerShell would read as negative in decimal', () => {
  const plan: CapturePlan = {
    ...defaultPlan('powershell'),
    providers: [{ ...vmSwitch, keywords: '0xffffffffffffffff' }],
  };
  expect(captureCommands(plan, 'powershell').start.join('\n')).toContain('-MatchAnyKeyword 18446744073709551615');
});

it('has nothing for cmd where a tool has cmdlets alone', () => {
  expect(captureCommands(defaultPlan('powershell'), 'cmd')).toEqual({ start: [], stop: [] });
});

describe('quoting', () => {
  const variables = new Map([
    ['COMPUTERNAME', 'HV-01'],
    ['USERPROFILE', 'C:\\Users\\Some One'],
    ['A', 'never'],
  ]);
  const named = fc
    .stringMatching(/^[A-Za-z0-9 '&^!()%${}`,;=@~+#’‘“”„äß日-]{1,12}$/u)
    .filter((name) => name.trim() !== '');
  const folder = named
    .map((name) => name.replaceAll('%', '').trim())
    .filter((name) => name !== '' && !/[ .]$/.test(name));
  const file = fc.oneof(
    fc.tuple(folder, folder).map(([first, second]) => `C:\\${first}\\${second}.etl`),
    fc.tuple(folder, folder).map(([first, second]) => `D:\\${first}\\%COMPUTERNAME%-${second}.etl`),
    folder.map((name) => `%USERPROFILE%\\${name}.etl`),
    fc.constantFrom('C:\\100% sure\\host.etl', "C:\\O'Brien & Co\\it’s (new) [1].etl", 'C:\\größer\\日本 語.etl'),
  );
  const plans = fc
    .record({
      tool: fc.constantFrom('netsh' as const, 'pktmon' as const, 'powershell' as const),
      file,
      provider: named,
      adapter: named,
    })
    .map(({ tool, file: path, provider, adapter }): CapturePlan => {
      return { ...defaultPlan(tool), file: path, sets: [], providers: [{ provider }], adapters: [adapter] };
    })
    .filter((plan) => planTroubles(plan).every(({ severity }) => severity === 'warning'));

  /** What the program is to get, and the cmdlets' parameters. */
  const wanted = (step: CaptureStep): string[] => {
    const filled = (path: string): string =>
      path.replaceAll(/%([^%]+)%/g, (text, name: string) => variables.get(name.toUpperCase()) ?? text);
    return step.kind === 'program'
      ? step.words.map(({ name = '', value, as }) => name + (as === 'path' ? filled(value) : value))
      : step.parameters.flatMap(({ name, value, as }) => [`-${name}`, as === 'path' ? filled(value) : value]);
  };

  it('gives programs their words at the command prompt', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        if (plan.tool === 'powershell') return;
        const [command] = captureCommands(plan, 'cmd').start;
        const got = programArguments(commandPromptLine(command, variables));
        expect(got.slice(1)).toEqual(startSteps(plan).flatMap(wanted));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives programs and cmdlets their words in PowerShell', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        captureCommands(plan, 'powershell').start.forEach((command, index) => {
          const step = startSteps(plan)[index];
          const words = powerShellWords(command, variables);
          const got = step.kind === 'program' ? programArguments(nativeLine(words)) : words;
          expect(got.slice(1)).toEqual(wanted(step));
        });
      }),
      { numRuns: 2000 },
    );
  });
});
