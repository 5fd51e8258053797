/** What the made-up engine finds wrong with its made-up packets. */
import type { DiagnosisFinding, DiagnosisKind, DiagnosisReport, Row, ViewChoice } from '../../core/engine/contract.ts';
import { fakeRow } from './fake-rows.ts';

type FindingText = Pick<DiagnosisFinding, 'level' | 'title' | 'explanation'> & { ofRow: (row: number) => string };

/** The kinds that occur, the gravest first. */
const texts = {
  dropped: {
    level: 'error',
    title: 'Dropped packets',
    explanation: 'A component of Windows gave the packet up; the event tells where and why.',
    ofRow: () => 'Dropped',
  },
  'segment-lost': {
    level: 'error',
    title: 'Lost segments',
    explanation: 'A segment before this one was never seen: it was lost on the way, or the capture missed it.',
    ofRow: () => 'A segment before this one was not captured',
  },
  retransmission: {
    level: 'warning',
    title: 'Retransmitted segments',
    explanation: 'The sender sent the same bytes again, because no acknowledgement came in time.',
    ofRow: (row: number) => `Retransmitted #${Math.max(1, row - 13)}`,
  },
  'zero-window': {
    level: 'warning',
    title: 'Zero windows',
    explanation: 'The receiver has no room left, so the sender must wait: the receiving program reads too slowly.',
    ofRow: () => 'The receiver has no room left (window 0)',
  },
  'duplicate-ack': {
    level: 'information',
    title: 'Duplicate acknowledgements',
    explanation: 'The receiver asks for the same bytes again: a segment is late, lost, or out of order.',
    ofRow: () => 'Duplicate acknowledgement',
  },
  'checksum-offload': {
    level: 'information',
    title: 'Checksums left to the adapter',
    explanation: 'The adapter computes the checksum when it sends. The packet on the wire is whole.',
    ofRow: () => 'The checksum is computed by the adapter',
  },
} satisfies Partial<Record<DiagnosisKind, FindingText>>;

type FakeKind = keyof typeof texts;
const kinds = Object.keys(texts) as FakeKind[];

const components = [
  { key: 'ndis:17:17', name: 'vSwitch “Layered Ethernet”' },
  { key: 'ndis:9:9', name: 'Ethernet (Microsoft Hyper-V Network Adapter)' },
  { key: 'ndis:34:34', name: 'Container NIC fb5c285c' },
];

/** Rows that show the packet of the row before them once more, by their place among twenty. */
const repeatedSightings: Readonly<Partial<Record<number, number>>> = { 6: 2, 9: 2, 16: 2, 19: 2 };

/** 1 for the first sighting of a packet; 0 where the row is no packet. */
export function fakeSighting(row: number): number {
  return isPacket(row) ? (repeatedSightings[row % 20] ?? 1) : 0;
}

/** What is wrong with the packet of a row, if anything is. */
export function fakeKind(row: number): FakeKind | undefined {
  const { mark, module } = fakeRow(row);
  if (mark === 'drop') return 'dropped';
  if (module !== 'TCP') return undefined;
  if (row % 60 === 5 || row % 60 === 6) return 'retransmission';
  if (row % 300 === 14) return 'segment-lost';
  if (row % 200 === 35) return 'zero-window';
  if (row % 100 === 28) return 'duplicate-ack';
  return row % 20 === 0 ? 'checksum-offload' : undefined;
}

/** A row as it reads once the diagnosis is known. */
export function diagnosedRow(row: number, shift = 0): Row {
  const kind = fakeKind(row);
  return {
    ...fakeRow(row, shift),
    diagnosis: kind ? texts[kind].ofRow(row) : '',
    diagnosisLevel: kind ? texts[kind].level : 'none',
    sighting: fakeSighting(row),
  };
}

export function fakeDiagnosis(events: number): DiagnosisReport {
  const rows = Array.from({ length: events }, (_, row) => row);
  const findings = kinds.map((kind): DiagnosisFinding => {
    const { level, title, explanation } = texts[kind];
    const found = rows.filter((row) => fakeKind(row) === kind);
    const packets = found.filter((row) => fakeSighting(row) <= 1).length;
    return { kind, level, title, explanation, packets, sightings: found.length };
  });
  const packets = rows.filter(isPacket);
  return {
    findings: findings.filter((finding) => finding.packets > 0),
    conversations: { tcp: 2, udp: 1, ip: 3 },
    packets: packets.filter((row) => fakeSighting(row) === 1).length,
    repeatedSightings: packets.filter((row) => fakeSighting(row) > 1).length,
    components: components
      .map((component) => ({
        ...component,
        packets: packets.filter((row) => componentOf(row) === component.key).length,
      }))
      .sort((first, second) => second.packets - first.packets),
  };
}

/** Whether a choice keeps a row. */
export function chosenBy({ sightings, diagnosis, component }: ViewChoice): (row: number) => boolean {
  return (row) =>
    (sightings !== 'first' || fakeSighting(row) <= 1) &&
    (diagnosis === undefined || (diagnosis === 'any' ? fakeKind(row) !== undefined : fakeKind(row) === diagnosis)) &&
    (component === undefined || componentOf(row) === component);
}

function isPacket(row: number): boolean {
  return !fakeRow(row).module.startsWith('Microsoft');
}

function componentOf(row: number): string | undefined {
  if (!isPacket(row)) return undefined;
  return components[fakeSighting(row) > 1 ? 0 : 1 + (row % 3 === 0 ? 1 : 0)].key;
}
