/** How grave a finding is. */
export type DiagnosisLevel = 'error' | 'warning' | 'information';

/** What a kind of finding is called and means; the one table that everything else asks. */
interface KindText {
  readonly level: DiagnosisLevel;
  /** Of many packets: `Retransmitted segments`. */
  readonly title: string;
  readonly explanation: string;
  /** In a row, as Message Analyzer wrote it where it knew the kind: `Retransmitted`, then the message number. */
  readonly short: string;
  /** 'connection': found by following a connection, so all sightings of a packet share it; 'frame': of one sighting. */
  readonly origin: 'connection' | 'frame';
}

const kindTexts = {
  'ip-checksum': {
    level: 'error',
    title: 'Bad IPv4 header checksums',
    explanation: 'The header was damaged on its way: a receiver drops such a packet.',
    short: 'Bad-IP-Checksum',
    origin: 'frame',
  },
  'transport-checksum': {
    level: 'error',
    title: 'Bad TCP, UDP or ICMP checksums',
    explanation: 'The packet was damaged on its way, and its receiver drops it without an answer.',
    short: 'Bad-Checksum',
    origin: 'frame',
  },
  dropped: {
    level: 'error',
    title: 'Dropped packets',
    explanation: 'A component of Windows dropped the packet and said so; the row gives its reason.',
    short: 'Dropped',
    origin: 'frame',
  },
  malformed: {
    level: 'warning',
    title: 'Malformed packets',
    explanation: 'A header gives a length that is impossible, or that the packet does not have.',
    short: 'Malformed',
    origin: 'frame',
  },
  incomplete: {
    level: 'warning',
    title: 'Packets that lack fragments',
    explanation: 'The trace holds the beginning of the packet but not all of its events: the capture lost some.',
    short: 'Incomplete',
    origin: 'frame',
  },
  'segment-lost': {
    level: 'warning',
    title: 'Segments behind a gap',
    explanation:
      'The sender had sent more before this segment than the trace holds: it was lost on the way, or not captured.',
    short: 'Segment-Lost',
    origin: 'connection',
  },
  retransmission: {
    level: 'warning',
    title: 'Retransmitted segments',
    explanation: 'The sender sent the same bytes again because no acknowledgment came in time.',
    short: 'Retransmitted',
    origin: 'connection',
  },
  'fast-retransmission': {
    level: 'warning',
    title: 'Fast retransmissions',
    explanation: 'Duplicate acknowledgments told the sender that a segment was lost, and it sent it again at once.',
    short: 'Fast-Retransmitted-Request',
    origin: 'connection',
  },
  'spurious-retransmission': {
    level: 'warning',
    title: 'Needless retransmissions',
    explanation: 'The sender sent bytes again that its peer had already acknowledged.',
    short: 'Spurious-Retransmitted',
    origin: 'connection',
  },
  'syn-retransmission': {
    level: 'warning',
    title: 'Retransmitted SYNs',
    explanation: 'The SYN, or the answer to it, was sent again: the peer did not answer in time.',
    short: 'SynRetransmit',
    origin: 'connection',
  },
  'out-of-order': {
    level: 'warning',
    title: 'Segments out of order',
    explanation: 'The segment came shortly after one that was sent later: packets overtook each other.',
    short: 'Out-Of-Order',
    origin: 'connection',
  },
  'ack-of-lost-segment': {
    level: 'warning',
    title: 'Acknowledgments of segments that were never seen',
    explanation: 'The receiver acknowledges bytes that the trace does not hold: they arrived, but were not captured.',
    short: 'Ack-Of-Lost-Segment',
    origin: 'connection',
  },
  'zero-window': {
    level: 'warning',
    title: 'Zero windows',
    explanation: 'The receiver takes no more bytes: its program does not read fast enough.',
    short: 'Zero-Window',
    origin: 'connection',
  },
  'window-full': {
    level: 'warning',
    title: 'Full windows',
    explanation: 'The segment fills what the receiver has room for; the sender must wait for an acknowledgment.',
    short: 'Window-Full',
    origin: 'connection',
  },
  reset: {
    level: 'warning',
    title: 'Resets',
    explanation: 'One side broke the connection off, or refused it.',
    short: 'Reset',
    origin: 'connection',
  },
  'half-open': {
    level: 'warning',
    title: 'Connections that never opened',
    explanation: 'Until the end of the trace nobody answered this SYN, or nobody acknowledged this SYN-ACK.',
    short: 'Half-Open',
    origin: 'connection',
  },
  'zero-window-probe': {
    level: 'information',
    title: 'Zero window probes',
    explanation: 'The sender asks with one byte whether the receiver has room again.',
    short: 'Zero-Window-Probe',
    origin: 'connection',
  },
  'zero-window-probe-ack': {
    level: 'information',
    title: 'Answers to zero window probes',
    explanation: 'The receiver says that it still has no room.',
    short: 'Zero-Window-Probe-Ack',
    origin: 'connection',
  },
  'window-update': {
    level: 'information',
    title: 'Window updates',
    explanation: 'The receiver says nothing but how much room it has now.',
    short: 'Window-Update',
    origin: 'connection',
  },
  'duplicate-ack': {
    level: 'information',
    title: 'Duplicate acknowledgments',
    explanation: 'The receiver repeats its last acknowledgment: a segment came that was not the next one.',
    short: 'Dup-Ack',
    origin: 'connection',
  },
  'keep-alive': {
    level: 'information',
    title: 'Keep-alives',
    explanation:
      'One side asks whether the other is still there, with a byte that was acknowledged long ago or with none.',
    short: 'Keep-Alive',
    origin: 'connection',
  },
  'keep-alive-ack': {
    level: 'information',
    title: 'Answers to keep-alives',
    explanation: 'The other side is still there.',
    short: 'Keep-Alive-Ack',
    origin: 'connection',
  },
  'checksum-offload': {
    level: 'information',
    title: 'Checksums left to the network card',
    explanation:
      'The packet was captured before the card put its checksum in, or after it was checked and forgotten: not an error.',
    short: 'Checksum-Offload',
    origin: 'frame',
  },
  truncated: {
    level: 'information',
    title: 'Truncated packets',
    explanation: 'The capture kept only the beginning of the packet.',
    short: 'Truncated',
    origin: 'frame',
  },
} as const satisfies Readonly<Record<string, KindText>>;

export type DiagnosisKind = keyof typeof kindTexts;

/** All kinds, the gravest first. The position of a kind is its bit in a set of findings; at most 32. */
export const diagnosisKinds = Object.keys(kindTexts) as readonly DiagnosisKind[];

export function kindText(kind: DiagnosisKind): KindText {
  return kindTexts[kind];
}

/** The bit of each kind in a set of findings. */
export const findingBit: Readonly<Record<DiagnosisKind, number>> = Object.fromEntries(
  diagnosisKinds.map((kind, position) => [kind, 2 ** position]),
) as Record<DiagnosisKind, number>;

/** The kinds in a set of findings, the gravest first. */
export function kindsOf(findings: number): DiagnosisKind[] {
  return findings === 0 ? [] : diagnosisKinds.filter((_, position) => ((findings >>> position) & 1) === 1);
}

/** The findings that all sightings of a packet share. */
export const connectionFindings = diagnosisKinds
  .filter((kind) => kindTexts[kind].origin === 'connection')
  .reduce((bits, kind) => bits | findingBit[kind], 0);

/** The level of the gravest finding in a set; undefined when the set is empty. */
export function gravestLevel(findings: number): DiagnosisLevel | undefined {
  return kindsOf(findings)
    .map((kind) => kindTexts[kind].level)
    .at(0);
}
