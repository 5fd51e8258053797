import { describe, expect, it } from 'vitest';
import { EchoKind } from '../packet/scan.ts';
import { compileScenario } from '../scenario/compile.ts';
import { indexFile } from '../trace/index-file.ts';
import { echoNumber } from './gather.ts';

const frame = 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 |';
const ping = (from: string, kind: string, id: number, number: number): string =>
  `+1us ndis in miniport=9 | ${frame} ipv4 ${from} > 10.0.0.60 id=7 | icmp ${kind} id=${id} seq=${number} | "abcdefghijklmnopqrst"`;

function packets(...lines: string[]): { identification: number[]; fingerprint: number[] } {
  const { columns } = indexFile(compileScenario(`trace\n${lines.join('\n')}`));
  const { identification, fingerprint } = columns.segments[0].packets;
  return { identification: [...identification], fingerprint: [...fingerprint] };
}

describe('what tells packets apart besides addresses and TCP’s numbers', () => {
  it('is IPv4’s identification, and the payload of datagrams', () => {
    const udp = (id: number, text: string): string =>
      `+1us ndis in miniport=9 | ${frame} ipv4 10.0.0.50 > 10.0.0.60 id=${id} | udp 5000 > 6000 | "${text}"`;
    const { identification, fingerprint } = packets(udp(7, 'first'), udp(8, 'first'), udp(9, 'other'));
    expect(identification).toEqual([7, 8, 9]);
    expect(fingerprint[0]).toBe(fingerprint[1]);
    expect(fingerprint[2]).not.toBe(fingerprint[0]);
    expect(fingerprint).not.toContain(0);
  });

  it('is nothing for TCP, nor where the capture cut the payload', () => {
    const { fingerprint } = packets(
      `+1us ndis in miniport=9 | ${frame} ipv4 10.0.0.50 > 10.0.0.60 | tcp 1 > 2 SYN seq=1`,
      `+2us ndis in miniport=9 snap=44 | ${frame} ipv4 10.0.0.50 > 10.0.0.60 | udp 5000 > 6000 | "more than is kept"`,
    );
    expect(fingerprint).toEqual([0, 0]);
  });

  it('is shared by an echo request, its reply, and both behind a translator', () => {
    const { fingerprint } = packets(
      ping('10.0.0.50', 'echo', 1, 41),
      ping('192.168.7.9', 'echo', 700, 41),
      ping('10.0.0.50', 'reply', 1, 41),
      ping('10.0.0.50', 'echo', 1, 42),
    );
    const [request, translated, reply, next] = fingerprint;
    expect(translated).toBe(request);
    expect(echoNumber(reply)).toBe(echoNumber(request));
    expect([request & EchoKind.Mask, reply & EchoKind.Mask]).toEqual([EchoKind.Request, EchoKind.Reply]);
    expect(echoNumber(next)).not.toBe(echoNumber(request));
  });
});
