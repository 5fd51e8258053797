import { parseGuid } from '../base/guid.ts';
import { isNetworkPath } from './file-place.ts';
import { hasScenarios, isAtLeast, type CapturePlan, type ChosenProvider } from './capture-plan.ts';

/** Why a plan cannot be carried out ('error'), or not quite as it says ('warning'). */
export interface PlanTrouble {
  readonly field: keyof CapturePlan;
  readonly severity: 'error' | 'warning';
  /** A sentence or two: what is wrong, and what to choose instead. */
  readonly words: string;
}

/** What stands between a plan and its script; empty for a plan that works as it is. */
export function planTroubles(plan: CapturePlan): PlanTrouble[] {
  return [
    ...toolTroubles(plan),
    ...packetTroubles(plan),
    ...sizeTroubles(plan),
    ...adapterTroubles(plan),
    ...providerTroubles(plan),
    ...fileTroubles(plan),
  ];
}

function toolTroubles({ tool, windows, edition, netshReport }: CapturePlan): PlanTrouble[] {
  const found: PlanTrouble[] = [];
  if (tool === 'netsh' && edition === 'nano') {
    found.push(
      error('tool', 'Nano Server has no netsh trace. Choose PowerShell, the only one of the three that it has.'),
    );
  }
  if (tool === 'powershell' && !isAtLeast(windows, '8.1')) {
    found.push(
      error(
        'tool',
        'NetEventPacketCapture is part of Windows from 8.1 and Server 2012 R2 on; a newer PowerShell does not bring it. Choose netsh.',
      ),
    );
  }
  if (tool === 'pktmon' && !isAtLeast(windows, '1809')) {
    found.push(error('tool', 'pktmon came with Windows 10 1809 and Server 2019. Choose netsh or PowerShell.'));
  }
  if (tool === 'pktmon' && edition === 'nano') {
    found.push(error('tool', 'Nano Server has no pktmon. Choose PowerShell.'));
  }
  if (edition === 'nano' && !isAtLeast(windows, '1607')) {
    found.push(error('edition', 'Nano Server came with Server 2016.'));
  }
  if (tool === 'netsh' && isAtLeast(windows, '8.1')) {
    found.push(
      warning(
        'tool',
        'netsh trace is deprecated, and from 8.1 and 2012 R2 on it now and then captures no packets. PowerShell does the same there.',
      ),
    );
  }
  if (netshReport && tool !== 'netsh') found.push(warning('netshReport', 'Only netsh makes a report.'));
  return found;
}

function packetTroubles({ tool, windows, packets, truncation, sets, providers }: CapturePlan): PlanTrouble[] {
  const found: PlanTrouble[] = [];
  if (packets === 'none' && sets.length + providers.length === 0) {
    found.push(error('packets', 'There is nothing to capture: choose packets, a set or a provider.'));
  }
  if (tool === 'netsh' && !isAtLeast(windows, '8.1') && (packets === 'switch' || packets === 'both')) {
    found.push(
      warning(
        'packets',
        'Whether netsh of this Windows knows capturetype is not certain. If it refuses it, choose packets of the host.',
      ),
    );
  }
  if (tool === 'pktmon' && packets === 'switch') {
    found.push(
      warning('packets', 'pktmon cannot be told to capture in the vSwitch alone: it captures at all components.'),
    );
  }
  if (tool === 'pktmon' && !isAtLeast(windows, '2004') && packets === 'none') {
    found.push(error('packets', 'pktmon of this Windows captures packets only. Choose packets, or another tool.'));
  }
  if (!Number.isInteger(truncation) || truncation < 0 || truncation > 65_535) {
    found.push(error('truncation', 'A packet is cut after 1 to 65,535 bytes; 0 keeps all of it.'));
  } else if (truncation > 0 && truncation < 64) {
    found.push(warning('truncation', 'Less than 64 bytes cuts the headers of TCP over IPv4.'));
  }
  if (packets === 'none' && truncation > 0) {
    found.push(warning('truncation', 'Without packets there is nothing to cut.'));
  }
  return found;
}

function sizeTroubles({ tool, megabytes, fileMode }: CapturePlan): PlanTrouble[] {
  const found: PlanTrouble[] = [];
  if (!Number.isInteger(megabytes) || megabytes < 1 || megabytes > 1_048_576) {
    found.push(error('megabytes', 'The size is a whole number of MB, from 1 to 1,048,576.'));
  }
  if (fileMode === 'single' && tool !== 'netsh') {
    const name = tool === 'pktmon' ? 'pktmon' : 'NetEventPacketCapture';
    found.push(
      warning('fileMode', `${name} has no setting that ends a capture when its file is full: stop it before that.`),
    );
  }
  return found;
}

function adapterTroubles({ tool, adapters, packets }: CapturePlan): PlanTrouble[] {
  if (adapters.length === 0) return [];
  const found: PlanTrouble[] = [];
  if (adapters.some((name) => name.trim() === '' || /[\p{Cc}"]/u.test(name))) {
    found.push(error('adapters', 'An adapter is called as Get-NetAdapter calls it, without quotation marks.'));
  }
  if (tool === 'netsh' && adapters.length > 1) {
    found.push(error('adapters', 'netsh captures at one adapter, or at all. Choose PowerShell for several.'));
  }
  if (tool === 'pktmon') {
    found.push(
      warning('adapters', 'pktmon counts its components anew on every machine: it captures at all. Filter afterwards.'),
    );
  }
  if (packets === 'none') found.push(warning('adapters', 'Without packets, adapters make no difference.'));
  return found;
}

function providerTroubles({ tool, windows, edition, sets, providers }: CapturePlan): PlanTrouble[] {
  const found = providers.flatMap(oneProviderTroubles);
  if (sets.includes('netconnection') && !hasScenarios({ tool, edition })) {
    found.push(
      warning(
        'sets',
        `${tool === 'netsh' ? 'Server Core has no scenarios' : 'Only netsh has scenarios'}: the most telling providers of NetConnection are named instead of all.`,
      ),
    );
  }
  if (tool === 'pktmon' && !isAtLeast(windows, '2004') && sets.length + providers.length > 0) {
    found.push(
      warning(
        'sets',
        'pktmon of this Windows may not take other providers; the script leaves them out where it does not.',
      ),
    );
  }
  return found;
}

function oneProviderTroubles({ provider, keywords, level }: ChosenProvider): PlanTrouble[] {
  const found: PlanTrouble[] = [];
  const name = provider.trim();
  if (name === '') found.push(error('providers', 'A provider has no name.'));
  else if (/[\p{Cc}"]/u.test(name) || name.length > 255) {
    found.push(error('providers', `No provider is called ${JSON.stringify(name.slice(0, 60))}.`));
  } else if (/^\{|^[0-9a-f]{8}-/i.test(name) && parseGuid(name) === undefined) {
    found.push(error('providers', `${name} is no GUID.`));
  }
  if (keywords !== undefined && keywordMask(keywords) === undefined) {
    found.push(error('providers', `Keywords of ${name} are a number of up to 64 bits, such as 0xffffffff.`));
  }
  if (level !== undefined && (!Number.isInteger(level) || level < 0 || level > 255)) {
    found.push(error('providers', `The level of ${name} is a number from 0 to 255.`));
  }
  return found;
}

/** A keyword mask as a number; undefined where the text is none. */
export function keywordMask(text: string): bigint | undefined {
  if (!/^(0x[0-9a-f]{1,16}|\d{1,20})$/i.test(text.trim())) return undefined;
  const mask = BigInt(text.trim());
  return mask < 1n << 64n ? mask : undefined;
}

/** Names that Windows keeps for devices, whatever their ending. */
const deviceNames = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function fileTroubles({ file }: CapturePlan): PlanTrouble[] {
  const path = file.trim();
  if (path === '') return [error('file', 'Say where the trace is to be written, such as C:\\Traces\\host.etl.')];
  if (isNetworkPath(path)) {
    return [
      error('file', 'Never capture to another machine: choose a folder on a local disk, and copy the file afterwards.'),
    ];
  }
  const found: PlanTrouble[] = [];
  if (!/^([a-z]:[\\/]|%[^%\\/:]+%|\\\\[?.]\\)/i.test(path)) {
    found.push(error('file', 'Write the whole path, with its drive: Windows may run the script in any folder.'));
  }
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (!/\.etl$/i.test(name)) found.push(error('file', 'The file ends in .etl.'));
  if (/[\p{Cc}<>"|?*]/u.test(path.replace(/^\\\\\?\\/, ''))) {
    found.push(error('file', 'Windows allows none of < > " | ? * in the name of a file.'));
  }
  if (
    path
      .replace(/^\\\\[?.]\\/, '')
      .slice(2)
      .includes(':')
  ) {
    found.push(error('file', 'A colon may stand behind the drive only.'));
  }
  if (path.split(/[\\/]/).some((part) => deviceNames.test(part))) {
    found.push(error('file', 'Part of the path is a name that Windows keeps for a device.'));
  }
  if (path.split(/[\\/]/).some((part) => /[ .]$/.test(part) && part !== '.' && part !== '..')) {
    found.push(error('file', 'Windows drops a blank or a full stop at the end of a name.'));
  }
  return found;
}

function error(field: keyof CapturePlan, words: string): PlanTrouble {
  return { field, severity: 'error', words };
}

function warning(field: keyof CapturePlan, words: string): PlanTrouble {
  return { field, severity: 'warning', words };
}
