import { describe, expect, it } from 'vitest';
import { blockNames, NblSite, NblStep, nblStepOf, readNblEvent } from './vmswitch-nbl.ts';

/** Counted texts, then 32-bit numbers: what NBL events are made of. */
function payload(texts: readonly string[], numbers: readonly number[]): DataView {
  const bytes = texts.flatMap((text) => {
    const units = Array.from(text, (character) => character.charCodeAt(0));
    return [units.length & 255, units.length >> 8, 0, 0, ...units.flatMap((unit) => [unit & 255, unit >> 8])];
  });
  const words = numbers.flatMap((number) => [number & 255, (number >>> 8) & 255, (number >>> 16) & 255, number >>> 24]);
  return new DataView(Uint8Array.from([...bytes, ...words]).buffer);
}

const address = [0xcbf2_1490, 0xffff_9383];

describe('NBL events', () => {
  it('are received, routed and delivered, their later twins likewise', () => {
    const site = new NblSite();
    const one = payload(['NIC', 'Friendly', 'SWITCH', ''], address);
    for (const [id, step] of [
      [56, NblStep.Received],
      [58, NblStep.Delivered],
      [240, NblStep.Received],
      [241, NblStep.Delivered],
    ]) {
      expect(readNblEvent(one, 0, one.byteLength, id, site)).toBe(true);
      expect([site.step, site.addressLow, site.addressHigh]).toEqual([step, 0xcbf2_1490, 0xffff_9383]);
      expect(blockNames(one, site.nic)).toEqual({ name: 'NIC', friendlyName: 'Friendly' });
      expect(blockNames(one, site.switch)).toEqual({ name: 'SWITCH', friendlyName: '' });
    }
    const two = payload(['A', 'a', 'B', 'b', 'SWITCH', 's'], address);
    expect(readNblEvent(two, 0, two.byteLength, 57, site)).toBe(true);
    expect([site.step, blockNames(two, site.destination).name]).toEqual([NblStep.Routed, 'B']);
  });

  it('are of 32-bit Windows when their address has four bytes', () => {
    const site = new NblSite();
    const view = payload(['NIC', '', 'SWITCH', ''], [0x8765_4321]);
    expect(readNblEvent(view, 0, view.byteLength, 56, site)).toBe(true);
    expect([site.addressLow, site.addressHigh]).toEqual([0x8765_4321, 0]);
  });

  it('tell drops by a number or, from an extension, in words', () => {
    const site = new NblSite();
    const drop = payload(['NIC', '', 'SWITCH', ''], [21]);
    expect(readNblEvent(drop, 0, drop.byteLength, 55, site)).toBe(true);
    expect([site.step, site.dropReason, site.addressLow]).toEqual([NblStep.Dropped, 21, 0]);
    const extension = payload(['NIC', '', 'SWITCH', '', '{guid}', 'Filter', 'not wanted'], []);
    expect(readNblEvent(extension, 0, extension.byteLength, 60, site)).toBe(true);
    expect(blockNames(extension, site.nic).name).toBe('NIC');
  });

  it('are refused wherever they are cut, and when they are of another id', () => {
    const site = new NblSite();
    const view = payload(['A', 'a', 'B', 'b', 'SWITCH', 's'], address);
    for (let end = 0; end < view.byteLength - 4; end++) expect(readNblEvent(view, 0, end, 57, site)).toBe(false);
    const endless = new DataView(Uint8Array.from([255, 255, 255, 255, 65, 0]).buffer);
    expect(readNblEvent(endless, 0, 6, 56, site)).toBe(false);
    expect([readNblEvent(view, 0, view.byteLength, 232, site), nblStepOf(232)]).toEqual([false, undefined]);
  });
});
