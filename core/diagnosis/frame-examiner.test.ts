import { describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { diagnosedFile } from './test-support/traffic-text.ts';
import { FrameExaminer } from './frame-examiner.ts';
import { LinkType } from '../packet/link-type.ts';

const eth = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02';

/** What is found in a frame; no connection says anything of single packets like these. */
function found(frame: string, direction = 'in', more = ''): string {
  const scenario = `trace cpus=1\n+1ms ndis ${direction} miniport=9 ${more} | ${eth} | ${frame}`;
  return diagnosedFile(compileScenario(scenario)).texts[0];
}

describe('checksums', () => {
  it.each([
    ['right everywhere', 'ipv4 10.0.0.1 > 10.0.0.2 | udp 1 > 2 | "odd"', 'in', ''],
    [
      'wrong in an IPv4 header that came in',
      'ipv4 10.0.0.1 > 10.0.0.2 checksum=0x1234 | udp 1 > 2 | "x"',
      'in',
      'Bad-IP-Checksum',
    ],
    [
      'wrong in an IPv4 header that goes out',
      'ipv4 10.0.0.1 > 10.0.0.2 checksum=0x1234 | udp 1 > 2 | "x"',
      'out',
      'Checksum-Offload',
    ],
    ['absent in an IPv4 header', 'ipv4 10.0.0.1 > 10.0.0.2 checksum=0 | udp 1 > 2 | "x"', 'in', 'Checksum-Offload'],
    [
      'wrong in TCP that came in',
      'ipv4 10.0.0.1 > 10.0.0.2 | tcp 1 > 2 ACK checksum=0x1234 | "x"',
      'in',
      'Bad-Checksum',
    ],
    [
      'wrong in TCP that goes out',
      'ipv6 fd00::1 > fd00::2 | tcp 1 > 2 ACK checksum=0x1234 | "x"',
      'out',
      'Checksum-Offload',
    ],
    ['absent in TCP', 'ipv6 fd00::1 > fd00::2 | tcp 1 > 2 ACK checksum=0 | "x"', 'in', 'Checksum-Offload'],
    // 0a00 + 0001 + 0a00 + 0002 + 0006 + 0015: the addresses, the protocol, 21 bytes of TCP.
    ['only begun in TCP', 'ipv4 10.0.0.1 > 10.0.0.2 | tcp 1 > 2 ACK checksum=0x141e | "x"', 'in', 'Checksum-Offload'],
    [
      'only begun before segmentation',
      'ipv4 10.0.0.1 > 10.0.0.2 | tcp 1 > 2 ACK checksum=0x1409 | "x"',
      'in',
      'Checksum-Offload',
    ],
    ['absent in UDP, which may be', 'ipv4 10.0.0.1 > 10.0.0.2 | udp 1 > 2 checksum=0 | "x"', 'in', ''],
    ['wrong in UDP', 'ipv4 10.0.0.1 > 10.0.0.2 | udp 1 > 2 checksum=0x1234 | "x"', 'in', 'Bad-Checksum'],
    ['right in ICMP', 'ipv4 10.0.0.1 > 10.0.0.2 | icmp echo id=1 seq=1', 'in', ''],
    ['right in ICMPv6', 'ipv6 fd00::1 > fd00::2 | icmpv6 echo id=1 seq=1', 'in', ''],
    [
      'wrong in TCP inside a tunnel',
      'ipv4 1.1.1.1 > 2.2.2.2 | ipv4 10.0.0.1 > 10.0.0.2 | tcp 1 > 2 ACK checksum=0x1234',
      'in',
      'Bad-Checksum',
    ],
    [
      'of a packet before segmentation',
      'ipv4 10.0.0.1 > 10.0.0.2 length=0 | tcp 1 > 2 ACK checksum=0x1234 | "x"',
      'in',
      'Checksum-Offload',
    ],
  ])('%s', (_, frame, direction, expected) => {
    expect(found(frame, direction)).toBe(expected);
  });

  it('are not asked of what is not all there', () => {
    const wrong = 'ipv4 10.0.0.1 > 10.0.0.2 | tcp 1 > 2 ACK checksum=0x1234 | zeros 100';
    expect(found(wrong, 'in', 'snap=80')).toBe('Truncated');
  });
});

describe('headers', () => {
  it.each([
    ['TCP that ends inside its header', 'ipv4 10.0.0.1 > 10.0.0.2 protocol=6 | bytes 000100020000'],
    [
      'TCP with a header longer than the packet',
      `ipv4 10.0.0.1 > 10.0.0.2 protocol=6 | bytes ${'00'.repeat(12)}f010${'00'.repeat(6)}`,
    ],
    ['UDP with a length below its header', 'ipv4 10.0.0.1 > 10.0.0.2 protocol=17 | bytes 0001000200040000'],
  ])('of %s are malformed', (_, frame) => {
    expect(found(frame)).toContain('Malformed');
  });

  it('of any bytes are read without a read outside the frame', () => {
    let state = 1;
    const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 24;
    for (let round = 0; round < 4000; round++) {
      const length = next() % 90;
      const bytes = Uint8Array.from({ length }, next);
      if (length > 14 && round % 2 === 0) bytes.set(round % 4 === 0 ? [8, 0, 0x45] : [0x86, 0xdd, 0x60], 12);
      const view = new DataView(bytes.buffer, 0, length);
      for (const linkType of [LinkType.Ethernet, LinkType.RawIp, LinkType.WiFi]) {
        expect(() => {
          new FrameExaminer().examine(view, 0, length, linkType, 0);
        }).not.toThrow();
      }
    }
  });
});
