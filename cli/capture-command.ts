import { writeFileSync } from 'node:fs';
import {
  captureSetNames,
  captureTools,
  defaultPlan,
  packetPlaces,
  windowsEditions,
  windowsVersions,
  type CapturePlan,
  type ChosenProvider,
} from '../core/capture/capture-plan.ts';
import { caveats } from '../core/capture/caveats.ts';
import { planTroubles } from '../core/capture/plan-troubles.ts';
import { scriptFileBytes } from '../core/capture/script-file.ts';
import { captureCommands } from '../core/capture/scripts/capture-commands.ts';
import { captureScript } from '../core/capture/scripts/capture-script.ts';
import { UsageError, type Arguments, type CaptureOptions } from './arguments.ts';

/** Prints a script that captures, or the bare commands; what to know before goes to the error output. */
export function captureCommand({ files, capture, output }: Arguments): Promise<void> {
  if (files.length > 0)
    throw new UsageError('capture takes no file: it writes a script. --file says where its trace goes.');
  const plan = planOf(capture);
  const troubles = planTroubles(plan);
  const errors = troubles.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UsageError(errors.map(({ field, words }) => `${field}: ${words}`).join('\n'));
  for (const { words } of troubles) console.error(`Warning: ${words}`);
  for (const { severity, title, words } of caveats(plan, { gigabits: 10 })) {
    if (severity !== 'note') console.error(`${severity === 'stop' ? 'Stop' : 'Warning'}: ${title}. ${words}`);
  }
  const { fileName, text } = written(plan, capture.commands);
  if (output === '') process.stdout.write(text);
  else writeFileSync(output, scriptFileBytes(fileName, text));
  return Promise.resolve();
}

function written(plan: CapturePlan, shell: string | undefined): { fileName: string; text: string } {
  if (shell === undefined) return captureScript(plan);
  const commands = captureCommands(plan, oneOf('--commands', shell, ['cmd', 'powershell'] as const));
  if (commands.start.length === 0) {
    throw new UsageError('cmd has none of the cmdlets of NetEventPacketCapture: take --commands powershell.');
  }
  const stop = shell === 'cmd' ? 'rem Make the problem happen, then:' : '# Make the problem happen, then:';
  const text = [...commands.start, stop, ...commands.stop].join('\n');
  return { fileName: shell === 'cmd' ? 'capture.txt' : 'capture.ps1', text: `${text}\n` };
}

function planOf(values: CaptureOptions): CapturePlan {
  const tool = oneOf('--tool', values.tool ?? '', captureTools);
  const plan = defaultPlan(tool);
  const { windows, edition, packets, truncate, size, file, bundle, provider } = values;
  const sets = values.set?.flatMap((names) => names.split(',')).map((name) => oneOf('--set', name, captureSetNames));
  return {
    ...plan,
    ...(windows !== undefined && { windows: oneOf('--windows', windows, windowsVersions) }),
    ...(edition !== undefined && { edition: oneOf('--edition', edition, windowsEditions) }),
    ...(packets !== undefined && { packets: oneOf('--packets', packets, packetPlaces) }),
    ...(truncate !== undefined && { truncation: wholeNumber('--truncate', truncate) }),
    ...(size !== undefined && { megabytes: wholeNumber('--size', size) }),
    ...(file !== undefined && { file }),
    ...(bundle !== undefined && { bundle: oneOf('--bundle', bundle, ['folder', 'zip', 'none'] as const) }),
    ...(values.single === true && { fileMode: 'single' as const }),
    ...(values.report === true && { netshReport: true }),
    // Providers of one's own stand for themselves, unless sets are asked for beside them.
    sets: sets ?? (provider === undefined ? plan.sets : []),
    providers: (provider ?? []).map(chosenProvider),
    adapters: values.adapter ?? [],
  };
}

/** `NAME`, `NAME:KEYWORDS` or `NAME:KEYWORDS:LEVEL`; an empty part is left out. */
function chosenProvider(text: string): ChosenProvider {
  const [provider, keywords = '', level = ''] = text.split(':');
  return {
    provider,
    ...(keywords !== '' && { keywords }),
    ...(level !== '' && { level: wholeNumber('the level of --provider', level) }),
  };
}

function oneOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice.toLowerCase() === text.trim().toLowerCase());
  if (found !== undefined) return found;
  const what = text === '' ? `${option} is needed` : `${option} ${text} is not known`;
  throw new UsageError(`${what}: choose ${choices.join(', ')}.`);
}

function wholeNumber(option: string, text: string): number {
  const value = /^0x[0-9a-f]+$|^\d+$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new UsageError(`${option} is a whole number, not ${text}.`);
  return value;
}
