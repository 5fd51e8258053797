import { getWinEventCommand } from '../schema/manifest/get-winevent.ts';
import type { EventKind } from '../trace/segment.ts';

/** How to get layouts for events that cannot be read: sentences, with commands to type between backquotes. */
export function layoutAdvice(guid: string, name: string | null, family: EventKind['family']): string {
  switch (family) {
    case 'message':
      return 'WPP messages: their formats lie in the symbol files (PDB, TMF) of the program that logs them. They are shown as bytes.';
    case 'system':
      return 'Kernel events carry no layout, and that of these is not built in. They are shown as bytes.';
    case 'classic':
      return 'Classic (MOF) events are described only on the machine that was traced; a trace that was merged there (netsh trace stop, xperf -d) carries the description. Without it they are shown as bytes.';
    case 'capture':
      return 'Records of a capture file that Hopscope knows no layout for are shown as bytes.';
    case 'manifest':
      return `Import the provider's layouts, or keep those of a merged trace that has them. In PowerShell, on the machine that was traced: \`${exportCommand(guid, name)}\``;
  }
}

/** The command that writes what a machine knows of a provider into a file. */
function exportCommand(guid: string, name: string | null): string {
  if (name !== null) return getWinEventCommand(name);
  const id = guid.slice(1, -1);
  return `Get-WinEvent -ListProvider * -ErrorAction Ignore | Where-Object Id -eq '${id}' | ConvertTo-Json -Depth 6 > provider.json`;
}
