import { describe, expect, it } from 'vitest';
import { utf16Bytes } from '../../base/text.ts';
import { NamesError, type NamedThing } from '../named-thing.ts';
import { writeNameBook } from './name-book-file.ts';
import { readNames } from './read-names.ts';
import { shownThing, shownThings } from './test-support/shown-names.ts';

const utf8 = new TextEncoder();
const table = `Name          ifIndex MacAddress
----          ------- ----------
Büro-Größe ┐        9 3C-FD-FE-00-00-01
`;
const thing = 'interface “Büro-Größe ┐” ifindex 9, mac 3C-FD-FE-00-00-01';

function swapped(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (_, index) => bytes[index ^ 1]);
}

describe('an input is decoded', () => {
  it('from UTF-8 and UTF-16 of both orders, with and without a mark', () => {
    for (const text of [table, `\ufeff${table}`]) {
      expect(shownThings(text)).toEqual([thing]);
      expect(shownThings(utf8.encode(text))).toEqual([thing]);
      expect(shownThings(utf16Bytes(text, false))).toEqual([thing]);
      expect(shownThings(swapped(utf16Bytes(text, false)))).toEqual([thing]);
    }
    expect(readNames(utf16Bytes(table, false), '').notes).toEqual([]);
  });

  it("from a console's code page, with a note", () => {
    const codes: Readonly<Record<string, number>> = { ü: 0x81, ö: 0x94, ß: 0xe1, '┐': 0xbf };
    const bytes = Uint8Array.from(table, (letter) => codes[letter] ?? letter.charCodeAt(0));
    expect(shownThings(bytes)).toEqual([thing]);
    expect(readNames(bytes, '').notes[0]).toBe(
      'The file is not in UTF-8 or UTF-16; it was read as code page 850, so letters beyond plain English may be wrong.',
    );
  });

  it("from Windows' code page", () => {
    const latin = table.replace('┐', '…');
    const bytes = Uint8Array.from(latin, (letter) => (letter === '…' ? 0x85 : letter.charCodeAt(0)));
    expect(shownThings(bytes)).toEqual(['interface “Büro-Größe …” (cut) ifindex 9, mac 3C-FD-FE-00-00-01']);
  });

  it('without stray NULs and controls', () => {
    expect(shownThings(table.replace('9 3C', '9\u0000 3C\u0007').replace('Büro', 'B\u202eüro'))).toEqual([thing]);
    expect(shownThings(utf8.encode(`${table}\u0000\u0000`))).toEqual([thing]);
  });
});

describe('a name book', () => {
  const things: NamedThing[] = [
    {
      kind: 'nic',
      name: 'web01: Network Adapter',
      isCut: false,
      keys: [
        {
          kind: 'nic',
          value: '6859057B-7070-4426-8777-0C55181D8D90--FC785225-9131-5661-AC0C-3A157C61AE15',
          label: 'Id',
        },
        { kind: 'mac', value: '00-15-5D-00-0A-09', label: 'MacAddress' },
        { kind: 'ip', value: 'fe80::1', label: 'IPAddresses' },
      ],
      facts: [{ label: 'VM', value: 'web01' }],
    },
    {
      kind: 'interface',
      name: 'vEthernet (Default Swi…',
      isCut: true,
      keys: [{ kind: 'ifindex', value: '9', label: 'ifIndex' }],
      facts: [],
    },
    {
      kind: 'pktmon-component',
      name: 'cbr0_ep',
      isCut: false,
      keys: [{ kind: 'component', value: '134', label: 'Component' }],
      facts: [],
    },
    { kind: 'switch', name: 'Bücher “nat”', isCut: false, keys: [], facts: [] },
  ];

  it('is read back as it was written', () => {
    const text = writeNameBook(things);
    const read = readNames(text, 'host.names.json');
    expect(read.things).toEqual(things);
    expect(read.contents).toEqual(['name book, 4 names']);
    expect(read.notes).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({ format: 'hopscope-names', version: 1 });
  });

  it('keeps what is whole when entries are damaged', () => {
    const book = JSON.parse(writeNameBook(things)) as { names: unknown[] };
    const damaged = { ...book, names: [...book.names, 7, { kind: 'planet', name: 'x' }, { kind: 'nic', name: 5 }] };
    const read = readNames(JSON.stringify(damaged), '');
    expect(read.things.map(shownThing)).toEqual(things.map(shownThing));
    expect(read.notes).toEqual(['3 of the 7 entries of the name book are damaged; they were passed over.']);
  });

  it('of a later version is refused', () => {
    expect(() => readNames(writeNameBook(things).replace('"version": 1', '"version": 2'), '')).toThrow(
      'It is a name book of version 2; this Hopscope reads version 1.',
    );
  });
});

describe('what holds no names is refused with a reason', () => {
  function reason(input: string | Uint8Array, title = 'names.txt'): string {
    try {
      readNames(input, title);
    } catch (error) {
      if (error instanceof NamesError) return error.message;
      throw error;
    }
    throw new Error('It was read.');
  }

  it('empty', () => {
    expect(reason('')).toBe('It is empty.');
    expect(reason(' \r\n\t\n')).toBe('It is empty.');
    expect(reason(Uint8Array.of(0xff, 0xfe))).toBe('It is empty.');
  });

  it('binary', () => {
    const trace = Uint8Array.from({ length: 65_536 }, (_, index) => (index % 8 < 3 ? 0 : (index * 7919) & 255));
    expect(reason(trace, 'host.etl')).toBe(
      'It is binary data, not text; names are read from what commands print. A trace is opened, not imported for its names.',
    );
    expect(reason(new Uint8Array(1000))).toContain('It is binary data');
  });

  it('a web page, other XML, prose', () => {
    expect(reason('<!DOCTYPE html>\n<html><body>Get-NetAdapter</body></html>')).toContain('It is a web page');
    expect(reason('<?xml version="1.0"?>\n<project/>')).toContain('It is XML, but neither CLIXML nor an event');
    expect(reason('Dear Sir, I beg to differ.')).toBe(
      'It holds no names. It is text, but no output that names network things. It begins “Dear Sir, I beg to differ.”. Names stand in the output ' +
        'of, for example: Get-NetAdapter -IncludeHidden | Format-List Name,InterfaceDescription,ifIndex,InterfaceGuid,MacAddress,PermanentAddress',
    );
  });

  it('outputs without names, or without anything to know them by', () => {
    expect(reason('IsManagementOs : True\nMacAddress     : 00155D0DDE3A\n')).toContain(
      'Get-VMNetworkAdapter (list) in line 1 has the columns “IsManagementOs”, “MacAddress”, but no column with a name.',
    );
    expect(reason('Name  Status\n----  ------\nSpooler Running\n')).toContain(
      'Output of an unknown command (table) in line 1 has the columns “Name”, “Status”, among which no name stands beside',
    );
    expect(reason('Name ifIndex\n---- -------\n\n')).toContain('has no rows');
    expect(reason('[1, 2, 3]')).toContain('It is text, but no output');
    expect(reason('{"Name": "Spooler"}')).toContain('among which no name stands beside');
  });

  it('events of a trace as text', () => {
    expect(
      reason(
        '[30]0000.0000::2025/03/27-16:12:13.966003800 [Microsoft-Windows-TCPIP]TCPIP: dropped 1 packet(s) on interface 13.',
      ),
    ).toContain('1 line of a trace converted to text (Microsoft-Windows-TCPIP) tells of events');
  });

  it('what is too large', () => {
    expect(reason(new Uint8Array((64 << 20) + 1))).toBe('It is larger than 64 MB, which no list of names is.');
    expect(reason('\n'.repeat(2_000_001))).toContain('more than 2,000,000 lines');
  });
});

describe('bad input ends in time', () => {
  const million = 1_000_000;

  function milliseconds(input: string | Uint8Array): number {
    const begin = performance.now();
    try {
      readNames(input, 'x');
    } catch (error) {
      if (!(error instanceof NamesError)) throw error;
    }
    return performance.now() - begin;
  }

  it.each([
    [
      '10 MB of rubbish',
      Array.from({ length: 200_000 }, (_, index) => `${(index * 2654435761) % 4294967296} ~#:;,{[<".`.repeat(2)).join(
        '\n',
      ),
    ],
    ['one long line', 'a:b,c;d . . : '.repeat(million / 2)],
    ['brackets', '[\n{\n'.repeat(million / 4)],
    ['open objects', '{"a":\n'.repeat(million / 4)],
    ['dots', `${'. '.repeat(400)}\n`.repeat(5000)],
    ['hyphens', `${'- '.repeat(400)}\n`.repeat(5000)],
    ['properties', 'Some property: of no command\n\n'.repeat(million / 16)],
    ['headings', 'Heading of adapters:\n\n'.repeat(million / 4)],
    ['friendly names', 'Nic x (Friendly Name: ((((( '.repeat(20_000)],
    ['open CLIXML', `<Objs>${'<Obj><Props>'.repeat(20_000)}`],
    ['quotes', `Name,ifIndex\n${'"\n'.repeat(200_000)}`],
    ['colons', `${'a : '.repeat(200)}\n`.repeat(20_000)],
    ['prompts', 'PS C:\\> \n'.repeat(200_000)],
  ])('%s', (_, text) => {
    expect(milliseconds(text)).toBeLessThan(10_000);
  });

  it('any cut and any changed byte of an input is read or refused', () => {
    const samples = [table, writeNameBook([]), `PS C:\\> Get-NetAdapter | fl *\n\nName : Ethernet 2\nifIndex : 9\nIPAddresses : {10.0.0.5, fe80::1}\n`,
      `Name,ifIndex,MacAddress\n"Ethernet ""2""",9,3C-FD-FE-00-00-01\n`,
      `<Objs><Obj RefId="0"><TN RefId="0"><T>x</T></TN><Props><S N="Name">Eth_x000D_</S><I32 N="ifIndex">9</I32></Props></Obj></Objs>`,
      `[{"Name":"Ethernet","ifIndex":9,"IPAddresses":["10.0.0.5"]}]`,
      `Ethernet adapter Ethernet:\n\n   Description . . . : Intel\n   Physical Address. . . : 3C-FD-FE-00-00-01\n   IPv4 Address. . . : 10.0.0.5(Preferred)\n`,
      `[00]425C.34D8::2024-04-02 10:27:05.45 [Microsoft-Windows-PktMon] Component 134, Type VmsMiniport , Name vmswitch.sys, cbr0_ep \n`,
      `NIC /DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241} (Friendly Name: Ethernet (2)) on switch x\n`,
    ].map((text) => utf8.encode(text)); // prettier-ignore
    let state = 0x9e37_79b9;
    const random = (below: number): number => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % below;
    };
    let named = 0;
    let refused = 0;
    const attempt = (bytes: Uint8Array): void => {
      try {
        const { things, contents } = readNames(bytes, 'x');
        expect(things.length).toBeGreaterThan(0);
        expect(contents.length).toBeGreaterThan(0);
        expect(things.every(({ name }) => /[\p{L}\d]/u.test(name) && !/\p{Cc}/u.test(name))).toBe(true);
        named++;
      } catch (error) {
        if (!(error instanceof NamesError)) throw error;
        expect(error.message.length).toBeGreaterThan(10);
        refused++;
      }
    };
    for (const sample of samples) {
      for (let length = 0; length <= sample.length; length += 3) attempt(sample.subarray(0, length));
      for (let mutation = 0; mutation < 300; mutation++) {
        const damaged = Uint8Array.from(sample);
        for (let change = 0; change <= random(3); change++) damaged[random(damaged.length)] = random(256);
        attempt(damaged);
      }
    }
    expect(named).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(500);
  });
});
