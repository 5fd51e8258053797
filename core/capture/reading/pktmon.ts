import type { ExplainedArgument } from './capture-reading.ts';
import {
  abbreviated,
  asksForHelp,
  emptyDraft,
  eventLevel,
  explained,
  keywordMask,
  keywordWords,
  knownArgument,
  levelWords,
  showHelp,
  unknownArgument,
  unknownValueWords,
  wholeNumber,
  type Draft,
  type Reading,
} from './draft.ts';
import type { ShellCommand, ShellWord } from './shell-words.ts';

const defaults = { megabytes: 512, truncation: 128, file: 'PktMon.etl' } as const;
const defaultEvents = { keywords: '0xffffffff', level: 4 } as const;

interface Simple {
  readonly does: 'convert' | 'gather' | 'other' | 'prepare';
  readonly words: string;
}

const simple: ReadonlyMap<string, Simple> = new Map(
  Object.entries<Simple>({
    list: { does: 'gather', words: 'Lists the components that pktmon can capture at.' },
    comp: { does: 'gather', words: 'Lists or chooses components; newer versions call it list.' },
    status: { does: 'other', words: 'Shows whether pktmon captures.' },
    counters: { does: 'other', words: 'Shows how many packets each component has counted.' },
    reset: { does: 'other', words: 'Sets the counters to zero.' },
    unload: { does: 'other', words: 'Stops pktmon’s driver.' },
    etl2txt: { does: 'convert', words: 'Turns a trace into text.' },
    format: { does: 'convert', words: 'Turns a trace into text; newer versions call it etl2txt.' },
    etl2pcap: {
      does: 'convert',
      words: 'Turns packets into pcapng; where each was seen and why it was dropped is lost.',
    },
    pcapng: { does: 'convert', words: 'Turns packets into pcapng; newer versions call it etl2pcap.' },
    hex2pkt: { does: 'other', words: 'Reads one packet from hexadecimal digits.' },
    help: { does: 'other', words: 'Shows the help.' },
  }),
);

export function readPktmon(command: ShellCommand, reading: Reading): void {
  const typed = command.words.at(1)?.value.toLowerCase() ?? 'help';
  const rest = command.words.slice(2);
  const plain = simple.get(typed);
  if (typed === 'start' && rest.some(asksForHelp)) showHelp(command, 'pktmon', reading);
  else if (typed === 'start') readStart(command, rest, reading);
  else if (typed === 'stop') readStop(command, reading);
  else if (typed === 'filter') readFilter(command, rest, reading);
  else if (plain) {
    if (plain.does === 'gather') reading.gathersNames = true;
    const told = rest.map((word) => knownArgument(word.raw, ''));
    reading.commands.push(explained(command, { tool: 'pktmon', ...plain }, told));
  } else readUnknown(command, typed, reading);
}

function readUnknown(command: ShellCommand, typed: string, reading: Reading): void {
  const told = unknownArgument(typed, typed, ['start', 'stop', 'filter', ...simple.keys()], 'pktmon');
  reading.commands.push(explained(command, { tool: 'pktmon', does: 'other', words: told.words }));
  reading.missing.push({
    id: 'unknown-command',
    severity: 'error',
    words: told.words,
    mend: 'pktmon start … begins a capture, pktmon stop ends it.',
    line: command.line,
  });
}

function readStop(command: ShellCommand, reading: Reading): void {
  for (const draft of reading.drafts) if (draft.tool === 'pktmon') draft.isStopped = true;
  const words = 'Ends the capture, and adds to its file what pktmon knows of the components.';
  reading.commands.push(explained(command, { tool: 'pktmon', does: 'stop', words }));
}

function readFilter(command: ShellCommand, rest: readonly ShellWord[], reading: Reading): void {
  const action = rest.at(0)?.value.toLowerCase() ?? 'list';
  const filter = rest.slice(1);
  if (action === 'add') reading.pktmonFilters.push(filter.map(({ value }) => value).join(' '));
  if (action === 'remove') reading.pktmonFilters.length = 0;
  const words =
    action === 'add'
      ? 'From now on only packets that fit one of the filters are captured.'
      : action === 'remove'
        ? 'Removes all filters.'
        : 'Shows the filters.';
  reading.commands.push(
    explained(command, { tool: 'pktmon', does: 'prepare', words }, action === 'add' ? filterArguments(filter) : []),
  );
}

interface Option {
  /** Full name first. */
  readonly names: readonly string[];
  readonly values: 'none' | 'one' | 'some' | 'perhaps';
  /** Tells what a value means; null where it cannot be. */
  readonly read: (value: string, draft: Draft) => string | null;
}

const filterOptions: readonly Option[] = [
  { names: ['--mac-address', '--mac', '-m'], values: 'some', read: (value) => `Packets from or to ${value}.` },
  { names: ['--vlan', '-v'], values: 'one', read: (value) => `Packets of VLAN ${value}.` },
  {
    names: ['--data-link-protocol', '--data-link', '--ethertype', '-d'],
    values: 'one',
    read: (value) => `Packets of ${value}.`,
  },
  {
    names: ['--transport-protocol', '--transport', '--ip-protocol', '-t'],
    values: 'some',
    read: (value) => `Packets of ${value}.`,
  },
  { names: ['--ip-address', '--ip', '-i'], values: 'some', read: (value) => `Packets from or to ${value}.` },
  { names: ['--port', '-p'], values: 'some', read: (value) => `Packets from or to port ${value}.` },
  { names: ['--heartbeat', '-b'], values: 'none', read: () => 'Heartbeats of a cluster.' },
  { names: ['--encap', '-e'], values: 'perhaps', read: () => 'Packets inside tunnels too.' },
];

function filterArguments(words: readonly ShellWord[]): ExplainedArgument[] {
  const named = words.at(0)?.value.startsWith('-') === false ? words.slice(0, 1) : [];
  const draft = emptyDraft('pktmon', 0, defaults);
  return [
    ...named.map((word) => knownArgument(word.raw, 'The filter’s name.')),
    ...readOptions(words.slice(named.length), filterOptions, draft, 'pktmon filter add'),
  ];
}

const fileOptions: readonly Option[] = [
  {
    names: ['--file-name', '-f'],
    values: 'one',
    read: (value, draft) => {
      draft.file = value;
      return `Writes to ${value}.`;
    },
  },
  {
    names: ['--file-size', '-s'],
    values: 'one',
    read: (value, draft) => {
      const megabytes = wholeNumber(value);
      if (megabytes === undefined) return null;
      draft.megabytes = megabytes;
      return `The file holds at most ${megabytes} MB.`;
    },
  },
  { names: ['--log-mode', '-m'], values: 'one', read: readLogMode },
];

const startOptions: readonly Option[] = [
  { names: ['--capture', '-c'], values: 'none', read: () => 'Packets are captured and counted.' },
  {
    names: ['--counters-only', '-o'],
    values: 'none',
    read: (_value, draft) => {
      draft.besides.push('--counters-only');
      return 'Packets are counted and not captured.';
    },
  },
  { names: ['--comp'], values: 'some', read: readComponents },
  {
    names: ['--type'],
    values: 'one',
    read: (value, draft) => {
      const type = (['all', 'flow', 'drop'] as const).find((one) => one === value.toLowerCase());
      if (type === undefined) return null;
      if (type !== 'all') draft.besides.push(`--type ${type}`);
      return {
        all: 'All packets.',
        flow: 'Only packets that are not dropped.',
        drop: 'Only packets that are dropped.',
      }[type];
    },
  },
  { names: ['--pkt-size'], values: 'one', read: readPacketSize },
  {
    names: ['--flags'],
    values: 'one',
    read: (value, draft) => {
      const flags = wholeNumber(/^0x/i.test(value) ? value : `0x${value}`);
      if (flags === undefined) return null;
      if ((flags & packetFlag) === 0) draft.said.add('no-packet-flag');
      draft.besides.push(`--flags ${value}`);
      return `What is logged of each packet: ${value}.`;
    },
  },
  { names: ['--trace', '-t'], values: 'none', read: () => 'Events of providers are logged.' },
  {
    names: ['--provider', '-p'],
    values: 'one',
    read: (value, draft) => {
      draft.providers.push({ provider: value, ...defaultEvents });
      return `Events of ${value}.`;
    },
  },
  {
    names: ['--keywords', '-k'],
    values: 'one',
    read: (value, draft) => {
      const last = draft.providers.at(-1);
      const mask = keywordMask(/^0x/i.test(value) ? value : `0x${value}`);
      if (!last || mask === null) return null;
      if (mask === undefined) delete last.keywords;
      else last.keywords = mask;
      return `Of ${last.provider}, ${keywordWords(mask)}.`;
    },
  },
  {
    names: ['--level', '-l'],
    values: 'one',
    read: (value, draft) => {
      const last = draft.providers.at(-1);
      const level = eventLevel(value);
      if (!last || level === null) return null;
      if (level === undefined) delete last.level;
      else last.level = level;
      return `Of ${last.provider}, ${levelWords(level)}.`;
    },
  },
  ...fileOptions,
];

/** Of `--flags`: the packet's bytes. */
const packetFlag = 0x10;

/** Before Windows 10 2004: `--etw` has packets written, `-p` is their size, `-c` chooses components. */
const olderStartOptions: readonly Option[] = [
  {
    names: ['--etw'],
    values: 'none',
    read: () => 'Packets are captured, not only counted. Newer versions call it --capture.',
  },
  { names: ['--packet-size', '-p'], values: 'one', read: readPacketSize },
  { names: ['--components', '--comp', '-c'], values: 'some', read: readComponents },
  { names: ['--keywords', '-k'], values: 'one', read: (value) => `What is logged of each packet: ${value}.` },
  {
    names: ['--drop', '-d'],
    values: 'none',
    read: (_value, draft) => {
      draft.besides.push('--drop');
      return 'Only packets that are dropped.';
    },
  },
  ...fileOptions,
  { names: ['-l'], values: 'one', read: readLogMode },
];

function readStart(command: ShellCommand, args: readonly ShellWord[], reading: Reading): void {
  const draft = emptyDraft('pktmon', command.line, defaults);
  draft.isStarted = true;
  draft.packets = 'both';
  const isOlder = args.some(({ value }) => value.toLowerCase() === '--etw');
  const told = readOptions(args, isOlder ? olderStartOptions : startOptions, draft, 'pktmon start');
  if (!draft.said.has(isOlder ? '--etw' : '--capture') || draft.said.has('--counters-only')) draft.packets = 'none';
  draft.besides.push(...reading.pktmonFilters.map((filter) => `a filter (${filter})`));
  reading.drafts.push(draft);
  const words = draft.packets === 'none' ? 'Begins to log with pktmon.' : 'Begins a capture with pktmon.';
  reading.commands.push(explained(command, { tool: 'pktmon', does: 'start', words }, told));
}

function readComponents(value: string, draft: Draft): string {
  const chosen = value.toLowerCase();
  if (chosen === 'all') return 'At every component.';
  if (chosen === 'nics') {
    draft.packets = 'host';
    return 'At NICs alone.';
  }
  draft.adapters.push(...value.split(/[\s,]+/).filter((id) => id !== ''));
  return `At the components ${value}.`;
}

function readPacketSize(value: string, draft: Draft): string | null {
  const bytes = wholeNumber(value);
  if (bytes === undefined) return null;
  draft.truncation = bytes;
  return bytes === 0 ? 'Whole packets.' : `Keeps the first ${bytes} bytes of each packet.`;
}

function readLogMode(value: string, draft: Draft): string | null {
  const mode = abbreviated(value, ['circular', 'multi-file', 'memory', 'real-time']);
  if (mode === undefined) return null;
  draft.fileMode = mode;
  return {
    circular: 'When the file is full, the newest events replace the oldest.',
    'multi-file': 'When a file is full, the next one is begun: the disk fills until somebody stops it.',
    memory: 'Keeps the newest events in memory, and writes them at stop.',
    'real-time': 'Shows packets on the screen; nothing is saved.',
  }[mode];
}

function readOptions(
  words: readonly ShellWord[],
  options: readonly Option[],
  draft: Draft,
  tool: string,
): ExplainedArgument[] {
  const told: ExplainedArgument[] = [];
  const names = options.flatMap((option) => option.names);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    const option = options.find((one) => one.names.includes(word.value.toLowerCase()));
    if (!option) {
      const isVariable = /^[$@]/.test(word.raw);
      told.push(
        isVariable
          ? knownArgument(word.raw, unknownValueWords(word))
          : unknownArgument(word.raw, word.value, names, tool),
      );
      continue;
    }
    const values = valuesAfter(words, index, option);
    index += values.length;
    told.push(readOption(word, option, values, draft));
  }
  return told;
}

function readOption(word: ShellWord, option: Option, values: readonly ShellWord[], draft: Draft): ExplainedArgument {
  const [name] = option.names;
  draft.said.add(name);
  const text = [word, ...values].map(({ raw }) => raw).join(' ');
  const unknown = values.find(({ isUnknown }) => isUnknown);
  if (unknown) {
    draft.unknown.add(name);
    if (name === '--file-name') draft.file = '';
    return knownArgument(text, unknownValueWords(unknown));
  }
  if (values.length === 0 && (option.values === 'one' || option.values === 'some'))
    return { text, words: `${name} has no value.`, known: false };
  const value = values.map((one) => one.value).join(' ');
  const words = option.read(value, draft);
  if (words !== null) return knownArgument(text, words);
  const isLost = (name === '--keywords' || name === '--level') && draft.providers.length === 0;
  const why = isLost ? `${name} belongs behind the provider that it is for.` : `${name} cannot be “${value}”.`;
  return { text, words: why, known: false };
}

function valuesAfter(words: readonly ShellWord[], index: number, option: Option): ShellWord[] {
  if (option.values === 'none') return [];
  const rest = words.slice(index + 1, option.values === 'one' || option.values === 'perhaps' ? index + 2 : undefined);
  const end = rest.findIndex(({ value }) => /^--?[a-z]/i.test(value));
  return end < 0 ? rest : rest.slice(0, end);
}
