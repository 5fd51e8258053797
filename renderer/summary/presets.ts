/** What people often count by. */
import type { ColumnName } from '../../core/engine/contract.ts';

export const presetIds = [
  'modules',
  'talkers',
  'pairs',
  'providers',
  'components',
  'drops',
  'processes',
  'tcp-ports',
  'udp-ports',
  'flags',
] as const;
export type PresetId = (typeof presetIds)[number];

export const presets: Readonly<Record<PresetId, readonly ColumnName[]>> = {
  modules: ['Module'],
  talkers: ['Conversation'],
  pairs: ['Source', 'Destination'],
  providers: ['Provider'],
  components: ['Component', 'Direction'],
  drops: ['DropReason'],
  processes: ['Etw.ProcessId'],
  'tcp-ports': ['TCP.DestinationPort'],
  'udp-ports': ['UDP.DestinationPort'],
  flags: ['TCP.Flags'],
};

export function presetOf(by: readonly ColumnName[]): PresetId | undefined {
  return presetIds.find((id) => presets[id].length === by.length && presets[id].every((name, at) => name === by[at]));
}
