/** Names that every provider may use without defining them: winmeta.xml of the Windows SDK, and the kernel's own types. */
const levels: readonly string[] = ['', 'Critical', 'Error', 'Warning', 'Information', 'Verbose'];

const opcodes: ReadonlyMap<number, string> = new Map([
  [0, 'Info'],
  [1, 'Start'],
  [2, 'Stop'],
  [3, 'DCStart'],
  [4, 'DCStop'],
  [5, 'Extension'],
  [6, 'Reply'],
  [7, 'Resume'],
  [8, 'Suspend'],
  [9, 'Send'],
  [240, 'Receive'],
]);

const channels: ReadonlyMap<number, string> = new Map([
  [8, 'System'],
  [9, 'Application'],
  [10, 'Security'],
  [11, 'TraceLogging'],
  [12, 'ProviderMetadata'],
]);

/** `Error` for level 2; empty for 0 and for levels of a provider's own. */
export function standardLevelName(level: number): string {
  return levels.at(level) ?? '';
}

/** `Start` for opcode 1; empty for opcodes of a provider's own. */
export function standardOpcodeName(opcode: number): string {
  return opcodes.get(opcode) ?? '';
}

/** `System` for channel 8; empty for channels of a provider's own. */
export function standardChannelName(channel: number): string {
  return channels.get(channel) ?? '';
}
