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
  listOf,
  showHelp,
  unknownArgument,
  unknownValueWords,
  wholeNumber,
  type Draft,
  type Reading,
} from './draft.ts';
import type { ShellCommand, ShellWord } from './shell-words.ts';

/** As `netsh trace start ?` tells them. */
const defaults = {
  megabytes: 250,
  truncation: 0,
  file: '%LOCALAPPDATA%\\Temp\\NetTraces\\NetTrace.etl',
} as const;

const summaries = {
  start: 'Begins a trace.',
  stop: 'Ends the trace and finishes its file.',
  show: 'Shows what can be traced, or whether a trace runs.',
  convert: 'Turns a trace into text, a table or XML.',
  correlate: 'Makes a new trace of the events that belong together.',
  diagnose: 'Runs Windows’ own network diagnosis.',
  dump: 'Shows netsh’s settings as commands.',
  export: 'Makes a profile of a scenario for Windows Performance Recorder.',
  merge: 'Makes one trace of several.',
  postreset: 'Brings back the settings of tracing.',
  help: 'Shows the help.',
} as const;
const subcommands = Object.keys(summaries) as (keyof typeof summaries)[];

/** Reads a command whose program is netsh. Its other contexts are none of ours. */
export function readNetsh(command: ShellCommand, reading: Reading): void {
  const words = withJoinedTags(command.words.slice(1));
  const context = words.findIndex(({ value }) => /^tr(?:a(?:c(?:e)?)?)?$/i.test(value));
  if (context < 0 || context > 4) return;
  const typed = words.at(context + 1)?.value ?? '';
  const args = words.slice(context + 2);
  const subcommand = typed === '' || typed === '?' ? 'help' : abbreviated(typed, subcommands);
  if (subcommand === undefined) readUnknown(command, typed, reading);
  else if (args.some(asksForHelp)) showHelp(command, 'netsh', reading);
  else if (subcommand === 'start') readStart(command, args, reading);
  else {
    if (subcommand === 'stop') stop(args, reading);
    const does = subcommand === 'stop' || subcommand === 'convert' ? subcommand : 'other';
    const told = args.map((word) =>
      knownArgument(word.raw, /^sessionname=/i.test(word.value) ? 'The trace of this name.' : ''),
    );
    reading.commands.push(explained(command, { tool: 'netsh', does, words: summaries[subcommand] }, told));
  }
}

function readUnknown(command: ShellCommand, typed: string, reading: Reading): void {
  const told = unknownArgument(typed, typed, subcommands, 'netsh trace');
  reading.commands.push(explained(command, { tool: 'netsh', does: 'other', words: told.words }));
  reading.missing.push({
    id: 'unknown-command',
    severity: 'error',
    words: told.words,
    mend: 'netsh trace start … begins a trace, netsh trace stop ends it.',
    line: command.line,
  });
}

/** `maxsize= 512` and `maxsize =512` are one argument. */
function withJoinedTags(words: readonly ShellWord[]): ShellWord[] {
  const joined: ShellWord[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const belongs = before && (before.value.endsWith('=') || word.value.startsWith('='));
    if (!belongs || word.value.slice(1).includes('=')) joined.push(word);
    else
      joined[joined.length - 1] = {
        value: before.value + word.value,
        raw: `${before.raw} ${word.raw}`,
        isQuoted: before.isQuoted || word.isQuoted,
        isUnknown: before.isUnknown || word.isUnknown,
      };
  }
  return joined;
}

function stop(args: readonly ShellWord[], reading: Reading): void {
  const names = args.map(({ value }) => /^sessionname=(.+)$/i.exec(value)?.[1].toLowerCase());
  const session = names.find((name) => name !== undefined);
  for (const draft of reading.drafts)
    if (draft.tool === 'netsh' && (session === undefined || draft.session === session)) draft.isStopped = true;
}

/** Tells what a value means; null where it cannot be. */
type Explain = (value: string, draft: Draft) => string | null;

const yesNo =
  (yes: string, no: string): Explain =>
  (value) => {
    const choice = abbreviated(value, ['yes', 'no']);
    return choice === undefined ? null : choice === 'yes' ? yes : no;
  };

const tags: ReadonlyMap<string, Explain> = new Map(
  Object.entries<Explain>({
    sessionname: (value, draft) => {
      draft.session = value.toLowerCase();
      return 'The name of this trace.';
    },
    scenario: (value, draft) => {
      draft.scenarios.push(...listOf(value));
      return value === '' ? null : `Ready sets of providers: ${value}.`;
    },
    globalkeywords: (value) => (value === '' ? null : `Keywords for all providers: ${value}.`),
    globallevel: (value) => {
      const level = eventLevel(value);
      return level === null ? null : `For all providers, ${levelWords(level)}.`;
    },
    capture: (value, draft) => {
      const choice = abbreviated(value, ['yes', 'no']);
      if (choice === undefined) return null;
      if (choice === 'no') return 'Only events, no packets.';
      draft.said.add('capture=yes');
      if (draft.packets === 'none') draft.packets = 'host';
      return 'Packets are captured too.';
    },
    capturetype: (value, draft) => {
      const type = abbreviated(value, ['physical', 'vmswitch', 'both']);
      if (type === undefined) return null;
      draft.packets = type === 'physical' ? 'host' : type === 'vmswitch' ? 'switch' : 'both';
      return {
        physical: 'Packets at network adapters, not in the vSwitch.',
        vmswitch: 'Packets in the vSwitch alone.',
        both: 'Packets at network adapters and in the vSwitch.',
      }[type];
    },
    report: (value, draft) => {
      const choice = abbreviated(value, ['yes', 'no', 'disabled']);
      if (choice === undefined) return null;
      draft.report = choice;
      return {
        yes: 'At stop, makes a report and a cabinet, which takes minutes.',
        no: 'No report; some versions of Windows still gather a cabinet at stop.',
        disabled: 'Neither report nor cabinet: stopping is quick.',
      }[choice];
    },
    persistent: (value, draft) => {
      const choice = abbreviated(value, ['yes', 'no']);
      if (choice === 'yes') draft.besides.push('persistent=yes');
      return yesNo('Goes on after a restart, until it is stopped.', 'Ends with a restart.')(value, draft);
    },
    tracefile: (value, draft) => {
      if (value === '') return null;
      draft.file = value;
      return `Writes to ${value}.`;
    },
    maxsize: (value, draft) => {
      const megabytes = wholeNumber(value);
      if (megabytes === undefined) return null;
      draft.megabytes = megabytes;
      return megabytes === 0 ? 'The file grows without limit.' : `The file holds at most ${megabytes} MB.`;
    },
    filemode: (value, draft) => {
      const mode = abbreviated(value, ['single', 'circular', 'append']);
      if (mode === undefined) return null;
      draft.fileMode = mode;
      return {
        single: 'Capturing ends when the file is full.',
        circular: 'When the file is full, the newest events replace the oldest.',
        append: 'Goes on at the end of an existing file.',
      }[mode];
    },
    overwrite: yesNo('An existing file is replaced.', 'Does not start when the file exists.'),
    correlation: (value) => {
      const choice = abbreviated(value, ['yes', 'no', 'disabled']);
      if (choice === undefined) return null;
      return choice === 'yes'
        ? 'Events that belong together are linked at stop.'
        : 'Events are not linked, so stopping is quicker.';
    },
    perfmerge: yesNo('Performance metadata is merged in at stop.', 'No performance metadata: stopping is quicker.'),
    buffersize: (value) => (wholeNumber(value) === undefined ? null : `The size of a buffer: ${value}.`),
    captureinterface: (value, draft) => {
      draft.adapters.push(value);
      return value === '' ? null : `Packets of this adapter alone: ${value}.`;
    },
    capturemultilayer: (value, draft) => {
      if (abbreviated(value, ['yes', 'no']) === 'yes') draft.besides.push('CaptureMultiLayer=yes');
      return yesNo('Packets at several layers of the stack.', 'Packets at one layer.')(value, draft);
    },
    packettruncatebytes: (value, draft) => {
      const bytes = wholeNumber(value);
      if (bytes === undefined) return null;
      draft.truncation = bytes;
      return bytes === 0 ? 'Whole packets.' : `Keeps the first ${bytes} bytes of each packet.`;
    },
    provider: (value, draft) => {
      if (value === '') return null;
      draft.providers.push({ provider: value });
      return `Events of ${value}.`;
    },
    keywords: readKeywords,
    level: (value, draft) => {
      const last = draft.providers.at(-1);
      const level = eventLevel(value);
      if (!last || level === null) return null;
      if (level !== undefined) last.level = level;
      return `Of ${last.provider}, ${levelWords(level)}.`;
    },
    providerfilter: (value, draft) => {
      const last = draft.providers.at(-1);
      return last ? `Whether ${last.provider} filters its own events: ${value}.` : null;
    },
  }),
);

/** Keywords and level belong to the provider before them. Without them netsh takes every event. */
function readKeywords(value: string, draft: Draft): string | null {
  const last = draft.providers.at(-1);
  if (!last) return null;
  const mask = keywordMask(value);
  if (mask !== null) {
    if (mask !== undefined) last.keywords = mask;
    return `Of ${last.provider}, ${keywordWords(mask)}.`;
  }
  // Names of sets of keywords, such as ut:Global, are the provider's own.
  if (!/^[a-z][\w:,-]*$/i.test(value)) return null;
  draft.besides.push(`keywords=${value}`);
  return `Of ${last.provider}, events of the keywords ${value}.`;
}

/** Filters of packets, as `netsh trace show capturefilterhelp` lists them. */
const filters = [
  'ethernet.address',
  'ethernet.sourceaddress',
  'ethernet.destinationaddress',
  'ethernet.type',
  'wi-fi.type',
  'wi-fi.subtype',
  'ipv4.address',
  'ipv4.sourceaddress',
  'ipv4.destinationaddress',
  'ipv6.address',
  'ipv6.sourceaddress',
  'ipv6.destinationaddress',
  'protocol',
  'custommac',
  'customip',
];
const names = [...tags.keys(), ...filters];

function readStart(command: ShellCommand, args: readonly ShellWord[], reading: Reading): void {
  const draft = emptyDraft('netsh', command.line, defaults);
  // By itself netsh writes no report, and yet gathers the cabinet.
  draft.report = 'no';
  draft.isStarted = true;
  const told = args.map((word) => readTag(word, draft));
  // A place of packets says nothing while packets are not asked for.
  if (!draft.said.has('capture=yes')) draft.packets = 'none';
  reading.drafts.push(draft);
  const words = draft.packets === 'none' ? 'Begins a trace of events.' : 'Begins a capture of packets and events.';
  reading.commands.push(explained(command, { tool: 'netsh', does: 'start', words }, told));
}

function readTag(word: ShellWord, draft: Draft): ExplainedArgument {
  const text = word.raw;
  const equals = word.value.indexOf('=');
  if (equals < 0) return readLoose(word);
  const typed = word.value.slice(0, equals).trim();
  const value = word.value.slice(equals + 1).trim();
  const name = abbreviated(typed, names);
  if (name === undefined) return unknownArgument(text, typed, names, 'netsh trace start');
  draft.said.add(name);
  if (word.isUnknown) return unknownValue(name, word, value, draft);
  const explain = tags.get(name);
  if (!explain) {
    draft.besides.push(`a filter (${name}=${value})`);
    return knownArgument(text, `Only packets with ${name} ${value}.`);
  }
  const words = explain(value, draft);
  return words === null ? { text, words: refusal(name, value, draft), known: false } : knownArgument(text, words);
}

function readLoose(word: ShellWord): ExplainedArgument {
  if (/^[$@]/.test(word.raw)) return knownArgument(word.raw, unknownValueWords(word));
  return unknownArgument(
    word.raw,
    word.value,
    names.map((name) => `${name}=`),
    'netsh trace start',
  );
}

function unknownValue(name: string, word: ShellWord, value: string, draft: Draft): ExplainedArgument {
  draft.unknown.add(name);
  if (name === 'tracefile') draft.file = '';
  if (name === 'capture') {
    draft.said.add('capture=yes');
    if (draft.packets === 'none') draft.packets = 'host';
  }
  return knownArgument(word.raw, unknownValueWords({ value }));
}

function refusal(name: string, value: string, draft: Draft): string {
  if (['keywords', 'level', 'providerfilter'].includes(name) && draft.providers.length === 0)
    return `${name} belongs behind the provider that it is for.`;
  return `${name} cannot be “${value}”.`;
}
