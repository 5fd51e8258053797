import { describe, expect, it, vi } from 'vitest';
import type { ConnectionAttempt } from '../core/engine/contract.ts';
import { connectionQuery } from './arguments.ts';
import { tellConnections, type ConnectionChoice } from './connections-command.ts';
import { engineAnswering, madeUpAttempt, madeUpBlock } from './test-support/made-up-paths.ts';

const everything: ConnectionChoice = { query: {}, filter: '', limit: Infinity, json: false };

async function told(
  attempts: readonly ConnectionAttempt[],
  choice: Partial<ConnectionChoice> = {},
  readsOn = true,
): Promise<{ out: string; err: string; calls: [string, unknown][] }> {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const { engine, calls } = engineAnswering({
      connections: ({ from, count }) =>
        madeUpBlock(attempts.slice(from, from + count), {
          total: attempts.length,
          available: attempts.length + 2,
          verdicts: [
            { kind: 'answered', attempts: attempts.length },
            { kind: 'dropped', attempts: 2 },
            { kind: 'refused', attempts: 0 },
          ],
          notes: ['Events were lost.'],
        }),
    });
    let out = '';
    await tellConnections(engine, { trace: 1 }, { ...everything, ...choice }, (text) => {
      out += text;
      return Promise.resolve(readsOn);
    });
    return { out, err: errors.mock.calls.map(([line]) => `${String(line)}\n`).join(''), calls };
  } finally {
    errors.mockRestore();
  }
}

describe('the connections command', () => {
  it('prints a line for each attempt, with everything that can be compared', async () => {
    const dropped = madeUpAttempt(12, {
      client: 'fe80::1',
      verdict: 'dropped',
      verdictText: 'dropped by vSwitch "nat": Filtered VLAN',
      retransmissions: 2,
      roundTrip: null,
      strip: [
        { kind: 'physical-nic', name: 'Ethernet', isDrop: false },
        { kind: 'switch', name: 'nat', isDrop: true },
      ],
      isInferred: true,
    });
    const ping = madeUpAttempt(13, { protocol: 'ICMP', clientPort: 0, serverPort: 0 });
    const { out, err } = await told([madeUpAttempt(1), dropped, ping]);
    expect(out).toBe(
      [
        '3 of 5 connection attempts (in all: 3 answered, 2 dropped)',
        ' #  message  time (UTC)        protocol  client           server        verdict   SYNs  hops   first  total  round trip  what became of it                        way',
        ' 1       11  14:30:00.0010025  TCP       10.0.0.50:50001  10.0.0.60:80  answered     1     3  900 ns   8 µs      412 µs  answered after 412 µs                    Ethernet > Container NIC',
        '12      121  14:30:00.0120025  TCP       [fe80::1]:50012  10.0.0.60:80  dropped      3     3  900 ns   8 µs              dropped by vSwitch "nat": Filtered VLAN  Ethernet > ✗ nat (partly inferred)',
        '13      131  14:30:00.0130025  ICMP      10.0.0.50        10.0.0.60     answered     1     3  900 ns   8 µs      412 µs  answered after 412 µs                    Ethernet > Container NIC',
        '',
      ].join('\n'),
    );
    expect(err).toBe('Events were lost.\n');
  });

  it('asks for a thousand at a time, up to the limit, and stops when nobody reads', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => madeUpAttempt(index + 1));
    const all = await told(many);
    expect(all.calls.map(([, params]) => params)).toEqual(
      [0, 1000, 2000].map((from) => ({ trace: 1, query: {}, from, count: 1000 })),
    );
    expect(all.out.trim().split('\n')).toHaveLength(2 + 2500);
    const some = await told(many, { limit: 1200, json: true });
    expect(some.calls.map(([, params]) => (params as { count: number }).count)).toEqual([1000, 200]);
    expect((JSON.parse(some.out) as { attempts: unknown[] }).attempts).toHaveLength(1200);
    expect((await told(many, {}, false)).calls).toHaveLength(1);
  });

  it('gives JSON with message numbers and times, also of no attempt at all', async () => {
    const { out, err } = await told([madeUpAttempt(1)], { json: true });
    expect(JSON.parse(out)).toMatchObject({
      total: 1,
      available: 3,
      notes: ['Events were lost.'],
      attempts: [{ number: 1, messageNumber: 11, verdictMessageNumber: 14, time: '2024-05-01T14:30:00.0010025Z' }],
    });
    expect(err).toBe('');
    expect(JSON.parse((await told([], { json: true })).out)).toMatchObject({ attempts: [] });
  });

  it('hands the choices on', async () => {
    const query = connectionQuery('tcp,udp', 'Dropped, vanished', 'totallatency:desc');
    const { calls } = await told([madeUpAttempt(1)], { query, filter: 'TCP.Port == 80' });
    expect(calls[0][1]).toMatchObject({
      query: {
        protocols: ['TCP', 'UDP'],
        verdicts: ['dropped', 'vanished'],
        sort: { by: 'totalLatency', descending: true },
        filter: 'TCP.Port == 80',
      },
    });
    expect(connectionQuery(undefined, undefined, 'time')).toEqual({ sort: { by: 'time', descending: false } });
    expect(connectionQuery(undefined, undefined, undefined)).toEqual({});
  });

  it.each([
    ['sctp', undefined, undefined, '--protocol knows TCP, UDP, ICMP, not "sctp".'],
    [undefined, 'lost', undefined, '--verdict knows answered, refused, '],
    [undefined, undefined, 'age', '--sort knows time, client, '],
    [undefined, undefined, 'time:up', '--sort knows asc, desc, not "up".'],
  ])('does not take %s %s %s', (protocol, verdict, sort, message) => {
    expect(() => connectionQuery(protocol, verdict, sort)).toThrow(message);
  });
});
