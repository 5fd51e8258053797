import { describe, expect, it } from 'vitest';
import type { DetailNode } from '../../core/engine/contract.ts';
import {
  initialOpenness,
  innermostAt,
  levelOfFinding,
  lineText,
  nodeOfKey,
  subtreeText,
  treeMove,
  visibleLines,
  withOpen,
} from './tree-model.ts';

/** `name = value @start+length` a line, children two blanks deeper; all bytes in source 0. */
function tree(text: string): DetailNode[] {
  const roots: DetailNode[] = [];
  const stack: { indent: number; children: DetailNode[] }[] = [{ indent: -1, children: roots }];
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const indent = line.length - line.trimStart().length;
    const match = /^(.+?)(?: = (.+?))?(?: @(\d+)\+(\d+))?$/.exec(line.trim());
    if (!match) throw new Error(`no node: ${line}`);
    const node: DetailNode = { name: match[1], value: match.at(2) ?? '', children: [] };
    if (match[3]) node.bytes = { source: 0, start: Number(match[3]), length: Number(match[4]) };
    while ((stack.at(-1)?.indent ?? -1) >= indent) stack.pop();
    stack.at(-1)?.children.push(node);
    stack.push({ indent, children: node.children });
  }
  return roots;
}

const nodes = tree(`
  TCP @34+20
    Source port = 52891 @34+2
    Flags = ......S. @47+1
      SYN = 1 @47+1
  IPv4 @14+20
    Address = 10.0.0.50 @26+4
    Address = 10.0.0.60 @30+4
  Ethernet @0+14
`);
const keysOf = (openness = initialOpenness): string[] => visibleLines(nodes, openness).map((line) => line.key);

describe('the details tree', () => {
  it('opens only the top layer at first', () => {
    expect(keysOf()).toEqual(['TCP', 'TCP/Source port', 'TCP/Flags', 'IPv4', 'Ethernet']);
  });

  it('opens the diagnosis above the layers too', () => {
    const diagnosis: DetailNode = {
      name: 'Diagnosis',
      value: '',
      children: [{ name: 'Reset', value: '', children: [] }],
    };
    expect(visibleLines([diagnosis, ...nodes], initialOpenness).map((line) => line.key)).toEqual([
      'Diagnosis',
      'Diagnosis/Reset',
      ...keysOf(),
    ]);
  });

  it('knows how grave what the diagnosis lists is', () => {
    const finding: DetailNode = { name: 'Retransmitted #3', value: 'warning', children: [] };
    expect(levelOfFinding({ parentKey: 'Diagnosis', node: finding })).toBe('warning');
    expect(levelOfFinding({ parentKey: 'Diagnosis', node: { ...finding, value: 'Seen 2 times' } })).toBeUndefined();
    expect(levelOfFinding({ parentKey: 'Etw', node: finding })).toBeUndefined();
  });

  it('keeps the top layer closed once it was closed', () => {
    expect(keysOf(withOpen(initialOpenness, ['TCP'], false))).toEqual(['TCP', 'IPv4', 'Ethernet']);
  });

  it('tells siblings of the same name apart', () => {
    expect(keysOf(withOpen(initialOpenness, ['IPv4'], true))).toContain('IPv4/Address#2');
    expect(nodeOfKey(nodes, 'IPv4/Address#2')?.value).toBe('10.0.0.60');
    expect(nodeOfKey(nodes, 'UDP')).toBeUndefined();
  });

  it('knows level, place and number of siblings of each line', () => {
    expect(visibleLines(nodes, initialOpenness)[2]).toMatchObject({
      level: 2,
      position: 2,
      siblings: 2,
      parentKey: 'TCP',
      expanded: false,
    });
  });
});

describe('from bytes to nodes', () => {
  it('finds the innermost node that covers a byte', () => {
    expect(innermostAt(nodes, 0, { start: 47, length: 1 })).toEqual(['TCP', 'TCP/Flags', 'TCP/Flags/SYN']);
    expect(innermostAt(nodes, 0, { start: 35, length: 1 })).toEqual(['TCP', 'TCP/Source port']);
    expect(innermostAt(nodes, 0, { start: 40, length: 1 })).toEqual(['TCP']);
  });

  it('finds the innermost node that covers all of several bytes', () => {
    expect(innermostAt(nodes, 0, { start: 34, length: 2 })).toEqual(['TCP', 'TCP/Source port']);
    expect(innermostAt(nodes, 0, { start: 35, length: 2 })).toEqual(['TCP']);
    expect(innermostAt(nodes, 0, { start: 30, length: 8 })).toEqual([]);
  });

  it('finds nothing outside every node and in other sources', () => {
    expect(innermostAt(nodes, 0, { start: 99, length: 1 })).toEqual([]);
    expect(innermostAt(nodes, 1, { start: 47, length: 1 })).toEqual([]);
  });
});

describe('keys in the tree', () => {
  const lines = visibleLines(nodes, initialOpenness);
  const press = (key: string, current: string, shift = false) => treeMove(lines, current, key, shift);

  it('move through the visible lines and stop at the ends', () => {
    expect(press('ArrowDown', 'TCP')).toEqual({ kind: 'select', key: 'TCP/Source port' });
    expect(press('ArrowUp', 'TCP')).toBeUndefined();
    expect(press('ArrowDown', 'Ethernet')).toBeUndefined();
    expect(press('End', 'TCP')).toEqual({ kind: 'select', key: 'Ethernet' });
    expect(press('Home', 'Ethernet')).toEqual({ kind: 'select', key: 'TCP' });
  });

  it('open, close and climb', () => {
    expect(press('ArrowRight', 'TCP/Flags')).toEqual({ kind: 'open', keys: ['TCP/Flags'] });
    expect(press('ArrowRight', 'TCP')).toEqual({ kind: 'select', key: 'TCP/Source port' });
    expect(press('ArrowLeft', 'TCP')).toEqual({ kind: 'close', keys: ['TCP'] });
    expect(press('ArrowLeft', 'TCP/Flags')).toEqual({ kind: 'select', key: 'TCP' });
    expect(press('Backspace', 'TCP/Source port')).toEqual({ kind: 'select', key: 'TCP' });
    expect(press('Enter', 'TCP')).toEqual({ kind: 'close', keys: ['TCP'] });
    expect(press('Enter', 'IPv4')).toEqual({ kind: 'open', keys: ['IPv4'] });
  });

  it('open a whole subtree with Shift', () => {
    expect(press('ArrowRight', 'TCP', true)).toEqual({ kind: 'open', keys: ['TCP', 'TCP/Flags'] });
  });

  it('start at the first line when nothing is selected', () => {
    expect(treeMove(lines, undefined, 'ArrowDown', false)).toEqual({ kind: 'select', key: 'TCP' });
    expect(treeMove(lines, 'gone', 'ArrowLeft', false)).toBeUndefined();
  });
});

describe('copied details', () => {
  it('name their value, and children are indented', () => {
    expect(lineText(nodes[2])).toBe('Ethernet');
    expect(subtreeText(nodes[0])).toBe('TCP\n  Source port: 52891\n  Flags: ......S.\n    SYN: 1');
  });
});
