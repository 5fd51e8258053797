/**
 * What an 802.11 miniport knows of a received frame beside its bytes: NDIS-PacketCapture 1002 carries it, a
 * DOT11_EXTSTA_RECV_CONTEXT of windot11.h.
 */

/** One value of the structure, in words, with its place in the event. */
export interface MetadataField {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly length: number;
}

/** sizeof(DOT11_EXTSTA_RECV_CONTEXT), for either size of its one pointer: a 64-bit time stamp aligned to 8 follows that. */
const structureSize = 48;
/** The two interface indexes and MetadataSize. */
const metadataAt = 12;

/** DOT11_PHY_TYPE; the structure has the number of a PHY of the adapter, which drivers fill with its type. */
const phyTypes: readonly string[] = [
  'unknown',
  'FHSS',
  'DSSS',
  'infrared',
  '802.11a',
  '802.11b',
  '802.11g',
  '802.11n',
  '802.11ac',
  '802.11ad',
  '802.11ax',
];

/** DOT11_RECV_FLAG_RAW_PACKET and its kin. */
const receiveFlags: readonly string[] = ['raw packet', 'FCS failure', 'time stamp'];

/**
 * The values in the user data view[start..end) of event 1002; undefined unless its metadata has exactly the size of the
 * structure: there are others, which no header tells apart.
 */
export function wifiMetadata(view: DataView, start: number, end: number): MetadataField[] | undefined {
  const at = start + metadataAt;
  if (at + structureSize > end || view.getUint32(at - 4, true) !== structureSize) return undefined;
  const field = (name: string, offset: number, length: number, value: string): MetadataField => ({
    name,
    value,
    start: at + offset,
    length,
  });
  const flags = view.getUint32(at + 4, true);
  const phy = view.getUint32(at + 8, true);
  return [
    field('ReceiveFlags', 4, 4, flagsText(flags)),
    field('Phy', 8, 4, phy < phyTypes.length ? `${phyTypes[phy]} (${phy})` : String(phy)),
    field('ChannelFrequency', 12, 4, `${view.getUint32(at + 12, true)} MHz`),
    field('MpdusReceived', 16, 2, String(view.getUint16(at + 16, true))),
    field('Rssi', 20, 4, `${view.getInt32(at + 20, true)} dBm`),
    // In units of 500 kbit/s.
    field('DataRate', 24, 1, `${view.getUint8(at + 24) / 2} Mbit/s`),
    field('MediaSpecificInfoSize', 28, 4, String(view.getUint32(at + 28, true))),
    field('Timestamp', 40, 8, String(view.getBigUint64(at + 40, true))),
  ];
}

function flagsText(flags: number): string {
  const names = receiveFlags.filter((_, bit) => (flags & (1 << bit)) !== 0);
  const hex = `0x${flags.toString(16).padStart(8, '0')}`;
  return names.length === 0 ? hex : `${names.join(', ')} (${hex})`;
}
