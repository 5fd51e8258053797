/** English words of the window around the panes. */
import { formatCounted } from '../format/number.ts';

export const traceMenuStrings = {
  label: (name: string) => `What to do with ${name}`,
  close: 'Close',
  closeOthers: 'Close others',
  reload: 'Reload',
  readTogether: 'Read together with the others',
  shiftTime: 'Shift times…',
  names: 'Names',
  completeness: 'Completeness',
  copyName: 'Copy file name',
  filter: (text: string) => `Filter in force: ${text}`,
} as const;

export const welcomeWords = {
  pin: (name: string) => `Keep ${name} at the top`,
  unpin: (name: string) => `Let ${name} go from the top`,
  remove: (name: string) => `Remove ${name} from this list`,
  news: (version: string) => `New in ${version}`,
  newsRead: 'Got it',
  newsReadHint: 'Fold this list; it stays here',
  hints: 'Good to know',
  commandHints: [
    { command: 'palette', words: 'every command by its name' },
    { command: 'open', words: 'open one or more traces' },
    { command: 'find', words: 'find in the messages' },
    { command: 'shortcuts', words: 'all keys' },
  ],
} as const;

export const reportStrings = {
  label: 'What was read',
  events: (count: number) => formatCounted(count, 'event', 'events'),
  providers: (count: number) => formatCounted(count, 'provider', 'providers'),
  buffers: (count: number) => formatCounted(count, 'buffer', 'buffers'),
  eventsLost: (count: number) => `${formatCounted(count, 'event was', 'events were')} lost`,
  buffersLost: (count: number) => `${formatCounted(count, 'buffer was', 'buffers were')} lost`,
  problems: (count: number) => `${formatCounted(count, 'place', 'places')} of the file could not be read`,
  open: 'Completeness',
  openHint: 'What this trace holds, what the capture lost and what could not be read',
  dismiss: 'Dismiss',
} as const;

export const statusWords = {
  copy: (text: string) => `Copy “${text}”`,
  copyAll: 'Copy the whole status bar',
  menu: 'Copy from the status bar',
  events: 'Events of this trace. Click for its completeness.',
  shown: 'What the filters let through. Click to go to the filter.',
  selected: 'Click to go to another message.',
  file: (name: string) => `${name}. Click to copy the name.`,
  explorer: 'Traces',
  explorerHint: (isOn: boolean) => (isOn ? 'Hide the list of traces' : 'Show the list of traces'),
} as const;
