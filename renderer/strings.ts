/** Every English word the page shows, by area. */
import { formatCount, formatCounted } from './format/number.ts';

export const appStrings = {
  name: 'Hopscope',
  open: 'Open',
  openTrace: 'Open a trace…',
  exportPackets: 'Export',
  exportHint: 'Export the packets on show as pcapng',
  close: 'Close',
  cancel: 'Cancel',
  copyDetails: 'Copy details',
  copied: 'Copied',
  dismiss: 'Dismiss',
  commands: 'Commands',
  dropHere: 'Drop to open',
  dropHereDetail: 'Each file opens as a trace of its own.',
} as const;

export const welcomeStrings = {
  heading: 'Open a network trace',
  drop: 'Drop an .etl trace anywhere in this window',
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
  facts: 'This trace',
  factsSoFar: 'This trace so far',
  providers: 'Providers',
  events: (count: number) => formatCounted(count, 'event', 'events'),
  reading: (percent: string) => `reading ${percent}`,
  failed: 'not opened',
  closeTrace: (name: string) => `Close ${name}`,
  size: 'Size',
  packets: 'Packets',
  drops: 'Drops',
  windows: 'Windows',
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
  noMatchHeading: 'No message matches this filter',
  lookedThrough: (available: number) => `Looked through ${formatCounted(available, 'message', 'messages')} for`,
  stillReadingHint: 'The trace is still being read; matches appear as they come.',
} as const;

export const gridStrings = {
  label: 'Messages',
  emptyHeading: 'This trace holds no events',
  emptyDetail: 'It was read to its end without an error. The capture may have been stopped before anything was logged.',
  waitingHeading: 'Reading the first events…',
  markNames: { none: '', drop: 'Dropped', error: 'Error', warning: 'Warning' },
  columns: {
    number: '#',
    numberHint: 'MessageNumber: place of the event in time order',
    diagnosis: 'Diagnosis',
    diagnosisHint: 'Diagnosis: drops, errors and warnings',
    time: (zone: string) => `Time (${zone})`,
    timeHint: 'Timestamp, to 100 ns',
    elapsed: 'Elapsed',
    elapsedHint: 'TimeElapsed: from the first fragment of a packet to its last',
    source: 'Source',
    destination: 'Destination',
    module: 'Module',
    summary: 'Summary',
  },
} as const;

export const detailsStrings = {
  label: 'Details',
  tree: 'Details of the selected message',
  ofMessage: (number: number) => `Message ${formatCount(number)}`,
  empty: 'Select a message to see its layers and fields.',
  failed: 'This message could not be decoded.',
  note: 'Note',
  dockBelow: 'Move details and bytes below the messages',
  dockRight: 'Move details and bytes to the right of the messages',
  copySubtree: 'Copy the selected node and everything under it',
} as const;

export const bytesStrings = {
  label: 'Bytes',
  empty: 'The bytes of the selected message appear here.',
  none: 'This message has no bytes.',
  copyMarked: (count: number) => `Copy ${formatCounted(count, 'marked byte', 'marked bytes')} as hex`,
  copyAll: (count: number) => `Copy all ${formatCounted(count, 'byte', 'bytes')} as hex`,
  sources: 'Byte sources',
  linesLabel: (name: string) => `Bytes of ${name}. Arrow keys move from byte to byte.`,
  position: (offset: string, value: string, path: string) => `Offset ${offset}, value ${value}${path && `, ${path}`}`,
  cut: (shown: string, all: string) => `The first ${shown} of ${all} are shown.`,
} as const;

export const taskStrings = {
  opening: (name: string) => `Reading ${name}`,
  ordering: (name: string) => `Ordering ${name} by time`,
  sending: (name: string) => `Sending ${name} to the local engine`,
  exporting: (name: string) => `Exporting ${name}`,
  ofSize: (done: string, total: string) => `${done} of ${total}`,
  left: (wait: string) => `${wait} left`,
  cancel: (title: string) => `Cancel: ${title}`,
} as const;

export const statusStrings = {
  label: 'Status',
  ready: 'Ready',
  working: 'Working',
  reading: 'Still reading',
  ordering: 'Ordering',
  failed: 'Not opened',
  nothingOpen: 'No trace open',
  events: (count: number) => formatCounted(count, 'event', 'events'),
  shown: (count: number) => `shown ${formatCount(count)}`,
  selected: (messageNumber: number | undefined) =>
    messageNumber === undefined ? 'selected 0' : `selected 1 (message ${formatCount(messageNumber)})`,
  lost: (count: number) => `lost ${formatCount(count)}`,
  lostHint: (events: number, buffers: number) => {
    const lost = `${formatCounted(events, 'event', 'events')} and ${formatCounted(buffers, 'buffer', 'buffers')}`;
    return `The capture itself lost ${lost}: they are not in the file.`;
  },
  problems: (count: number) => formatCounted(count, 'problem', 'problems'),
  problemsHint: 'Places of the file that could not be read',
  zoneHint: (zone: string) => `Times are shown as ${zone}. Click to change between local time and UTC.`,
  localZone: (name: string) => `local time (${name})`,
} as const;

export const problemStrings = {
  heading: (name: string) => `Problems in ${name}`,
  intro: 'These places of the file could not be read. Everything else was kept.',
  offset: 'Offset',
  problem: 'What is wrong',
  copy: 'Copy the list',
} as const;

export const failureStrings = {
  heading: (name: string) => `${name} could not be opened`,
  kept: 'Nothing of this file was kept open. Other traces are not affected.',
  advice:
    'Check that the file is a complete .etl trace and that no capture is still writing to it, then open it again.',
  retry: 'Try again',
  noticeHeadings: {
    transfer: 'The files could not be taken over',
    start: 'The files named at start could not be asked for',
    filter: 'The filter could not be applied',
    rows: 'Rows could not be read',
    sample: 'The sample could not be opened',
    dialog: 'The open dialog failed',
  },
  engineGone: 'The engine is gone',
  engineGoneAdvice: 'Start Hopscope again; on a web page, reload it. The trace files themselves were never changed.',
} as const;

export const exportStrings = {
  doneHeading: 'Export finished',
  failedHeading: 'Nothing was exported',
  packets: 'Packets',
  interfaces: 'Interfaces',
  bytes: 'Size',
  skipped: 'Rows without a packet, left out',
  failureKept: 'No file was written. The trace and its filter are as they were.',
  nothingOpen: 'Open a trace first: its packets are exported as pcapng.',
} as const;

export const goToStrings = {
  heading: 'Go to message',
  label: 'Message number',
  go: 'Go',
  range: (last: number) => `1 to ${formatCount(last)}`,
  notANumber: (last: number) => `Type a whole number from 1 to ${formatCount(last)}.`,
  hidden: (wanted: number, shown: number) =>
    `The filter hides message ${formatCount(wanted)}. Message ${formatCount(shown)} is the nearest one on show.`,
  nothing: 'The filter hides every message.',
} as const;
