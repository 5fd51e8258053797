import type { CapturePlan } from '../capture-plan.ts';
import { commandPromptPath, commandPromptQuoted, commandPromptValue } from '../quoting/command-prompt.ts';
import { powerShellArgument, powerShellPath } from '../quoting/powershell.ts';
import { startSteps, stopSteps, type CaptureStep, type CmdletParameter, type ProgramWord } from './capture-steps.ts';

export type CaptureShell = 'cmd' | 'powershell';

export interface CaptureCommands {
  readonly start: readonly string[];
  readonly stop: readonly string[];
}

/** The bare commands of a plan, as they are typed. Empty where the shell cannot run the tool: cmd has no cmdlets. */
export function captureCommands(plan: CapturePlan, shell: CaptureShell): CaptureCommands {
  if (shell === 'cmd' && plan.tool === 'powershell') return { start: [], stop: [] };
  const write = (step: CaptureStep): string => typedCommand(step, shell);
  return { start: startSteps(plan).map(write), stop: stopSteps(plan).map(write) };
}

export function typedCommand(step: CaptureStep, shell: CaptureShell): string {
  if (step.kind === 'cmdlet') return [step.name, ...step.parameters.map(typedParameter)].join(' ');
  const write = shell === 'cmd' ? commandPromptWord : powerShellWord;
  return [step.program, ...step.words.map(write)].join(' ');
}

function typedParameter({ name, value, as }: CmdletParameter): string {
  if (as === 'bare') return `-${name} ${value}`;
  return `-${name} ${as === 'path' ? powerShellPath(value) : powerShellArgument(value)}`;
}

function commandPromptWord({ name = '', value, as }: ProgramWord): string {
  if (as === 'path') return name + commandPromptPath(value);
  return name + (as === 'quoted' ? commandPromptQuoted(value) : commandPromptValue(value));
}

/** Options that begin with - are words of the program and stand as they are. */
function powerShellWord({ name = '', value, as }: ProgramWord): string {
  if (as === 'path') return powerShellPath(value, name);
  return name === '' && /^--?[a-z][\w-]*$/.test(value) ? value : powerShellArgument(name + value);
}
