import { describe, expect, it, vi } from 'vitest';
import type { NamedSubject } from '../../core/engine/contract.ts';
import { syntaxProblem } from '../filter/filter-status.ts';
import { subjectFilter, subjectItems } from './subject-menu.ts';

const nic: NamedSubject = {
  key: 'nic fb5c285c',
  kind: 'nic',
  text: 'FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40',
  name: 'Container "web" NIC',
  source: 'hand',
  candidates: [],
  conflict: null,
  seenIn: 'VmSwitch NBL events',
  uses: 3,
  command: null,
  facts: [],
};
const filterOf = (change: Partial<NamedSubject>): string | undefined =>
  subjectFilter({ ...nic, ...change }).at(0)?.text;

describe('the filter of a named thing', () => {
  it('asks for what it was at, or for what names it', () => {
    expect(filterOf({})).toBe(String.raw`Component == "Container \"web\" NIC"`);
    expect(filterOf({ kind: 'mac', text: '00-15-5D-00-0A-09' })).toBe('Ethernet.Address == 00-15-5D-00-0A-09');
    expect(filterOf({ kind: 'ip-address', text: '10.0.0.50' })).toBe('IPv4.Address == 10.0.0.50');
    expect(filterOf({ kind: 'ip-address', text: 'fe80::1' })).toBe('IPv6.Address == fe80::1');
    expect(filterOf({ kind: 'switch', name: null, text: 'D2FD9981' })).toBe('*Summary contains "D2FD9981"');
    expect(filterOf({ name: null })).toBeUndefined();
  });

  it('is a filter', () => {
    for (const kind of ['nic', 'switch', 'port', 'interface', 'vm', 'network', 'pktmon-component'] as const)
      expect(syntaxProblem(filterOf({ kind }) ?? '')).toBeUndefined();
    expect(syntaxProblem('Ethernet.Address == 00-15-5D-00-0A-09')).toBeUndefined();
    expect(syntaxProblem('IPv6.Address == fe80::1')).toBeUndefined();
  });
});

describe('the menu of a named thing', () => {
  const act = { filterBy: vi.fn(), copy: vi.fn(), edit: vi.fn(), takeBack: vi.fn() };
  const items = (change: Partial<NamedSubject>, byHand?: string) =>
    new Map(
      subjectItems({ subject: { ...nic, ...change }, byHand, ...act }).map(
        (item) => [item.testId ?? '', item] as const,
      ),
    );

  it('offers what can be done and greys out what cannot', () => {
    const named = items({}, 'web');
    expect([...named.values()].filter(({ disabled }) => disabled).map(({ testId }) => testId)).toEqual([
      'copy-fetch-command',
    ]);
    const nameless = items({ name: null, command: 'Get-NetAdapter' });
    expect([...nameless.values()].filter(({ disabled }) => disabled).map(({ testId }) => testId)).toEqual([
      'name-take-back',
      'quick-filter-add',
      'quick-filter-exclude',
      'quick-filter-replace',
      'quick-filter-newTab',
      'quick-filter-copy',
      'copy-name',
    ]);
  });

  it('does it', () => {
    const named = items({ command: 'Get-VMNetworkAdapter -All' }, 'web');
    for (const item of named.values()) item.onChoose();
    expect(act.edit).toHaveBeenCalledOnce();
    expect(act.takeBack).toHaveBeenCalledOnce();
    expect(act.copy.mock.calls).toEqual([[nic.name], [nic.text], ['Get-VMNetworkAdapter -All']]);
    expect(act.filterBy).toHaveBeenCalledWith('exclude', String.raw`Component == "Container \"web\" NIC"`);
  });
});
