import type { ComponentKind, PacketPath, PathHop, PathLane } from '../core/engine/contract.ts';
import { oneLine } from '../core/export/text/escaping.ts';
import { countOf, durationText, isoTime, tableLines, timeOfDay, type Column } from './words.ts';

/**
 * A packet's way as text: its lanes, then a line for each hop with a drawing of the lanes in it. `●` is a frame, `○` a
 * reference to one (NBL), `■` what pktmon saw, `✗` where the packet was dropped; `╌` is a link that was inferred.
 */
export function pathText(path: PacketPath): string {
  const sections = [
    [path.title, `${isoTime(path.hops[0]).slice(0, 10)}, ${summary(path)}`],
    tableLines(
      laneColumns,
      path.lanes.map((lane, index) => laneCells(lane, index, path.lanes)),
    ).slice(1),
    tableLines(
      hopColumns(path.lanes),
      path.hops.map((hop, index) => hopCells(path, hop, index)),
    ),
    [...relatedLines(path), ...path.notes.map((note) => `note: ${note}`)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${oneLine(line)}\n`).join(''))
    .join('\n');
}

function summary({ hops, branches, totalLatency, attempt }: PacketPath): string {
  const parts = [
    countOf(hops.length, 'hop'),
    ...(branches > 1 ? [countOf(branches, 'branch', 'branches')] : []),
    `${durationText(totalLatency)} in all`,
  ];
  const verdict = attempt === null ? '' : `; attempt ${attempt.number}: ${attempt.verdictText}`;
  return `${parts.join(', ')}${verdict}`;
}

const kindWords: Readonly<Record<ComponentKind, string>> = {
  wire: 'wire',
  'physical-nic': 'physical NIC',
  team: 'team',
  switch: 'switch',
  extension: 'switch extension',
  'host-vnic': 'host vNIC',
  'vm-nic': 'VM NIC',
  'container-nic': 'container NIC',
  filter: 'filter',
  protocol: 'protocol',
  'ip-interface': 'IP interface',
  translator: 'address translator',
  other: 'component',
};

const laneColumns: readonly Column[] = [{ heading: '' }, { heading: '' }, { heading: '' }];

function laneCells(lane: PathLane, index: number, lanes: readonly PathLane[]): string[] {
  const around = lanes.find(({ key }) => key === lane.within);
  const details = [
    ...(lane.identifier === '' || lane.identifier === lane.name ? [] : [lane.identifier]),
    ...(around ? [`in ${around.name}`] : []),
    ...lane.facts.map(({ label, value }) => `${label} ${value}`),
  ];
  return [
    laneLetter(index),
    kindWords[lane.kind],
    `${lane.name}${details.length > 0 ? ` (${details.join(', ')})` : ''}`,
  ];
}

/** A to Z, then A2 and so on: what the drawing calls a lane. */
function laneLetter(index: number): string {
  const round = Math.floor(index / 26);
  return `${String.fromCharCode(65 + (index % 26))}${round === 0 ? '' : String(round + 1)}`;
}

function hopColumns(lanes: readonly PathLane[]): Column[] {
  return [
    { heading: '#', isRight: true },
    { heading: 'message', isRight: true },
    { heading: 'time (UTC)' },
    { heading: 'latency', isRight: true },
    {
      heading: lanes
        .map((_, index) => laneLetter(index).padEnd(laneWidth))
        .join('')
        .trimEnd(),
    },
    { heading: 'step' },
    { heading: 'lane' },
    { heading: 'what' },
    { heading: 'linked by' },
  ];
}

function hopCells({ hops, lanes }: PacketPath, hop: PathHop, index: number): string[] {
  const { after, link } = hop;
  const isAfterAnother = after !== null && after !== index - 1;
  const latency = after === null ? '' : durationText(hop.latency);
  return [
    String(index + 1),
    String(hop.row + 1),
    timeOfDay(hop),
    `${latency}${isAfterAnother ? ` after ${after + 1}` : ''}${hop.isSlow ? ' (slow)' : ''}`,
    drawing(lanes.length, hop, after === null ? null : hops[after].lane),
    hop.step,
    lanes[hop.lane].name,
    `${hop.text}${dropText(hop)}`,
    link.isInferred ? `inferred: ${link.text}` : link.text,
  ];
}

function dropText({ drop, text }: PathHop): string {
  if (drop === null) return '';
  const words = [drop.reason, drop.location].filter((part) => part !== '' && !text.includes(part));
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

const laneWidth = 4;
const glyphs: Readonly<Record<PathHop['sighting'], string>> = { frame: '●', nbl: '○', pktmon: '■' };

/** The lanes as lines, the hop on its own, and an arrow from the lane where the packet was before. */
function drawing(lanes: number, { lane, sighting, drop, link }: PathHop, before: number | null): string {
  const characters: string[] = Array.from({ length: lanes * laneWidth }, (_, at) => (at % laneWidth === 0 ? '│' : ' '));
  const there = lane * laneWidth;
  if (before !== null && before !== lane) {
    const here = before * laneWidth;
    const [left, right] = here < there ? [here, there] : [there, here];
    for (let at = left + 1; at < right; at++) characters[at] = link.isInferred ? '╌' : '─';
    characters[here] = here < there ? '├' : '┤';
    characters[here < there ? there - 1 : there + 1] = here < there ? '>' : '<';
  }
  characters[there] = drop === null ? glyphs[sighting] : '✗';
  return characters.join('').trimEnd();
}

function relatedLines({ answerRow, questionRow, retransmissionRows }: PacketPath): string[] {
  return [
    ...(questionRow === null ? [] : [`answers message ${questionRow + 1}`]),
    ...(answerRow === null ? [] : [`answered by message ${answerRow + 1}`]),
    ...(retransmissionRows.length === 0
      ? []
      : [`sent again: message ${retransmissionRows.map((row) => row + 1).join(', ')}`]),
  ];
}
