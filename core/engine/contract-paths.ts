/** What the contract says of packets on their way: connection attempts, paths, hops and lanes. Plain data, as all of it. */

/** Rows and lengths are of the whole trace in time order: attempts and paths are made when it has been read. */
export interface ConnectionQuery {
  /** Which attempts; TCP alone when absent. */
  protocols?: AttemptProtocol[];
  /** Only these verdicts; all when absent or empty. */
  verdicts?: VerdictKind[];
  /** Words that the attempt must show: an address, a port, a component's name, a verdict. */
  text?: string;
  /** A filter that some message of the attempt must pass: any sighting of its SYNs. Rejected as `view` is. */
  filter?: string;
  /** Ascending by time when absent. */
  sort?: { by: AttemptOrder; descending: boolean };
}

export const attemptProtocols = ['TCP', 'UDP', 'ICMP'] as const;
export type AttemptProtocol = (typeof attemptProtocols)[number];

export const attemptOrders = [
  'time',
  'client',
  'server',
  'port',
  'verdict',
  'hops',
  'firstLatency',
  'totalLatency',
  'roundTrip',
  'retransmissions',
] as const;
export type AttemptOrder = (typeof attemptOrders)[number];

/**
 * 'answered': a SYN-ACK, a UDP packet back or an echo reply was seen; 'refused': an RST; 'dropped': some component said that
 * it dropped it; 'vanished': seen going in, never answered, dropped or delivered; 'unanswered': it came as far as the trace
 * can see, and nothing came back; 'outside-only': no component inside the switch saw it; 'inside-only': it never was seen at
 * a physical NIC on its way out.
 */
export const verdictKinds = [
  'answered',
  'refused',
  'dropped',
  'vanished',
  'unanswered',
  'outside-only',
  'inside-only',
] as const;
export type VerdictKind = (typeof verdictKinds)[number];

export interface ConnectionBlock {
  /** Attempts that the query lets through, and of these protocols at all. */
  total: number;
  available: number;
  /** How many attempts of these protocols have each verdict, before `verdicts`, `text` and `filter`. */
  verdicts: { kind: VerdictKind; attempts: number }[];
  attempts: ConnectionAttempt[];
  /** What the reader should know: events were lost, no vSwitch events are in the trace. */
  notes: string[];
}

/** One client's try to reach a server: a SYN and its retransmissions, a first UDP packet, an ICMP echo request. */
export interface ConnectionAttempt {
  /** From 1, by time, over all protocols: what `--syn N` names. */
  number: number;
  protocol: AttemptProtocol;
  /** Row of the first sighting of its first packet. */
  row: number;
  /** Unix time, as in Row. */
  milliseconds: number;
  hundredNanoseconds: number;
  /** Address texts; ports are 0 for ICMP. As the first sighting has them, in front of any translation. */
  client: string;
  clientPort: number;
  server: string;
  serverPort: number;
  verdict: VerdictKind;
  /** `answered after 412 µs`, `dropped by vSwitch "nat": Failed security policy`, `last seen at …`. */
  verdictText: string;
  /** Row that shows it: the answer's first sighting, the drop, the last sighting. */
  verdictRow: number;
  /** SYNs beyond the first. */
  retransmissions: number;
  /** Of the first packet's path. Durations in 100 ns. */
  hops: number;
  /** From the first hop to the second, and to the last; 0 with one hop. */
  firstLatency: number;
  totalLatency: number;
  /** From the SYN to its answer where both were seen at one place; null when there is none. */
  roundTrip: number | null;
  /** Lanes that the first packet passed, in the order it came to them; at most 12. */
  strip: { kind: ComponentKind; name: string; isDrop: boolean }[];
  /** Some hop is inferred. */
  isInferred: boolean;
}

export type ComponentKind =
  | 'wire'
  | 'physical-nic'
  | 'team'
  | 'switch'
  | 'extension'
  | 'host-vnic'
  | 'vm-nic'
  | 'container-nic'
  | 'filter'
  | 'protocol'
  | 'ip-interface'
  | 'translator'
  | 'other';

/** A packet's way. Its hops are in time order; where it branches, several have the same `after`. */
export interface PacketPath {
  /** Row of the first hop. Every row of the packet's hops leads to this path. */
  row: number;
  /** `TCP 10.0.0.50:52891 → 10.0.0.60:80 SYN`, as its first sighting with a frame has it. */
  title: string;
  /** Left to right in the order in which a packet can travel; only those that a hop touches. */
  lanes: PathLane[];
  hops: PathHop[];
  /** Ends of the path: 1 without branches. */
  branches: number;
  /** From first to last hop, in 100 ns. */
  totalLatency: number;
  /** The connection attempt that the packet is part of, or answers. */
  attempt: ConnectionAttempt | null;
  /** A row of the answer's path (SYN-ACK, RST), of the packet that this one answers, and of the attempt's other SYNs. */
  answerRow: number | null;
  questionRow: number | null;
  retransmissionRows: number[];
  /** What is uncertain, in sentences. */
  notes: string[];
}

/** A component as the diagram draws it. */
export interface PathLane {
  /** Tells lanes apart in one trace. */
  key: string;
  kind: ComponentKind;
  /** Friendly name first; the GUID, ifIndex or component number beneath it. */
  name: string;
  identifier: string;
  /** The lane's key of the vSwitch or host that it belongs to; null for none. Ports and extensions of a switch name it. */
  within: string | null;
  /** Other facts worth a tooltip: MAC, addresses, VM, where the name came from. */
  facts: { label: string; value: string }[];
}

export type HopStep =
  | 'frame'
  | 'received'
  | 'routed'
  | 'delivered'
  | 'dropped'
  | 'extension'
  | 'translated'
  | 'encapsulated'
  | 'decapsulated';

export interface PathHop {
  row: number;
  milliseconds: number;
  hundredNanoseconds: number;
  /** Index of the hop it came from, and the time since then in 100 ns; null and 0 for a beginning. */
  after: number | null;
  latency: number;
  /** Far above the median of like hops in this trace. */
  isSlow: boolean;
  /** Index of the lane where it was seen; where the switch sends it on to, or took it from. */
  lane: number;
  from: number | null;
  to: number | null;
  /** Filled dots are frames, hollow ones NBL references, squares pktmon's sightings. */
  sighting: 'frame' | 'nbl' | 'pktmon';
  step: HopStep;
  direction: 'in' | 'out' | 'unknown';
  /** The event in words: `NBL 0xffff9383cbf21490 received from Nic …`, `Frame in, 66 bytes`. */
  text: string;
  /** Why it counts to this path. `by` is empty for the first hop. */
  link: { by: HopLink | ''; isInferred: boolean; text: string };
  drop: { reason: string; location: string } | null;
  /** `0xffff9383cbf21490`; empty where there is none. */
  nbl: string;
  process: number;
  thread: number;
  processor: number;
}

/**
 * 'nbl': the same NBL address; 'group': pktmon's group; 'identity': addresses, ports, IP id, sequence number and payload;
 * 'beside': the same thread and processor, right beside; 'translation': all but translated addresses and ports; 'inner':
 * the inner headers of an encapsulated packet.
 */
export type HopLink = 'nbl' | 'group' | 'identity' | 'beside' | 'translation' | 'inner';

/** 'sightings' are gathered, then 'linking' follows them in time order. Units: events. */
export interface PathProgress {
  stage: 'sightings' | 'linking';
  done: number;
  total: number;
}
