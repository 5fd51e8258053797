import { describe, expect, it } from 'vitest';
import type { EventSchema } from '../event-schema.ts';
import { InType, OutType } from '../event-schema.ts';
import { getWinEventCommand } from './get-winevent.ts';
import { importText, testGuid } from './test-support/manifest-text.ts';

const template =
  '<template xmlns="http://schemas.microsoft.com/win/2004/08/events"><data name="Size" inType="win:UInt32" outType="xs:unsignedInt"/></template>';
const sizeField = { name: 'Size', inType: InType.UInt32, outType: OutType.UInt32 };

function schemasOf(text: string): readonly EventSchema[] {
  return importText(text, 'file').providers.flatMap(({ schemas }) => schemas);
}

describe('output of wevtutil', () => {
  const output = (events: string): string => `<?xml version="1.0" encoding="UTF-8"?>
    <provider name="Test-Provider" guid="${testGuid}" xmlns="http://schemas.microsoft.com/win/2004/08/events">
      <channels><channel name="Test/Operational" id="16" flags="0" message=""></channel></channels>
      <levels><level name="win:Error" value="2" message="Fehler"></level></levels>
      <opcodes><opcode name="mine" value="720899" message="Begins"></opcode><opcode name="global" value="786432" message="Runs"></opcode></opcodes>
      <tasks><task name="connect" value="3" eventGUID="{00000000-0000-0000-0000-000000000000}" message="Connect"></task></tasks>
      <keywords><keyword name="tcp" mask="10" message="TCP"></keyword></keywords>
      <events>${events}</events>
    </provider>`;
  const event = (id: number, more: string, inside = ''): string =>
    `<event value="${id}" version="1" opcode="11" channel="16" level="2" task="3" keywords="0x8001000000000030" ${more}>${inside}</event>`;

  it('has numbers for names, and templates as elements, as text, or in an attribute', () => {
    const escaped = template.replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const schemas = schemasOf(
      output(
        event(1, 'message="%1 bytes"', template) +
          event(2, '', `<template>${escaped}</template>`) +
          event(3, `template="${escaped}"`) +
          event(4, ''),
      ),
    );
    expect(schemas.map(({ fields }) => fields)).toEqual([[sizeField], [sizeField], [sizeField], []]);
    expect(schemas[0]).toMatchObject({
      provider: testGuid,
      version: 1,
      channel: 'Test/Operational',
      level: 'Fehler',
      task: 'Connect',
      opcode: 'Begins',
      keywords: ['TCP', 'Response Time', '0x20'],
      message: '%1 bytes',
      origin: 'file (wevtutil output)',
    });
  });

  it('reads several outputs one behind the other', () => {
    const other = output(event(2, '', template)).replaceAll('1234-123456789abc', '1234-00000000000f');
    expect(importText(output(event(1, '', template)) + other).providers).toHaveLength(2);
  });

  it('is refused when it tells no fields at all, with what to do instead', () => {
    expect(() => importText(output(event(1, 'message="x"') + event(2, '')), 'file')).toThrow(
      'The output of wevtutil for “Test-Provider” lists 2 events but not their fields. ' +
        'Export the provider with: Get-WinEvent -ListProvider Test-Provider | ConvertTo-Json -Depth 6 > provider.json',
    );
    expect(() => importText('name: Test-Provider\r\nguid: 1234\r\n')).toThrow('the plain output of wevtutil');
  });

  it('says when messages are only numbers', () => {
    const { providers, notes } = importText(output(event(1, 'message="-1"', template)));
    expect(providers[0].schemas[0].message).toBe('');
    expect(notes).toEqual(['The messages are numbers instead of texts; with /gm:true wevtutil prints the texts.']);
  });
});

describe('JSON of Get-WinEvent', () => {
  const event = {
    Id: 10,
    Version: 0,
    LogLink: { LogName: 'Test/Analytic', IsImported: false, DisplayName: '' },
    Level: { Name: 'win:Informational', Value: 4, DisplayName: 'Information' },
    Opcode: { Name: 'send', Value: 10, DisplayName: 'Data sent.' },
    Task: { Name: 'tcp', Value: 10, DisplayName: null },
    Keywords: [
      { Name: 'IPV4', Value: 16, DisplayName: '' },
      { Name: '', Value: -9223372036854775808, DisplayName: '' },
    ],
    Template: template,
    Description: '%1 bytes sent.',
  };
  const provider = {
    Name: 'Test-Provider',
    Id: testGuid.slice(1, -1).toUpperCase(),
    Levels: [{ Name: 'win:Error', Value: 2, DisplayName: 'Error' }],
    Tasks: [{ Name: 'udp', Value: 11, DisplayName: 'UDP traffic' }],
    Events: [event],
  };
  const expected = {
    provider: testGuid,
    providerName: 'Test-Provider',
    id: 10,
    version: 0,
    level: 'Information',
    channel: 'Test/Analytic',
    task: 'tcp',
    opcode: 'Data sent.',
    message: '%1 bytes sent.',
    fields: [sizeField],
    source: 'imported',
    origin: 'file (Get-WinEvent list)',
  };

  it('is a provider, a list of providers, or such a list as Windows PowerShell wraps it', () => {
    for (const json of [provider, [provider], { value: [provider], Count: 1 }]) {
      expect(schemasOf(JSON.stringify(json))).toEqual([expect.objectContaining(expected)]);
    }
  });

  it('has keywords by name; a flag that has none is passed over', () => {
    expect(schemasOf(JSON.stringify(provider))[0].keywords).toEqual(['IPV4']);
  });

  it('takes numbers for names, an event alone for a list, and nothing for no template', () => {
    const plain = { ...event, Level: 2, Task: 11, Opcode: null, Keywords: null, Template: '' };
    expect(schemasOf(JSON.stringify({ ...provider, Events: plain }))[0]).toMatchObject({
      level: 'Error',
      task: 'UDP traffic',
      opcode: '',
      keywords: [],
      fields: [],
    });
  });

  it('may be a reduced list of events that name their provider, in any case of letters', () => {
    const list = [
      { providername: 'A', providerid: testGuid, id: 1, version: 0, template },
      { ProviderName: 'B', ProviderId: testGuid.replace('9abc', '0000'), Id: 1, Version: 2, Template: template },
    ];
    const { providers } = importText(JSON.stringify(list));
    expect(providers.map(({ name, schemas }) => [name, schemas.length])).toEqual([
      ['A', 1],
      ['B', 1],
    ]);
  });

  it.each([
    ['names no provider', [{ Id: 1, Template: template }], 'The provider “” was left out: it has no GUID.'],
    [
      'was cut by a small depth',
      { ...provider, Events: ['System.Diagnostics.Eventing.Reader.EventMetadata'] },
      '-Depth was too small',
    ],
    ['has no templates', { ...provider, Events: [{ Id: 1 }] }, 'come without their templates'],
    ['is something else', { a: 1 }, 'no list of providers or events'],
    ['is an empty list', [], 'no list of providers or events'],
  ])('is refused when it %s', (_, json, message) => {
    expect(() => importText(JSON.stringify(json))).toThrow(message);
  });

  it('leaves out events whose template is none', () => {
    const { providers, notes } = importText(
      JSON.stringify({
        ...provider,
        Events: [event, { ...event, Id: 11, Template: 'none' }, { ...event, Id: 12, Template: '<a>'.repeat(200) }],
      }),
    );
    expect(providers[0].schemas).toHaveLength(1);
    expect(notes).toEqual([
      'Event 11 was left out: instead of a template it has the text “none”.',
      expect.stringMatching(/^Event 12 was left out: instead of a template it has the text “<a><a>/),
    ]);
  });
});

describe('an export of WEPExplorer', () => {
  const text = `<Providers><Provider>
    <Name>Test-Provider</Name>
    <Metadata><Guid>${testGuid}</Guid>
      <Tasks><Task><Message></Message><Name>TCPIP</Name><Value>10</Value></Task></Tasks>
      <Opcodes><Opcode><Message>Data sent.</Message><Name>SEND</Name><Value>10</Value><Task>0</Task></Opcode></Opcodes>
      <Keywords><Keyword><Message></Message><Name>IPV4</Name><Value>16</Value></Keyword>
                <Keyword><Message></Message><Name>IPV6</Name><Value>32</Value></Keyword></Keywords>
    </Metadata>
    <EventMetadata><Event>
      <Id>10</Id><Version>0</Version><Channel>Test/Analytic</Channel><Level>Information</Level><Task>TCPIP</Task>
      <Opcode>Data sent.</Opcode><Keyword>IPV4 IPV6</Keyword>
      <Message><![CDATA[
%1 bytes & more.]]></Message>
      <Template><![CDATA[
${template}
]]></Template></Event>
      <Event><Id>11</Id><Version>0</Version><Keyword>Two words</Keyword><Template></Template></Event>
    </EventMetadata></Provider></Providers>`;

  it('has names as they are shown, and templates and messages as CDATA', () => {
    const [schema, other] = schemasOf(text);
    expect(schema).toEqual({
      provider: testGuid,
      providerName: 'Test-Provider',
      id: 10,
      version: 0,
      level: 'Information',
      channel: 'Test/Analytic',
      task: 'TCPIP',
      opcode: 'Data sent.',
      keywords: ['IPV4', 'IPV6'],
      message: '%1 bytes & more.',
      fields: [sizeField],
      source: 'imported',
      origin: 'file (WEPExplorer export)',
    });
    expect(other).toMatchObject({ id: 11, keywords: ['Two words'], fields: [] });
  });
});

describe('the command that a person pastes', () => {
  it.each([
    ['Microsoft-Windows-TCPIP', 'Get-WinEvent -ListProvider Microsoft-Windows-TCPIP |'],
    ['Windows Firewall', "Get-WinEvent -ListProvider 'Windows Firewall' |"],
    ["a'; calc; '", "Get-WinEvent -ListProvider 'a''; calc; ''' |"],
    ['a\u2019; calc; \u2018', "Get-WinEvent -ListProvider 'a\u2019\u2019; calc; \u2018\u2018' |"],
    ['-ComputerName', "Get-WinEvent -ListProvider '-ComputerName' |"],
    ['a`b', "Get-WinEvent -ListProvider 'a b' |"],
    ['a\ncalc', "Get-WinEvent -ListProvider 'a calc' |"],
  ])('names %j and nothing else', (name, start) => {
    expect(getWinEventCommand(name).startsWith(start)).toBe(true);
  });
});
