import { describe, expect, it } from 'vitest';
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { attemptsText, cellText, columnNames, drawnStrip, stripText, withPort } from './attempt-text.ts';

const time = { offsetMinutes: 0, withDate: false };
const attempt: ConnectionAttempt = {
  number: 7,
  protocol: 'TCP',
  row: 10_020,
  milliseconds: Date.parse('2024-06-10T14:03:07.118Z'),
  hundredNanoseconds: 2043,
  client: '10.0.0.50',
  clientPort: 52_891,
  server: '10.0.0.60',
  serverPort: 8080,
  verdict: 'dropped',
  verdictText: 'dropped by vSwitch "nat": Failed security policy',
  verdictRow: 10_024,
  retransmissions: 2,
  hops: 3,
  firstLatency: 30,
  totalLatency: 240,
  roundTrip: null,
  strip: [
    { kind: 'physical-nic', name: 'Ethernet 2', isDrop: false },
    { kind: 'switch', name: 'nat', isDrop: true },
  ],
  isInferred: false,
};

describe('cells of an attempt', () => {
  const text = (column: (typeof columnNames)[number], change: Partial<ConnectionAttempt> = {}): string =>
    cellText(column, { ...attempt, ...change }, time);

  it('say when and who, with ports as they are typed', () => {
    expect(text('time')).toBe('14:03:07.1182043');
    expect(text('client')).toBe('10.0.0.50:52891');
    expect(text('port')).toBe('8080');
    expect(text('port', { serverPort: 0 })).toBe('');
    expect(withPort('fe80::1', 443)).toBe('[fe80::1]:443');
    expect(withPort('10.0.0.1', 0)).toBe('10.0.0.1');
  });

  it('say where it went, and where it ended', () => {
    expect(stripText(attempt)).toBe('Physical NIC Ethernet 2 → dropped at vSwitch nat');
    expect(text('verdict')).toBe('Dropped');
  });

  it('draw a long way with its beginning and its end', () => {
    const lanes = Array.from({ length: 9 }, (_, index) => ({ ...attempt.strip[0], name: String(index) }));
    expect(drawnStrip(lanes).map((lane) => lane?.name)).toEqual(['0', '1', '2', undefined, '7', '8']);
    expect(drawnStrip(lanes.slice(0, 6))).toHaveLength(6);
  });

  it('are empty where there is nothing to say', () => {
    expect(text('roundTrip')).toBe('');
    expect(text('retransmissions', { retransmissions: 0 })).toBe('');
    expect(text('firstLatency', { hops: 1, firstLatency: 0 })).toBe('');
    expect(text('firstLatency')).toBe('3 µs');
    expect(text('roundTrip', { roundTrip: 4120 })).toBe('412 µs');
  });
});

describe('attempts as text', () => {
  it('are a table in the order of their numbers, one line each', () => {
    const lines = attemptsText([{ ...attempt, number: 9 }, attempt], time, 'UTC').split('\n');
    expect(lines[0].split('\t').slice(0, 5)).toEqual(['#', 'Protocol', 'Time (UTC)', 'Client', 'Server']);
    expect(lines[1].split('\t').slice(0, 4)).toEqual(['7', 'TCP', '14:03:07.1182043', '10.0.0.50:52891']);
    expect(lines[2].startsWith('9\t')).toBe(true);
    expect(lines).toHaveLength(4);
    for (const line of lines.slice(0, 3)) expect(line.split('\t')).toHaveLength(columnNames.length + 2);
  });
});
