import { plannedProviders, netConnectionScenario, usesScenario } from '../capture-sets.ts';
import { keywordMask } from '../plan-troubles.ts';
import { isAtLeast, type CapturePlan, type ChosenProvider } from '../capture-plan.ts';

/** What a plan runs, one command after the other, before it is written for any shell. */
export type CaptureStep =
  | { readonly kind: 'program'; readonly program: 'netsh' | 'pktmon'; readonly words: readonly ProgramWord[] }
  | { readonly kind: 'cmdlet'; readonly name: string; readonly parameters: readonly CmdletParameter[] };

/** `name` (with its `=`, where it has one) and `value` are one argument. */
export interface ProgramWord {
  readonly name?: string;
  readonly value: string;
  /** 'path': %VARIABLES% in it are filled in; 'quoted': written in quotes even where it needs none. */
  readonly as?: 'path' | 'quoted';
}

export interface CmdletParameter {
  readonly name: string;
  /** A bare word (a number, a value of an enumeration), a text, or a path with %VARIABLES%. */
  readonly value: string;
  readonly as: 'bare' | 'text' | 'path';
}

/** What the session of NetEventPacketCapture is called. */
export const sessionName = 'Hopscope';

/** Every level and keyword that a provider may have. */
const everyLevel = 0xff;
const everyKeyword = '0xffffffffffffffff';
/** NetEventPacketCapture is given the highest level that ETW defines. */
const verbose = 5;

export function startSteps(plan: CapturePlan): CaptureStep[] {
  if (plan.tool === 'netsh') return [program('netsh', netshWords(plan))];
  return plan.tool === 'pktmon' ? [program('pktmon', pktmonWords(plan))] : sessionSteps(plan);
}

export function stopSteps({ tool }: CapturePlan): CaptureStep[] {
  if (tool === 'netsh') return [program('netsh', words('trace', 'stop'))];
  if (tool === 'pktmon') return [program('pktmon', words('stop'))];
  return ['Stop-NetEventSession', 'Remove-NetEventSession'].map((name) => cmdlet(name, text('Name', sessionName)));
}

function netshWords(plan: CapturePlan): ProgramWord[] {
  const { packets, adapters, truncation } = plan;
  const takesPackets = packets !== 'none';
  return [
    ...words('trace', 'start'),
    ...(usesScenario(plan) ? [option('scenario', netConnectionScenario)] : []),
    option('capture', takesPackets ? 'yes' : 'no'),
    option('overwrite', 'yes'),
    option('maxsize', String(plan.megabytes)),
    ...(plan.fileMode === 'single' ? [option('filemode', 'single')] : []),
    ...(takesPackets && truncation > 0 ? [option('packettruncatebytes', String(truncation))] : []),
    ...(plan.netshReport ? [] : [option('report', isAtLeast(plan.windows, '1607') ? 'disabled' : 'no')]),
    { ...option('tracefile', plan.file.trim()), as: 'path' },
    ...plannedProviders(plan).flatMap(netshProvider),
    ...(takesPackets && adapters.length > 0 ? [option('captureinterface', adapters[0])] : []),
    ...(packets === 'switch' ? [option('capturetype', 'vmswitch')] : []),
    ...(packets === 'both' ? [option('capturetype', 'both')] : []),
  ];
}

function netshProvider({ provider, keywords, level }: ChosenProvider): ProgramWord[] {
  return [
    { ...option('provider', provider.trim()), as: 'quoted' },
    option('keywords', keywords?.trim() ?? everyKeyword),
    option('level', hexadecimal(level ?? everyLevel)),
  ];
}

function pktmonWords(plan: CapturePlan): ProgramWord[] {
  const providers = plannedProviders(plan);
  const capture = [
    ...words('--capture', '--comp', plan.packets === 'host' ? 'nics' : 'all'),
    ...words('--pkt-size', String(plan.truncation)),
  ];
  return [
    ...words('start'),
    ...(plan.packets === 'none' ? [] : capture),
    ...(providers.length > 0 ? words('--trace') : []),
    ...providers.flatMap(({ provider, keywords, level }) => [
      ...words('-p', provider.trim()),
      ...words('-k', keywords?.trim() ?? everyKeyword, '-l', String(level ?? everyLevel)),
    ]),
    ...words('--file-name'),
    { value: plan.file.trim(), as: 'path' },
    ...words('--file-size', String(plan.megabytes), '--log-mode', 'circular'),
  ];
}

/** Builds of 1809 know `--etw` and short options alone, and take no other providers. */
export function oldPktmonWords({ truncation, file, megabytes }: CapturePlan): ProgramWord[] {
  return [
    ...words('start', '--etw', '-p', String(truncation), '-f'),
    { value: file.trim(), as: 'path' },
    ...words('-s', String(megabytes)),
  ];
}

/** The cmdlet cuts packets to 128 bytes where nothing is said; this is the most that it takes, and longer than any packet. */
const longestTruncation = 65_535;

const captureTypes = { host: 'Physical', switch: 'Switch', both: 'BothPhysicalAndSwitch' } as const;

function sessionSteps(plan: CapturePlan): CaptureStep[] {
  const { packets, truncation, adapters } = plan;
  return [
    cmdlet(
      'New-NetEventSession',
      text('Name', sessionName),
      { name: 'LocalFilePath', value: plan.file.trim(), as: 'path' },
      bare('MaxFileSize', String(plan.megabytes)),
      bare('CaptureMode', 'SaveToFile'),
    ),
    ...(packets === 'none'
      ? []
      : [
          cmdlet(
            'Add-NetEventPacketCaptureProvider',
            text('SessionName', sessionName),
            bare('CaptureType', captureTypes[packets]),
            bare('TruncationLength', String(truncation > 0 ? truncation : longestTruncation)),
          ),
          ...adapters.map((name) => cmdlet('Add-NetEventNetworkAdapter', text('Name', name))),
        ]),
    ...plannedProviders(plan).map(sessionProvider),
    cmdlet('Start-NetEventSession', text('Name', sessionName)),
  ];
}

function sessionProvider({ provider, keywords, level }: ChosenProvider): CaptureStep {
  return cmdlet(
    'Add-NetEventProvider',
    text('SessionName', sessionName),
    text('Name', provider.trim()),
    bare('Level', hexadecimal(level ?? verbose)),
    ...(keywords === undefined ? [] : [bare('MatchAnyKeyword', unsigned(keywords.trim()))]),
  );
}

function program(name: 'netsh' | 'pktmon', all: readonly ProgramWord[]): CaptureStep {
  return { kind: 'program', program: name, words: all };
}

function cmdlet(name: string, ...parameters: readonly CmdletParameter[]): CaptureStep {
  return { kind: 'cmdlet', name, parameters };
}

function words(...values: readonly string[]): ProgramWord[] {
  return values.map((value) => ({ value }));
}

function option(name: string, value: string): ProgramWord {
  return { name: `${name}=`, value };
}

function text(name: string, value: string): CmdletParameter {
  return { name, value, as: 'text' };
}

function bare(name: string, value: string): CmdletParameter {
  return { name, value, as: 'bare' };
}

/** PowerShell reads 0xffffffff as -1, which no unsigned parameter takes: large masks are written in decimal. */
function unsigned(mask: string): string {
  const value = keywordMask(mask) ?? 0n;
  return value > 0x7fff_ffffn ? String(value) : mask;
}

function hexadecimal(level: number): string {
  return `0x${level.toString(16)}`;
}
