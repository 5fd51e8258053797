import { describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { diagnosedFile, trafficScenario, type DiagnosedText, type TextOptions } from './test-support/traffic-text.ts';

function diagnosedScenario(scenario: string, shares = 1): DiagnosedText {
  return diagnosedFile(compileScenario(`trace cpus=1\n${scenario}`), shares);
}

function diagnosed(text: string, options: TextOptions = {}): DiagnosedText {
  return diagnosedScenario(trafficScenario(text, options));
}

const handshake = `0ms > SYN seq=100 win=8192 scale=2
1ms < SYN ACK seq=500 ack=101 win=4096 scale=3
2ms > ACK seq=101 ack=501 win=2000`;

/** What is found in the lines behind a handshake. */
function findings(text: string, options: TextOptions = {}): string[] {
  return diagnosed(`${handshake}\n${text}`, options).texts.slice(3);
}

describe('a segment that was sent before', () => {
  it('is a retransmission of the original, however often it is sent again', () => {
    expect(
      findings(`10ms > ACK seq=101 ack=501 len=100
        300ms > ACK seq=101 ack=501 len=100
        900ms > ACK seq=101 ack=501 len=100
        901ms < ACK seq=501 ack=201`),
    ).toEqual(['', 'Retransmitted #4', 'Retransmitted #4', '']);
  });

  it('is a fast retransmission behind duplicate acknowledgments', () => {
    expect(
      findings(`10ms > ACK seq=101 ack=501 len=100
        11ms > ACK seq=201 ack=501 len=100
        12ms < ACK seq=501 ack=101 win=4096
        13ms < ACK seq=501 ack=101 win=4096
        14ms < ACK seq=501 ack=101 win=4096
        15ms > ACK seq=101 ack=501 len=100`),
    ).toEqual(['', '', 'Dup-Ack #2', 'Dup-Ack #2', 'Dup-Ack #2', 'Fast-Retransmitted-Request #4']);
  });

  it('is needless when it was acknowledged already', () => {
    expect(
      findings(`10ms > ACK seq=101 ack=501 len=100
        11ms < ACK seq=501 ack=201
        12ms > ACK seq=101 ack=501 len=100`),
    ).toEqual(['', '', 'Spurious-Retransmitted #4']);
  });

  it('is told from one that was overtaken', () => {
    expect(
      findings(`10ms > ACK seq=101 ack=501 len=100
        10.1ms > ACK seq=301 ack=501 len=100
        10.2ms > ACK seq=201 ack=501 len=100`),
    ).toEqual(['', 'Segment-Lost', 'Out-Of-Order']);
  });

  it('is found over the end of the number space', () => {
    const text = `0ms > SYN seq=4294967200
      1ms < SYN ACK seq=500 ack=4294967201
      2ms > ACK seq=4294967201 ack=501 len=90
      3ms > ACK seq=4294967291 ack=501 len=90
      4ms < ACK seq=501 ack=85
      5ms > ACK seq=85 ack=501 len=90
      300ms > ACK seq=85 ack=501 len=90`;
    expect(diagnosed(text).texts).toEqual(['', '', '', '', '', '', 'Retransmitted #6']);
  });
});

describe('a window', () => {
  it('is reported when it closes, is probed, and opens again', () => {
    expect(
      findings(`10ms < ACK seq=501 ack=101 win=2
        11ms > ACK seq=101 ack=501 len=16
        12ms < ACK seq=501 ack=117 win=0
        500ms > ACK seq=117 ack=501 len=1
        501ms < ACK seq=501 ack=117 win=0
        600ms < ACK seq=501 ack=117 win=500`),
    ).toEqual([
      'Window-Update',
      'Window-Full',
      'Zero-Window',
      'Zero-Window-Probe',
      'Zero-Window, Zero-Window-Probe-Ack',
      'Window-Update',
    ]);
  });

  it('is scaled when both sides announced a scale', () => {
    const { diagnosis } = diagnosed(handshake);
    expect([0, 1, 2].map((packet) => diagnosis.context(packet).windowShift)).toEqual([undefined, undefined, 2]);
  });

  it('is not scaled when one side announced none', () => {
    const { diagnosis } = diagnosed(`0ms > SYN seq=100 scale=2
      1ms < SYN ACK seq=500 ack=101
      2ms > ACK seq=101 ack=501`);
    expect(diagnosis.context(2).windowShift).toBeUndefined();
  });
});

describe('a keep-alive', () => {
  it('asks with the byte before the next one, or with none, and is answered', () => {
    expect(
      findings(`10ms > ACK seq=101 ack=501 len=100
        11ms < ACK seq=501 ack=201 win=4096
        1000ms > ACK seq=200 ack=501 len=1
        1001ms < ACK seq=501 ack=201 win=4096
        2000ms > ACK seq=200 ack=501
        2001ms < ACK seq=501 ack=201 win=4096`),
    ).toEqual(['', '', 'Keep-Alive', 'Keep-Alive-Ack', 'Keep-Alive', 'Keep-Alive-Ack']);
  });
});

describe('a gap', () => {
  it('is reported at the segment behind it, and once at the acknowledgment of what is missing', () => {
    expect(
      findings(`10ms > ACK seq=101 ack=501 len=100
        11ms < ACK seq=501 ack=301
        12ms < ACK seq=501 ack=301 len=10
        13ms > ACK seq=301 ack=511 len=100`),
    ).toEqual(['', 'Ack-Of-Lost-Segment', '', 'Segment-Lost']);
  });
});

describe('a connection', () => {
  it('knows its round trip and the numbers that it counts from', () => {
    const { diagnosis } = diagnosed(handshake);
    expect(diagnosis.context(2).connection).toEqual({
      number: 0,
      baseSequence: 100,
      baseAcknowledgment: 500,
      initialRoundTrip: 20_000,
    });
  });

  it('that was joined late counts from the first number seen as 1', () => {
    const { diagnosis } = diagnosed('0ms > ACK seq=5000 ack=700 len=10');
    expect(diagnosis.context(0).connection).toEqual({ number: 0, baseSequence: 4999, baseAcknowledgment: 699 });
  });

  it('is half-open when nobody answered its SYN', () => {
    expect(diagnosed('0ms > SYN seq=100\n1000ms > SYN seq=100').texts).toEqual(['Half-Open', 'SynRetransmit #1']);
  });

  it('is half-open when nobody acknowledged the answer', () => {
    expect(diagnosed('0ms > SYN seq=100\n1ms < SYN ACK seq=500 ack=101').texts).toEqual(['', 'Half-Open']);
  });

  it('is not half-open when it was refused', () => {
    expect(diagnosed('0ms > SYN seq=100\n1ms < RST ACK seq=0 ack=101').texts).toEqual(['', 'Reset']);
  });

  it('that uses the ports of an earlier one is another one', () => {
    const { diagnosis, texts } = diagnosed(`${handshake}
      10ms > RST seq=101
      20ms > SYN seq=90000
      21ms < SYN ACK seq=7 ack=90001
      22ms > ACK seq=90001 ack=8`);
    expect(texts).toEqual(['', '', '', 'Reset', '', '', '']);
    expect(texts.map((_, packet) => diagnosis.conversation(packet))).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(diagnosis.data.totals.conversations).toEqual([2, 0, 1]);
  });

  it('is numbered by its first packet, however the work is divided', () => {
    const traffic = Array.from({ length: 40 }, (_, number) => number);
    const scenario = traffic
      .map(
        (number) =>
          `+${number + 1}ms ndis in miniport=9 | eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.${number}.1 > 10.0.0.2 | udp 5000 > 53 | "question"`,
      )
      .join('\n');
    for (const shares of [1, 3, 8]) {
      const { diagnosis, texts } = diagnosedScenario(scenario, shares);
      expect(texts.map((_, packet) => diagnosis.conversation(packet))).toEqual(traffic);
      expect(diagnosis.data.totals.conversations).toEqual([0, 40, 40]);
    }
  });
});
