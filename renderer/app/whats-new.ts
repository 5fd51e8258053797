/** What the welcome page says of this version; once read, the list stays folded until the next version. */
import { readStored, writeStored } from '../state/settings.ts';

export const whatsNew = {
  version: '0.1',
  lines: [
    'Panes dock where you want them, and come back where they were. The Panes menu has four layouts to begin with.',
    'What is open is opened again at the next start, with every view, filter and selection.',
    'A trace has as many views as you like, each with a filter of its own.',
    'The timeline shows drops and errors over the whole trace; drag to zoom or to filter by time.',
    'Build a capture script for netsh, PowerShell or pktmon, with what to know before; or have a command explained: Ctrl+K.',
    'Every command is in the palette: Ctrl+Shift+P.',
  ],
} as const;

const storedName = 'news-read';

export function isNewsRead(): boolean {
  return readStored(storedName, (value): value is string => typeof value === 'string') === whatsNew.version;
}

export function markNewsRead(): void {
  writeStored(storedName, whatsNew.version);
}
