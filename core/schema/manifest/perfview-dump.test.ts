import { describe, expect, it } from 'vitest';
import type { SchemaField } from '../event-schema.ts';
import { InType, OutType } from '../event-schema.ts';
import { importText, testGuid } from './test-support/manifest-text.ts';

function dumpText(template: string, event = ''): string {
  return `<instrumentationManifest><instrumentation><events>
   <provider name="P" guid="${testGuid}" resourceFileName="P" messageFileName="P" symbol="P" source="Xml" >
    <tasks><task name="task_0" message="$(string.task_task_0)" value="0">
>
    </task></tasks>
    <events><event value="7" symbol="task_07" version="0" task="task_0" ${event} template="task_07Args"/></events>
    <templates><template tid="task_07Args">${template}</template></templates>
   </provider></events></instrumentation>
   <localization><resources culture="en-US"><stringTable><string id="task_task_0" value="task_0"/></stringTable></resources></localization>
  </instrumentationManifest>`;
}

function data(name: string, inType: string, more = ''): string {
  return `<data name="${name}" inType="win:${inType}" ${more}/>`;
}

function fieldsOf(template: string, event = ''): readonly SchemaField[] {
  return importText(dumpText(template, event), 'dump.xml').providers[0].schemas[0].fields;
}

describe('a PerfView dump', () => {
  it('is recognised, named in the origin, and warned of; its made-up task is none', () => {
    const { format, providers, notes } = importText(dumpText(data('A', 'UInt8')), 'dump.xml');
    expect(format).toBe('perfview-dump');
    expect(providers[0].schemas[0]).toMatchObject({ id: 7, task: '', origin: 'dump.xml (PerfView dump)' });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/PerfView dump\. Such dumps lack output types/);
  });

  it.each([
    ['an output type', dumpText('<data name="A" inType="win:UInt8" outType="xs:unsignedByte"/>')],
    ['a message', dumpText(data('A', 'UInt8'), 'message="$(string.m)"')],
    ['a file of its own', dumpText(data('A', 'UInt8')).replace('resourceFileName="P"', 'resourceFileName="p.dll"')],
    ['no source', dumpText(data('A', 'UInt8')).replace('source="Xml"', '')],
  ])('is none when the manifest has %s', (_, text) => {
    expect(importText(text).format).toBe('manifest');
  });

  it.each([
    ['saddr', 'UInt32', '', OutType.Ipv4, undefined],
    ['DestIPv4Address', 'UInt32', '', OutType.Ipv4, undefined],
    ['SrcAddress', 'UInt32', '', OutType.Ipv4, undefined],
    ['dport', 'UInt16', '', OutType.Port, undefined],
    ['LocalPort', 'UInt16', '', OutType.Port, undefined],
    ['LocalAddress', 'Binary', 'length="N"', OutType.SocketAddress, { field: 'N' }],
    ['RemoteSockAddr', 'Binary', 'length="N"', OutType.SocketAddress, { field: 'N' }],
    ['IPv6SourceAddress', 'Binary', 'length="N"', OutType.Ipv6, { field: 'N' }],
    ['NextHopAddress', 'Binary', 'length="N"', OutType.Ipv6, { field: 'N' }],
    ['IPv6Address', 'Binary', '', OutType.Ipv6, 16],
    ['LocalMac', 'Binary', '', OutType.Null, 6],
  ])(
    'suggests by the name of %s, a %s, how to read it, and says that it is a guess',
    (name, inType, more, outType, length) => {
      const field = fieldsOf(data('N', 'UInt32') + data(name, inType, more)).at(-1);
      expect(field).toMatchObject({ name, outType });
      expect(field?.length).toEqual(length);
      expect(field?.doubt).toMatch(/The dump (does not say how|gives no length).*suggests/);
    },
  );

  it.each([
    ['AddressFamily', 'UInt32', ''],
    ['IpAddrLength', 'UInt32', ''],
    ['AutoconfigureAddress', 'UInt32', ''],
    ['IPTransportProtocol', 'UInt16', ''],
    ['NumberOfPorts', 'UInt16', ''],
    ['StartPort', 'UInt16', ''],
    ['SgeAddress', 'Pointer', ''],
    ['DLAddress', 'Binary', 'length="N"'],
    ['Fragment', 'Binary', 'length="N"'],
  ])('suggests nothing for %s, a %s', (name, inType, more) => {
    const field = fieldsOf(data('N', 'UInt32') + data(name, inType, more)).at(-1);
    expect(field?.outType).toBe(0);
    expect(field?.doubt).toBeUndefined();
  });

  it('takes a bare address for IPv6 only in an event about IPv6', () => {
    const template = data('saddr', 'Binary') + data('sport', 'UInt16');
    expect(fieldsOf(template, 'keywords="KERNEL_NETWORK_KEYWORD_IPV6"')).toMatchObject([
      { name: 'saddr', outType: OutType.Ipv6, length: 16 },
      { name: 'sport' },
    ]);
    const [other, ...rest] = fieldsOf(template);
    expect(rest).toEqual([]);
    expect(other.doubt).toBe(
      'No length is given for this field: it takes everything up to the end, with what stands behind it: “sport”.',
    );
  });

  it('ends in front of a struct whose members are missing', () => {
    // The type of a struct is its first member's number: 3 top-level fields, so member 3, which Int8 is.
    const template = data('A', 'UInt32') + data('Layers', 'Int8', 'count="A"') + data('Z', 'UInt32');
    const { providers, notes } = importText(dumpText(template), 'dump.xml');
    expect(providers[0].schemas[0].fields).toEqual([
      {
        name: 'A',
        inType: InType.UInt32,
        outType: 0,
        doubt: 'What follows this field is not known: “Layers” is a struct whose members the dump left out.',
      },
    ]);
    expect(notes[1]).toBe(
      'Event 7 (template “task_07Args”): “Layers” is a struct whose members the dump left out. What follows in the payload stays undecoded.',
    );
  });

  it('keeps arrays of plain types whose number cannot be a struct member', () => {
    const plain = Array.from({ length: 8 }, (_, index) => data(`F${index}`, 'UInt8')).join('');
    expect(fieldsOf(plain + data('Ports', 'UInt16', 'count="F0"')).at(-1)).toMatchObject({
      name: 'Ports',
      count: { field: 'F0' },
    });
  });
});
