import { describe, expect, it } from 'vitest';
import { countDrops, isDropEvent } from './drop-events.ts';
import { pktMonProvider } from './pktmon.ts';
import { dropText } from './pktmon-drop-text.ts';
import { vmSwitchProvider } from './vmswitch.ts';

describe('why and where a packet was dropped', () => {
  it.each([
    [9, 0xe000_2006, 20348, 'Filtered VLAN at VMS_EXT_PT_ROUTE_NBL_BW'],
    [9, 0, 20348, 'Filtered VLAN'],
    [65_000, 0x8000_0001, 20348, 'reason 65000 at location 0x80000001'],
  ])('reason %i at %i', (reason, location, build, text) => {
    expect(dropText(reason, location, build)).toBe(text);
  });

  it.each([
    [201, 17_763, 'Microport error'],
    [201, 18_362, 'Adapter paused'],
    [201, 0, 'Adapter paused (on Windows 10 1809: Microport error)'],
    [204, 17_763, 'VMBus error'],
    [204, 0, 'Unsupported EtherType (on Windows 10 1809: VMBus error)'],
    [101, 17_763, 'Adapter paused'],
    [205, 0, 'General failure'],
  ])('reason %i on build %i', (reason, build, text) => {
    expect(dropText(reason, 0, build)).toBe(text);
  });
});

describe('counting drops', () => {
  const events = (provider: string, counts: Readonly<Record<number, number>>) =>
    Object.entries(counts).map(([id, count]) => ({ provider, id: Number(id), events: count }));

  it('counts a packet once, however many kinds of event report it', () => {
    expect(countDrops(events(pktMonProvider, { 140: 3, 170: 4, 210: 2, 190: 5, 260: 1, 240: 9, 160: 70 }))).toBe(6);
    expect(countDrops(events(pktMonProvider, { 190: 5, 260: 1 }))).toBe(5);
    expect(countDrops([...events(pktMonProvider, { 150: 2 }), ...events(vmSwitchProvider, { 53: 1, 60: 2 })])).toBe(5);
    expect(countDrops([])).toBe(0);
  });

  it('knows every event that says so', () => {
    const drops = [140, 150, 170, 190, 210, 230, 240, 260];
    for (let id = 0; id < 300; id++) expect(isDropEvent(pktMonProvider, id), String(id)).toBe(drops.includes(id));
  });
});
