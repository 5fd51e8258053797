import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestEvent, packetEvent, unknownEvent } from './test-support/sample-events.ts';
import { txtFormat } from './txt.ts';

describe('a line of txt', () => {
  it('has the shape of netsh trace convert and pktmon etl2txt', () => {
    expect(txtFormat.line(manifestEvent)).toBe(
      '[03]0004.04D2::2024-05-01 14:03:07.123456700 [Microsoft-Windows-TCPIP]' +
        ' TCP: connection 0xffffb00112345678 timed out, "SynSent", after 3 tries.\n',
    );
  });

  it('says of a packet where it goes and its topmost module', () => {
    expect(txtFormat.line(packetEvent)).toBe(
      '[03]0004.04D2::2024-05-01 14:03:07.123456700 [Microsoft-Windows-PktMon]' +
        ' 10.0.0.5 > 10.0.0.10 TCP Dropped: Filtered VLAN. Flags: ......S., SrcPort: 52891, DstPort: HTTP(80)\n',
    );
  });

  it('has what the diagnosis found in front of the text', () => {
    expect(txtFormat.line({ ...packetEvent, diagnosis: 'Retransmitted #12' })).toContain(
      ' [Retransmitted #12] 10.0.0.5 > 10.0.0.10 TCP ',
    );
  });

  it('shows the bytes of an event without a layout, and the GUID of a provider without a name', () => {
    expect(txtFormat.line(unknownEvent)).toBe(
      '[12]FFFFFFFF.FFFFFFFF::2024-05-01 14:03:07.123456700 [{ce1dbfb4-137e-4da6-87b0-3f59aa102cbc}]' +
        ' Event type 10, layout unknown, 4 bytes: de ad be ef\n',
    );
  });

  it.each([
    [{ family: 'manifest', id: 5, payload: new Uint8Array(0) } as const, 'Event 5, layout unknown, no payload'],
    [{ name: 'Hello', payload: Uint8Array.of(1) } as const, 'Hello, layout unknown, 1 byte: 01'],
  ])('names an event without a layout as well as it can: %o', (changes, text) => {
    expect(txtFormat.line({ ...unknownEvent, ...changes })).toContain(`] ${text}\n`);
  });

  it('shows 256 bytes of a long payload and says how many there are', () => {
    const line = txtFormat.line({ ...unknownEvent, payload: new Uint8Array(65_000) });
    expect(line).toContain(`65000 bytes: ${Array(256).fill('00').join(' ')} …\n`);
  });

  it('ends with what is wrong with the event', () => {
    const notes = ['Field A needs 4 bytes, but the payload ends before it.', 'Second note.'];
    expect(txtFormat.line({ ...manifestEvent, notes })).toMatch(
      / tries\. \(Field A needs 4 bytes, but the payload ends before it\. Second note\.\)\n$/,
    );
  });

  it('shows line ends and control characters of a text as pictures, and leaves tabs', () => {
    const summary = 'one\r\ntwo\tthree\u001b[31m \u0085 \u2028 \u2029 \u007f \u009b';
    expect(txtFormat.line({ ...manifestEvent, summary })).toContain('] one␍␊two\tthree␛[31m ␤ ␤ ␤ ␡ \ufffd\n');
  });

  it('writes process ids of more than four digits whole', () => {
    expect(txtFormat.line({ ...manifestEvent, process: 0x12345, thread: 0 })).toContain(']12345.0000::');
  });

  it('is one line, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (summary, name) => {
        const line = txtFormat.line({ ...manifestEvent, summary, provider: { guid: '', name }, notes: [summary] });
        expect(line.search(/[\n\v\f\r\u0085\u2028\u2029]/)).toBe(line.length - 1);
      }),
    );
  });
});

it('the header of a txt file is one line that says that times are UTC', () => {
  expect(txtFormat.header).toMatch(/^# .*UTC\n$/);
  expect(txtFormat.footer).toBe('');
});
