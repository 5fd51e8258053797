import type { CaptureFormat } from '../capture-file/capture-context.ts';

/**
 * Records of capture files, as events of a provider of ours for each format: so that filters, counts and exports name them
 * as they name any provider. The GUIDs are ours, and stay as they are.
 */

const providers: Readonly<Record<CaptureFormat, readonly [guid: string, name: string]>> = {
  pcapng: ['{5d0c6c1e-3b0f-4f0b-9f3c-7a4c1b52e6a1}', 'Pcapng'],
  pcap: ['{b1b8c2f7-6a57-4d52-8a0e-2f9d35c4f0d2}', 'Pcap'],
  netmon: ['{e4f1a7d9-0c86-4b1d-b7f5-91c08d6e3b53}', 'NetMon'],
};

/** GUID of the provider that a format's records count as. */
export function captureProvider(format: CaptureFormat): string {
  return providers[format][0];
}

export const captureProviders: readonly (readonly [guid: string, name: string])[] = Object.values(providers);

/** Kinds of record that hold a frame, as `provider/id`. */
export const captureFrameKinds: readonly string[] = [
  ...[2, 3, 6].map((blockType) => `${captureProvider('pcapng')}/${blockType}`),
  `${captureProvider('pcap')}/1`,
  `${captureProvider('netmon')}/1`,
];

const recordNames: ReadonlyMap<string, string> = new Map([
  ['pcapng/2', 'Packet block'],
  ['pcapng/3', 'Simple packet block'],
  ['pcapng/6', 'Enhanced packet block'],
  ['pcapng/9', 'Journal entry'],
  ['pcap/1', 'Packet record'],
  ['netmon/1', 'Frame'],
  ['netmon/65531', 'Network info'],
  ['netmon/65533', 'Network info'],
  ['netmon/65534', 'DNS cache'],
  ['netmon/65535', 'Filter'],
]);

/** How a kind of record is called: `Enhanced packet block`. */
export function captureRecordName(format: CaptureFormat, id: number): string {
  return recordNames.get(`${format}/${id}`) ?? `Record of type ${id}`;
}
