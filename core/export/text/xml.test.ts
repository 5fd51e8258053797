import fc from 'fast-check';
import { DomUtils, parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { EventText } from './event-text.ts';
import { field, manifestEvent, packetEvent, shapedFields, unknownEvent } from './test-support/sample-events.ts';
import { xmlFormat } from './xml.ts';

function fileOf(...events: EventText[]): string {
  return xmlFormat.header + events.map((event) => xmlFormat.line(event)).join('') + xmlFormat.footer;
}

function elementsOf(event: EventText, name: string) {
  return DomUtils.getElementsByTagName(name, parseDocument(fileOf(event), { xmlMode: true }));
}

/** Text of the first element of this name, as a reader of XML sees it. */
function textIn(event: EventText, name: string): string {
  return DomUtils.textContent(elementsOf(event, name)[0]);
}

/** Nothing but tags, entities and the characters of XML 1.0; every start has its end. Throws where that does not hold. */
function assertWellFormed(xml: string): void {
  expect(xml).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
  const token =
    /<\?xml [^?<>&]*\?>|<(\/?)(\w+)((?: \w+="(?:[^<&"]|&(?:amp|lt|gt|quot|#\d+);)*")*)(\/?)>|[^<>&]|&(?:amp|lt|gt|quot|#\d+);/uy;
  const open: string[] = [];
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (!match) throw new Error(`No XML at ${at}: ${xml.slice(at, at + 40)}`);
    const [, end, name, attributes, empty] = match as (string | undefined)[];
    if (name === undefined) continue;
    if (end === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> at ${at} ends nothing.`);
    } else if (empty === '') open.push(name);
    const given = Array.from((attributes ?? '').matchAll(/ (\w+)="/g), ([, attribute]) => attribute);
    if (new Set(given).size !== given.length) throw new Error(`An attribute stands twice at ${at}.`);
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> does not end.`);
}

describe('xml', () => {
  it('writes an event as Windows does, on one line', () => {
    expect(fileOf(manifestEvent)).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<Events>\n' +
        '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">' +
        '<System><Provider Name="Microsoft-Windows-TCPIP" Guid="{2f07e2ee-15db-40f1-90ef-9d7ba282188a}"/>' +
        '<EventID>1046</EventID><Version>1</Version><Level>4</Level><Task>1007</Task><Opcode>14</Opcode>' +
        '<Keywords>0x8000000000000080</Keywords><TimeCreated SystemTime="2024-05-01T14:03:07.1234567Z"/>' +
        '<EventRecordID>7</EventRecordID><Correlation ActivityID="{00000000-0000-0001-0000-00000000002a}"/>' +
        '<Execution ProcessID="4" ThreadID="1234" ProcessorID="3"/>' +
        '<Channel>Microsoft-Windows-TCPIP/Diagnostic</Channel><Computer/></System>' +
        '<EventData><Data Name="Tcb">0xffffb00112345678</Data><Data Name="State">SynSent (2)</Data>' +
        '<Data Name="Tries">3</Data></EventData>' +
        '<RenderingInfo Culture="en-US">' +
        '<Message>TCP: connection 0xffffb00112345678 timed out, &quot;SynSent&quot;, after 3 tries.</Message>' +
        '<Level>Information</Level><Opcode>Timeout</Opcode><Task>TcpConnect</Task>' +
        '<Channel>Microsoft-Windows-TCPIP/Diagnostic</Channel>' +
        '<Keywords><Keyword>ut:ConnectPath</Keyword><Keyword>ut:TcpipDiagnosis</Keyword></Keywords></RenderingInfo>' +
        '<Row xmlns="urn:hopscope:row" TimeElapsed="0" Module="Microsoft_Windows_TCPIP" EventName="TcpConnect/Timeout"' +
        ' Family="manifest" Layout="Layout described in the trace itself."></Row></Event>\n' +
        '</Events>\n',
    );
  });

  it('writes the payload of an unknown layout, and leaves out what is not there', () => {
    expect(xmlFormat.line(unknownEvent)).toBe(
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">' +
        '<System><Provider Guid="{ce1dbfb4-137e-4da6-87b0-3f59aa102cbc}"/>' +
        '<EventID>0</EventID><Version>2</Version><Level>0</Level><Task>0</Task><Opcode>10</Opcode>' +
        '<Keywords>0x0</Keywords><TimeCreated SystemTime="2024-05-01T14:03:07.1234567Z"/>' +
        '<EventRecordID>9</EventRecordID>' +
        '<Execution ProcessID="4294967295" ThreadID="4294967295" ProcessorID="12"/><Channel></Channel><Computer/></System>' +
        '<BinaryEventData>deadbeef</BinaryEventData>' +
        '<RenderingInfo Culture="en-US"><Message>Event type 10, 4 bytes: de ad be ef</Message></RenderingInfo>' +
        '<Row xmlns="urn:hopscope:row" TimeElapsed="0" Module="Unknown" Family="system"></Row></Event>\n',
    );
  });

  it('keeps what the grid knows of a packet, and the notes, in an element of its own', () => {
    const [row] = elementsOf({ ...packetEvent, notes: ['Cut.'] }, 'Row');
    expect(row.attribs).toMatchObject({
      Source: '10.0.0.5',
      Destination: '10.0.0.10',
      Module: 'TCP',
      TimeElapsed: '12',
      Diagnosis: 'drop',
    });
    expect(DomUtils.textContent(row)).toBe('Cut.');
  });

  it('has what the diagnosis found in its own element', () => {
    const found = { diagnosis: 'Reset', diagnosisLevel: 'warning', conversation: 0, sighting: 1 } as const;
    const [row] = elementsOf({ ...packetEvent, ...found }, 'Row');
    expect(row.attribs).toMatchObject({
      Diagnosis: 'Reset',
      DiagnosisLevel: 'warning',
      Conversation: '0',
      Sighting: '1',
    });
  });

  it('repeats the name for elements of an array, and writes structs as complex data', () => {
    expect(xmlFormat.line({ ...manifestEvent, fields: shapedFields })).toContain(
      '<EventData><Data Name="Ports">80</Data><Data Name="Ports">443</Data><Data Name="None"></Data>' +
        '<ComplexData Name="Address"><Data Name="Family">2</Data><Data Name="Host">10.0.0.5</Data></ComplexData>' +
        '<ComplexData Name="Hops"><Data Name="Id">1</Data></ComplexData>' +
        '<ComplexData Name="Hops"><Data Name="Id">2</Data></ComplexData>' +
        '<Data Name="States">Up (1)</Data><Data Name="States">9</Data>' +
        '<Data Name="Mac">00-15-5D-00-00-2A</Data><Data Name="Bytes">00155d</Data></EventData>',
    );
  });

  it('tells the notes of fields, also of those inside others', () => {
    expect(elementsOf({ ...manifestEvent, fields: shapedFields }, 'Note').map(DomUtils.textContent)).toEqual([
      '[1]: Cut short: 1 of 2 bytes.',
      'Bytes: Cut short: 3 of 9 bytes.',
    ]);
  });

  it('has a related activity, a channel without a name, and no data when an event could not be read', () => {
    const relatedActivity = '{00000000-0000-0002-0000-00000000002a}';
    const event: EventText = { ...manifestEvent, relatedActivity, channelName: '', fields: [], layout: null };
    expect(elementsOf(event, 'Correlation')[0].attribs.RelatedActivityID).toBe(relatedActivity);
    expect(textIn(event, 'Channel')).toBe('16');
    expect(xmlFormat.line(event)).not.toContain('EventData');
  });

  it('keeps line ends and tabs through a reader, and shows what XML cannot hold', () => {
    const summary = 'a\r\nb\tc <&>" \0\u001b\ufffe\ud800x\udc00 😀';
    expect(textIn({ ...manifestEvent, summary }, 'Message')).toBe('a\r\nb\tc <&>" ␀␛\ufffd\ufffdx\ufffd 😀');
  });

  it('cannot be broken out of', () => {
    const hostile = '"/></Data><Data Name="x">]]><!--<![CDATA[&amp;';
    const event = { ...manifestEvent, fields: [field(hostile, 'UnicodeString', hostile, { raw: hostile })] };
    const [data, ...others] = elementsOf(event, 'Data');
    expect(others).toEqual([]);
    expect(data.attribs.Name).toBe(hostile);
    expect(DomUtils.textContent(data)).toBe(hostile);
  });

  it('is well-formed on one line, and says the same, for any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', '\r', '\n', '\0', ']', '-', 'x', '\ud800', '\udc00') }),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        const event: EventText = {
          ...manifestEvent,
          summary: one,
          source: other,
          destination: one,
          module: other,
          provider: { guid: one, name: other },
          name: one,
          levelName: other,
          opcodeName: one,
          taskName: other,
          channelName: one,
          keywordNames: [one, other],
          activity: one,
          layout: other,
          notes: [one],
          fields: [
            field(one, 'UnicodeString', other, { raw: other }),
            field(other, 'Struct', '', { children: [field(one, 'UInt8', other, { note: one })] }),
          ],
        };
        const line = xmlFormat.line(event);
        expect(line.search(/[\r\n]/)).toBe(line.length - 1);
        assertWellFormed(fileOf(event));
        expect(textIn(event, 'Message')).toBe(readable(one));
        expect(textIn(event, 'Data')).toBe(readable(other));
        const names = elementsOf(event, 'Data').flatMap(({ attribs }) => Object.values(attribs));
        expect(names).toEqual(one === '' ? [] : [readable(one), readable(one)]);
      }),
    );
  });
});

/** The text as it is expected to come back: what XML 1.0 forbids is shown by other characters. */
function readable(text: string): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20 && !'\t\n\r'.includes(character)) return String.fromCharCode(0x2400 + point);
    return (point >= 0xd800 && point < 0xe000) || point === 0xfffe || point === 0xffff ? '\ufffd' : character;
  }).join('');
}
