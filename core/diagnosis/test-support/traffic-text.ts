import { indexFile } from '../../trace/index-file.ts';
import { diagnose } from '../diagnose.ts';
import type { TraceDiagnosis } from '../trace-diagnosis.ts';

/**
 * TCP traffic as readable text, one packet a line:
 *
 * ```
 * 0ms  > SYN seq=100 win=8192 scale=2
 * 1ms  < SYN ACK seq=500 ack=101
 * 2ms  > ACK seq=101 ack=501 len=1460 @vm
 * ```
 *
 * `>` is from the client to the server, at whose computer the capture was made. What stands behind `@` names a place of
 * capture; without it all packets are seen at one. Everything else is what a scenario's `tcp` takes.
 */
export interface TextOptions {
  /** IPv4 packets are numbered one after the other unless a line has its own `id=`; 'none': all have 0. */
  readonly ids?: 'none';
  readonly ip?: 4 | 6;
  readonly ports?: string;
}

const places = ['nic', 'filter', 'vm', 'switch', 'tcpip'];

export interface DiagnosedText {
  readonly diagnosis: TraceDiagnosis;
  readonly order: Uint32Array;
  /** Message Analyzer's words for each packet, in the order of the lines, which must be that of time. */
  readonly texts: string[];
}

/** Diagnoses an ETL of one CPU, whose packets so have the order of time. */
export function diagnosedFile(file: Uint8Array, shares = 1): DiagnosedText {
  const { columns, order, reader } = indexFile(file);
  const diagnosis = diagnose(columns, order, reader, shares);
  const [segment] = columns.segments;
  const texts = Array.from({ length: segment.packets.length }, (_, packet) => {
    const own = diagnosis.text(packet, order);
    // Rows count the trace's header events too: packets are named by their lines.
    return own.replaceAll(/#(\d+)/g, (_whole, number: string) => {
      const event = order[Number(number) - 1];
      return `#${segment.packets.event.indexOf(event) + 1}`;
    });
  });
  return { diagnosis, order, texts };
}

/** The scenario of such a text. */
export function trafficScenario(text: string, options: TextOptions = {}): string {
  return text
    .trim()
    .split('\n')
    .map((line, number) => statementOf(line.trim(), number, options))
    .join('\n');
}

function statementOf(line: string, number: number, { ids, ip = 4, ports = '1000,80' }: TextOptions): string {
  const [time, way, ...words] = line.split(/\s+/);
  const isIn = way === '>';
  const place = words.find((word) => word.startsWith('@'))?.slice(1) ?? 'nic';
  const length = words.find((word) => word.startsWith('len='))?.slice(4);
  const id = words.find((word) => word.startsWith('id=')) ?? `id=${ids === 'none' ? 0 : number + 1}`;
  const tcp = words.filter((word) => !/^(?:@|len=|id=)/.test(word)).join(' ');
  const [client, server] = ip === 6 ? ['fd00::1', 'fd00::2'] : ['10.0.0.1', '10.0.0.2'];
  const [clientPort, serverPort] = ports.split(',');
  const addresses = isIn ? `${client} > ${server}` : `${server} > ${client}`;
  const layers = [
    isIn ? 'eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02' : 'eth 00-15-5D-00-00-02 > 00-15-5D-00-00-01',
    ip === 6 ? `ipv6 ${addresses}` : `ipv4 ${addresses} ${id}`,
    `tcp ${isIn ? `${clientPort} > ${serverPort}` : `${serverPort} > ${clientPort}`} ${tcp}`,
    ...(length === undefined ? [] : [`zeros ${length}`]),
  ];
  const lower = places.indexOf(place) + 9;
  return `+${time} ndis ${isIn ? 'in' : 'out'} miniport=9 lower=${lower} | ${layers.join(' | ')}`;
}
