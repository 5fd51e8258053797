import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { nextSequence, TcpFlag, tcpFlagsText, tcpSummary, type TcpSegment } from './tcp.ts';
import { bytesOf, ipv4, tcp, tcpSyn } from './test-frames.ts';

const layerOf = (segment: string, windowShift?: number) =>
  dissectFrame(bytesOf(ipv4(6, segment)), LinkType.RawIp, windowShift === undefined ? {} : { windowShift })[1];

const segment: TcpSegment = {
  flags: TcpFlag.ACK,
  sourcePort: 443,
  destinationPort: 50000,
  payloadLength: 100,
  sequence: 1000,
  acknowledgment: 2000,
  window: 512,
};

describe('the summary of a TCP segment', () => {
  it("is Message Analyzer's for a SYN that offers a window scale", () => {
    expect(layerOf(tcpSyn).summary).toBe(
      'Flags: ......S., SrcPort: 52891, DstPort: HTTP(80), Length: 0, Seq Range: 1717747265 - 1717747266, Ack: 0, Win: 8192(negotiating scale factor: 8)',
    );
  });

  it('leaves the window alone while no scale is known', () => {
    expect(tcpSummary(segment)).toBe(
      'Flags: ...A...., SrcPort: HTTPS(443), DstPort: 50000, Length: 100, Seq Range: 1000 - 1100, Ack: 2000, Win: 512',
    );
  });

  it('scales the window when the shift is known', () => {
    expect(tcpSummary(segment, { windowShift: 8 })).toMatch(/Win: 131072\(scale factor: 8\)$/);
    expect(tcpSummary({ ...segment, window: 65535 }, { windowShift: 14 })).toMatch(
      /Win: 1073725440\(scale factor: 14\)$/,
    );
    expect(tcpSummary(segment, { windowShift: 0 })).toMatch(/Win: 512\(scale factor: 0\)$/);
  });

  it('says that a segment only asks whether the peer is there, and stands for one byte then', () => {
    expect(tcpSummary({ ...segment, payloadLength: 0, sequence: 7 }, { keepAlive: 'Keep-Alive' })).toMatch(
      /^Keep-Alive, Flags: .*Seq Range: 7 - 8,/,
    );
    expect(tcpSummary(segment, { keepAlive: 'Keep-Alive-Ack' })).toMatch(/^Keep-Alive-Ack, Flags: /);
  });

  it('never scales the window of a SYN', () => {
    expect(tcpSummary({ ...segment, flags: TcpFlag.SYN }, { windowShift: 8 })).toMatch(/Win: 512$/);
  });

  it('says what a cut header still holds', () => {
    expect(
      tcpSummary({
        ...segment,
        flags: undefined,
        payloadLength: undefined,
        window: undefined,
        acknowledgment: undefined,
      }),
    ).toBe('SrcPort: HTTPS(443), DstPort: 50000');
  });
});

it.each([
  [TcpFlag.SYN, '......S.'],
  [TcpFlag.SYN | TcpFlag.ACK, '...A..S.'],
  [TcpFlag.PSH | TcpFlag.ACK, '...AP...'],
  [TcpFlag.RST, '.....R..'],
  [TcpFlag.FIN | TcpFlag.ACK, '...A...F'],
  [0xff, 'CEUAPRSF'],
])('flags %i read %s', (flags, text) => {
  expect(tcpFlagsText(flags)).toBe(text);
});

it('a SYN takes one sequence number, a FIN one more than its payload, and numbers wrap', () => {
  expect(nextSequence(10, TcpFlag.SYN, 0)).toBe(11);
  expect(nextSequence(10, TcpFlag.FIN | TcpFlag.ACK, 5)).toBe(16);
  expect(nextSequence(0xffff_fff0, TcpFlag.ACK, 0x20)).toBe(0x10);
});

describe('the fields of a TCP header', () => {
  const field = (text: string, name: string) => layerOf(text).fields.find((each) => each.name === name);

  it('have their bytes in the frame', () => {
    expect(
      layerOf(tcpSyn).fields.map(({ name, value, start, length }) => `${name} ${value} @${start}+${length}`),
    ).toEqual([
      'SourcePort 52891 @20+2',
      'DestinationPort HTTP(80) @22+2',
      'SequenceNumber 1717747265 @24+4',
      'AcknowledgmentNumber 0 @28+4',
      'DataOffset 8 @32+1',
      'Flags ......S. @33+1',
      'Window 8192 @34+2',
      'Checksum 0x1C46 @36+2',
      'UrgentPointer 0 @38+2',
      'Options MaxSegmentSize: 1460, NoOperation, WindowsScaleFactor: 8, NoOperation, NoOperation, SackPermitted @40+12',
      'PayloadLength 0 @52+0',
    ]);
  });

  it('have the flags as members', () => {
    const members = field(tcpSyn, 'Flags')?.members?.map(({ name, value }) => `${name} ${value}`);
    expect(members).toEqual([
      'CWR false',
      'ECE false',
      'URG false',
      'ACK false',
      'PSH false',
      'RST false',
      'SYN true',
      'FIN false',
    ]);
  });

  it('have the options as members', () => {
    const options = field(
      'c350 01bb 00000000 00000000 b0 10 0200 0000 0000 0101 080a 0000000a 00000014 0101 050a 00000bb8 00000fa0',
      'Options',
    );
    expect(options?.members?.map(({ name, value, start, length }) => `${name} ${value} @${start}+${length}`)).toEqual([
      'NoOperation  @40+1',
      'NoOperation  @41+1',
      'Timestamps 10 20 @42+10',
      'NoOperation  @52+1',
      'NoOperation  @53+1',
      'Sack 3000 ~ 4000 @54+10',
    ]);
    expect(options?.members?.at(-1)?.members).toMatchObject([
      { name: 'Block1', value: '3000 ~ 4000', start: 56, length: 8 },
    ]);
  });

  it('show options of impossible length as bytes', () => {
    expect(field('c350 01bb 00000000 00000000 60 02 0200 0000 0000 03 09 01 02', 'Options')?.members).toMatchObject([
      { name: 'WindowsScaleFactor', value: '01 02', start: 40, length: 4 },
    ]);
  });

  it('have the scaled window when the shift is known', () => {
    expect(layerOf(tcp(0x10), 8).fields.at(-1)).toMatchObject({ name: 'WindowScaled', value: '131072', length: 0 });
  });
});

it('a header length below 20 bytes is noted, and nothing is taken for payload', () => {
  const layer = layerOf(tcp(0x10, '0102').replace(' 50 ', ' 40 '));
  expect(layer.note).toBe('The header length of 16 bytes is impossible: 20 is the least.');
  expect(layer.fields.some((field) => field.name === 'Payload')).toBe(false);
  expect(layer.summary).not.toContain('Length');
});

it('the shift of a SYN whose options are cut is not invented', () => {
  const frame = bytesOf(ipv4(6, tcpSyn)).subarray(0, 46);
  const layer = dissectFrame(frame, LinkType.RawIp)[1];
  expect(layer.summary).toMatch(/Win: 8192$/);
  expect(layer.fields.at(-1)).toMatchObject({ name: 'Options', length: 6 });
});
