import { isVmSwitchProvider } from '../caveats.ts';
import { isNetworkPath } from '../file-place.ts';
import type { CaptureTool } from '../capture-plan.ts';
import { missingSeverities, type CaptureReading, type ExplainedCommand, type Missing } from './capture-reading.ts';
import type { Draft, Reading } from './draft.ts';

/** What the text leaves out or gets wrong, the gravest first. */
export function missingIn(reading: Reading): Missing[] {
  const found = [
    ...reading.missing,
    ...argumentTroubles(reading.commands),
    ...reading.drafts.flatMap(draftTroubles),
    ...togetherTroubles(reading),
  ];
  return found.sort(
    (one, other) => missingSeverities.indexOf(one.severity) - missingSeverities.indexOf(other.severity),
  );
}

/** For a text without any command about captures. */
export const nothingFound: CaptureReading['missing'] = [
  {
    id: 'nothing-found',
    severity: 'error',
    words: 'No command that captures was found.',
    mend: 'Paste a command of netsh trace, pktmon or NetEventPacketCapture, a script, or what a window shows with its prompts.',
  },
];

function argumentTroubles(commands: readonly ExplainedCommand[]): Missing[] {
  return commands.flatMap(({ arguments: args, line, does }) =>
    args
      .filter(({ known }) => !known)
      .map(({ text, words }) => ({
        id: 'unknown-argument',
        severity: does === 'start' || does === 'prepare' ? ('error' as const) : ('note' as const),
        words: `“${shortened(text)}”: ${words}`,
        mend: 'Correct it or leave it out: the command may refuse to run.',
        line,
      })),
  );
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function draftTroubles(draft: Draft): Missing[] {
  const withLine = (troubles: readonly (Omit<Missing, 'line'> | false)[]): Missing[] =>
    troubles.flatMap((trouble) => (trouble === false ? [] : [{ ...trouble, line: draft.line }]));
  return withLine([...commonTroubles(draft), ...toolTroubles(draft)]);
}

type Trouble = Omit<Missing, 'line'>;
const when = (condition: boolean, trouble: Trouble): Trouble | false => condition && trouble;

const packetWords: Readonly<Record<CaptureTool, string>> = {
  netsh: 'Add capture=yes.',
  powershell: 'Add Add-NetEventPacketCaptureProvider -SessionName NAME -TruncationLength 1500.',
  pktmon: 'Add --capture.',
};
const truncationWords: Readonly<Record<CaptureTool, string>> = {
  netsh: 'packettruncatebytes=128',
  powershell: '-TruncationLength 128',
  pktmon: '--pkt-size 128',
};
const sizeWords: Readonly<Record<CaptureTool, string>> = {
  netsh: 'maxsize=1024',
  powershell: '-MaxFileSize 1024',
  pktmon: '--file-size 1024',
};
const fileWords: Readonly<Record<CaptureTool, string>> = {
  netsh: 'tracefile=C:\\trace\\host.etl',
  powershell: '-LocalFilePath C:\\trace\\host.etl',
  pktmon: '--file-name C:\\trace\\host.etl',
};
const switchWords: Readonly<Record<CaptureTool, string>> = {
  netsh: 'Add capturetype=both.',
  powershell: 'Add -CaptureType BothPhysicalAndSwitch.',
  pktmon: 'Leave --comp out.',
};

function hasSaid(draft: Draft, ...names: readonly string[]): boolean {
  return names.some((name) => draft.said.has(name));
}

function commonTroubles(draft: Draft): (Trouble | false)[] {
  const { tool } = draft;
  const hasEvents = draft.providers.length > 0 || draft.scenarios.length > 0 || draft.unknown.has('provider');
  const hasSwitchEvents = draft.providers.some(({ provider }) => isVmSwitchProvider(provider));
  const saysTruncation = hasSaid(draft, 'packettruncatebytes', 'truncationlength', '--pkt-size', '--packet-size');
  const saysSize = hasSaid(draft, 'maxsize', 'maxfilesize', '--file-size');
  const saysFile = hasSaid(draft, 'tracefile', 'localfilepath', '--file-name');
  const isSaved = draft.fileMode !== 'real-time';
  return [
    when(isSaved && isNetworkPath(draft.file), {
      id: 'network-path',
      severity: 'error',
      words: `The trace is written to another machine (${draft.file}): too slow, and it captures its own writing.`,
      mend: `Write to a local disk (${fileWords[tool]}) and copy the file afterwards.`,
    }),
    when(draft.packets === 'none' && !hasEvents, {
      id: 'captures-nothing',
      severity: 'error',
      words: 'Neither packets nor events are asked for.',
      mend: packetWords[tool],
    }),
    when(draft.packets === 'none' && hasEvents, {
      id: 'no-packets',
      severity: 'warning',
      words: 'Only events are logged, no packets.',
      mend: packetWords[tool],
    }),
    when(!isSaved, {
      id: 'real-time',
      severity: 'error',
      words: 'Packets are shown as they come, and nothing is saved.',
      mend: tool === 'pktmon' ? 'Use --log-mode circular.' : 'Use -CaptureMode SaveToFile.',
    }),
    when(draft.packets !== 'none' && tool === 'netsh' && !saysTruncation, {
      id: 'no-truncation',
      severity: 'note',
      words: 'Whole packets are kept, which fills the file soonest.',
      mend: `Where headers are enough: ${truncationWords[tool]}.`,
    }),
    when(draft.packets !== 'none' && tool !== 'netsh' && !saysTruncation, {
      id: 'default-truncation',
      severity: 'warning',
      words:
        'Only the first 128 bytes of each packet are kept, because the text does not say otherwise: payload and inner headers are cut.',
      mend:
        tool === 'pktmon'
          ? '--pkt-size 0 keeps whole packets.'
          : '-TruncationLength 1500 keeps whole packets of common size.',
    }),
    when(isSaved && !saysSize, {
      id: 'default-size',
      severity: 'warning',
      words: `No size is given: ${draft.megabytes} MB, of which only the newest events stay. A full 10 Gb/s link fills that in less than a second.`,
      mend: `Give a size: ${sizeWords[tool]}.`,
    }),
    when(isSaved && saysSize && draft.megabytes === 0, {
      id: 'no-limit',
      severity: 'warning',
      words: 'The file grows until the disk is full.',
      mend: `Give a size: ${sizeWords[tool]}.`,
    }),
    when(isSaved && !saysFile, {
      id: 'default-file',
      severity: 'note',
      words: `No file is named: ${draft.file}${tool === 'pktmon' ? ' in the folder that is current then' : ''}.`,
      mend: `Name it: ${fileWords[tool]}.`,
    }),
    when(isSaved && saysFile && !draft.unknown.has('tracefile') && draft.file !== '' && isRelative(draft.file), {
      id: 'relative-file',
      severity: 'note',
      words: `Where ${draft.file} will lie depends on the folder that is current then.`,
      mend: `Give the whole path: ${fileWords[tool]}.`,
    }),
    when(draft.unknown.size > 0, {
      id: 'unknown-value',
      severity: 'note',
      words: `The text does not tell the value of ${[...draft.unknown].join(', ')}.`,
      mend: 'Check what the variable holds.',
    }),
    when(draft.packets === 'host' && hasSwitchEvents, {
      id: 'no-switch-packets',
      severity: 'warning',
      words: 'The vSwitch’s events are logged, and packets at network adapters alone.',
      mend: switchWords[tool],
    }),
    when((draft.packets === 'switch' || draft.packets === 'both') && !hasSwitchEvents && tool !== 'pktmon', {
      id: 'no-switch-events',
      severity: 'warning',
      words:
        'Packets of the vSwitch are captured without its provider’s events, which may be all that the vSwitch tells.',
      mend: {
        netsh: 'Add provider="Microsoft-Windows-Hyper-V-VmSwitch" keywords=0xffffffffffffffff level=0xff.',
        powershell: 'Add Add-NetEventProvider -Name Microsoft-Windows-Hyper-V-VmSwitch -SessionName NAME -Level 5.',
        pktmon: '',
      }[tool],
    }),
    when(!draft.isStarted, {
      id: 'not-started',
      severity: 'error',
      words: 'The session is made and never started.',
      mend: `Add Start-NetEventSession -Name ${draft.session || 'NAME'}.`,
    }),
    when(draft.isStarted && !draft.isStopped, {
      id: 'no-stop',
      severity: 'warning',
      words: 'Nothing in the text stops the capture.',
      mend: {
        netsh: 'netsh trace stop',
        powershell: `Stop-NetEventSession -Name ${draft.session || 'NAME'}`,
        pktmon: 'pktmon stop',
      }[tool],
    }),
  ];
}

function isRelative(file: string): boolean {
  return !/^(?:[a-z]:[\\/]|[\\/]|%\w+%|\$)/i.test(file);
}

function toolTroubles(draft: Draft): (Trouble | false)[] {
  switch (draft.tool) {
    case 'netsh':
      return netshTroubles(draft);
    case 'powershell':
      return sessionTroubles(draft);
    case 'pktmon':
      return pktmonTroubles(draft);
  }
}

function netshTroubles(draft: Draft): (Trouble | false)[] {
  return [
    when(draft.report !== 'disabled', {
      id: 'report',
      severity: draft.report === 'no' && hasSaid(draft, 'report') ? 'note' : 'warning',
      words: {
        yes: 'At stop a report is made, which takes minutes and loads the machine.',
        no: hasSaid(draft, 'report')
          ? 'At stop some versions of Windows still gather a cabinet, which takes minutes.'
          : 'Nothing is said of a report: at stop netsh gathers a cabinet, which takes minutes and loads the machine.',
        disabled: '',
      }[draft.report],
      mend: 'report=disabled skips both; older versions know report=no alone.',
    }),
    when(!hasSaid(draft, 'overwrite'), {
      id: 'no-overwrite',
      severity: 'note',
      words: 'What becomes of an existing file is left to the default, which is to replace it.',
      mend: 'overwrite=yes says so, overwrite=no keeps it and does not start.',
    }),
    when(hasSaid(draft, 'capturetype') && !hasSaid(draft, 'capture'), {
      id: 'capture-missing',
      severity: 'error',
      words: 'capturetype says where packets are captured, but capture=yes is not given.',
      mend: 'Add capture=yes.',
    }),
    when(draft.packets !== 'none' && !hasSaid(draft, 'capturetype'), {
      id: 'no-capture-type',
      severity: 'note',
      words: 'Packets are captured at network adapters alone, not in a vSwitch.',
      mend: 'On a Hyper-V or container host: capturetype=both.',
    }),
    when(draft.besides.includes('persistent=yes'), {
      id: 'persistent',
      severity: 'warning',
      words: 'The trace goes on after a restart, until somebody stops it.',
      mend: 'Stop it with netsh trace stop, also after a restart, or leave persistent=yes out.',
    }),
    when(draft.fileMode === 'append', {
      id: 'append',
      severity: 'note',
      words: 'Appending puts a second session behind the first; other tools may read only one of them.',
      mend: 'Use a file for each capture.',
    }),
    when(draft.scenarios.length > 0, {
      id: 'scenario',
      severity: 'note',
      words: 'Scenarios do not work on Server Core.',
      mend: 'There, name each provider.',
    }),
    {
      id: 'deprecated',
      severity: 'note',
      words:
        'netsh trace is deprecated in favour of NetEventPacketCapture, and Nano Server has none. On Windows 8.1, Server 2012 R2 and later it now and then captures no packets.',
      mend: 'If a short try has no packets, use NetEventPacketCapture or pktmon.',
    },
  ];
}

function sessionTroubles(draft: Draft): (Trouble | false)[] {
  return [
    when(draft.said.has('not-made'), {
      id: 'not-made',
      severity: 'warning',
      words: `The text does not show how the session ${draft.session} is made.`,
      mend: 'Begin with New-NetEventSession.',
    }),
    when(draft.packets !== 'none' && !hasSaid(draft, 'capturetype') && !draft.unknown.has('capturetype'), {
      id: 'no-capture-type',
      severity: 'note',
      words: 'Where packets are captured is left to the default: network adapters.',
      mend: 'On a Hyper-V or container host: -CaptureType BothPhysicalAndSwitch.',
    }),
    when(draft.isStopped && !draft.said.has('removed'), {
      id: 'not-removed',
      severity: 'warning',
      words: 'The session is never removed; only one can exist, so the next one cannot be made.',
      mend: `Remove-NetEventSession -Name ${draft.session || 'NAME'}`,
    }),
    {
      id: 'since',
      severity: 'note',
      words: 'NetEventPacketCapture needs Windows 8.1 or Server 2012 R2; a newer PowerShell does not bring it.',
      mend: 'On an older Windows, use netsh trace.',
    },
  ];
}

function pktmonTroubles(draft: Draft): (Trouble | false)[] {
  return [
    when(draft.said.has('--etw'), {
      id: 'older-syntax',
      severity: 'warning',
      words: '--etw is how versions before Windows 10 2004 said it; newer ones do not know it.',
      mend: 'Write pktmon start --capture --pkt-size 0.',
    }),
    when(draft.said.has('no-packet-flag'), {
      id: 'no-payload',
      severity: 'error',
      words: 'The flags leave out 0x10, so that no packet bytes are logged.',
      mend: 'Leave --flags out, or add 0x10.',
    }),
    when(draft.fileMode === 'multi-file', {
      id: 'multi-file',
      severity: 'warning',
      words: 'A new file is begun whenever one is full, until the disk is.',
      mend: 'Stop in time, or use --log-mode circular.',
    }),
    when(draft.fileMode === 'memory', {
      id: 'in-memory',
      severity: 'warning',
      words: 'Everything is lost if the machine stops before pktmon does.',
      mend: 'Use --log-mode circular where the disk is fast enough.',
    }),
    {
      id: 'since',
      severity: 'note',
      words: 'pktmon is there from Windows 10 1809 and Server 2019; these options are those of 2004 and later.',
      mend: 'On an older Windows, use NetEventPacketCapture or netsh trace.',
    },
  ];
}

/** What no single command shows. */
function togetherTroubles(reading: Reading): Missing[] {
  const { drafts, commands } = reading;
  const found: Missing[] = [];
  const second = firstOverlap(commands);
  if (second)
    found.push({
      id: 'two-captures',
      severity: 'error',
      words:
        'A second capture is started while the first one runs: each Windows has one packet capture at a time, whatever the tool.',
      mend: 'Stop the first one before.',
      line: second.line,
    });
  if (drafts.length === 0) return found;
  if (!reading.gathersNames)
    found.push({
      id: 'no-names',
      severity: 'warning',
      words: 'Nothing gathers the names of adapters, VMs and switches: elsewhere the trace shows GUIDs.',
      mend: 'Use this plan: its script leaves a bundle. Or keep the output of Get-NetAdapter, Get-VMNetworkAdapter -All and Get-VMSwitch as JSON beside the trace.',
    });
  const hasEvents = drafts.some(({ providers, scenarios }) => providers.length > 0 || scenarios.length > 0);
  if (hasEvents && !reading.gathersSchemas)
    found.push({
      id: 'no-schemas',
      severity: 'note',
      words:
        'Nothing gathers the schemas of the providers: events that neither the trace nor Hopscope describes stay undecoded elsewhere.',
      mend: 'Use this plan: its script gathers them.',
    });
  found.push({
    id: 'elevated',
    severity: 'note',
    words: 'Only an elevated administrator can capture, and the same user has to stop.',
    mend: 'Run it from an elevated prompt.',
  });
  return found;
}

/** The first start that comes while another capture runs. Branches of a script are not known, so an `if` may excuse it. */
function firstOverlap(commands: readonly ExplainedCommand[]): ExplainedCommand | undefined {
  let isRunning = false;
  for (const command of commands) {
    if (command.does === 'start' && isRunning) return command;
    if (command.does === 'start') isRunning = true;
    if (command.does === 'stop') isRunning = false;
  }
  return undefined;
}
