import { describe, expect, it } from 'vitest';
import type { PacketPath } from '../../core/engine/contract.ts';
import { storyRows } from '../testing/fake-paths.ts';
import { toldPath } from '../testing/told-path.ts';
import { alignPaths } from './align.ts';
import { layoutDiagram, lineY, type Diagram } from './layout.ts';
import { comparedContent, pathContent } from './tracks.ts';

function diagramOf(path: PacketPath, width = 900): Diagram {
  const { lanes, tracks } = pathContent(path, undefined, '');
  return layoutDiagram(lanes, tracks, width);
}

const names = Object.keys(storyRows) as (keyof typeof storyRows)[];

describe('the layout of a path', () => {
  it.each(names)('keeps everything of %s inside, at any width', (name) => {
    for (const width of [0, 200, 900, 3000]) {
      const diagram = diagramOf(toldPath(name), width);
      const points = [...diagram.marks, ...diagram.arrows.flatMap(({ points }) => points), ...diagram.labels];
      expect(points.filter(({ x, y }) => !(x >= 0 && x <= diagram.width && y >= 0 && y <= diagram.height))).toEqual([]);
    }
  });

  it('gives each hop a line of its own and its lane’s place', () => {
    const path = toldPath('container');
    const { marks, lanes } = diagramOf(path);
    expect(marks.map(({ y }) => y)).toEqual(path.hops.map((_, index) => lineY(index)));
    expect(marks.map(({ x }) => x)).toEqual(path.hops.map(({ lane }) => lanes[lane].x));
    expect(lanes[0].x).toBeLessThan(lanes[1].x);
  });

  it('shares the width among the lanes, but makes none too narrow or too wide', () => {
    expect(diagramOf(toldPath('container'), 600).laneWidth).toBe(200);
    expect(diagramOf(toldPath('container'), 5000).laneWidth).toBe(240);
    expect(diagramOf(toldPath('long'), 300)).toMatchObject({ laneWidth: 108, width: 972 });
  });

  it('draws frames as dots, NBL references as rings, sightings of pktmon as squares and drops as crosses', () => {
    expect(diagramOf(toldPath('dropped')).marks.map(({ shape }) => shape)).toEqual([
      'dot',
      'ring',
      'dot',
      'ring',
      'cross',
    ]);
    expect(new Set(diagramOf(toldPath('long')).marks.map(({ shape }) => shape))).toEqual(new Set(['square']));
  });

  it('goes down the lane where the packet was, then across to where it was seen next', () => {
    const { arrows, lanes } = diagramOf(toldPath('refused'));
    expect(arrows[0].points).toEqual([
      { x: lanes[0].x, y: lineY(0) },
      { x: lanes[0].x, y: lineY(1) },
      { x: lanes[1].x - 9, y: lineY(1) },
    ]);
    expect(arrows[0].hasHead).toBe(true);
  });

  it('sends a routed packet to its lane, and goes on from there', () => {
    const { arrows, lanes, marks } = diagramOf(toldPath('inside'));
    const [exit] = arrows.filter(({ points }) => points.length === 2 && points[0].y === points[1].y);
    expect(exit.points[1]).toEqual({ x: lanes[2].x, y: lineY(2) });
    expect(arrows.at(-1)?.points[0]).toEqual({ x: lanes[2].x, y: lineY(2) });
    expect(marks[3].x).toBe(lanes[2].x);
  });

  it('fans out where a packet is routed to several', () => {
    const { arrows, lanes } = diagramOf(toldPath('broadcast'));
    const ends = arrows.filter(({ points }) => points.length === 2 && points[0].y === points[1].y);
    expect(ends.map(({ points }) => points[1].x)).toEqual(lanes.slice(2).map(({ x }) => x));
  });

  it('marks inferred links, and says so where there is room', () => {
    const { arrows, labels } = diagramOf(toldPath('translated'));
    expect(arrows.filter(({ isInferred }) => isInferred)).toHaveLength(2);
    expect(labels.filter(({ look }) => look === 'inferred').map(({ text }) => text)).toEqual(['inferred', 'inferred']);
    const wide = diagramOf(toldPath('translated'), 1500).labels.filter(({ look }) => look === 'inferred');
    expect(wide.map(({ text }) => text)).toEqual(['inferred from translation', 'inferred from thread and time']);
  });

  it('marks what took long', () => {
    const slow = diagramOf(toldPath('container')).labels.filter(({ look }) => look === 'slow');
    expect(slow.map(({ text }) => text)).toEqual(['+8 µs']);
  });

  it('says beside a drop why and where, and fades its lane and those it never came to', () => {
    const { labels, lanes } = diagramOf(toldPath('dropped'));
    expect(labels.filter(({ look }) => look === 'drop' || look === 'location').map(({ text }) => text)).toEqual([
      'Failed security policy',
      'port ACL of Container NIC fb5c285c',
    ]);
    expect(lanes.map(({ fadesAt }) => fadesAt)).toEqual([undefined, undefined, lineY(4)]);
    const path = toldPath('dropped');
    const [dropped] = path.hops.slice(-1);
    const hops = [...path.hops.slice(0, -1), { ...dropped, lane: 1 }];
    expect(diagramOf({ ...path, hops }).lanes.map(({ fadesAt }) => fadesAt)).toEqual([undefined, lineY(4), 0]);
  });

  it('makes room for the words beside a drop on the last lane', () => {
    const path = toldPath('dropped');
    const reason = 'A reason that somebody wrote at length, far beyond what stands beside a cross in a narrow pane';
    const hops = path.hops.map((hop) => (hop.drop ? { ...hop, drop: { reason, location: '' } } : hop));
    const { width, lanes, labels } = diagramOf({ ...path, hops }, 700);
    const label = labels.find(({ look }) => look === 'drop');
    expect(label?.text.endsWith('…')).toBe(true);
    expect(width - (lanes[2].x + 9)).toBeGreaterThan((label?.text.length ?? 0) * 6);
  });

  it('puts a box round a switch and its ports', () => {
    expect(diagramOf(toldPath('container')).groups).toMatchObject([
      { title: 'vSwitch “Layered Ethernet”', first: 1, last: 2 },
    ]);
    expect(diagramOf(toldPath('translated')).groups.map(({ title }) => title)).toEqual([
      'vSwitch “Layered Ethernet”',
      'vSwitch “nat”',
    ]);
  });

  it('puts an answer below, in the second tone', () => {
    const { lanes, tracks, lines } = pathContent(toldPath('container'), toldPath('answer'), 'Answer');
    const { marks } = layoutDiagram(lanes, tracks, 900);
    expect(lines[7]).toEqual({ kind: 'heading', text: 'Answer', tone: 'second' });
    expect(marks.filter(({ tone }) => tone === 'second').map(({ y }) => y)).toEqual(
      [8, 9, 10, 11, 12, 13].map((line) => lineY(line)),
    );
    expect(lanes).toHaveLength(3);
  });

  it('puts compared hops side by side on one lane', () => {
    const [first, second] = [toldPath('container'), toldPath('dropped')];
    const { lanes, tracks } = comparedContent(first, second, alignPaths(first, second), 'parting');
    const { marks } = layoutDiagram(lanes, tracks, 900);
    const [a, b] = marks.filter(({ hop }) => hop === 0);
    expect(a.number + b.number).toBe('A1B1');
    expect(b.y - a.y).toBe(6);
    expect(b.x - a.x).toBeGreaterThan(20);
  });
});
