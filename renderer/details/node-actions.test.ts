import { describe, expect, it } from 'vitest';
import type { DetailNode } from '../../core/engine/contract.ts';
import { nodeActions } from './node-actions.ts';

const nodes: DetailNode[] = [
  { name: 'TCP', value: 'a segment', children: [{ name: 'SourcePort', value: '52891', children: [] }] },
  { name: 'Ethernet', value: '', children: [] },
];

/** What each offered action hands on, by its keys. */
function outcomes(selectedKey: string | undefined): Record<string, string> {
  let outcome = '';
  const actions = nodeActions(nodes, selectedKey, {
    addColumn: (column) => {
      outcome = `column ${column}`;
    },
    copy: (text) => {
      outcome = text;
    },
    act: (action, text) => {
      outcome = `${action} ${text}`;
    },
  });
  const offered = actions.filter(({ disabled }) => !disabled);
  return Object.fromEntries(
    offered.map(({ keys, label, onChoose }) => {
      onChoose();
      return [keys ?? label, outcome];
    }),
  );
}

describe('what can be done with a node', () => {
  it('is copying its value, its filter and its branch, and filtering by it', () => {
    expect(outcomes('TCP/SourcePort')).toEqual({
      'Ctrl+C': '52891',
      'Add as column': 'column TCP.SourcePort',
      'Ctrl+Shift+F': 'TCP.SourcePort == 52891',
      'Ctrl+Shift+C': 'SourcePort: 52891',
      'Ctrl+Enter': 'add TCP.SourcePort == 52891',
      'Ctrl+Shift+Enter': 'exclude TCP.SourcePort == 52891',
      'Replace filter': 'replace TCP.SourcePort == 52891',
      'Open in new tab': 'newTab TCP.SourcePort == 52891',
    });
    expect(outcomes('TCP')['Ctrl+Shift+C']).toBe('TCP: a segment\n  SourcePort: 52891');
  });

  it('is copying the name of what has no value', () => {
    expect(outcomes('Ethernet')['Ctrl+C']).toBe('Ethernet');
  });

  it('is copying everything where nothing is selected', () => {
    expect(outcomes(undefined)).toEqual({ 'Ctrl+Shift+C': 'TCP: a segment\n  SourcePort: 52891\nEthernet' });
  });
});
