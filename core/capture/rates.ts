import { windowsVersions, type CapturePlan } from './capture-plan.ts';

/** A link under full load in one direction. */
export interface Link {
  /** Speed in Gb/s, of a thousand million bits. */
  readonly gigabits: number;
  /** Bytes of each Ethernet frame without its checksum, which no capture sees; 1,514 when absent. */
  readonly frameBytes?: number;
}

/** What a saturated link asks of the machine that captures. */
export interface RateRow {
  readonly gigabits: number;
  readonly packetsPerSecond: number;
  /** Events that hold a packet: each packet once for every place where it is seen. */
  readonly eventsPerSecond: number;
  /** Written to the trace. */
  readonly bytesPerSecond: number;
  /** How long the plan's size lasts; null where the size has no limit, or no packets are captured. */
  readonly seconds: number | null;
  /** One answer for each of `storages`, in its order. */
  readonly keepsUp: readonly boolean[];
}

export interface RateTable {
  readonly frameBytes: number;
  /** Bytes kept of each frame. */
  readonly keptBytes: number;
  /** Bytes that one packet costs in the trace, all its sightings together. */
  readonly bytesPerPacket: number;
  /** Places where one packet is seen. */
  readonly sightings: readonly Sighting[];
  /** How many times longer the size lasts than it would with whole packets; 1 when nothing is cut. */
  readonly stretch: number;
  readonly rows: readonly RateRow[];
}

/** Places of one kind, and what one event there costs besides the packet's bytes. */
export interface Sighting {
  readonly place: string;
  readonly count: number;
  readonly overheadBytes: number;
}

export interface Storage {
  readonly name: string;
  /** Typical rate at which it takes a long sequential write, in bytes a second. */
  readonly bytesPerSecond: number;
}

/** Typical figures, slowest first: a given disk may do better, and worse once its cache is full or when others write too. */
export const storages: readonly Storage[] = [
  { name: 'Hard disk', bytesPerSecond: 150e6 },
  { name: 'SATA SSD', bytesPerSecond: 500e6 },
  { name: 'NVMe SSD', bytesPerSecond: 2e9 },
  { name: 'RAM disk', bytesPerSecond: 8e9 },
];

export const linkSpeeds = [1, 10, 25, 100] as const;

/** Preamble and start delimiter 8, checksum 4, gap 12: on the wire beside each frame, and never captured. */
const wireBytes = 24;
const largestFrame = 1514;
/** Windows' tools count sizes in units of 1,048,576 bytes and call them MB. */
const megabyte = 1 << 20;

const eventHeader = 80;
/** MiniportIfIndex, LowerIfIndex, FragmentSize. */
const adapterFields = 12;
/** GftFlowEntryId and GftOffloadInformation: since Windows 10 1903. */
const offloadFields = 16;
/**
 * Source port and one destination with their ids, names (GUIDs, for a VM's NIC two of them) and kinds, the count, and
 * NET_BUFFER_LIST_INFO with its size. Computed from the event's layout: no public trace holds one to measure.
 */
const switchFields = 4 + 74 + 150 + 20 + 4 + (4 + 74 + 150 + 20) + 4 + 200;
const pktmonFields = 34;
/**
 * How often pktmon logs one packet. Measured in a public capture of a guest on Windows Server 2022: half of its packets
 * twice, half of them four times. A Hyper-V host, where packets go on through the vSwitch, logs them more often.
 */
const pktmonAtNics = 2;
const pktmonEverywhere = 4;

/**
 * What saturated links of 1, 10, 25 and 100 Gb/s write, and the given one where it is none of these. Counted are events with
 * packets: events of other providers come on top, and pktmon's compression of finished buffers is left out.
 */
export function rateTable(plan: CapturePlan, link?: Link): RateTable {
  const frameBytes = Math.max(14, Math.round(link?.frameBytes ?? largestFrame));
  const keptBytes = plan.truncation > 0 ? Math.min(plan.truncation, frameBytes) : frameBytes;
  const sightings = sightingsOf(plan);
  const bytesPerPacket = costOf(sightings, keptBytes);
  const speeds = [...new Set([...linkSpeeds, ...(link ? [link.gigabits] : [])])].sort((a, b) => a - b);
  return {
    frameBytes,
    keptBytes,
    bytesPerPacket,
    sightings,
    stretch: bytesPerPacket === 0 ? 1 : costOf(sightings, frameBytes) / bytesPerPacket,
    rows: speeds.map((gigabits) => rowOf(plan, gigabits, frameBytes, sightings, bytesPerPacket)),
  };
}

function rowOf(
  plan: CapturePlan,
  gigabits: number,
  frameBytes: number,
  sightings: readonly Sighting[],
  bytesPerPacket: number,
): RateRow {
  const packetsPerSecond = (gigabits * 1e9) / 8 / (frameBytes + wireBytes);
  const bytesPerSecond = packetsPerSecond * bytesPerPacket;
  const places = sightings.reduce((sum, { count }) => sum + count, 0);
  return {
    gigabits,
    packetsPerSecond,
    eventsPerSecond: packetsPerSecond * places,
    bytesPerSecond,
    seconds: plan.megabytes > 0 && bytesPerSecond > 0 ? (plan.megabytes * megabyte) / bytesPerSecond : null,
    keepsUp: storages.map((storage) => storage.bytesPerSecond >= bytesPerSecond),
  };
}

/** Events begin at multiples of eight bytes. */
function costOf(sightings: readonly Sighting[], keptBytes: number): number {
  return sightings.reduce((sum, { count, overheadBytes }) => sum + count * roundUp(overheadBytes + keptBytes, 8), 0);
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Where a packet between a VM or container and the network is seen, as far as the plan tells. */
export function sightingsOf(plan: CapturePlan): Sighting[] {
  if (plan.packets === 'none') return [];
  if (plan.tool === 'pktmon') return pktmonSightingsOf(plan);
  const hasOffload = windowsVersions.indexOf(plan.windows) >= windowsVersions.indexOf('2004');
  const adapter = eventHeader + adapterFields + (hasOffload ? offloadFields : 0);
  const inSwitch = { place: 'vSwitch', count: 1, overheadBytes: eventHeader + adapterFields + switchFields };
  if (plan.packets === 'switch') return [inSwitch];
  const atAdapters =
    plan.adapters.length > 0
      ? [{ place: 'Chosen adapter', count: 1, overheadBytes: adapter }]
      : [{ place: 'Physical NIC', count: 1, overheadBytes: adapter }];
  if (plan.packets === 'host') return atAdapters;
  const hostNic = plan.adapters.length > 0 ? [] : [{ place: 'Virtual NIC', count: 1, overheadBytes: adapter }];
  return [...atAdapters, inSwitch, ...hostNic];
}

function pktmonSightingsOf(plan: CapturePlan): Sighting[] {
  const overheadBytes = eventHeader + pktmonFields;
  return plan.packets === 'host'
    ? [{ place: 'NIC', count: pktmonAtNics, overheadBytes }]
    : [{ place: 'pktmon component', count: pktmonEverywhere, overheadBytes }];
}
