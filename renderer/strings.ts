/** Every English word the page shows, by area. */
import type {
  AttemptProtocol,
  Completion,
  ComponentKind,
  DiagnosisLevel,
  ExportFormat,
  Finding,
  HopLink,
  HopStep,
  PathProgress,
  NameSubjectKind,
  ProblemKind,
  TraceInfo,
  VerdictKind,
} from '../core/engine/contract.ts';
import type { CopyFormat } from './bytes/copy-formats.ts';
import type { RuleColor } from './color-rules/color-rule.ts';
import { formatCount, formatCounted } from './format/number.ts';

export const appStrings = {
  name: 'Hopscope',
  open: 'Open',
  openTrace: 'Open a trace…',
  openHint: 'Open a trace: .etl, .pcapng, .pcap or .cap',
  export: 'Export…',
  exportHint: 'Export what is on show: its packets, or its events as text',
  layouts: 'Layouts…',
  layoutsHint: 'Descriptions of events that are kept for all traces: import a manifest, see, remove',
  close: 'Close',
  cancel: 'Cancel',
  copyDetails: 'Copy details',
  copyDetailsHint: 'Copy what happened, with file and versions, to pass it on',
  failureReport: {
    error: (name: string) => `Error: ${name}`,
    place: (start: number, end: number) => `Place in the text: ${start} to ${end}`,
    file: (name: string, bytes: string) => `File: ${name} (${bytes} bytes)`,
    time: (iso: string) => `Time: ${iso}`,
  },
  copied: 'Copied',
  dismiss: 'Dismiss',
  commands: 'Commands',
  dropHere: 'Drop to open',
  dropHereDetail:
    'Each trace (.etl, .pcapng, .pcap, .cap) opens as one of its own; manifests (.man, .xml, .json) are imported; outputs ' +
    'that hold names (.txt, .csv, .json, .clixml) go to the trace on show.',
} as const;

export const welcomeStrings = {
  heading: 'Open a network trace',
  drop: 'Drop traces anywhere in this window: .etl, .pcapng, .pcap, .cap, or the bundle of a capture script',
  openSample: 'Open the sample',
  sampleHint: 'A small trace of a TCP handshake on its way through a Hyper-V virtual switch',
  recent: 'Recent traces',
  missing: 'missing',
  missingHint: 'The file is no longer where it was.',
  noRecent: 'Traces you open are listed here.',
} as const;

export const explorerStrings = {
  label: 'Traces',
  traces: 'Traces',
  views: 'Views',
  viewNames: {
    messages: 'Messages',
    connections: 'Connections',
    diagnosis: 'Diagnosis',
    names: 'Names',
    completeness: 'Completeness',
  },
  viewHints: {
    messages: 'The events of this trace, one per row',
    connections: 'Who tried to reach whom: each SYN, what became of it, and its way',
    names: 'What this trace shows and what it is called: adapters, switches, ports, addresses',
    diagnosis: 'What is wrong with the packets: lost, sent again, refused, dropped',
    completeness: 'What this trace holds, what the capture lost and what could not be read',
  },
  facts: 'This trace',
  factsSoFar: 'This trace so far',
  providers: 'Providers',
  events: (count: number) => formatCounted(count, 'event', 'events'),
  reading: (percent: string) => `reading ${percent}`,
  failed: 'not opened',
  viewOf: (filter: string) => filter || 'All messages',
  closeTrace: (name: string) => `Close ${name}`,
  readTogether: 'Read together',
  readTogetherHint: (traces: number) =>
    `Open the ${formatCount(traces)} traces once more as one, in time order; each file keeps its own clock`,
  format: 'Format',
  formats: {
    etl: 'Event trace (ETL)',
    pcapng: 'pcapng',
    pcap: 'pcap',
    netmon: 'Network Monitor',
  } satisfies Record<TraceInfo['format'], string>,
  size: 'Size',
  packets: 'Packets',
  repeats: 'Seen again',
  repeatsHint: 'Packets are seen at several places on their way: so many of these show one once more',
  drops: 'Drops',
  windows: 'Windows',
  system: 'System',
  logger: 'Logger',
  clock: 'Clock',
  processors: 'Processors',
  buffers: 'Buffers',
} as const;

export const filterStrings = {
  label: 'Filter',
  placeholder: 'Filter, for example  TCP.Port == 80  or  *Address == 10.0.0.60',
  apply: 'Apply',
  remove: 'Remove filter',
  valid: 'Valid, press Enter to apply',
  applied: 'Applied',
  pressEnterForAll: 'Press Enter to show everything',
  scanning: (percent: string) => `Filtering ${percent}`,
  tryInstead: 'Try',
  atColumn: (column: number) => `At character ${column}`,
  rowCount: (shown: number, available: number) => `${formatCount(shown)} of ${formatCount(available)}`,
  stillReading: 'still reading',
  quoted: (text: string) => `“${text}”`,
  moreProblems: (count: number) => `and ${formatCounted(count, 'more problem', 'more problems')}`,
  foreign: (tool: string) => `This is a ${tool} filter. Here it is`,
  foreignNotSayable: (tool: string) => `This is a ${tool} filter that has no counterpart here.`,
  translated: (tool: string) => `Translated from ${tool}:`,
  useIt: 'Use it',
  undo: 'Undo',
  copyAsWireshark: 'Copy as Wireshark filter',
  copiedAs: 'Copied:',
  notCopied: 'Nothing was copied: the browser does not let the page use the clipboard.',
  noWireshark: (reason: string) => `Wireshark has no such filter. ${reason}`,
  typographic: 'Quotation marks come from a document.',
  straighten: 'Use straight ones',
  menu: 'More about filters: history, library, copying',
  history: 'Earlier filters',
  historyEmpty: 'Filters you apply are listed here',
  forgetHistory: 'Forget earlier filters',
  library: 'Filter library…',
  kindLetters: {
    module: 'M',
    provider: 'P',
    field: 'F',
    annotation: '#',
    constant: 'C',
    value: 'V',
    operator: '=',
    keyword: 'K',
  } satisfies Record<Completion['kind'], string>,
  kindNames: {
    module: 'Module',
    provider: 'Provider',
    field: 'Field',
    annotation: 'Annotation',
    constant: 'Constant',
    value: 'Value in this trace',
    operator: 'Operator',
    keyword: 'Keyword',
  } satisfies Record<Completion['kind'], string>,
  inStacked: (text: string, message: string) => `In the stacked filter “${text}”: ${message}`,
  stack: 'Stacked filters',
  pin: 'Pin to the stack: this filter stays, and the box is free for the next one',
  switchOff: (text: string) => `Switch off: ${text}`,
  switchOn: (text: string) => `Switch on: ${text}`,
  drop: (text: string) => `Take from the stack: ${text}`,
  clearStack: 'Remove all filters',
  menuOf: (text: string) => `Menu of ${text}`,
  stackMenu: {
    switchOff: 'Switch off',
    switchOn: 'Switch on',
    edit: 'Edit in the filter box',
    invert: 'Turn into its opposite',
    alone: 'Use this filter alone',
    copy: 'Copy the filter',
    drop: 'Take from the stack',
  },
  noMatchHeadings: { filter: 'No message matches this filter', choice: 'No message is left' },
  lookedThrough: (available: number) => `Looked through ${formatCounted(available, 'message', 'messages')} for`,
  stillReadingHint: 'The trace is still being read; matches appear as they come.',
} as const;

export const libraryStrings = {
  heading: 'Filter library',
  search: 'Search filters',
  own: 'Own filters',
  ownCategory: 'Own filters',
  nothingFound: 'No filter has all of these words.',
  apply: 'Apply',
  applyHint: (name: string) => `Put into the box and apply: ${name}`,
  stack: 'Add',
  stackHint: (name: string) => `Add to the filters that are on: ${name}`,
  edit: 'Edit',
  editHint: (name: string) => `Edit ${name}`,
  remove: 'Delete',
  removeHint: (name: string) => `Delete ${name}`,
  add: 'New filter…',
  addHint: 'Keep a filter under a name',
  name: 'Name',
  category: 'Category',
  text: 'Filter',
  save: 'Save',
  saveHint: 'Keep this filter in the library',
  import: 'Import…',
  importHint: 'Add filters from a file that was exported here or on another computer',
  export: 'Export…',
  exportHint: 'Write the own filters to a JSON file',
  fileName: 'hopscope-filters.json',
  imported: (added: number, known: number) =>
    [
      added === 0 ? 'No filter was added' : `${formatCounted(added, 'filter was', 'filters were')} added`,
      known > 0 && `${formatCount(known)} of the file ${known === 1 ? 'was' : 'were'} there already`,
    ]
      .filter(Boolean)
      .join('; '),
  problems: {
    noName: 'Give the filter a name.',
    noText: 'Write the filter that is to be kept.',
    nameTaken: (name: string) => `There is a filter ${name.trim()} in this category already.`,
    notJson: (reason: string) => `The file is no JSON: ${reason}`,
    notALibrary:
      'The file holds no list of filters: {"filters": [{"name": …, "category": …, "text": …}]} was expected.',
    notAnEntry: 'name, category and text are wanted, each a text that is not empty.',
    entry: (number: number, reason: string) => `Entry ${formatCount(number)} was left out: ${reason}`,
  },
} as const;

export const quickFilterStrings = {
  label: 'Filter by this value',
  actions: {
    add: 'Add to filter',
    exclude: 'Exclude from filter',
    replace: 'Replace filter',
    newTab: 'Open in new tab',
    copy: 'Copy as filter',
  },
  fromHereOn: 'from here on',
  upToHere: 'up to here',
  ofSide: (action: string, side: string) => `${action}: ${side}`,
} as const;

export const choiceStrings = {
  label: 'What is left out',
  component: 'Component',
  componentHint: 'Shows only what was seen at one place, as if the capture had run there alone',
  allComponents: (count: number) => (count === 0 ? 'All components' : `All ${formatCount(count)} components`),
  componentCount: (name: string, packets: number) => `${name} (${formatCount(packets)})`,
  firstSightings: 'First sightings only',
  firstSightingsHint: 'A packet that was seen at several places is one packet: shows it once, where it was seen first',
  notKnown: 'Can be chosen when the packets have been looked through: see Diagnosis',
  hides: (repeats: number) => (repeats === 0 ? 'nothing was seen twice' : `hides ${formatCount(repeats)}`),
  only: (finding: string) => `Only: ${finding}`,
  anyFinding: 'packets with a finding',
  removeFinding: (finding: string) => `Show messages again that are not: ${finding}`,
  seenAt: (component: string) => `Seen at ${component}`,
  running: 'Looking through the packets…',
  nothingLeft: 'No message passes all of these together',
  alone: (count: number) => `alone: ${formatCount(count)}`,
  takeBack: 'Take back',
  takeBackHint: (words: string) => `Show messages again that this leaves out: ${words}`,
  showEverything: 'Show everything',
} as const;

const levels: Readonly<Record<DiagnosisLevel, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
};

const packetCount = (count: number): string => formatCounted(count, 'packet', 'packets');
const seen = (sightings: number): string => `seen ${formatCounted(sightings, 'time', 'times')}`;

export const diagnosisStrings = {
  question: 'What is wrong with the packets?',
  levels,
  levelHeadings: { error: 'Errors', warning: 'Warnings', information: 'Information' },
  verdicts: {
    error: (packets: number) => `Errors were found among ${packetCount(packets)}`,
    warning: (packets: number) => `Warnings were found among ${packetCount(packets)}, but no error`,
    information: (packets: number) => `No error and no warning among ${packetCount(packets)}`,
    good: (packets: number) => `No problem found in ${packetCount(packets)}`,
  },
  lookedFor:
    'Looked for lost, repeated and reordered TCP segments, unanswered connection attempts, resets, closed windows, wrong ' +
    'checksums, packets that are cut, not whole or malformed, and packets that Windows dropped.',
  showAny: 'Show all of them',
  showAnyHint: 'Show every packet with some finding',
  showFinding: (packets: number) => (packets === 1 ? 'Show this packet' : `Show these ${packetCount(packets)}`),
  showComponent: (name: string) => `Show only what was seen at ${name}`,
  packetCount,
  seen,
  counts: (packets: number, sightings: number) =>
    sightings > packets ? `${packetCount(packets)}, ${seen(sightings)}` : packetCount(packets),
  copyReport: 'Copy report',
  copyReportHint: 'Copy this page as text',
  reportTitle: (file: string) => `Diagnosis of ${file}`,
  inTheTrace: 'In the trace',
  packets: 'Packets',
  packetsHint: 'Each packet counts once, however often it was seen',
  repeatedSightings: 'Repeated sightings',
  tcpConversations: 'TCP conversations',
  udpConversations: 'UDP conversations',
  ipConversations: 'IP conversations',
  components: 'Where packets were seen',
  sightingsNote: (repeats: string) =>
    `The capture saw packets at several places on their way. Each is one packet: ${repeats} messages show one once more.`,
  hideRepeats: 'Show first sightings only',
  unknown: {
    waiting: 'The packets are looked through when the trace has been read',
    running: 'Looking through the packets…',
    waitingDetail: 'This goes on while you work. What was found is listed here.',
    cancelled: 'Looking through the packets was cancelled',
    cancelledDetail: 'The messages can be read and filtered as they are.',
    start: 'Look through the packets',
    startHint: 'Look for lost, repeated, refused and damaged packets',
    failed: 'The packets could not be looked through',
    retry: 'Try again',
    noPackets: 'This trace holds no packets',
    noPacketsDetail: 'There is nothing to look through: its events carry no frames.',
  },
} as const;

const componentKinds: Readonly<Record<ComponentKind, string>> = {
  wire: 'Wire',
  'physical-nic': 'Physical NIC',
  team: 'Team',
  switch: 'vSwitch',
  extension: 'Switch extension',
  'host-vnic': 'Host vNIC',
  'vm-nic': 'VM NIC',
  'container-nic': 'Container NIC',
  filter: 'Filter',
  protocol: 'Protocol',
  'ip-interface': 'IP interface',
  translator: 'Translation',
  other: 'Component',
};

const hopLinks: Readonly<Record<HopLink, string>> = {
  nbl: 'the NBL address',
  group: 'the packet group',
  identity: 'the packet’s identity',
  beside: 'thread and time',
  translation: 'translation',
  inner: 'the inner headers',
};

const hopSteps: Readonly<Record<HopStep, string>> = {
  frame: 'Frame',
  received: 'Received',
  routed: 'Routed',
  delivered: 'Delivered',
  dropped: 'Dropped',
  extension: 'Extension',
  translated: 'Translated',
  encapsulated: 'Encapsulated',
  decapsulated: 'Decapsulated',
};

const hopCount = (hops: number): string => formatCounted(hops, 'hop', 'hops');

export const pathStrings = {
  label: 'Path',
  kinds: componentKinds,
  links: hopLinks,
  steps: hopSteps,
  directions: { in: 'in', out: 'out', unknown: '' },
  switchNamed: (name: string) => `vSwitch “${name}”`,
  toLane: (name: string) => `to ${name}`,
  fromLane: (name: string) => `from ${name}`,
  inferred: 'inferred',
  inferredFrom: (evidence: string) => `inferred from ${evidence}`,
  beginning: 'first sighting',
  slow: 'far above the usual',
  afterHop: (time: string, number: number) => `${time} after hop ${formatCount(number)}`,
  afterNumber: (number: number) => `after hop ${formatCount(number)}`,
  origin: (process: number, thread: number, processor: number) =>
    `process ${process}, thread ${thread}, CPU ${processor}`,
  hopOf: (number: number, hops: number) => `Hop ${formatCount(number)} of ${formatCount(hops)}`,
  message: (row: number) => `message ${formatCount(row + 1)}`,
  verdict: (number: string, words: string) => `Attempt ${number}: ${words}`,
  total: (hops: number, branches: number, time: string) =>
    `${hopCount(hops)}${branches > 1 ? `, ${formatCount(branches)} ends` : ''}, ${time} in all`,
  verdictHeading: 'verdict',
  totalHeading: 'total',
  notesHeading: 'uncertain',
  answerHeading: (title: string) => `Answer: ${title}`,
  partingHeading: 'Here the paths part',
  columns: {
    number: 'Hop',
    message: 'Message',
    time: 'Time',
    latency: 'Latency',
    lane: 'Component',
    direction: 'Direction',
    step: 'Step',
    text: 'What happened',
    drop: 'Drop',
    link: 'Linked by',
    nbl: 'NBL',
    process: 'Process',
    thread: 'Thread',
    processor: 'CPU',
    origin: 'Logged by',
  },
  timeColumn: (zone: string) => `Time (${zone})`,
  hopsOf: (title: string) => `Hops of ${title}`,
  hopsHint: 'Arrow keys walk the hops, left and right follow the packet back and forth, Enter selects the message',
  copyLane: (name: string) => `Copy name and identifier of ${name}`,
  asTable: 'Show as table',
  asDiagram: 'Show as diagram',
  answer: 'Answer',
  answerHint: 'Show the way of the answer below, in a second colour',
  noAnswerHint: 'No answer to this packet is in the trace',
  question: 'Question',
  questionHint: 'Go to the packet that this one answers',
  previousSent: 'Earlier transmission',
  nextSent: 'Next transmission',
  previousSentHint: 'Go to the same packet as it was sent before',
  nextSentHint: 'Go to the same packet as it was sent again',
  copy: 'Copy the path',
  copyAs: {
    text: 'Copy as text',
    table: 'Copy as table',
    svg: 'Copy as SVG',
    png: 'Copy as image (PNG)',
  },
  notCopied: 'Nothing was copied: the browser does not let the page use the clipboard.',
  empty: {
    unselected: 'Select a message or a connection attempt to see how its packet travelled.',
    reading: 'The trace is still being read: paths are made when all of it is known.',
    noPacket: 'This message is of no packet, so it has no path.',
    noPacketAdvice: 'Select a frame, an NBL event of the virtual switch, or a sighting of pktmon.',
    failed: 'The path could not be made',
    cancelled: 'Making the path was cancelled.',
    retry: 'Try again',
    retryHint: 'Ask for the path of the selected message again',
  },
  making: {
    sightings: 'Gathering the sightings of packets…',
    linking: 'Following packets from hop to hop…',
  } satisfies Record<PathProgress['stage'], string>,
  asking: 'Looking for the packet’s way…',
  cancelHint: 'Stop making paths; messages can be read without',
  made: (done: string, total: string, percent: string) => `${percent} · ${done} of ${total} events`,
  hidden: (number: number) => `The filter hides message ${formatCount(number)} of this path.`,
  showAll: 'Show all messages',
  showAllHint: 'Switch all filters off and select the message',
  backToSelected: 'Back to the selected message',
  compare: {
    label: 'Two paths compared',
    heading: 'Two paths, side by side',
    close: 'Close the comparison',
    swap: 'Swap A and B',
    same: (hops: number) => `Both packets pass the same ${hopCount(hops)}.`,
    partAfter: (hops: number) =>
      hops === 0 ? 'The paths part at the first hop.' : `The paths are the same for ${hopCount(hops)}, then they part.`,
    onlyIn: (name: string, lanes: string) => `Only ${name} was seen at ${lanes}.`,
    latencies: (count: number) =>
      `${formatCount(count)} ${count === 1 ? 'step takes' : 'steps take'} more than twice as long in one of them.`,
    noPath: (name: string) => `${name} has no path: its message is of no packet.`,
    goTo: (name: string) => `Show the path of ${name} beside its messages`,
  },
} as const;

const verdicts: Readonly<Record<VerdictKind, string>> = {
  answered: 'Answered',
  refused: 'Refused',
  dropped: 'Dropped',
  vanished: 'Vanished',
  unanswered: 'Unanswered',
  'outside-only': 'Outside only',
  'inside-only': 'Inside only',
};

const verdictHints: Readonly<Record<VerdictKind, string>> = {
  answered: 'A SYN-ACK, a UDP packet back or an echo reply was seen',
  refused: 'The answer was an RST',
  dropped: 'Some component said that it dropped it',
  vanished: 'Seen going in, and then never answered, dropped or delivered',
  unanswered: 'It came as far as the trace can see, and nothing came back',
  'outside-only': 'No component inside the switch saw it',
  'inside-only': 'It never was seen at a physical NIC on its way out',
};

const attemptCount = (count: number): string => formatCounted(count, 'attempt', 'attempts');

export const connectionsStrings = {
  label: 'Connection attempts',
  menu: {
    label: 'What can be done with the attempt',
    showPath: 'Show its path among the messages',
    compare: 'Compare the two selected attempts',
    copyRows: 'Copy as text',
  },
  tools: 'Which attempts are on show',
  kinds: componentKinds,
  verdicts,
  verdictHints,
  verdictChip: (verdict: VerdictKind, count: number) => `${verdictHints[verdict]}: ${attemptCount(count)}`,
  verdictGroup: 'Only these verdicts',
  protocolGroup: 'Protocols',
  protocolHints: {
    TCP: 'Each SYN and its retransmissions',
    UDP: 'The first packet between two endpoints',
    ICMP: 'Each echo request',
  } satisfies Record<AttemptProtocol, string>,
  find: 'Find',
  findHint: 'Words that an attempt must show: an address, a port, a component, a verdict',
  filtered: 'Only what the filter lets through',
  filteredHint: (filter: string) =>
    filter === ''
      ? 'No filter is applied to the messages: all attempts are on show'
      : `Only attempts of which some message passes: ${filter}`,
  count: (total: number, available: number) =>
    total === available ? attemptCount(total) : `${formatCount(total)} of ${attemptCount(available)}`,
  selectedCount: (count: number) => `${formatCount(count)} selected`,
  compare: 'Compare',
  compareHint: 'Show the paths of the two selected attempts side by side',
  compareNeeds: 'Select two attempts to compare their paths: with their boxes, Ctrl and a click, or Space',
  copy: 'Copy',
  copyHint: 'Copy the selected attempts as text',
  columns: {
    number: '#',
    protocol: 'Protocol',
    time: (zone: string) => `Time (${zone})`,
    timeHint: 'When its first packet was seen first',
    client: 'Client',
    clientHint: 'Who wants to connect, as the first sighting has it: in front of any translation',
    server: 'Server',
    port: 'Port',
    path: 'Path',
    pathHint: 'The components that its first packet passed, in the order it came to them',
    verdict: 'Verdict',
    verdictText: 'What became of it',
    hops: 'Hops',
    hopsHint: 'How often its first packet was seen on its way',
    firstLatency: 'First',
    firstLatencyHint: 'Latency from the first hop to the second',
    totalLatency: 'Total',
    totalLatencyHint: 'Latency from the first hop to the last',
    roundTrip: 'RTT',
    roundTripHint: 'Round trip: from the packet to its answer, where both were seen at one place',
    retransmissions: 'Again',
    retransmissionsHint: 'How often it was sent again',
  },
  strip: (lanes: string) => `Path: ${lanes}`,
  stripLane: (kind: string, name: string) => (name === '' ? kind : name.startsWith(kind) ? name : `${kind} ${name}`),
  stripDrop: (lane: string) => `dropped at ${lane}`,
  stripInferred: 'some of it is inferred',
  notes: 'What to know',
  empty: {
    reading: 'Connection attempts are gathered when the trace has been read',
    asking: 'Following the packets…',
    askingDetail: 'This is done once for a trace. Messages can be read meanwhile.',
    cancelled: 'Following the packets was cancelled',
    again: 'Follow the packets',
    failed: 'The connection attempts could not be gathered',
    retry: 'Try again',
    none: (protocols: string) => `No connection attempt in this trace (${protocols})`,
    noneDetail: {
      TCP: 'No TCP SYN was captured. A connection that was open before the capture began shows none: start the capture first, then let the client connect.',
      UDP: 'No UDP packet was captured.',
      ICMP: 'No echo request was captured.',
    } satisfies Record<AttemptProtocol, string>,
    capture: 'To capture packets and their way through the virtual switch, run on the host as administrator:',
    captureCommand:
      'netsh trace start capture=yes capturetype=both provider="Microsoft-Windows-Hyper-V-VmSwitch" keywords=0xffffffffffffffff level=0xff tracefile=c:\\hopscope.etl',
    copyCommand: 'Copy the command',
    others: (protocols: string) => `Look for ${protocols} as well`,
    noMatch: 'No attempt matches',
    noMatchDetail: (available: number) => `Looked through ${attemptCount(available)}.`,
    showAll: 'Show all attempts',
  },
} as const;

const subjectKinds: Readonly<Record<NameSubjectKind, string>> = {
  nic: 'Network adapter',
  switch: 'Virtual switch',
  port: 'Switch port',
  interface: 'Interface',
  vm: 'Virtual machine',
  network: 'Network',
  mac: 'MAC address',
  'ip-address': 'IP address',
  'pktmon-component': 'Pktmon component',
};

const nameCount = (count: number): string => formatCounted(count, 'name', 'names');

export const namesStrings = {
  question: 'What is it called?',
  verdicts: {
    none: () => 'This trace shows nothing that could have a name',
    nameless: (named: number, all: number) =>
      named === 0
        ? `None of ${formatCount(all)} has a name`
        : `${formatCount(named)} of ${formatCount(all)} have a name`,
    conflicts: (_named: number, all: number) => `All ${formatCount(all)} have a name, but not all agree`,
    good: (_named: number, all: number) => `All ${formatCount(all)} have a name`,
  },
  waiting: 'Names are gathered when the trace has been read',
  asking: 'Asking what this trace shows…',
  notKnown: 'The names of this trace could not be gathered',
  retry: 'Try again',
  busy: 'Working…',
  none:
    'Adapters, switches, ports and components are listed here as soon as some event of the trace mentions them. ' +
    'This trace holds no frames of NDIS, no events of the virtual switch and none of pktmon.',
  subjects: 'What this trace shows',
  subject: 'In this trace',
  name: 'Name',
  choices: { all: 'All', nameless: 'Without a name', conflicts: 'Conflicts' },
  find: 'Find',
  findHint: 'Words that the key, a name, a MAC or an address must have',
  nothingFound: 'Nothing here has all of these words.',
  nothingChosen: {
    all: '',
    nameless: 'Everything has a name.',
    conflicts: 'No two sources differ, and no name is used twice.',
  },
  kinds: subjectKinds,
  seen: (place: string, uses: number) =>
    [place, uses > 0 && formatCounted(uses, 'event', 'events')].filter(Boolean).join(' · '),
  nameless: 'no name known',
  edit: (subject: string, name: string | null) =>
    name === null ? `Give ${subject} a name` : `${name}: change the name of ${subject}`,
  editHint: 'Change the name',
  newName: (subject: string) => `Name of ${subject}`,
  editing: 'Enter keeps it, Escape leaves it as it was; an empty name takes yours back',
  takeBack: (name: string) => `Take back the name you gave: ${name}`,
  from: (source: string) => `from ${source}`,
  more: (subject: string) => `What else is known of ${subject}`,
  candidates: 'All names',
  strongest: 'in force',
  noCandidates: 'No source names it.',
  command: 'To fetch its name, run on the host',
  noCommand: 'No command is known that would tell its name.',
  copyKey: (subject: string) => `Copy ${subject}`,
  menuOf: (subject: string) => `Menu of ${subject}`,
  menu: {
    edit: 'Give another name',
    takeBack: 'Take the name back that was given by hand',
    copyName: 'Copy the name',
    copyCommand: 'Copy the command that fetches the name',
  },
  showAll: (count: number) => `Show all ${formatCount(count)}`,
  importHeading: 'Drop Get-NetAdapter or Get-VMNetworkAdapter output here',
  importDetail:
    'Or copy it and press Ctrl+V on this page. Tables, Format-List, CSV, JSON and CLIXML are read; also Get-VMSwitch, Get-VM, ' +
    'Get-HnsEndpoint, docker network inspect, ipconfig /all and pktmon list.',
  choose: 'Choose files…',
  chooseHint: 'Import names from files: .txt, .csv, .json, .xml, .clixml',
  export: 'Export…',
  exportHint: 'Write all names of this trace to a JSON file that others can drop here',
  pasted: 'pasted text',
  outcome: 'Import',
  imported: (names: number, matched: number) =>
    matched === 0
      ? `${nameCount(names)}, none of something that this trace shows`
      : `${nameCount(names)}; ${formatCounted(matched, 'thing', 'things')} of this trace got one`,
  matched: (count: number) => `Matched: ${formatCount(count)}`,
  unmatched: (count: number) => `Not in this trace: ${formatCount(count)}`,
  failure: (title: string) => `${title} was not imported.`,
  failed: 'That did not work.',
  removed: (title: string) => `The names from ${title} were forgotten.`,
  exported: (names: number) => `${nameCount(names)} written.`,
  dismiss: 'Hide this report',
  fetch: 'Fetch what is missing',
  fetchDetail:
    'Run these on the host where the trace was captured, in PowerShell as administrator, and drop or paste the output here.',
  fetches: (count: number) => `for ${formatCount(count)} without a name`,
  copyCommand: (command: string) => `Copy: ${command}`,
  byHandOnly: (count: number) =>
    `For ${formatCounted(count, 'more thing', 'more things')} no command is known: a name can be given by hand.`,
  sources: 'Where names come from',
  sourceKinds: { trace: 'The trace', import: 'Imported', hand: 'By hand', book: 'Name book' },
  gave: (names: number, matched: number) => `${nameCount(names)}, ${formatCount(matched)} used here`,
  remove: 'Forget',
  removeHint: (source: string) => `Forget the names from ${source}`,
  removeQuestion: 'Forget?',
  keep: 'Keep',
  others: (count: number) => `Named, but not in this trace: ${formatCount(count)}`,
  status: (named: number, all: number) => `names ${formatCount(named)}/${formatCount(all)}`,
  statusHint: (nameless: number, conflicts: number) =>
    [
      nameless === 0 ? 'Everything that this trace shows has a name' : `${formatCount(nameless)} without a name`,
      conflicts > 0 && formatCounted(conflicts, 'conflict', 'conflicts'),
    ]
      .filter(Boolean)
      .join(', ') + '. Click for the names of this trace.',
} as const;

export const gridStrings = {
  label: 'Messages',
  emptyHeading: 'This trace holds no events',
  emptyDetail: 'It was read to its end without an error. The capture may have been stopped before anything was logged.',
  waitingHeading: 'Reading the first events…',
  markNames: { none: '', drop: 'Dropped', error: 'Error', warning: 'Warning' },
  columns: {
    number: '#',
    numberInWords: 'Number',
    numberHint: 'MessageNumber: place of the event in time order',
    diagnosis: 'Diagnosis',
    diagnosisHint: 'Diagnosis: drops, errors, warnings and what is worth knowing',
    time: (zone: string) => `Time (${zone})`,
    timeInWords: 'Time',
    timeHint: 'Timestamp, to 100 ns',
    elapsed: 'Elapsed',
    elapsedHint: 'TimeElapsed: from the first fragment of a packet to its last',
    source: 'Source',
    destination: 'Destination',
    module: 'Module',
    sighting: 'Seen',
    sightingHint: 'Where a packet is seen again: 2nd is its second sighting',
    summary: 'Summary',
  },
  coloredBy: (rule: string) => `Color rule: ${rule}`,
  /** Nothing for a first sighting: only what repeats is worth a mark. */
  sighting: (sighting: number) => (sighting < 2 ? '' : `${formatCount(sighting)}${ordinalEnding(sighting)}`),
} as const;

export const detailsStrings = {
  label: 'Details',
  tree: 'Details of the selected message',
  ofMessage: (number: number) => `Message ${formatCount(number)}`,
  empty: 'Select a message to see its layers and fields.',
  failed: 'This message could not be decoded.',
  note: 'Note',
  type: (type: string) => `Type: ${type}`,
  dockBelow: 'Move details and bytes below the messages',
  dockRight: 'Move details and bytes to the right of the messages',
  copy: 'Copy from the selected node, or filter by it',
  actions: {
    value: 'Copy value',
    filter: quickFilterStrings.actions.copy,
    branch: 'Copy branch as text',
    filterBy: quickFilterStrings.actions.add,
    exclude: quickFilterStrings.actions.exclude,
    replace: quickFilterStrings.actions.replace,
    newTab: quickFilterStrings.actions.newTab,
    addColumn: 'Add as column',
  },
  place: (offset: string, length: number) => `${offset} +${length}`,
  placeInWords: (offset: number, length: number, source: string) =>
    `${formatCounted(length, 'byte', 'bytes')} at offset ${offset} (0x${offset.toString(16)})${source && ` of ${source}`}`,
} as const;

export const bytesStrings = {
  label: 'Bytes',
  empty: 'The bytes of the selected message appear here.',
  none: 'This message has no bytes.',
  copy: (selected: number | undefined, all: number) =>
    selected === undefined
      ? `Copy all ${formatCounted(all, 'byte', 'bytes')}`
      : `Copy ${formatCounted(selected, 'selected byte', 'selected bytes')}`,
  copyFormats: {
    hex: 'Copy as hex',
    dump: 'Copy as hex and ASCII, with offsets',
    c: 'Copy as C array',
    base64: 'Copy as base64',
    text: 'Copy as printable text',
  } satisfies Record<CopyFormat, string>,
  chosen: (count: number) => `${formatCounted(count, 'byte', 'bytes')} selected`,
  sources: 'Byte sources',
  linesLabel: (name: string) =>
    `Bytes of ${name}. Arrow keys move from byte to byte, with Shift they select several of them.`,
  range: (count: number, offset: string, path: string) =>
    `${formatCounted(count, 'byte', 'bytes')} selected from offset ${offset}${path && `, ${path}`}`,
  position: (offset: string, value: string, path: string) => `Offset ${offset}, value ${value}${path && `, ${path}`}`,
  cut: (shown: string, all: string) => `The first ${shown} of ${all} are shown.`,
} as const;

export const taskStrings = {
  opening: (name: string) => `Reading ${name}`,
  unpacking: (name: string) => `Unpacking ${name}`,
  ordering: (name: string) => `Ordering ${name} by time`,
  sending: (name: string) => `Sending ${name} to the local engine`,
  diagnosing: {
    frames: (name: string) => `Checking the packets of ${name}`,
    connections: (name: string) => `Following the connections of ${name}`,
  },
  followingPaths: {
    sightings: (name: string) => `Gathering where the packets of ${name} were seen`,
    linking: (name: string) => `Following the packets of ${name} from place to place`,
  },
  exporting: (name: string) => `Exporting ${name}`,
  ofSize: (done: string, total: string) => `${done} of ${total}`,
  left: (wait: string) => `${wait} left`,
  cancel: (title: string) => `Cancel: ${title}`,
} as const;

export const statusStrings = {
  label: 'Status',
  ready: 'Ready',
  working: 'Working',
  scanned: (scanned: number, total: number) => `${formatCount(scanned)} of ${formatCount(total)} scanned`,
  reading: 'Still reading',
  unpacking: 'Unpacking',
  ordering: 'Ordering',
  failed: 'Not opened',
  nothingOpen: 'No trace open',
  events: (count: number) => formatCounted(count, 'event', 'events'),
  shown: (count: number, available: number) => `shown ${formatCount(count)} of ${formatCount(available)}`,
  selected: (messageNumber: number | undefined, rows: number) =>
    messageNumber === undefined
      ? 'selected 0'
      : `selected ${formatCount(rows)} (message ${formatCount(messageNumber)})`,
  lost: (events: number, buffers: number) =>
    events === 0 && buffers > 0 ? `lost ${formatCounted(buffers, 'buffer', 'buffers')}` : `lost ${formatCount(events)}`,
  lostHint: (events: number, buffers: number) => {
    if (events === 0 && buffers === 0) return 'The capture reports no loss. Click for the completeness of this trace.';
    const lost = `${formatCounted(events, 'event', 'events')} and ${formatCounted(buffers, 'buffer', 'buffers')}`;
    return `The capture itself lost ${lost}: they are not in the file. Click for the completeness of this trace.`;
  },
  problems: (count: number) => formatCounted(count, 'problem', 'problems'),
  problemsHint: 'Places of the file where something was not as it should be. Click to see them.',
  zoneHint: (zone: string) => `Times are shown as ${zone}. Click to change between local time and UTC.`,
  localZone: (name: string) => `local time (${name})`,
} as const;

const ordinalEndings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

function ordinalEnding(number: number): string {
  return ordinalEndings[ordinals.select(number)];
}

const levelWords: Readonly<Record<Finding['level'], string>> = {
  good: 'Good',
  note: 'Note',
  loss: 'Lost in the capture',
  defect: 'Damaged file',
};

const problemKinds: Readonly<Record<ProblemKind, string>> = {
  skipped: 'Skipped',
  cut: 'Cut off',
  damaged: 'Damaged',
  packet: 'Packet not whole',
  unwritten: 'Never written',
  'corrupt-backup': 'Marked by Windows',
  layout: 'Damaged layout',
  other: 'Other',
};

export const completenessStrings = {
  question: 'Is a packet missing, or did my tool lose it?',
  verdicts: {
    reading: 'Still reading: this is what has been found so far',
    good: 'Nothing is missing, as far as the file can tell',
    note: 'Nothing is missing, as far as the file can tell; some things are worth knowing',
    loss: 'The capture lost something: it is not in this file',
    defect: 'This file is damaged: some of it could not be read',
    both: 'The capture lost something, and this file is damaged',
  },
  levelWords,
  copyReport: 'Copy report',
  copyReportHint: 'Copy this page as text',
  reportTitle: (files: string) => `Completeness of ${files}`,
  waiting: 'Nothing has been read yet.',
  findings: 'Findings',
  inTheFile: 'In the file',
  lostByTheCapture: 'Lost by the capture',
  notReadable: 'Not readable',
  first: 'First event',
  last: 'Last event',
  duration: 'Duration',
  events: 'Events',
  packets: 'Packets',
  buffers: 'Buffers',
  buffersOf: (buffers: number, compressed: number) =>
    compressed === 0 ? formatCount(buffers) : `${formatCount(buffers)}, ${formatCount(compressed)} of them compressed`,
  clock: 'Clock',
  clockOf: (clock: string, frequency: number) => (frequency > 0 ? `${clock}, ${formatCount(frequency)} Hz` : clock),
  eventsLost: 'Events lost',
  buffersLost: 'Buffers lost',
  missingBuffers: 'Buffers missing in the sequence',
  overwrittenBuffers: 'Buffers overwritten by later ones',
  buffersMarkedLoss: 'Buffers marked as following a loss',
  truncatedPackets: 'Packets cut by the capture',
  skippedBuffers: 'Buffers skipped',
  skippedBytes: 'Bytes skipped',
  incompletePackets: 'Packets not whole',
  undescribedEvents: 'Events without a layout',
  problemCount: 'Problems',
  files: 'Files and sessions',
  companions: 'Read beside the trace',
  namesRead: (names: number) => (names === 0 ? 'gave no names' : `gave ${formatCounted(names, 'name', 'names')}`),
  session: 'Session',
  windows: 'Windows',
  windowsOf: (version: string, pointerSize: number) => `${version}, ${pointerSize * 8}-bit`,
  start: (zone: string) => `Start (${zone})`,
  modes: 'Modes',
  ended: 'Ended',
  stoppedCleanly: 'cleanly',
  notStoppedCleanly: 'not cleanly',
  notStoppedCleanlyHint: 'The header has no end: the session or the machine stopped without finishing the file.',
  buffersWritten: 'Buffers written',
  unknown: 'not told',
  shift: 'Time shift',
  shiftOf: (file: string) => `Time shift of ${file}`,
  shiftHint: 'Added to all times of this file, because clocks of two machines seldom agree: +1.5 s, -250 ms, 0',
  applyShift: 'Apply',
  shiftProblems: {
    form: 'Write a time with its unit, such as +1.5 s, -250 ms or 0.',
    noUnit: 'Add a unit: h, min, s, ms, µs or ns.',
    unknownUnit: (unit: string) => `“${unit}” is no unit here. Use h, min, s, ms, µs or ns.`,
    tooFine: 'Times are counted in steps of 100 ns: this is finer.',
    tooFar: 'This is too far: no clock is wrong by that much.',
  },
  providers: 'Providers',
  providerColumns: {
    name: 'Provider',
    events: 'Events',
    packets: 'Packets',
    truncatedPackets: 'Packets cut',
    undescribedEvents: 'Without a layout',
  },
  sortBy: (column: string) => `Sort by ${column}; again to turn the order round`,
  guid: 'GUID',
  nameless: 'no name known',
  noProviders: 'No provider has logged anything.',
  copyCommand: (command: string) => `Copy: ${command}`,
  importManifest: 'Import a manifest…',
  importManifestFor: (provider: string) => `Import a manifest that describes the events of ${provider}`,
  problems: 'Problems',
  noProblems: 'Nothing was skipped: no place of the file made trouble.',
  offset: 'Offset',
  kind: 'Kind',
  problem: 'What is wrong',
  problemKinds,
  gaps: 'Gaps in the sequence of buffers',
  noGaps: 'No buffer is missing in the sequence that the session counted.',
  gapsCut: (shown: number) => `Only the first ${formatCount(shown)} gaps are listed.`,
  file: 'File',
  after: 'After buffer',
  missing: 'Missing',
  from: (zone: string) => `From (${zone})`,
  to: (zone: string) => `To (${zone})`,
} as const;

export const layoutsStrings = {
  heading: 'Layouts',
  intro:
    'A layout tells how the bytes of an event become fields. Where a trace carries none, the layouts kept here are used. ' +
    'They stay on this computer.',
  provider: 'Provider',
  events: 'Events',
  origin: 'From',
  kind: 'Kind',
  added: 'Added',
  notes: 'Notes',
  noteCount: (count: number) => formatCounted(count, 'note', 'notes'),
  keptFromTrace: 'kept from a trace',
  empty: 'No layouts are kept yet.',
  emptyAdvice:
    'Import an instrumentation manifest (.man), a dump of a provider (.xml, .json), or keep what an open trace carries.',
  loading: 'Asking for the list…',
  busy: 'Working…',
  import: 'Import…',
  importHint: 'Choose manifests; they can also be dropped anywhere in the window',
  harvest: (file: string) => `Keep the layouts of ${file}`,
  harvestHint:
    'Stores the layouts that this trace carries for its own events, so that traces which carry none can be read. ' +
    'Nothing leaves this computer.',
  remove: 'Remove',
  removeHint: (name: string) => `Remove the layouts of ${name}`,
  removeQuestion: 'Remove?',
  keep: 'Keep',
  imported: (providers: number, events: number) =>
    `Imported the layouts of ${formatCounted(events, 'event', 'events')} of ${formatCounted(providers, 'provider', 'providers')}.`,
  harvested: (providers: number, events: number) =>
    `Kept the layouts of ${formatCounted(events, 'event', 'events')} of ${formatCounted(providers, 'provider', 'providers')}.`,
  nothingImported: 'Nothing was imported.',
  nothingHarvested: 'Nothing was kept: this trace carries no layouts that were not known already.',
  removed: (name: string) => `The layouts of ${name} were removed.`,
  failed: 'That did not work.',
} as const;

export const failureStrings = {
  heading: (name: string) => `${name} could not be opened`,
  kept: 'Nothing of this file was kept open. Other traces are not affected.',
  advice:
    'Check that the file is a whole trace (.etl, .pcapng, .pcap, .cap) and that no capture still writes to it, then open ' +
    'it again.',
  retry: 'Try again',
  noticeHeadings: {
    transfer: 'The files could not be taken over',
    start: 'The files named at start could not be asked for',
    filter: 'The filter could not be applied',
    rows: 'Rows could not be read',
    sample: 'The sample could not be opened',
    dialog: 'The open dialog failed',
    shift: 'The times could not be moved',
    connections: 'Connection attempts could not be read',
    recent: 'The list of recent traces could not be changed',
    forgetting: 'Not all of it could be forgotten',
    dataFolder: 'The data folder could not be shown',
  },
  noTraceForNames: 'Names belong to a trace, and none is open',
  noTraceForNamesDetail: (files: string) => `${files} was not imported.`,
  noTraceForNamesAdvice: 'Open the trace first, then drop the names on it.',
} as const;

const exportFormats: Readonly<Record<ExportFormat, { name: string; use: string }>> = {
  pcapng: {
    name: 'pcapng',
    use: 'For Wireshark: every packet, and the place where it was seen.',
  },
  pcap: {
    name: 'pcap',
    use: 'For tcpdump and older tools: packets of one link type and nothing else.',
  },
  cap: {
    name: 'Network Monitor',
    use: 'For Network Monitor and Message Analyzer, with several media in one file.',
  },
  parquet: {
    name: 'Parquet',
    use: 'For DuckDB, Spark, pandas and Power BI: a table with typed columns.',
  },
  txt: {
    name: 'Text',
    use: 'For reading and searching: one line per event, as netsh trace convert has it.',
  },
  csv: { name: 'CSV', use: 'For Excel: one row per event, its fields together in one column.' },
  jsonl: {
    name: 'JSON lines',
    use: 'For scripts and log tools: one object per line with every field, nothing shortened.',
  },
  xml: { name: 'XML', use: 'For tools that read Windows’ event XML: every field.' },
};

export const exportStrings = {
  heading: (file: string) => `Export ${file}`,
  rows: (rows: number) => `${formatCounted(rows, 'row is', 'rows are')} on show; all of them are exported.`,
  noRows: 'No row is on show. Remove the filter, or open a trace that holds events.',
  stillReading: 'The trace is still being read: only what has been read so far is exported.',
  packetsGroup: 'Packets',
  tablesGroup: 'Tables, with times in UTC',
  eventsGroup: 'Events as text, with times in UTC',
  formats: exportFormats,
  ending: (format: ExportFormat) => `.${format}`,
  tooManyForExcel: (limit: number) =>
    `Excel shows ${formatCount(limit)} rows of a table at most. The file will hold all of them.`,
  options: {
    events: (format: ExportFormat) =>
      format === 'cap'
        ? 'Events without a packet too, as ETW frames'
        : 'Events without a packet too, as journal entries',
    splitByLinkType: () => 'One file for each link type: many tools refuse a mix',
  },
  split: 'Export again, one file for each link type',
  splitHint: 'Choose a name; each file gets the name of its link type behind it',
  go: 'Export…',
  goHint: 'Choose where to write, then write',
  personalData: 'Traces hold addresses, names and payload: mind whom you give the file to.',
  doneHeading: 'Export finished',
  failedHeading: 'Nothing was exported',
  packets: 'Packets',
  events: 'Events',
  format: 'Format',
  file: 'File',
  interfaces: 'Interfaces',
  bytes: 'Size',
  skipped: 'Rows without a packet, left out',
  failureKept: 'No file was written. The trace and its filter are as they were.',
  nothingOpen: 'Open a trace first: what it shows can be exported.',
  stillFiltering: 'The filter is still looking through the trace: what it shows can be exported when it is done.',
} as const;

export const colorRuleStrings = {
  heading: 'Color rules',
  open: 'Colors…',
  openHint: 'Rules that color the messages which a filter lets through',
  intro: 'A message has the color of the first rule, from top to bottom, whose filter lets it through.',
  add: 'New rule',
  addHint: 'Add a rule of your own, in front of the others',
  newName: 'My rule',
  import: 'Import…',
  importHint: 'Add the rules of a file that was exported here or on another computer',
  export: 'Export…',
  exportHint: 'Write all rules to a JSON file',
  fileName: 'hopscope-color-rules.json',
  restore: 'Restore defaults',
  restoreHint: 'Bring the shipped rules back as they were; your own rules stay',
  name: 'Name of the rule',
  filterOf: (name: string) => `Filter of the rule ${name}`,
  filterPlaceholder: 'Filter, for example  TCP.Port == 80',
  colorOf: (name: string) => `Color of the rule ${name}`,
  enable: (name: string) => `Use the rule ${name}`,
  moveUp: (name: string) => `Ask ${name} earlier`,
  moveDown: (name: string) => `Ask ${name} later`,
  remove: (name: string) => `Delete the rule ${name}`,
  noFilter: 'Without a filter, this rule colors nothing.',
  imported: (added: number) =>
    added === 0 ? 'No rule was added.' : `${formatCounted(added, 'rule was', 'rules were')} added.`,
  colors: {
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    indigo: 'Indigo',
    purple: 'Purple',
    pink: 'Pink',
    grey: 'Grey',
  } satisfies Record<RuleColor, string>,
  problems: {
    notJson: (reason: string) => `The file is no JSON: ${reason}`,
    noRules: 'The file holds no list of color rules: {"rules": [{"name": …, "filter": …, "color": …, "enabled": …}]}.',
    entry: (number: number) =>
      `Entry ${formatCount(number)} was left out: name, filter, a known color and enabled are wanted.`,
  },
} as const;

export const findStrings = {
  label: 'Find',
  input: 'Find a message: a text or a filter',
  placeholder: 'Find a text or what a filter lets through',
  next: 'Find next',
  previous: 'Find previous',
  close: 'Close the find bar',
  busy: 'Searching…',
  cancelHint: 'Give up this search',
  wrapped: {
    forward: 'Went on at the first message',
    backward: 'Went on at the last message',
  },
  noText: 'Not found: no message on show has this text',
  noMatch: 'Not found: no message on show matches this filter',
} as const;

export const goToStrings = {
  heading: 'Go to message',
  label: 'Message number or time',
  timeHint: 'A time as 14:03:07.118 in the zone that is shown, as ISO 8601, or as +1.5s since the start',
  laterThanAll: 'All messages on show are earlier: the last one is selected.',
  later: 'No message on show has this time: the next one is selected.',
  go: 'Go',
  range: (last: number) => `1 to ${formatCount(last)}`,
  notANumber: (last: number) =>
    `Type a whole number from 1 to ${formatCount(last)}, or a time such as 14:03:07.118 or +1.5s.`,
  hidden: (wanted: number, shown: number) =>
    `The filter hides message ${formatCount(wanted)}. Message ${formatCount(shown)} is the nearest one on show.`,
  nothing: 'The filter hides every message.',
} as const;
