import { describe, expect, it } from 'vitest';
import type { EventSchema, SchemaField } from '../event-schema.ts';
import { InType, OutType } from '../event-schema.ts';
import { importText, manifestText, templateText, testGuid } from './test-support/manifest-text.ts';

function onlySchema(text: string): EventSchema {
  const [provider] = importText(text).providers;
  expect(provider.schemas).toHaveLength(1);
  return provider.schemas[0];
}

function fieldsOf(inside: string): readonly SchemaField[] {
  return onlySchema(templateText(inside)).fields;
}

function notesOf(text: string): readonly string[] {
  return importText(text).notes;
}

describe('an instrumentation manifest', () => {
  it('gives each event its names, message and fields', () => {
    const schema = onlySchema(
      manifestText(
        `<channels><channel chid="C" name="Test/Debug" type="Debug" value="16"/></channels>
         <levels><level name="mine" value="16" message="$(string.level)"/></levels>
         <tasks><task name="connect" value="7" message="$(string.task)"/></tasks>
         <opcodes><opcode name="begin" value="11" message="$(string.opcode)"/></opcodes>
         <keywords><keyword name="tcp" mask="0x1" message="$(string.tcp)"/><keyword name="raw" mask="0x2"/></keywords>
         <events><event value="1003" version="2" level="mine" channel="C" task="connect" opcode="begin"
            keywords="tcp raw win:ResponseTime" template="T" message="$(string.message)"/></events>
         <templates><template tid="T">
           <data name="Size" inType="win:UInt32" outType="xs:unsignedInt"/>
           <data name="From" inType="win:UInt32" outType="win:IPv4"/>
         </template></templates>`,
        {
          level: 'My level',
          task: 'Connect',
          opcode: 'Begin &#x201C;now&#x201D;',
          tcp: 'TCP traffic',
          message: '%1 bytes from %2.%n',
        },
      ),
    );
    expect(schema).toEqual({
      provider: testGuid,
      providerName: 'Test-Provider',
      id: 1003,
      version: 2,
      level: 'My level',
      channel: 'Test/Debug',
      task: 'Connect',
      opcode: 'Begin “now”',
      keywords: ['TCP traffic', 'raw', 'Response Time'],
      message: '%1 bytes from %2.%n',
      fields: [
        { name: 'Size', inType: InType.UInt32, outType: OutType.UInt32 },
        { name: 'From', inType: InType.UInt32, outType: OutType.Ipv4 },
      ],
      source: 'imported',
      origin: 'test.man',
    });
  });

  it('knows what Windows defines for everybody, takes version 0 when none is given, and no fields without a template', () => {
    expect(
      onlySchema(manifestText('<events><event value="5" level="win:Error" opcode="win:Start"/></events>')),
    ).toMatchObject({
      id: 5,
      version: 0,
      level: 'Error',
      opcode: 'Start',
      task: '',
      keywords: [],
      message: '',
      fields: [],
    });
  });

  it('prefers the opcodes of the event’s own task', () => {
    const text = manifestText(
      `<opcodes><opcode name="go" value="11" message="$(string.all)"/></opcodes>
       <tasks><task name="A" value="1"><opcodes><opcode name="go" value="11" message="$(string.own)"/></opcodes></task>
              <task name="B" value="2"/></tasks>
       <events><event value="1" task="A" opcode="go"/><event value="2" task="B" opcode="go"/></events>`,
      { all: 'For all', own: 'For A' },
    );
    expect(importText(text).providers[0].schemas.map(({ opcode }) => opcode)).toEqual(['For A', 'For all']);
  });

  it('takes English texts where there are several languages, and the others where English has none', () => {
    const text = manifestText(
      '<events><event value="1" message="$(string.m)"/><event value="2" message="$(string.n)"/></events>',
      {
        m: 'English',
      },
    ).replace(
      '<localization>',
      '<localization><resources culture="de-DE"><stringTable><string id="m" value="Deutsch"/><string id="n" value="Nur deutsch"/></stringTable></resources>',
    );
    expect(importText(text).providers[0].schemas.map(({ message }) => message)).toEqual(['English', 'Nur deutsch']);
  });

  it('says which texts are missing', () => {
    const text = manifestText('<events><event value="1" message="$(string.gone)"/></events>');
    expect(notesOf(text)).toEqual(['The file does not contain these texts it refers to, so they stay empty: “gone”.']);
  });

  it('is found inside the elements of an assembly, with namespace prefixes', () => {
    const text = manifestText('<events><event value="1"/></events>')
      .replace('<instrumentationManifest', '<asm:assembly xmlns:asm="urn:schemas-microsoft-com:asm.v3"')
      .replace('</instrumentationManifest>', '</asm:assembly>')
      .replaceAll('<event ', '<e:event ');
    expect(importText(text).providers[0].schemas).toHaveLength(1);
  });

  it('leaves out an event whose template is missing, and keeps the first of two events or templates', () => {
    const text = manifestText(
      `<events><event value="1" template="gone"/><event value="2" template="T"/><event value="2"/></events>
       <templates><template tid="T"><data name="A" inType="win:UInt8"/></template><template tid="T"/></templates>`,
    );
    const { providers, notes } = importText(text);
    expect(providers[0].schemas.map(({ id, fields }) => [id, fields.length])).toEqual([[2, 1]]);
    expect(notes).toEqual([
      'The template “T” is defined twice; the first one was kept.',
      'Event 1 was left out: its template “gone” is not in the file.',
      'Event 2 version 0 is described twice; the first description was kept.',
    ]);
  });

  it('leaves out events whose id or version no event can have, and providers without a GUID', () => {
    const text = manifestText(
      '<events><event value="70000"/><event value="1" version="256"/><event value="2"/></events>',
    );
    expect(notesOf(text)).toEqual([
      'An event of “Test-Provider” was left out: id “70000” is none that an event can have.',
      'An event of “Test-Provider” was left out: version “256” is none that an event can have.',
    ]);
    const other = text.replace('</provider>', '</provider><provider name="Nameless" guid="none"><events/></provider>');
    expect(notesOf(other)).toContain('The provider “Nameless” was left out: “none” is no GUID.');
  });
});

describe('maps', () => {
  const withMaps = (maps: string): string =>
    manifestText(
      `<maps>${maps}</maps><events><event value="1" template="T"/></events>
       <templates><template tid="T"><data name="A" inType="win:UInt32" map="M"/></template></templates>`,
      { on: 'On ', off: 'Off' },
    );

  it('are value maps or bit maps of decimal or hexadecimal numbers', () => {
    const entries = '<map value="0x10" message="$(string.on)"/><map value="2" message="$(string.off)"/>';
    const expected = new Map([
      [16, 'On'],
      [2, 'Off'],
    ]);
    const mapOf = (text: string): unknown => onlySchema(text).fields[0].map;
    expect(mapOf(withMaps(`<valueMap name="M">${entries}</valueMap>`))).toEqual({
      name: 'M',
      bitmap: false,
      entries: expected,
    });
    expect(mapOf(withMaps(`<bitMap name="M">${entries}</bitMap>`))).toEqual({
      name: 'M',
      bitmap: true,
      entries: expected,
    });
  });

  it('that are missing or damaged are named', () => {
    expect(notesOf(withMaps(''))).toEqual(['The map “M” is not in the file; its fields stay numbers.']);
    expect(
      notesOf(withMaps('<valueMap name="M"><map value="x"/><map value="1" message="a"/><map value="1"/></valueMap>')),
    ).toEqual([
      'The map “M” has an entry “x”, which is no number; it was left out.',
      'The map “M” has 1 twice; the first text was kept.',
    ]);
  });

  it('are read up to 65,536 entries, whatever the file has', () => {
    const entries = Array.from({ length: 1_000_000 }, (_, value) => `<map value="${value}" message="a"/>`).join('');
    const started = performance.now();
    const { providers, notes } = importText(withMaps(`<valueMap name="M">${entries}</valueMap>`));
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(providers[0].schemas[0].fields[0].map?.entries.size).toBe(65_536);
    expect(notes).toEqual(['<valueMap> “M” has 1,000,000 entries; only the first 65,536 were read.']);
  });
});

describe('a template', () => {
  it('has lengths and counts as numbers or as earlier fields', () => {
    expect(
      fieldsOf(`<data name="N" inType="win:UInt16"/>
        <data name="Mac" inType="win:Binary" length="6"/>
        <data name="Bytes" inType="win:Binary" length="N"/>
        <data name="Ports" inType="win:UInt16" outType="win:Port" count="N"/>
        <data name="Names" inType="win:UnicodeString" count="3"/>
        <data name="V6" inType="win:Binary" outType="win:IPv6"/>`),
    ).toEqual([
      { name: 'N', inType: InType.UInt16, outType: 0 },
      { name: 'Mac', inType: InType.Binary, outType: 0, length: 6 },
      { name: 'Bytes', inType: InType.Binary, outType: 0, length: { field: 'N' } },
      { name: 'Ports', inType: InType.UInt16, outType: OutType.Port, count: { field: 'N' } },
      { name: 'Names', inType: InType.UnicodeString, outType: 0, count: 3 },
      { name: 'V6', inType: InType.Binary, outType: OutType.Ipv6 },
    ]);
  });

  it('has structs, nested and counted, whose members see the fields around them', () => {
    expect(
      fieldsOf(`<data name="N" inType="win:UInt8"/><struct name="S" count="N">
          <data name="L" inType="win:UInt32"/>
          <struct name="Inner"><data name="D" inType="win:Binary" length="L"/><data name="E" inType="win:Binary" length="N"/></struct>
        </struct>`)[1],
    ).toEqual({
      name: 'S',
      inType: InType.Null,
      outType: 0,
      count: { field: 'N' },
      members: [
        { name: 'L', inType: InType.UInt32, outType: 0 },
        {
          name: 'Inner',
          inType: InType.Null,
          outType: 0,
          members: [
            { name: 'D', inType: InType.Binary, outType: 0, length: { field: 'L' } },
            { name: 'E', inType: InType.Binary, outType: 0, length: { field: 'N' } },
          ],
        },
      ],
    });
  });

  it.each([
    ['win:CountedUnicodeString', InType.ManifestCountedString],
    ['win:CountedAnsiString', InType.ManifestCountedAnsiString],
    ['trace:CountedAnsiString', InType.CountedAnsiString],
    ['trace:WBEMSid', InType.WbemSid],
    ['win:SID', InType.Sid],
    ['win:Boolean', InType.Boolean],
  ])('knows the type %s', (name, inType) => {
    expect(fieldsOf(`<data name="A" inType="${name}"/>`)[0].inType).toBe(inType);
  });

  it.each([
    ['a type nobody knows', '<data name="B" inType="win:Quark"/>', '“B” has the type “win:Quark”, which is unknown.'],
    [
      'a length from nowhere',
      '<data name="B" inType="win:Binary" length="Later"/><data name="Later" inType="win:UInt32"/>',
      'The length of “B” is said to be “Later”, which is no field in front of it.',
    ],
    [
      'itself for a count',
      '<data name="B" inType="win:UInt8" count="B"/>',
      'The count of “B” is said to be “B”, which is no field in front of it.',
    ],
    [
      'a length that is no integer',
      '<data name="T" inType="win:UnicodeString"/><data name="B" inType="win:Binary" length="T"/>',
      'The length of “B” is said to be in “T”, which is no integer.',
    ],
    [
      'a length beyond any payload',
      '<data name="B" inType="win:Binary" length="65536"/>',
      'The length of “B” is said to be “65536”, which is no field in front of it.',
    ],
    [
      'a struct that cannot be followed',
      '<struct name="B"><data name="C" inType="win:UInt8"/><data name="D" inType="?"/></struct>',
      'The struct “B” cannot be followed: “D” has the type “?”, which is unknown.',
    ],
    [
      'binary of unknown length in a struct',
      '<struct name="B"><data name="C" inType="win:Binary"/></struct>',
      'The struct “B” cannot be followed: “C” is binary without a length.',
    ],
  ])('ends in front of %s, and says so', (_, inside, reason) => {
    const text = templateText(`<data name="A" inType="win:UInt8"/>${inside}<data name="Z" inType="win:UInt8"/>`);
    const fields = onlySchema(text).fields.map(({ name, doubt }) => [name, doubt]);
    expect(fields.map(([name]) => name)).not.toContain('B');
    expect(fields.at(-1)?.[1]).toBe(`What follows this field is not known: ${reason}`);
    expect(notesOf(text)).toEqual([`Event 1 (template “T”): ${reason} What follows in the payload stays undecoded.`]);
  });

  it('ends with binary whose length nobody gives', () => {
    const last = onlySchema(templateText('<data name="A" inType="win:Binary"/>')).fields;
    expect(last).toEqual([
      {
        name: 'A',
        inType: InType.Binary,
        outType: 0,
        doubt: 'No length is given for this field: it takes everything up to the end.',
      },
    ]);
    const text = templateText('<data name="A" inType="win:Binary"/><data name="B" inType="win:UInt8"/>');
    expect(onlySchema(text).fields).toHaveLength(1);
    expect(notesOf(text)).toEqual([
      'Event 1 (template “T”): no length is given for “A”; it takes everything up to the end, with what stands behind it: “B”.',
    ]);
  });

  it('shows fields of an unknown output type plainly', () => {
    const text = templateText('<data name="A" inType="win:UInt8" outType="win:Colour"/>');
    expect(onlySchema(text).fields[0].outType).toBe(0);
    expect(notesOf(text)).toEqual(['The output type “win:Colour” is unknown; its fields are shown plainly.']);
  });

  it('nests structs sixteen deep and no deeper', () => {
    const nested = (depth: number): string =>
      depth === 0 ? '<data name="A" inType="win:UInt8"/>' : `<struct name="S${depth}">${nested(depth - 1)}</struct>`;
    expect(fieldsOf(nested(16))).toHaveLength(1);
    expect(fieldsOf(nested(17))).toHaveLength(0);
  });
});
