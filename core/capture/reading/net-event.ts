import type { ExplainedArgument } from './capture-reading.ts';
import {
  abbreviated,
  emptyDraft,
  eventLevel,
  explained,
  keywordMask,
  keywordWords,
  knownArgument,
  levelWords,
  listOf,
  unknownArgument,
  unknownValueWords,
  wholeNumber,
  type Draft,
  type DraftProvider,
  type Reading,
} from './draft.ts';
import type { ShellCommand, ShellWord } from './shell-words.ts';

/** Of the cmdlets: 250 MB, 128 bytes of each packet, events up to level 4. */
const defaults = { megabytes: 250, truncation: 128, file: '%LOCALAPPDATA%\\Temp\\NetTrace.etl' } as const;
const defaultLevel = 4;
/** What the cmdlets take, a UInt16: nothing is longer, so nothing is cut. */
const wholeLength = 65_535;

/** Values of a command's parameters, by their full names in lower case. */
interface Given {
  readonly values: ReadonlyMap<string, ShellWord>;
  readonly told: ExplainedArgument[];
}

interface Cmdlet {
  readonly does: 'start' | 'stop' | 'prepare' | 'other';
  readonly words: string;
  /** Parameters that may stand without their names, in their order. */
  readonly positions: readonly string[];
  readonly others: readonly string[];
  readonly read?: (given: Given, reading: Reading, command: ShellCommand) => void;
}

const switches = new Set([
  'asjob',
  'whatif',
  'confirm',
  'passthru',
  'verbose',
  'debug',
  'showinstalled',
  'shownotinstalled',
]);
const common = [
  'CimSession',
  'ThrottleLimit',
  'AsJob',
  'WhatIf',
  'Confirm',
  'Verbose',
  'Debug',
  'ErrorAction',
  'ErrorVariable',
  'WarningAction',
  'WarningVariable',
  'InformationAction',
  'InformationVariable',
  'OutVariable',
  'OutBuffer',
  'PipelineVariable',
  'PassThru',
];
const aliases: ReadonlyMap<string, string> = new Map([
  ['lfp', 'LocalFilePath'],
  ['cm', 'CaptureMode'],
  ['ea', 'ErrorAction'],
  ['cf', 'Confirm'],
  ['wi', 'WhatIf'],
  ['session', 'CimSession'],
]);

const eventParameters = ['Level', 'MatchAnyKeyword', 'MatchAllKeyword'];
const packetParameters = [
  'SessionName',
  ...eventParameters,
  'CaptureType',
  'MultiLayer',
  'LinkLayerAddress',
  'EtherType',
  'IpAddresses',
  'IpProtocols',
  'TruncationLength',
  'VmCaptureDirection',
];
const sessionParameters = ['CaptureMode', 'LocalFilePath', 'MaxFileSize', 'MaxNumberOfBuffers', 'TraceBufferSize'];
const providerOf = (words: string, provider: string): Cmdlet => ({
  does: 'prepare',
  words,
  positions: ['SessionName', ...eventParameters],
  others: [
    'SwitchName',
    'PortIds',
    'VFPFlowDirection',
    'IPAddresses',
    'IPProtocols',
    'TCPPorts',
    'UDPPorts',
    'SourceIPAddresses',
    'DestinationIPAddresses',
    'SourceMACAddresses',
    'DestinationMACAddresses',
    'VLANIds',
    'TenantIds',
    'GREKeys',
    'CaptureLayerSet',
  ],
  read: (given, reading, command) => {
    const draft = draftOf(given.values.get('sessionname'), reading, command);
    draft.providers.push(withEvents({ provider }, given));
  },
});

const cmdlets: Readonly<Record<string, Cmdlet>> = {
  'new-neteventsession': {
    does: 'prepare',
    words: 'Makes a capture session; nothing is captured yet.',
    positions: ['Name'],
    others: sessionParameters,
    read: newSession,
  },
  'set-neteventsession': {
    does: 'prepare',
    words: 'Changes a capture session.',
    positions: ['Name'],
    others: sessionParameters,
    read: (given, reading, command) => {
      readSession(given, draftOf(given.values.get('name'), reading, command));
    },
  },
  'add-neteventpacketcaptureprovider': {
    does: 'prepare',
    words: 'Has the session capture packets.',
    positions: packetParameters,
    others: [],
    read: readPackets,
  },
  'set-neteventpacketcaptureprovider': {
    does: 'prepare',
    words: 'Changes how packets are captured.',
    positions: packetParameters,
    others: [],
    read: readPackets,
  },
  'add-neteventprovider': {
    does: 'prepare',
    words: 'Has the session log a provider’s events.',
    positions: ['Name', 'SessionName', ...eventParameters],
    others: [],
    read: (given, reading, command) => {
      const name = given.values.get('name');
      const draft = draftOf(given.values.get('sessionname'), reading, command);
      if (!name) return;
      if (name.isUnknown) draft.unknown.add('provider');
      else for (const provider of elementsIn(name)) draft.providers.push(withEvents({ provider }, given));
    },
  },
  'set-neteventprovider': {
    does: 'prepare',
    words: 'Changes which of a provider’s events are logged.',
    positions: ['Name', 'SessionName', ...eventParameters],
    others: [],
    read: (given, reading) => {
      const name = given.values.get('name')?.value.toLowerCase();
      for (const draft of reading.drafts)
        draft.providers = draft.providers.map((one) =>
          one.provider.toLowerCase() === name ? withEvents(one, given) : one,
        );
    },
  },
  'add-neteventnetworkadapter': {
    does: 'prepare',
    words: 'Captures at this network adapter instead of at all of them.',
    positions: ['Name'],
    others: ['InterfaceDescription', 'PromiscuousMode', 'InterfaceIndex'],
    read: (given, reading, command) => {
      const draft = draftOf(undefined, reading, command);
      const name = given.values.get('name') ?? given.values.get('interfacedescription');
      if (name?.isUnknown) draft.unknown.add('adapter');
      else if (name) draft.adapters.push(...elementsIn(name));
    },
  },
  'add-neteventvmnetworkadapter': {
    does: 'prepare',
    words: 'Captures at this adapter of a VM.',
    positions: ['Name'],
    others: ['SwitchName'],
    read: (given, reading, command) => {
      draftOf(undefined, reading, command).besides.push(`the VM’s adapter ${given.values.get('name')?.value ?? ''}`);
    },
  },
  'add-neteventvmswitch': {
    does: 'prepare',
    words: 'Captures in this vSwitch.',
    positions: ['Name'],
    others: [],
    read: (given, reading, command) => {
      draftOf(undefined, reading, command).besides.push(`the vSwitch ${given.values.get('name')?.value ?? ''}`);
    },
  },
  'add-neteventvmswitchprovider': providerOf(
    'Has the session log the vSwitch’s events.',
    'Microsoft-Windows-Hyper-V-VmSwitch',
  ),
  'add-neteventvfpprovider': providerOf(
    'Has the session log the events of the vSwitch’s filter platform.',
    'Microsoft-Windows-Hyper-V-VfpExt',
  ),
  'add-neteventwfpcaptureprovider': {
    does: 'prepare',
    words: 'Has the session capture packets in the Windows Filtering Platform, where IPsec is decrypted.',
    positions: ['SessionName', ...eventParameters],
    others: ['CaptureLayerSet', 'IPAddresses', 'TCPPorts', 'UDPPorts'],
    read: (given, reading, command) => {
      draftOf(given.values.get('sessionname'), reading, command).besides.push(
        'packets of the Windows Filtering Platform',
      );
    },
  },
  'start-neteventsession': {
    does: 'start',
    words: 'Begins to capture.',
    positions: ['Name'],
    others: [],
    read: (given, reading, command) => {
      const draft = draftOf(given.values.get('name'), reading, command);
      draft.isStarted = true;
    },
  },
  'stop-neteventsession': {
    does: 'stop',
    words: 'Ends the capture and finishes its file.',
    positions: ['Name'],
    others: [],
    read: (given, reading) => {
      for (const draft of sessionsOf(given.values.get('name'), reading)) draft.isStopped = true;
    },
  },
  'remove-neteventsession': {
    does: 'stop',
    words: 'Removes the session, so that another can be made; the file stays.',
    positions: ['Name'],
    others: [],
    read: (given, reading) => {
      for (const draft of sessionsOf(given.values.get('name'), reading)) draft.said.add('removed');
    },
  },
  'get-neteventsession': { does: 'other', words: 'Shows capture sessions.', positions: ['Name'], others: [] },
  'get-neteventprovider': {
    does: 'other',
    words: 'Shows providers.',
    positions: ['Name', 'SessionName'],
    others: ['ShowInstalled'],
  },
  'remove-neteventprovider': {
    does: 'prepare',
    words: 'Takes a provider out of a session.',
    positions: ['Name'],
    others: ['SessionName'],
  },
  'remove-neteventpacketcaptureprovider': {
    does: 'prepare',
    words: 'Takes the packets out of a session.',
    positions: ['SessionName'],
    others: [],
    read: (given, reading, command) => {
      draftOf(given.values.get('sessionname'), reading, command).packets = 'none';
    },
  },
};

/** As people know them. */
const cmdletNames = [
  'New-NetEventSession',
  'Start-NetEventSession',
  'Stop-NetEventSession',
  'Remove-NetEventSession',
  'Get-NetEventSession',
  'Set-NetEventSession',
  'Add-NetEventPacketCaptureProvider',
  'Add-NetEventProvider',
  'Add-NetEventNetworkAdapter',
  'Add-NetEventVmNetworkAdapter',
  'Add-NetEventVmSwitch',
  'Add-NetEventVmSwitchProvider',
  'Add-NetEventVFPProvider',
  'Add-NetEventWFPCaptureProvider',
];

/** Cmdlets of the module that say nothing of what is captured. */
const quietNames =
  /^(?:get|set|remove)-netevent(?:networkadapter|packetcaptureprovider|vfpprovider|vmnetworkadapter|vmswitch|vmswitchprovider|wfpcaptureprovider)$/;

/** Reads a cmdlet of NetEventPacketCapture. False where the command is none of them, nor a near miss. */
export function readNetEvent(command: ShellCommand, reading: Reading): boolean {
  const name = command.words[0].value.toLowerCase().replace(/^.*\\/, '');
  if (!/^[a-z]+-netevent|^[a-z]+-net\w*event\w*session$/.test(name)) return false;
  const cmdlet = Object.hasOwn(cmdlets, name) ? cmdlets[name] : undefined;
  if (!cmdlet && quietNames.test(name)) {
    reading.commands.push(
      explained(command, {
        tool: 'powershell',
        does: 'other',
        words: 'Shows, changes or removes a part of a session.',
      }),
    );
    return true;
  }
  if (!cmdlet) {
    const told = unknownArgument(
      command.words[0].raw,
      command.words[0].value,
      cmdletNames,
      'The module NetEventPacketCapture',
    );
    reading.commands.push(explained(command, { tool: 'powershell', does: 'other', words: told.words }));
    reading.missing.push({
      id: 'unknown-command',
      severity: 'error',
      words: `“${command.words[0].value}” is not known: ${told.words}`,
      mend: 'Correct the name, or look it up with Get-Command -Module NetEventPacketCapture.',
      line: command.line,
    });
    return true;
  }
  const given = parametersOf(command.words.slice(1), cmdlet);
  cmdlet.read?.(given, reading, command);
  reading.commands.push(explained(command, { tool: 'powershell', does: cmdlet.does, words: cmdlet.words }, given.told));
  return true;
}

/** Matches words with parameters as PowerShell does: by any beginning that fits one alone, `-Name:value`, or by position. */
function parametersOf(words: readonly ShellWord[], cmdlet: Cmdlet): Given {
  const names = [...cmdlet.positions, ...cmdlet.others, ...common];
  const values = new Map<string, ShellWord>();
  const told: ExplainedArgument[] = [];
  const loose: ShellWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const option = optionOf(word);
    if (!option) {
      loose.push(word);
      continue;
    }
    const name = aliases.get(option.typed.toLowerCase()) ?? abbreviated(option.typed, names);
    const next = words.at(index + 1);
    const isSwitch = name !== undefined && switches.has(name.toLowerCase());
    // A value that stands apart belongs to what is before it, even where that is not known.
    const takesNext = option.value === '' && !isSwitch && next !== undefined && (name !== undefined || !optionOf(next));
    if (takesNext) index++;
    const value = takesNext ? next : option.value === '' ? undefined : { ...word, value: option.value };
    const text = takesNext ? `${word.raw} ${next.raw}` : word.raw;
    if (name === undefined) told.push(unknownParameter(text, option.typed, names));
    else if (isSwitch) told.push(knownArgument(text, ''));
    else if (!value) told.push({ text, words: `${name} has no value.`, known: false });
    else told.push(take(name, value, text, values));
  }
  const free = cmdlet.positions.filter((name) => !values.has(name.toLowerCase()));
  for (const word of loose) told.push(takeLoose(word, free, values));
  return { values, told };
}

/** `-Name` or `-Name:value`; pasted from a document the dash may be a longer one, which PowerShell takes too. */
function optionOf(word: ShellWord): { typed: string; value: string } | undefined {
  const match = /^[-–—]([a-z]\w*)(:?)([\s\S]*)$/i.exec(word.value);
  if (!match || !/^[-–—]/.test(word.raw) || (match[2] === '' && match[3] !== '')) return undefined;
  return { typed: match[1], value: match[3] };
}

function unknownParameter(text: string, typed: string, names: readonly string[]): ExplainedArgument {
  const dashed = names.map((name) => `-${name}`);
  return unknownArgument(text, `-${typed}`, dashed, 'The cmdlet');
}

function takeLoose(word: ShellWord, free: string[], values: Map<string, ShellWord>): ExplainedArgument {
  if (/^@\w/.test(word.raw))
    return { text: word.raw, words: 'Parameters kept in a table elsewhere, which is not followed.', known: true };
  const name = free.shift();
  if (name === undefined) return { text: word.raw, words: 'One value more than the cmdlet takes.', known: false };
  return take(name, word, word.raw, values);
}

function take(name: string, value: ShellWord, text: string, values: Map<string, ShellWord>): ExplainedArgument {
  values.set(name.toLowerCase(), value);
  if (value.isUnknown) return knownArgument(text, unknownValueWords(value));
  const words = parameterWords(name.toLowerCase(), value.value);
  return words === null
    ? { text, words: `${name} cannot be “${value.value}”.`, known: false }
    : knownArgument(text, words);
}

/** What a value means; null where it cannot be. */
function parameterWords(name: string, value: string): string | null {
  const number = wholeNumber(value);
  switch (name) {
    case 'name':
      return `Named ${value}.`;
    case 'sessionname':
      return `In the session ${value}.`;
    case 'cimsession':
      return `On another computer: ${value}.`;
    case 'localfilepath':
      return `Writes to ${value}.`;
    case 'maxfilesize':
      if (number === undefined) return null;
      return number === 0
        ? 'The file grows without limit.'
        : `The file holds at most ${number} MB; then the newest events replace the oldest.`;
    case 'capturemode':
      return captureModeWords(value);
    case 'truncationlength':
      if (number === undefined || number > wholeLength) return null;
      return number === 0 || number === wholeLength
        ? 'Whole packets.'
        : `Keeps the first ${number} bytes of each packet.`;
    case 'capturetype':
      return captureTypeWords(value);
    case 'level': {
      const level = eventLevel(value);
      return level === null ? null : `Logs ${levelWords(level)}.`;
    }
    case 'matchanykeyword': {
      const mask = keywordMask(value);
      return mask === null ? null : `Logs ${keywordWords(mask)}.`;
    }
    case 'matchallkeyword':
      return keywordMask(value) === null ? null : `Logs only events that have all keywords of ${value}.`;
    case 'multilayer':
      return /^\$?(?:true|1)$/i.test(value) ? 'Packets at several layers of the stack.' : 'Packets at one layer.';
    case 'ethertype':
    case 'ipaddresses':
    case 'ipprotocols':
    case 'linklayeraddress':
      return `Only packets that fit ${value}.`;
    case 'maxnumberofbuffers':
      return number === undefined || number > 255 ? null : `At most ${number} buffers in memory.`;
    case 'tracebuffersize':
      return number === undefined || number > 1024 ? null : `Buffers of ${number} kB.`;
    default:
      return '';
  }
}

function captureModeWords(value: string): string | null {
  const mode = abbreviated(value, ['SaveToFile', 'RealtimeLocal', 'RealtimeRPC']);
  if (mode === undefined) return null;
  return mode === 'SaveToFile' ? 'Saves to a file.' : 'Shows events as they come; nothing is saved.';
}

function captureTypeWords(value: string): string | null {
  switch (value.toLowerCase()) {
    case 'physical':
      return 'Packets at network adapters, not in the vSwitch.';
    case 'switch':
      return 'Packets in the vSwitch alone.';
    case 'bothphysicalandswitch':
      return 'Packets at network adapters and in the vSwitch.';
    default:
      return null;
  }
}

function newSession(given: Given, reading: Reading, command: ShellCommand): void {
  const draft = emptyDraft('powershell', command.line, defaults);
  const name = given.values.get('name') ?? given.values.get('sessionname');
  draft.session = name?.value.toLowerCase() ?? '';
  readSession(given, draft);
  reading.drafts.push(draft);
}

function readSession(given: Given, draft: Draft): void {
  const size = known(given, 'maxfilesize', draft);
  const megabytes = size === undefined ? undefined : wholeNumber(size);
  if (megabytes !== undefined) draft.megabytes = megabytes;
  const file = known(given, 'localfilepath', draft);
  if (file !== undefined) draft.file = file;
  else if (draft.unknown.has('localfilepath')) draft.file = '';
  const mode = known(given, 'capturemode', draft);
  if (mode !== undefined && /^realtime/i.test(mode)) draft.fileMode = 'real-time';
}

/** The value of a parameter; what the text gives without telling its value is remembered as unknown. */
function known(given: Given, name: string, draft: Draft): string | undefined {
  const word = given.values.get(name);
  if (!word) return undefined;
  draft.said.add(name);
  if (!word.isUnknown) return word.value;
  draft.unknown.add(name);
  return undefined;
}

function readPackets(given: Given, reading: Reading, command: ShellCommand): void {
  const draft = draftOf(given.values.get('sessionname'), reading, command);
  const type = known(given, 'capturetype', draft)?.toLowerCase();
  if (type === 'switch') draft.packets = 'switch';
  else if (type === 'bothphysicalandswitch') draft.packets = 'both';
  else if (type === 'physical' || draft.packets === 'none') draft.packets = 'host';
  const length = known(given, 'truncationlength', draft);
  const bytes = length === undefined ? undefined : wholeNumber(length);
  if (bytes !== undefined && bytes <= wholeLength) draft.truncation = bytes === wholeLength ? 0 : bytes;
  for (const name of ['ethertype', 'ipaddresses', 'ipprotocols', 'linklayeraddress']) {
    const value = given.values.get(name);
    if (value) draft.besides.push(`a filter (${name} ${value.value})`);
  }
  if (/^\$?(?:true|1)$/i.test(given.values.get('multilayer')?.value ?? '')) draft.besides.push('-MultiLayer');
}

function withEvents(provider: DraftProvider, given: Given): DraftProvider {
  const level = eventLevel(given.values.get('level')?.value ?? String(provider.level ?? defaultLevel));
  const mask = keywordMask(given.values.get('matchanykeyword')?.value ?? '0');
  return {
    provider: provider.provider,
    ...(typeof mask === 'string' ? { keywords: mask } : {}),
    ...(typeof level === 'number' ? { level } : {}),
  };
}

/** The session of this name; without a name the latest; made where the text has not shown how it was made. */
function draftOf(name: ShellWord | undefined, reading: Reading, command: ShellCommand): Draft {
  const found = sessionsOf(name, reading).at(-1);
  if (found) return found;
  const draft = emptyDraft('powershell', command.line, defaults);
  draft.session = name?.value.toLowerCase() ?? '';
  draft.said.add('not-made');
  reading.drafts.push(draft);
  return draft;
}

/** The elements of a list; a comma inside one pair of quotes belongs to the text. */
function elementsIn(word: ShellWord): string[] {
  return /^(['"‘’‚‛])[^]*\1$/.test(word.raw) && !/['"]\s*,\s*['"]/.test(word.raw) ? [word.value] : listOf(word.value);
}

function sessionsOf(name: ShellWord | undefined, reading: Reading): Draft[] {
  const wanted = name?.value.toLowerCase();
  return reading.drafts.filter(
    (draft) => draft.tool === 'powershell' && (wanted === undefined || draft.session === wanted),
  );
}
