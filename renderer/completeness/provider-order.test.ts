import { describe, expect, it } from 'vitest';
import type { ProviderInfo } from '../../core/engine/contract.ts';
import { firstOrder, orderAfterClick, sortProviders } from './provider-order.ts';

const provider = (guid: string, name: string | null, events: number, undescribedEvents = 0): ProviderInfo => ({
  guid,
  name,
  events,
  packets: 0,
  truncatedPackets: 0,
  undescribedEvents,
  advice: null,
});
const providers = [
  provider('{3}', null, 9),
  provider('{1}', 'Microsoft-Windows-TCPIP', 5),
  provider('{0}', null, 1),
  provider('{2}', 'Microsoft-Windows-NDIS', 5, 2),
];
const guids = (sorted: ProviderInfo[]): string => sorted.map(({ guid }) => guid).join('');

describe('the order of providers', () => {
  it('begins with the largest count, equals by name', () => {
    expect(guids(sortProviders(providers, firstOrder))).toBe('{3}{2}{1}{0}');
    expect(guids(sortProviders(providers, { column: 'events', descending: false }))).toBe('{0}{2}{1}{3}');
    expect(guids(sortProviders(providers, { column: 'undescribedEvents', descending: true }))).toBe('{2}{1}{0}{3}');
  });

  it('has providers without a name behind those with one, in both directions', () => {
    expect(guids(sortProviders(providers, { column: 'name', descending: false }))).toBe('{2}{1}{0}{3}');
    expect(guids(sortProviders(providers, { column: 'name', descending: true }))).toBe('{1}{2}{3}{0}');
  });

  it('turns round with a second click, and begins anew with another column', () => {
    const byName = orderAfterClick(firstOrder, 'name');
    expect(byName).toEqual({ column: 'name', descending: false });
    expect(orderAfterClick(byName, 'name')).toEqual({ column: 'name', descending: true });
    expect(orderAfterClick(byName, 'packets')).toEqual({ column: 'packets', descending: true });
  });

  it('leaves the list it was given as it was', () => {
    const before = guids(providers);
    sortProviders(providers, firstOrder);
    expect(guids(providers)).toBe(before);
  });
});
