import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SchemaError } from '../schema-error.ts';
import { importManifest } from './import-manifest.ts';
import type { ImportedManifest } from './imported-manifest.ts';
import { importText, manifestText, templateText, testGuid } from './test-support/manifest-text.ts';

const small = manifestText(
  `<keywords><keyword name="k" mask="1" message="$(string.k)"/></keywords>
   <maps><valueMap name="M"><map value="1" message="$(string.k)"/></valueMap></maps>
   <events><event value="1" keywords="k" template="T" message="Über %1"/><event value="2" template="T"/></events>
   <templates><template tid="T"><data name="A" inType="win:UInt32" map="M"/>
     <struct name="S" count="A"><data name="B" inType="win:UnicodeString"/></struct></template></templates>`,
  { k: 'Key' },
);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
}

function firstMessage(bytes: Uint8Array): string {
  return importManifest(bytes, 'a.man').providers[0].schemas[0].message;
}

/** The import, or undefined when it was refused as it should be: by a SchemaError of one short line. */
function importedOrRefused(bytes: Uint8Array): ImportedManifest | undefined {
  try {
    return importManifest(bytes, 'a.man');
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    expect(error.message).toMatch(/^[A-Z“].{9}/);
    expect(error.message.length).toBeLessThan(1000);
    return undefined;
  }
}

describe('encodings', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(small)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${small}`)],
    ['UTF-16', utf16(`\ufeff${small}`, true)],
    ['UTF-16 without a mark', utf16(small, true)],
    ['UTF-16, big-endian', utf16(`\ufeff${small}`, false)],
    ['UTF-16, big-endian, without a mark', utf16(small, false)],
  ])('%s', (_, bytes) => {
    expect(firstMessage(bytes)).toBe('Über %1');
  });

  it('an old code page, with a note', () => {
    const bytes = Uint8Array.from(small, (character) => character.charCodeAt(0));
    expect(firstMessage(bytes)).toBe('Über %1');
    expect(importManifest(bytes, 'a.man').notes).toEqual([
      'The file is not in UTF-8 or UTF-16; letters beyond plain English may be wrong.',
    ]);
  });
});

describe('what is no manifest', () => {
  it.each([
    ['nothing', '', 'It is empty.'],
    ['blanks', ' \n', 'It is empty.'],
    ['prose', 'Dear colleague', 'It is neither XML nor JSON, so it is no manifest.'],
    ['a program', 'MZ\0\u0001', 'It is neither XML nor JSON, so it is no manifest.'],
    [
      'a tag that never ends',
      '<instrumentationManifest xmlns="a',
      'It is XML without a single complete element: it is damaged or cut off.',
    ],
    [
      'another kind of XML',
      '<html><body/></html>',
      'It is XML, but its first element “<html>” is none of a manifest, of wevtutil, PerfView or WEPExplorer.',
    ],
    ['a manifest without events', manifestText(''), 'It describes no events.'],
    ['a manifest without providers', '<instrumentationManifest/>', 'It describes no events.'],
    ['half of a JSON text', '{"Events": [', 'It starts like JSON but is no complete JSON: it is damaged or cut off.'],
  ])('is refused in one sentence: %s', (_, text, reason) => {
    expect(() => importText(text)).toThrow(new SchemaError(reason));
  });

  it('is refused when it is larger than any manifest', () => {
    expect(() => importManifest(new Uint8Array((64 << 20) + 1), 'a.man')).toThrow('It is larger than 64 MB');
  });
});

describe('hostile files', () => {
  it('do not get their entities expanded', () => {
    const entities = Array.from({ length: 20 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE lolz [<!ENTITY l0 "lol">${entities.join('')}]>`;
    const { providers, notes } = importText(
      small.replace('<instrumentationManifest', `${bomb}<instrumentationManifest`).replace('Über', '&l20;'),
    );
    expect(providers[0].schemas[0].message).toBe('&l20; %1');
    expect(notes).toContain('The file has a DOCTYPE; the entities it declares are not expanded.');
  });

  it.each([
    ['XML', '<a>'.repeat(100_000), 'nests elements deeper than 100'],
    ['structs', templateText('<struct name="a">'.repeat(100_000)), 'nests elements deeper than 100'],
    ['JSON lists', '['.repeat(5_000_000), 'nests deeper than 100'],
    ['JSON objects', '{"a":'.repeat(1_000_000), 'nests deeper than 100'],
  ])('that nest %s without end are refused quickly', (_, text, reason) => {
    const started = performance.now();
    expect(() => importText(text)).toThrow(reason);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('of 50 MB of events end in time, and say what was left out', () => {
    const event =
      '<event value="1" version="0" level="win:Error" template="T" message="$(string.m)" keywords="a b c"/>\n';
    const count = Math.floor(50e6 / event.length);
    const events = event.repeat(count);
    const started = performance.now();
    const { providers, notes } = importText(
      manifestText(`<events>${events}</events><templates><template tid="T"/></templates>`),
    );
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(providers[0].schemas).toHaveLength(1);
    expect(notes).toContain(`<events> has ${count.toLocaleString('en')} entries; only the first 65,536 were read.`);
  }, 60_000);

  it('of 50 MB of tiny elements are refused in time', () => {
    const started = performance.now();
    expect(() => importText(`<a>${`<b>${'<c/>'.repeat(1000)}</b>`.repeat(12_000)}</a>`)).toThrow(
      'more than 1,000,000 elements',
    );
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 60_000);

  it('with texts that are hard to search end in time', () => {
    const references = '$(string.'.repeat(500_000);
    const names = Array.from(
      { length: 2000 },
      (_, index) => `<data name="${'ipv4'.repeat(1000)}${index}" inType="win:UInt32"/>`,
    );
    const started = performance.now();
    importText(manifestText(`<events><event value="1" message="${references}"/></events>`));
    importText(
      templateText(names.join('')).replace(
        'symbol="TEST" resourceFileName="test.dll" messageFileName="test.dll"',
        'source="Xml" resourceFileName="Test-Provider" messageFileName="Test-Provider"',
      ),
    );
    expect(() => importText(`name: ${' '.repeat(1_000_000)}`)).toThrow('neither XML nor JSON');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('with thousands of faults are answered by a hundred notes', () => {
    const events = Array.from({ length: 5000 }, (_, id) => `<event value="${id}" template="T${id}"/>`).join('');
    const { notes } = importText(manifestText(`<events>${events}<event value="9000"/></events>`));
    expect(notes).toHaveLength(101);
    expect(notes.at(-1)).toBe('… and 4,900 more.');
  });

  it('with endless names are answered by short sentences', () => {
    const name = 'x'.repeat(1_000_000);
    const { notes } = importText(
      manifestText(`<events><event value="1" template="${name}"/><event value="2" task="${name}"/></events>`),
    );
    expect(notes).toHaveLength(1);
    expect(notes[0].length).toBeLessThan(200);
  });

  it('in which two providers share a GUID are read, with a note', () => {
    const { notes } = importText(
      small.replace('</provider>', `</provider><provider name="Other" guid="${testGuid}"/>`),
    );
    expect(notes).toEqual([
      `“Test-Provider” and “Other” have the same GUID ${testGuid}; of an event that both describe, the later holds.`,
    ]);
  });
});

describe('damaged files', () => {
  it('cut at any byte are refused, or read up to the cut with a note', () => {
    const bytes = new TextEncoder().encode(small);
    const whole = importManifest(bytes, 'a.man');
    expect(whole.notes).toEqual([]);
    let read = 0;
    for (let length = 0; length < bytes.length; length++) {
      const imported = importedOrRefused(bytes.subarray(0, length));
      if (!imported) continue;
      read++;
      expect(imported.notes.some((note) => note.startsWith('The file ends inside <'))).toBe(true);
    }
    expect(read).toBeGreaterThan(100);
  });

  it.each([
    ['a template', '</template>', 'The file ends inside this template.', ['A', 'S']],
    ['a struct', '</struct>', 'The file ends inside the struct “S”.', ['A']],
  ])('cut inside %s leave a doubt where the fields end', (_, before, reason, names) => {
    const { providers } = importText(small.slice(0, small.indexOf(before)));
    for (const { fields } of providers[0].schemas) {
      expect(fields.map(({ name }) => name)).toEqual(names);
      expect(fields.at(-1)?.doubt).toBe(`What follows this field is not known: ${reason}`);
    }
  });

  it('with any bytes changed are refused or read', () => {
    const bytes = new TextEncoder().encode(small);
    const change = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(...new TextEncoder().encode('<>"/&=$()0'))),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const damaged = bytes.slice();
        for (const [at, value] of changes) damaged[at] = value;
        importedOrRefused(damaged);
      }),
      { numRuns: 2000 },
    );
  });

  it('put together from pieces of a manifest are refused or read', () => {
    const pieces = small.split(/(?=[<"])/);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (chosen) => {
        importedOrRefused(new TextEncoder().encode(`<instrumentationManifest>${chosen.join('')}`));
      }),
      { numRuns: 1000 },
    );
  });

  it('of random JSON are refused or read', () => {
    const key = fc.constantFrom(
      'Name',
      'Id',
      'Events',
      'Template',
      'Version',
      'Level',
      'Keywords',
      'value',
      'Count',
      'hopscopeLayouts',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        fc.constantFrom(null, 1, -1, 'x', testGuid, '<template/>', true),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (json) => {
        importedOrRefused(new TextEncoder().encode(JSON.stringify(json)));
      }),
      { numRuns: 1000 },
    );
  });
});
