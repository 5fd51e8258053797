import { captureSetNames, type CapturePlan, type CaptureSetName } from '../capture-plan.ts';
import { captureSets, knownProviders, netConnectionScenario } from '../capture-sets.ts';
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
    packs: false,
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
    // Providers of the scenario one by one are how it is said where there are no scenarios.
    edition:
      sets.includes('netconnection') && draft.tool === 'netsh' && draft.scenarios.length === 0 ? 'core' : 'desktop',
    packets: draft.packets,
    truncation: draft.packets === 'none' ? 0 : Math.min(draft.truncation, 65_535),
    megabytes: Math.min(draft.megabytes, 1 << 20),
    fileMode: draft.fileMode === 'single' || draft.fileMode === 'append' ? 'single' : 'circular',
    adapters: draft.adapters,
    sets,
    providers,
    file: plannedFile(draft),
    // Where nothing is said of a report, netsh gathers its cabinet.
    netshReport: draft.tool === 'netsh' && (draft.report === 'yes' || !draft.said.has('report')),
    bundle: reading.gathersNames ? (reading.packs ? 'zip' : 'folder') : 'none',
  };
}

/** A plan has a whole path: one that the text does not tell becomes one that can be written. */
function plannedFile({ file }: Draft): string {
  if (file === '') return 'C:\\trace\\capture.etl';
  return /^(?:[a-z]:[\\/]|[\\/]|%\w+%)/i.test(file) ? file : `C:\\trace\\${file.replace(/^\.[\\/]/, '')}`;
}

/** Providers of which everything is logged become sets where they make up whole ones, the largest first. */
function setsAndProviders(draft: Draft): { sets: CaptureSetName[]; providers: DraftProvider[] } {
  const whole = new Set(draft.providers.filter((one) => isWhole(one, draft)).map(({ provider }) => nameOf(provider)));
  const sets: CaptureSetName[] = draft.scenarios.some(isNetConnection) ? ['netconnection'] : [];
  const left = new Set(whole);
  for (const set of setsBySize) {
    const names = captureSets[set].providers;
    if (!names.every((name) => whole.has(name)) || !names.some((name) => left.has(name))) continue;
    sets.push(set);
    for (const name of names) left.delete(name);
  }
  const providers = draft.providers.filter((one) => !isWhole(one, draft) || left.has(nameOf(one.provider)));
  return { sets, providers };
}

const setsBySize = [...captureSetNames].sort(
  (one, other) => captureSets[other].providers.length - captureSets[one].providers.length,
);

/** Level 5 is the highest that the cmdlets take, and that the vSwitch has. */
function isWhole({ provider, keywords, level }: DraftProvider, { tool }: Draft): boolean {
  if (keywords !== undefined) return false;
  return level === undefined || (level === 5 && (tool === 'powershell' || isVmSwitchProvider(provider)));
}

/** As the sets name it. */
function nameOf(provider: string): string {
  const text = provider.trim().toLowerCase();
  const guid = `{${text.replace(/^\{|\}$/g, '')}}`;
  return knownProviders.find((known) => known.guid === guid || known.name.toLowerCase() === text)?.name ?? text;
}

function isNetConnection(scenario: string): boolean {
  return scenario.toLowerCase() === netConnectionScenario.toLowerCase();
}

/** What the plan cannot say. */
function besidesThePlan(draft: Draft | undefined): CaptureReading['missing'] {
  if (!draft) return [];
  const others = draft.scenarios.filter((name) => !isNetConnection(name)).map((name) => `the scenario ${name}`);
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
