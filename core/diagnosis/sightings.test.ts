import { describe, expect, it } from 'vitest';
import { compileScenario } from '../scenario/compile.ts';
import { diagnosedFile, trafficScenario, type DiagnosedText, type TextOptions } from './test-support/traffic-text.ts';

function diagnosedScenario(scenario: string, shares = 1): DiagnosedText {
  return diagnosedFile(compileScenario(`trace cpus=1\n${scenario}`), shares);
}

function diagnosed(text: string, options: TextOptions = {}): DiagnosedText {
  return diagnosedScenario(trafficScenario(text, options));
}

/** Of each packet: the line of its first sighting. */
function firsts(text: string, options: TextOptions = {}): number[] {
  const { diagnosis, texts } = diagnosed(text, options);
  return texts.map((_, packet) => {
    const first = diagnosis.data.found.first[packet];
    return first === 0 ? packet + 1 : first;
  });
}

const everyIp = [
  ['IPv4', {}],
  ['IPv4 without identification', { ids: 'none' }],
  ['IPv6', { ip: 6 }],
] as const;

describe.each(everyIp)('a packet of %s that passes several places', (_, options) => {
  const own = 'ids' in options || 'ip' in options ? '' : 'id=7';

  it('is one packet, and no finding comes of it', () => {
    const text = `0ms > SYN seq=100 @nic ${own}
      0.1ms > SYN seq=100 @filter ${own}
      0.2ms > SYN seq=100 @vm ${own}`;
    expect(firsts(text, options)).toEqual([1, 1, 1]);
    expect(diagnosed(`${text}\n1ms < RST ACK seq=0 ack=101`, options).texts).toEqual(['', '', '', 'Reset']);
  });

  it('is told from the next one that looks the same, though they mix', () => {
    const again = own === '' ? '' : 'id=8';
    const text = `0ms < ACK seq=500 ack=100 @vm ${own}
      0.1ms < ACK seq=500 ack=100 @vm ${again}
      0.2ms < ACK seq=500 ack=100 @nic ${own}
      0.3ms < ACK seq=500 ack=100 @nic ${again}`;
    expect(firsts(text, options)).toEqual([1, 2, 1, 2]);
  });
});

describe('a retransmission', () => {
  it('is one packet with its own sightings', () => {
    const text = `0ms > ACK seq=100 ack=5 len=10 @nic
      0.1ms > ACK seq=100 ack=5 len=10 @vm
      300ms > ACK seq=100 ack=5 len=10 @nic
      300.1ms > ACK seq=100 ack=5 len=10 @vm`;
    expect(firsts(text, { ip: 6 })).toEqual([1, 1, 3, 3]);
    expect(diagnosed(text, { ip: 6 }).texts).toEqual(['', '', 'Retransmitted #1', 'Retransmitted #1']);
  });

  it('is another packet where the first one was lost between the places', () => {
    const text = `0ms > ACK seq=100 ack=5 len=10 @nic
      300ms > ACK seq=100 ack=5 len=10 @nic
      300.1ms > ACK seq=100 ack=5 len=10 @vm`;
    expect(firsts(text, { ip: 6 })).toEqual([1, 2, 2]);
  });
});

describe('a large segment that a network card cuts', () => {
  it('is seen again in its pieces', () => {
    const text = `0ms < ACK seq=100 ack=5 len=3000 @vm
      0.1ms < ACK seq=100 ack=5 len=1000 @nic
      0.2ms < ACK seq=1100 ack=5 len=1000 @nic
      0.3ms < ACK seq=2100 ack=5 len=1000 @nic`;
    expect(firsts(text)).toEqual([1, 1, 1, 1]);
    expect(diagnosed(text).texts).toEqual(['', '', '', '']);
  });

  it('is retransmitted when a piece is sent again, and when the whole is', () => {
    const text = `0ms < ACK seq=100 ack=5 len=2000 @vm
      0.1ms < ACK seq=100 ack=5 len=1000 @nic
      0.2ms < ACK seq=1100 ack=5 len=1000 @nic
      300ms < ACK seq=1100 ack=5 len=1000 @vm id=90
      300.1ms < ACK seq=1100 ack=5 len=1000 @nic id=90
      700ms < ACK seq=100 ack=5 len=2000 @vm
      700.1ms < ACK seq=100 ack=5 len=1000 @nic
      700.2ms < ACK seq=1100 ack=5 len=1000 @nic`;
    expect(firsts(text)).toEqual([1, 1, 1, 4, 4, 6, 6, 6]);
    expect(diagnosed(text).texts).toEqual(['', '', '', ...Array<string>(5).fill('Retransmitted #1')]);
  });
});

describe('small segments that a network card joins', () => {
  it('are seen again as the large one', () => {
    const text = `0ms > ACK seq=100 ack=5 len=1000 @nic
      0.1ms > ACK seq=1100 ack=5 len=1000 @nic
      0.2ms > ACK seq=100 ack=5 len=2000 @vm`;
    expect(firsts(text)).toEqual([1, 2, 1]);
    expect(diagnosed(text).texts).toEqual(['', '', '']);
  });
});

const frame =
  'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv6 fd00::1 > fd00::2 | tcp 1000 > 80 ACK seq=1 ack=2 | "x"';
const pktmon = (time: string, group: number, component: number): string =>
  `+${time} pktmon frame group=${group} appearance=1 direction=Rx component=${component} edge=1 type=1 | ${frame}`;

describe('pktmon', () => {
  it('names a packet by its group, also where two edges of a component see it', () => {
    const { diagnosis } = diagnosedScenario(
      [pktmon('1ms', 5, 60), pktmon('1.1ms', 5, 60), pktmon('1.2ms', 5, 61)].join('\n'),
    );
    expect([...diagnosis.data.found.ordinal]).toEqual([1, 2, 3]);
    expect(diagnosis.data.totals).toMatchObject({ packets: 1, repeatedSightings: 2, sightingsAt: [2, 1] });
  });

  it('sees another packet under another group at the same component', () => {
    const { diagnosis } = diagnosedScenario([pktmon('1ms', 5, 60), pktmon('1.1ms', 6, 60)].join('\n'));
    expect([...diagnosis.data.found.ordinal]).toEqual([1, 1]);
  });

  it('reports a drop at the sighting that it is', () => {
    const drop = `+1.1ms pktmon drop group=5 appearance=2 direction=Rx component=61 edge=0 type=1 reason=9 | ${frame}`;
    const { texts, diagnosis } = diagnosedScenario(`${pktmon('1ms', 5, 60)}\n${drop}`);
    expect(texts).toEqual(['', 'Dropped']);
    expect(diagnosis.level(1)).toBe('error');
    expect(diagnosis.level(0)).toBe('none');
  });
});
