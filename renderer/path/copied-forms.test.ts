import { describe, expect, it } from 'vitest';
import { toldPath } from '../testing/told-path.ts';
import { alignPaths } from './align.ts';
import { hopColumns, hopTableText } from './hop-table.ts';
import { svgPicture } from './svg-text.ts';
import { comparedContent, pathContent } from './tracks.ts';

describe('a path as a table', () => {
  it('has a line of headings and a line for each hop, all of the same columns', () => {
    const lines = hopTableText([toldPath('dropped')], 0)
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(6);
    expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([hopColumns.length]));
    expect(lines[5].split('\t').slice(0, 4)).toEqual(['5', '15', '12:03:00.1213081', '2.8 µs']);
    expect(lines[5]).toContain('Failed security policy (port ACL of Container NIC fb5c285c)');
  });

  it('keeps names from breaking its lines', () => {
    const path = toldPath('refused');
    const lanes = path.lanes.map((lane) => ({ ...lane, name: 'a\tb\nc' }));
    expect(
      hopTableText([{ ...path, lanes }], 0)
        .split('\n')[1]
        .split('\t'),
    ).toHaveLength(hopColumns.length);
  });
});

describe('a path as SVG', () => {
  const token = (name: string): string => `#value-of-${name}`;

  it('has every colour written out, and headings, words and verdict', () => {
    const { text } = svgPicture(pathContent(toldPath('dropped'), undefined, ''), 0, token);
    expect(text).not.toContain('var(');
    expect(text).toContain('#value-of-danger');
    for (const words of ['Layered Ethernet', 'NBL received', 'Failed security policy', '12:03:00.1213081', '11.8 µs']) {
      expect(text).toContain(words);
    }
  });

  it('tells the latencies of compared paths beside each other', () => {
    const [first, second] = [toldPath('container'), toldPath('dropped')];
    const { text } = svgPicture(comparedContent(first, second, alignPaths(first, second), 'parting'), 0, token);
    for (const words of ['A3 B3', '+2.5 µs +2.5 µs', 'parting', 'B5', '+2.8 µs']) expect(text).toContain(`>${words}<`);
  });

  it('stays XML whatever a name holds', () => {
    const path = toldPath('container');
    const lanes = path.lanes.map((lane) => ({ ...lane, name: '<b> & "c"\u0000\ud800' }));
    const { text } = svgPicture(pathContent({ ...path, lanes }, undefined, ''), 0, token);
    expect(text).toContain('&lt;b&gt; &amp; &quot;c&quot;\ufffd\ufffd');
    expect(text).not.toContain('<b>');
  });
});
