import { byteCount, hexWord } from './field-text.ts';
import type { Dissector, LayerInput } from './dissector.ts';
import type { HeaderReader } from './header-reader.ts';
import { IpProtocol } from './ip-protocols.ts';
import { dissectIpv4 } from './ipv4.ts';
import { dissectIpv6 } from './ipv6.ts';
import type { Layer, LayerField } from './layer.ts';
import { dissectTcp } from './tcp.ts';
import { dissectUdp } from './udp.ts';

/** One type of ICMP or ICMPv6 message. */
export interface ControlMessage {
  readonly name: string;
  /** What its codes say; a message without codes ignores them. */
  readonly codes?: readonly string[];
  /** Reads the fields behind the checksum. What it returns ends the summary. */
  readonly read?: (header: HeaderReader) => string | undefined;
}

/** The fields that every ICMP and ICMPv6 message starts with. */
export interface ControlHeader {
  readonly type: number | undefined;
  readonly code: number | undefined;
}

export function readControlHeader(header: HeaderReader, messages: ReadonlyMap<number, ControlMessage>): ControlHeader {
  const type = header.number('Type', 1, (value) => {
    const name = messages.get(value)?.name;
    return name === undefined ? String(value) : `${name}(${value})`;
  });
  const code = header.number('Code', 1);
  header.number('Checksum', 2, hexWord);
  return { type, code };
}

/** The message's name and, where its codes mean something, what this code says. */
export function controlMessageName(message: ControlMessage, code: number | undefined): string {
  if (message.codes === undefined || code === undefined) return message.name;
  return `${message.name}, ${message.codes[code] ?? `Code: Unknown (${code})`}`;
}

/**
 * The field of messages that quote the packet they complain about. What is quoted are members of the field and no layers:
 * the packet's own columns and modules stay those of the message.
 */
export function readQuotedPacket(header: HeaderReader, unused: number): void {
  header.skip(unused);
  const length = header.remaining;
  if (length === 0) return;
  header.group('OriginalDatagram', length, (start, end) => ({
    value: byteCount(length),
    members: quotedLayers({ ...header.input, start, end, context: {} }),
  }));
}

/** IP, and TCP or UDP as far as it is quoted, each layer a field. */
function quotedLayers(input: LayerInput): LayerField[] {
  const dissector = input.frame[input.start] >> 4 === 6 ? dissectIpv6 : dissectIpv4;
  const { layer, payload } = dissector(input);
  const network = quotedLayer(layer, input.end);
  const transport = payload?.protocol?.registry === 'IpProtocol' ? transports.get(payload.protocol.number) : undefined;
  if (payload === undefined || transport === undefined || payload.start >= input.end) return [network];
  const above = transport({ ...input, start: payload.start, end: Math.min(payload.end, input.end) });
  return [network, quotedLayer(above.layer, input.end)];
}

const transports = new Map<number, Dissector>([
  [IpProtocol.TCP, dissectTcp],
  [IpProtocol.UDP, dissectUdp],
]);

function quotedLayer({ module, summary, start, end, fields }: Layer, limit: number): LayerField {
  return { name: module, value: summary, start, length: Math.min(end, limit) - start, members: fields };
}
