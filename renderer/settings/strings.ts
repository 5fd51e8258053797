import { formatCounted } from '../format/number.ts';
import type { TimeFormat, ZoneChoice } from '../format/time.ts';
import type { CodeFont, SettingName, ThemeChoice } from '../state/settings.ts';
import type { SettingsSection } from './sections.ts';

/** What settings, the sheet of keys and the about box say. */
export const settingsStrings = {
  heading: 'Settings',
  sections: {
    appearance: 'Appearance',
    time: 'Time',
    opening: 'Opening',
    filter: 'Filter',
    export: 'Export',
    keyboard: 'Keyboard',
    privacy: 'Privacy',
  } satisfies Record<SettingsSection, string>,
  sectionList: 'Sections of the settings',
  names: {
    theme: 'Theme',
    fontSize: 'Size of text',
    codeFont: 'Font of bytes, addresses and filters',
    rowHeight: 'Rows of grids',
    zone: 'Clock times',
    timeFormat: 'Times of messages',
    explorer: 'Show the list of traces at the left',
    pathAsTable: 'Show the path as a table',
    reopenLast: 'Open at the start what was open at the end',
    typingFilters: 'Typing anywhere begins a filter',
    rememberFilters: 'Remember the filters that were applied',
    exportFormat: 'Format that the export dialog begins with',
    exportOptions: 'Begin with',
  } satisfies Record<SettingName, string>,
  hints: {
    theme: 'The system’s own choice is followed while the page is open, also its wish for more contrast.',
    zoom: 'Everything larger or smaller: Ctrl and + or −; Ctrl+0 is back to normal.',
    codeFont: 'A font that is not installed here is replaced by the system’s.',
    zone: 'In all grids, panes and copied texts. A trace keeps the times of its own clock either way.',
    reopenLast: 'Traces, their filters and views. Files that are gone are left out.',
    typingFilters: 'As in Wireshark: a letter typed outside of a text goes into the filter box.',
    rememberFilters: 'They are offered below the filter box with Alt+Down. Switched off, none is kept from now on.',
  },
  themes: {
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
    'contrast-light': 'High contrast, light',
    'contrast-dark': 'High contrast, dark',
  } satisfies Record<ThemeChoice, string>,
  pixels: (size: number) => `${size} px`,
  codeFont: (font: CodeFont) => (font === 'system' ? 'The system’s' : font),
  rowHeights: { 24: 'Dense', 28: 'Roomy' },
  zones: {
    local: 'In the time zone of this computer',
    utc: 'In UTC',
    trace: 'In the time zone of the traced machine',
  } satisfies Record<ZoneChoice, string>,
  timeFormats: {
    clock: 'Clock time',
    start: 'Since the trace’s first message',
    reference: 'Since the time reference',
    delta: 'Since the message before',
    'delta-shown': 'Since the message shown before',
  } satisfies Record<TimeFormat, string>,
  sample: 'Open the sample',
  sampleHint: 'A small trace of a TCP handshake on its way through a Hyper-V virtual switch.',
  library: 'Filter library…',
  libraryHint: 'Filters with a name, to apply, change and carry to another computer.',
  libraryNeedsTrace: 'Filter library… (open a trace first)',
  forgetFilters: 'Forget applied filters',
  forgetRecent: 'Forget recent traces',
  forgetKept: {
    names: {
      label: 'Forget names of all traces…',
      hint: 'Names that were imported or typed, of every trace. Books beside traces stay.',
      question: (count: number) =>
        `Forget the names of ${formatCounted(count, 'trace', 'traces')}? That cannot be undone.`,
    },
    notes: {
      label: 'Forget marks and comments of all traces…',
      hint: 'Marks and comments of every trace, also of files that are not here now.',
      question: (count: number) =>
        `Forget the marks and comments of ${formatCounted(count, 'file', 'files')}? That cannot be undone.`,
    },
  },
  forget: 'Forget',
  keep: 'Keep',
  showFolder: 'Open the folder',
  showFolderHint: 'Shows it in the file manager',
  forgotten: 'Forgotten.',
  filtersKept: (count: number) => `${count} kept.`,
  noRecentHere: 'A browser page keeps no list of recent traces.',
  reset: 'Reset all settings',
  resetHint: 'Puts every setting back to what it was before anybody changed it. Filters, rules and names stay.',
  resetDone: 'All settings are at their defaults.',
  keySearch: 'Search commands and keys',
  keyCommand: 'Command',
  keyKeys: 'Keys',
  noKeys: 'No command is called like this.',
  privacyHeading: 'Nothing leaves this machine',
  privacy: [
    'Hopscope sends nothing anywhere: no telemetry, no crash reports, no look-ups of names or addresses, no updates behind your back.',
    'Traces are only ever read. What you export is written where you say.',
    'Traces hold personal data: addresses, names, what people sent. Think before you pass on an export, a screenshot or copied details.',
  ],
  dataHeading: 'What is kept, and where',
  dataFolder: (folder: string) => `Names, marks and comments, layouts and the list of recent traces: ${folder}`,
  dataInPage: 'Settings, filters and color rules: in the storage of this window.',
  copyFolder: 'Copy the folder',
} as const;

export const shortcutStrings = {
  heading: 'Keyboard shortcuts',
  elsewhere: 'Inside panes',
  /** Keys that belong to what has the focus, not to the window. */
  inPanes: [
    ['Apply the filter', 'Enter'],
    ['Put the filter beside the box', 'Ctrl+Enter'],
    ['Remove the filter', 'Ctrl+Shift+Enter, Esc Esc'],
    ['Complete the filter', 'Ctrl+Space'],
    ['Earlier filters', 'Alt+Down'],
    ['Open and close a field of the details', 'Right, Left'],
    ['Copy what is selected', 'Ctrl+C'],
    ['Menu of what is selected', 'Shift+F10'],
    ['Walk the hops of a path', 'Arrows'],
    ['Select the message of a hop', 'Enter'],
    ['Menus', 'F10, Alt'],
  ],
} as const;

export const aboutStrings = {
  heading: 'About Hopscope',
  version: (version: string) => (version === '' ? 'Hopscope' : `Hopscope ${version}`),
  what: 'Opens Windows network traces and shows what became of each packet.',
  licence: 'Free software under the MIT licence.',
  telemetry: 'No telemetry: nothing leaves this machine.',
  browser: 'Browser',
  server: 'In this browser, over a Hopscope server on this computer.',
  failed: 'The versions could not be read.',
  asking: 'Reading the versions…',
  copy: 'Copy versions',
} as const;
