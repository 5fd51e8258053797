/** Words of the capture page. What is wrong with a plan, what to know before a capture and what commands do is told by core/capture. */
import type {
  CapturePlan,
  CaptureTool,
  PacketPlace,
  WindowsEdition,
  WindowsVersion,
} from '../../core/capture/capture-plan.ts';
import { formatCount, formatCounted, formatSize } from '../format/number.ts';

export const captureStrings = {
  heading: 'Capture',
  sections: { build: 'Build a script', explain: 'Explain a command' },
  sectionList: 'What the capture page does',
  close: 'Close',
  closeHint: 'Close the capture page',
  reset: 'Reset',
  resetHint: 'Put every choice back to what it is at first',
  welcome: 'Build a capture script',
  welcomeHint: 'A script for netsh trace, PowerShell or pktmon, to send to whoever runs the machine',

  notRead: (name: string) => `${name} could not be read`,
  notReadAdvice: 'Paste the command into the capture page instead.',
  notSaved: (name: string) => `${name} could not be saved`,
  notSavedAdvice: 'Copy the script instead, or save it to another folder.',
  notStarted: 'The capture could not be started',
  notStopped: 'The capture could not be stopped',
  tooLarge: (size: number, most: number) =>
    `It has ${formatSize(size)}; no script longer than ${formatSize(most)} is read.`,
  noText: 'It holds bytes that no text has.',

  groups: {
    machine: 'The machine',
    packets: 'Packets',
    events: 'Events',
    size: 'How much',
    files: 'Files',
  },
  fields: {
    tool: 'Tool',
    windows: 'Windows',
    edition: 'Edition',
    packets: 'Where packets are captured',
    truncation: 'Kept of each packet',
    megabytes: 'Largest size',
    fileMode: 'When that is reached',
    adapters: 'Adapters',
    sets: 'Sets of providers',
    providers: 'Further providers',
    file: 'Trace file',
    netshReport: 'Report',
    bundle: 'What is needed to read it elsewhere',
  } satisfies Record<keyof CapturePlan, string>,
  dropHere: 'A script or command (.ps1, .cmd, .bat, .txt) is explained; traces and bundles open as ever.',
  form: 'What to capture, and how',
  result: 'Checks and script',
  reading: 'What the command does and misses',

  tools: {
    netsh: { name: 'netsh trace', use: 'One command starts, one stops. On every Windows but Nano Server.' },
    powershell: { name: 'PowerShell', use: 'NetEventPacketCapture: stops at once, and runs on Server Core and Nano.' },
    pktmon: { name: 'pktmon', use: 'Tells each component that saw a packet, and why it was dropped.' },
  } satisfies Record<CaptureTool, { name: string; use: string }>,
  windows: {
    '7': 'Windows 7, Server 2008 R2',
    '8': 'Windows 8, Server 2012',
    '8.1': 'Windows 8.1, Server 2012 R2',
    '1607': 'Windows 10 1607, Server 2016',
    '1809': 'Windows 10 1809, Server 2019',
    '2004': 'Windows 10 2004 and later',
    '21H2': 'Server 2022',
    '11': 'Windows 11, Server 2025',
  } satisfies Record<WindowsVersion, string>,
  editions: {
    desktop: 'Client, or server with desktop',
    core: 'Server Core',
    nano: 'Nano Server',
  } satisfies Record<WindowsEdition, string>,
  impossible: (title: string, why: string) => `${title}: ${why}`,
  places: {
    host: { name: 'At the host’s adapters', use: 'What goes in and out of the machine itself.' },
    switch: { name: 'In the vSwitch', use: 'What virtual machines and containers send and get.' },
    both: { name: 'At both', use: 'The whole way of a packet; it is in the trace several times.' },
    none: { name: 'No packets', use: 'Events of providers alone.' },
  } satisfies Record<PacketPlace, { name: string; use: string }>,

  wholePackets: 'All of it',
  firstBytes: (count: number) => `The first ${formatCounted(count, 'byte', 'bytes')}`,
  headersOnly: (count: number) => `The first ${formatCounted(count, 'byte', 'bytes')}: headers`,
  fullFrame: (count: number) => `The first ${formatCounted(count, 'byte', 'bytes')}: all but jumbo frames`,
  otherBytes: 'Other…',
  bytesLabel: 'Bytes that are kept of each packet',
  bytesUnit: 'bytes',
  sizeUnit: 'MB',
  notNumber: (least: number, most: number) =>
    `Enter a whole number from ${formatCount(least)} to ${formatCount(most)}.`,
  lasts: (time: string, gigabits: number) => `Full after ${time} of a saturated ${formatCount(gigabits)} Gb/s link.`,
  fileModes: {
    circular: { name: 'Keep the newest', use: 'Old events make room. For what happens now and then.' },
    single: { name: 'Stop capturing', use: 'The beginning stays. For what you can bring about.' },
  } satisfies Record<CapturePlan['fileMode'], { name: string; use: string }>,

  allAdapters: 'All adapters',
  someAdapters: 'Only these',
  noAdapters: 'Name the first adapter below.',
  adapterLabel: 'Name of an adapter, as Get-NetAdapter tells it',
  adapterExample: 'Ethernet 2',
  addAdapter: 'Add the adapter',
  removeAdapter: (name: string) => `Remove ${name}`,

  noProviders: 'None besides those of the sets.',
  providerLabel: 'Name or GUID of a provider',
  providerExample: 'Microsoft-Windows-…',
  addProvider: 'Add the provider',
  removeProvider: (name: string) => `Remove ${name}`,
  keywords: 'Keywords',
  keywordsOf: (name: string) => `Keywords of ${name}, hexadecimal with 0x; empty for all`,
  allKeywords: 'all',
  level: 'Level',
  levelOf: (name: string) => `Level of ${name}, 0 to 255; empty for all`,
  allLevels: 'all',
  notKeywords: 'Keywords are hexadecimal with 0x, up to 16 digits.',

  fileHint: 'On the machine that captures. %VARIABLES% are filled in there.',
  report: 'netsh’s own report and cabinet',
  reportUse: 'They take minutes at stop, and hold little that the bundle lacks.',
  bundles: {
    zip: { name: 'One zip', use: 'Trace, names of adapters and switches, layouts of events: one file to send.' },
    folder: { name: 'One folder', use: 'The same, not packed. For traces of many gigabytes.' },
    none: { name: 'Nothing', use: 'The trace alone. Names stay GUIDs, some events without layout.' },
  } satisfies Record<CapturePlan['bundle'], { name: string; use: string }>,

  trouble: { error: 'Cannot work', warning: 'Mind' },

  checks: 'Before you capture',
  severities: { stop: 'Stop', warning: 'Watch', note: 'Know' },
  checksVerdict: (stops: number, warnings: number) =>
    stops > 0
      ? `${formatCounted(stops, 'thing stands', 'things stand')} in the way`
      : warnings > 0
        ? `${formatCounted(warnings, 'thing', 'things')} to watch`
        : 'Nothing stands in the way',
  toField: (field: string) => `Change: ${field}`,

  rates: 'How long it lasts',
  linkLabel: 'Link',
  frameLabel: 'Packets of',
  gigabits: (speed: number) => `${formatCount(speed)} Gb/s`,
  frameBytes: (bytes: number) => formatCounted(bytes, 'byte', 'bytes'),
  rateColumns: { link: 'Saturated link', packets: 'Packets/s', written: 'Written', lasts: 'Size lasts' },
  keepsUp: (isKept: boolean) => (isKept ? 'keeps up' : 'too slow'),
  never: 'no limit',
  ratesNote: (places: string, bytesPerPacket: number) =>
    `Each packet is written once for each place that sees it (${places}): ${formatCounted(bytesPerPacket, 'byte', 'bytes')} in all. ` +
    'Storage is compared by typical figures for long writes.',
  ratesStretch: (times: string) => `Cutting packets makes the size last ${times} times as long.`,
  noRates: 'No packets are captured, so that the speed of links does not matter.',

  script: 'The script',
  forms: { script: 'Script', cmd: 'Commands for cmd', powershell: 'Commands for PowerShell' },
  formList: 'Forms of the capture',
  copyScript: 'Copy',
  copyScriptHint: 'Copy the script',
  saveScript: 'Save…',
  saveScriptHint: (name: string) => `Save as ${name}`,
  scriptLabel: (name: string) => `Text of ${name}`,
  noScript: 'There is no script yet',
  noScriptDetail: 'Mend what stands in the way above. The script follows every choice at once.',
  start: 'Start',
  stop: 'Stop',
  commandsLabel: { start: 'Commands that start', stop: 'Commands that stop' },
  copyCommands: { start: 'Copy the commands that start', stop: 'Copy the commands that stop' },
  commandsNote:
    'Bare commands check nothing and gather no names. Run them in an elevated prompt, and stop as the same user.',
  noCommands: (shell: string) => `There are no commands for ${shell}: this tool has none there. Use the script.`,

  how: 'How to run it',

  run: 'Run it here',
  runOthers:
    'Only the app on Windows can run a capture itself, and that part has not been tried on a real machine yet.',
  runBrowser: 'A page in a browser cannot run a capture. Use the app on Windows, or run the script there yourself.',
  runUntested: 'This has not been tried on a real machine yet. If it fails, run the script yourself.',
  runStart: 'Start the capture',
  runStartHint: 'Windows asks for elevation, then the script runs; the trace opens when you stop it',
  runStop: 'Stop the capture',
  runBlocked: 'Mend what stands in the way first.',
  phases: {
    idle: 'No capture runs.',
    starting: 'Starting. Windows may ask for elevation.',
    capturing: (since: string) => `Capturing for ${since}.`,
    stopping: 'Stopping.',
    gathering: 'Gathering names, layouts and facts of the machine.',
  },
  statusCapturing: (since: string) => `Capturing for ${since}`,
  statusBusy: 'Capture: working',
  statusHint: 'Click for the capture page',

  explainHint: 'Paste a command, a script or what a console shows. Or drop a .ps1, .cmd, .bat or .txt file here.',
  explainLabel: 'Command or script to explain',
  explainFrom: (name: string) => `From ${name}`,
  clear: 'Clear',
  example: 'Show an example',
  exampleText:
    'netsh trace start capture=yes overwrite=yes maxsize=1024 tracefile=c:\\%computername%_vNetTrace.etl ' +
    'provider="Microsoft-Windows-Hyper-V-VmSwitch" keywords=0xffffffffffffffff level=0xff capturetype=both',
  explained: 'What it does',
  missing: 'What it misses',
  nothingMissing: 'Nothing that we know of.',
  noReading: 'Nothing to explain yet',
  noReadingDetail:
    'Commands of netsh trace, NetEventPacketCapture and pktmon are explained one by one, with what they miss.',
  notUnderstood: 'No command about captures was found',
  notUnderstoodDetail: 'netsh trace, the cmdlets of NetEventPacketCapture and pktmon are known here.',
  cut: 'The text is very long: only its beginning was read.',
  usePlan: 'Use as plan',
  usePlanHint: 'Take these choices over to the script, where each can be changed',
  noPlan: 'The text starts no capture, so there is no plan to use.',
  lineHint: 'Select this line of the text',
  moreCommands: (count: number) => `Show more (${formatCounted(count, 'command', 'commands')})`,
  line: (line: number) => `Line ${formatCount(line)}`,
  wrong: 'Not known',
  missingSeverities: { error: 'Wrong', warning: 'Watch', note: 'Know' },
} as const;
