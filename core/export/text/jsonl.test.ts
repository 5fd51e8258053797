import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonlFormat } from './jsonl.ts';
import { field, manifestEvent, packetEvent, shapedFields, unknownEvent } from './test-support/sample-events.ts';

interface ParsedField {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

function parsedFields(fields: typeof manifestEvent.fields): ParsedField[] {
  return (JSON.parse(jsonlFormat.line({ ...manifestEvent, fields })) as { fields: ParsedField[] }).fields;
}

function valueOf(raw: NonNullable<(typeof shapedFields)[number]['raw']>): unknown {
  return parsedFields([field('x', 'Any', String(raw), { raw })])[0].value;
}

describe('jsonl', () => {
  it('writes an event as one object', () => {
    expect(jsonlFormat.line(manifestEvent)).toBe(
      '{"messageNumber":7,"timestamp":"2024-05-01T14:03:07.1234567Z","timeElapsed":0,"source":"","destination":"",' +
        '"module":"Microsoft_Windows_TCPIP",' +
        '"summary":"TCP: connection 0xffffb00112345678 timed out, \\"SynSent\\", after 3 tries.","mark":"none",' +
        '"provider":{"name":"Microsoft-Windows-TCPIP","guid":"{2f07e2ee-15db-40f1-90ef-9d7ba282188a}"},' +
        '"event":{"name":"TcpConnect/Timeout","family":"manifest","id":1046,"version":1,"level":4,' +
        '"levelName":"Information","opcode":14,"opcodeName":"Timeout","task":1007,"taskName":"TcpConnect","channel":16,' +
        '"channelName":"Microsoft-Windows-TCPIP/Diagnostic","keywords":["ut:ConnectPath","ut:TcpipDiagnosis"],' +
        '"keyword":"0x8000000000000080"},"process":4,"thread":1234,"processor":3,' +
        '"activity":"{00000000-0000-0001-0000-00000000002a}","fields":[' +
        '{"name":"Tcb","type":"Pointer","value":"18446656117379716728","text":"0xffffb00112345678"},' +
        '{"name":"State","type":"UInt32","value":2,"label":"SynSent"},{"name":"Tries","type":"UInt32","value":3}],' +
        '"layout":"Layout described in the trace itself."}\n',
    );
  });

  it('leaves out what an event does not have, and gives the payload of an unknown layout', () => {
    expect(jsonlFormat.line(unknownEvent)).toBe(
      '{"messageNumber":9,"timestamp":"2024-05-01T14:03:07.1234567Z","timeElapsed":0,"source":"","destination":"",' +
        '"module":"Unknown","summary":"Event type 10, 4 bytes: de ad be ef","mark":"none",' +
        '"provider":{"guid":"{ce1dbfb4-137e-4da6-87b0-3f59aa102cbc}"},"event":{"family":"system","id":0,"version":2,' +
        '"level":0,"opcode":10,"task":0,"channel":0,"keywords":[],"keyword":"0x0"},"processor":12,"fields":[],' +
        '"payload":"deadbeef"}\n',
    );
  });

  it('has notes where something is wrong', () => {
    expect(JSON.parse(jsonlFormat.line({ ...packetEvent, notes: ['Cut.'] }))).toMatchObject({
      mark: 'drop',
      notes: ['Cut.'],
    });
  });

  it('says what the diagnosis found, where it was made', () => {
    const found = { diagnosis: 'Dup-Ack #7', diagnosisLevel: 'information', conversation: 0, sighting: 2 } as const;
    expect(JSON.parse(jsonlFormat.line({ ...packetEvent, ...found }))).toMatchObject(found);
  });

  it('writes structs as lists of fields and arrays as lists of values', () => {
    expect(parsedFields(shapedFields)).toEqual([
      { name: 'Ports', type: 'UInt16[]', value: [80, 443] },
      { name: 'None', type: 'UInt16[]', value: [] },
      {
        name: 'Address',
        type: 'Struct',
        value: [
          { name: 'Family', type: 'UInt16', value: 2 },
          { name: 'Host', type: 'IPv4', value: 0x0a00_0005, text: '10.0.0.5' },
        ],
      },
      {
        name: 'Hops',
        type: 'Struct[]',
        value: [[{ name: 'Id', type: 'UInt8', value: 1 }], [{ name: 'Id', type: 'UInt8', value: 2 }]],
      },
      { name: 'States', type: 'UInt8[]', value: [1, 9], label: ['Up', null], note: '[1]: Cut short: 1 of 2 bytes.' },
      { name: 'Mac', type: 'Binary', value: '00155d00002a', text: '00-15-5D-00-00-2A' },
      { name: 'Bytes', type: 'Binary', value: '00155d', note: 'Cut short: 3 of 9 bytes.' },
    ]);
  });

  it('says of an array of addresses how each of them reads', () => {
    const host = (name: string, value: string, raw: number) => field(name, 'IPv4', value, { raw });
    const children = [host('[0]', '10.0.0.5', 0x0a00_0005), host('[1]', '10.0.0.6', 0x0a00_0006)];
    expect(parsedFields([field('Hosts', 'IPv4[]', '[10.0.0.5, 10.0.0.6]', { children })])).toEqual([
      { name: 'Hosts', type: 'IPv4[]', value: [0x0a00_0005, 0x0a00_0006], text: ['10.0.0.5', '10.0.0.6'] },
    ]);
  });

  it('writes binary whole, however long', () => {
    expect(valueOf(new Uint8Array(2000).fill(0xab))).toBe('ab'.repeat(2000));
  });

  it.each([
    [9_007_199_254_740_991n, 9_007_199_254_740_991],
    [-9_007_199_254_740_991n, -9_007_199_254_740_991],
    [9_007_199_254_740_992n, '9007199254740992'],
    [-(2n ** 63n), '-9223372036854775808'],
    [18_446_744_073_709_551_615n, '18446744073709551615'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [true, true],
    [0.1, 0.1],
  ])('the value %s becomes %j', (raw, value) => {
    expect(valueOf(raw)).toBe(value);
  });

  it('gives the display of a field without a value of its own', () => {
    expect(parsedFields([field('Gap', 'Null', '')])).toEqual([{ name: 'Gap', type: 'Null', value: '' }]);
  });

  it('brings every value back, on one line', () => {
    const number = fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0);
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.oneof(fc.boolean(), number, text), (raw) => {
        const line = jsonlFormat.line({ ...manifestEvent, fields: [field('x', 'Any', String(raw), { raw })] });
        expect(line.search(/[\r\n]/)).toBe(line.length - 1);
        expect(valueOf(raw)).toBe(raw);
      }),
    );
  });

  it('brings every integer back, as a number or as its digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (raw) => {
        expect(BigInt(valueOf(raw) as number | string)).toBe(raw);
      }),
    );
  });

  it('survives half characters', () => {
    const { summary } = JSON.parse(jsonlFormat.line({ ...manifestEvent, summary: 'a\ud800b' })) as { summary: string };
    expect(summary).toBe('a\ud800b');
    expect(new TextEncoder().encode(jsonlFormat.line({ ...manifestEvent, summary: '\ud800' }))).not.toContain(0xef);
  });
});
