import type { CapturePlan, CaptureSetName } from '../capture-plan.ts';
import { isVmSwitchProvider } from '../caveats.ts';
import { longestText, type CaptureReading } from './capture-reading.ts';
import { commandsOf } from './commands-of.ts';
import type { Draft, DraftProvider, Reading } from './draft.ts';
import { missingIn, nothingFound } from './missing.ts';
import { readNetEvent } from './net-event.ts';
import { readNetsh } from './netsh.ts';
import { readOtherTool } from './other-tools.ts';
import { readPktmon } from './pktmon.ts';
import { programOf, type ShellCommand } from './shell-words.ts';

/**
 * Explains commands, scripts and transcripts that capture on Windows. Any text can be read: what is not understood is
 * passed over, and what a tool would refuse is told.
 */
export function readCapture(text: string): CaptureReading {
  const isCut = text.length > longestText;
  const reading: Reading = {
    commands: [],
    drafts: [],
    missing: [],
    pktmonFilters: [],
    gathersNames: false,
    gathersSchemas: false,
  };
  for (const command of commandsOf(isCut ? text.slice(0, longestText) : text)) readCommand(command, reading);
  const draft = reading.drafts.find(({ isStarted }) => isStarted) ?? reading.drafts.at(0);
  return {
    commands: reading.commands,
    plan: draft && isPlan(draft) ? planOf(draft, reading) : null,
    missing: reading.commands.length === 0 ? nothingFound : [...missingIn(reading), ...besidesThePlan(draft)],
    isCut,
  };
}

function readCommand(command: ShellCommand, reading: Reading): void {
  const program = programOf(command.words[0]);
  if (program === 'netsh') readNetsh(command, reading);
  else if (program === 'pktmon') readPktmon(command, reading);
  else if (!readNetEvent(command, reading)) readOtherTool(command, reading);
}

/** A session that is stopped or removed and of which nothing else is known captures nothing that could be planned. */
function isPlan(draft: Draft): boolean {
  return draft.packets !== 'none' || draft.providers.length > 0 || draft.scenarios.length > 0;
}

function planOf(draft: Draft, reading: Reading): CapturePlan {
  const { sets, providers } = setsAndProviders(draft);
  return {
    tool: draft.tool,
    // The older syntax of pktmon is that of Windows 10 1809.
    windows: draft.said.has('--etw') ? '1809' : '11',
    edition: 'desktop',
    packets: draft.packets,
    truncation: Math.min(draft.truncation, 65_535),
    megabytes: draft.megabytes,
    fileMode: draft.fileMode === 'single' || draft.fileMode === 'append' ? 'single' : 'circular',
    adapters: draft.adapters,
    sets,
    providers,
    file: plannedFile(draft),
    netshReport: draft.tool === 'netsh' && draft.report === 'yes',
    bundle: reading.gathersNames ? 'folder' : 'none',
  };
}

/** A plan has a whole path: one that the text does not tell becomes one that can be written. */
function plannedFile(draft: Draft): string {
  if (draft.file === '' || /[$`]/.test(draft.file)) return 'C:\\trace\\capture.etl';
  return /^(?:[a-z]:[\\/]|[\\/]|%\w+%)/i.test(draft.file)
    ? draft.file
    : `C:\\trace\\${draft.file.replace(/^\.[\\/]/, '')}`;
}

function setsAndProviders(draft: Draft): { sets: CaptureSetName[]; providers: DraftProvider[] } {
  const sets: CaptureSetName[] = [];
  if (draft.scenarios.some((name) => name.toLowerCase() === 'netconnection')) sets.push('netconnection');
  // No event of the vSwitch has a level beyond 5.
  const isWholeSwitch = ({ provider, keywords, level = 5 }: DraftProvider): boolean =>
    isVmSwitchProvider(provider) && keywords === undefined && level >= 5;
  if (draft.providers.some(isWholeSwitch)) sets.push('vswitch');
  return { sets, providers: draft.providers.filter((provider) => !isWholeSwitch(provider)) };
}

/** What the plan cannot say. */
function besidesThePlan(draft: Draft | undefined): CaptureReading['missing'] {
  if (!draft) return [];
  const others = draft.scenarios
    .filter((name) => name.toLowerCase() !== 'netconnection')
    .map((name) => `the scenario ${name}`);
  const besides = [...new Set([...draft.besides.filter((one) => one !== 'persistent=yes'), ...others])];
  if (besides.length === 0) return [];
  return [
    {
      id: 'besides-plan',
      severity: 'note',
      words: `A plan cannot say: ${besides.slice(0, 12).join(', ')}.`,
      mend: 'Keep the command as it is where this matters.',
      line: draft.line,
    },
  ];
}
