import { describe, expect, it } from 'vitest';
import { NameBook } from './name-book.ts';
import { nameKey } from './name-key.ts';
import type { BookSource, ShownThing, SourceKind } from './name-source.ts';
import type { NameKey, NamedThing, ThingKind } from './named-thing.ts';

const guid = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241';
const otherGuid = '7F88B4C9-7ED6-4013-ADBA-4CE5A0C50487';
const mac = '00-15-5D-00-0A-09';

function keys(texts: Partial<Record<NameKey['kind'], string>>): NameKey[] {
  return Object.entries(texts)
    .map(([kind, text]) => nameKey(kind as NameKey['kind'], text, kind))
    .filter((key) => key !== undefined);
}

function thing(
  kind: ThingKind,
  name: string,
  of: Parameters<typeof keys>[0],
  facts: NamedThing['facts'] = [],
): NamedThing {
  return { kind, name, isCut: false, keys: keys(of), facts };
}

function source(kind: SourceKind, title: string, things: NamedThing[], addedAt = 0): BookSource {
  return { id: title, kind, title, contents: [], notes: [], things, addedAt };
}

function shown(kind: ThingKind, text: string, of: Parameters<typeof keys>[0]): ShownThing {
  return { id: `${kind} ${text}`, kind, text, spellings: [text], keys: keys(of), facts: [], seenIn: [], uses: 1 };
}

describe('a name book', () => {
  const nic = shown('nic', `/DEVICE/{${guid}}`, { guid });
  const row = shown('interface', 'ifIndex 9', { ifindex: '9', guid, mac });
  const trace = source('trace', 'trace', [thing('interface', 'Ethernet', { ifindex: '9', guid, mac })]);

  it('joins keys: an interface index names a GUID through the row that has both', () => {
    const named = source('import', 'adapters', [thing('interface', 'Uplink', { ifindex: '9' })], 1);
    const book = new NameBook([trace, named], [nic, row]);
    expect(book.resolve(keys({ guid }), 'nic')).toMatchObject({ name: 'Uplink', source: { title: 'adapters' } });
    expect(book.resolve(keys({ guid: otherGuid }), 'nic')).toBeUndefined();
  });

  it('believes a hand more than imports, the newest import more than others, and the trace least', () => {
    const say = (kind: SourceKind, title: string, addedAt = 0) =>
      source(kind, title, [thing('interface', title, { guid })], addedAt);
    const sources = [trace, say('book', 'book'), say('import', 'old', 1), say('import', 'new', 2), say('hand', 'hand')];
    const strength: string[] = [];
    for (let left = sources; left.length > 0;) {
      const strongest = new NameBook(left, [nic, row]).resolve(keys({ guid }), 'interface');
      if (!strongest) break;
      strength.push(strongest.name);
      left = left.filter((each) => each !== strongest.source);
    }
    expect(strength).toEqual(['hand', 'new', 'old', 'book', 'Ethernet']);
  });

  it('says when two sources differ, unless somebody has decided', () => {
    const one = source('import', 'one.txt', [thing('interface', 'Uplink', { guid })], 2);
    const two = source('import', 'two.txt', [thing('interface', 'Front', { guid })], 1);
    const book = new NameBook([one, two], [nic]);
    expect(book.resolve(keys({ guid }), 'nic')?.conflict).toBe('one.txt says "Uplink", two.txt says "Front".');
    const decided = source('hand', 'hand', [thing('nic', 'Front', { guid })]);
    expect(new NameBook([one, two, decided], [nic]).resolve(keys({ guid }), 'nic')).toMatchObject({
      name: 'Front',
      conflict: null,
    });
    const same = source('import', 'three.txt', [thing('interface', 'UPLINK', { guid })], 1);
    expect(new NameBook([one, same], [nic]).resolve(keys({ guid }), 'nic')?.conflict).toBeNull();
  });

  it('tells adapters of one name apart: by VM, by alias, by index, by the last digits', () => {
    const driver = 'Microsoft Hyper-V Network Adapter';
    const other = shown('nic', otherGuid, { guid: otherGuid });
    const both = (facts: (value: string) => NamedThing['facts']): BookSource =>
      source('trace', 'trace', [
        thing('nic', driver, { guid }, facts('a')),
        thing('nic', driver, { guid: otherGuid }, facts('b')),
      ]);
    const nameOf = (book: NameBook, of: string) => book.resolve(keys({ guid: of }), 'nic');
    const byVm = new NameBook([both((value) => [{ label: 'VM', value: `web-${value}` }])], [nic, other]);
    expect(nameOf(byVm, guid)?.name).toBe(`${driver} (web-a)`);
    expect(nameOf(byVm, otherGuid)?.name).toBe(`${driver} (web-b)`);
    expect(nameOf(byVm, guid)?.conflict).toContain('Several are called');
    const byDigits = new NameBook([both(() => [])], [nic, other]);
    expect(nameOf(byDigits, otherGuid)?.name).toBe(`${driver} (…C50487)`);
    const byAlias = new NameBook(
      [both(() => []), source('import', 'i', [thing('interface', 'LAN', { guid: otherGuid })], 1)],
      [nic, other],
    );
    expect(nameOf(byAlias, guid)).toMatchObject({ name: driver, conflict: null });
  });

  it('names by MAC only what nothing else tells to be another', () => {
    const team = shown('interface', 'ifIndex 17', { ifindex: '17', mac });
    const named = source('import', 'a', [thing('interface', 'Uplink', { ifindex: '9', mac })], 1);
    const book = new NameBook([named], [row, team, nic]);
    expect(book.resolve(keys({ ifindex: '9' }), 'interface')?.name).toBe('Uplink');
    expect(book.resolve(keys({ ifindex: '17' }), 'interface')).toBeUndefined();
    const byMac = source('import', 'b', [thing('nic', 'web01: Network Adapter', { mac })], 1);
    expect(new NameBook([byMac], [row, nic]).resolve(keys({ guid }), 'nic')?.candidates[0].detail).toBe(
      `NIC, by mac ${mac}`,
    );
  });

  it('does not take an interface index of another computer', () => {
    const foreign = source('import', 'a', [thing('interface', 'Wi-Fi', { ifindex: '9', guid: otherGuid })], 1);
    const book = new NameBook([trace, foreign], [row]);
    expect(book.resolve(keys({ ifindex: '9' }), 'interface')?.name).toBe('Ethernet');
    expect(book.mismatches.get(foreign)).toEqual([expect.stringContaining('another computer')]);
  });

  it('keeps what a GUID names apart by the kind of thing', () => {
    const both = source('trace', 'trace', [
      thing('switch', 'Layered Ethernet', { guid }),
      thing('interface', 'vSwitch (Layered Ethernet)', { guid }),
    ]);
    const book = new NameBook([both], [row, shown('switch', guid, { guid })]);
    expect(book.resolve(keys({ guid }), 'switch')?.name).toBe('Layered Ethernet');
    expect(book.resolve(keys({ ifindex: '9' }), 'interface')?.name).toBe('vSwitch (Layered Ethernet)');
  });

  it('prefers whole names to those that were cut where they were printed', () => {
    const cut = source('import', 'a', [{ ...thing('interface', 'vEthernet (Defau', { guid }), isCut: true }], 1);
    const found = new NameBook([trace, cut], [row]).resolve(keys({ guid }), 'interface');
    expect(found?.candidates.map(({ name }) => name)).toEqual(['Ethernet', 'vEthernet (Defau…']);
    expect(found?.conflict).toBeNull();
  });
});
