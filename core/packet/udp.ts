import type { Dissector } from './dissector.ts';
import { hexWord, labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { portText } from './well-known-ports.ts';

const headerLength = 8;

/** The numbers of a UDP header; what a cut header did not hold is undefined. */
export interface UdpDatagram {
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
  /** Bytes of header and payload. */
  readonly length: number | undefined;
}

/** UDP (RFC 768). */
export const dissectUdp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const sourcePort = header.number('SourcePort', 2, portText);
  const destinationPort = header.number('DestinationPort', 2, portText);
  const length = header.number('Length', 2);
  header.number('Checksum', 2, hexWord);
  const summary = udpSummary({ sourcePort, destinationPort, length });
  const tooShort = length !== undefined && length > 0 && length < headerLength;
  const notes = [tooShort ? `Length of ${length} is less than the header of 8 bytes.` : undefined];
  const layer = finishedLayer('UDP', header, { summary, notes });
  if (header.cut || length === undefined) return { layer };
  // A jumbogram has length 0 (RFC 2675); no shorter length than the header makes sense otherwise.
  const end = length < headerLength ? input.end : Math.min(input.end, input.start + length);
  if (sourcePort === undefined || destinationPort === undefined) return { layer };
  const protocol = { registry: 'Ports', transport: 'UDP', sourcePort, destinationPort } as const;
  return { layer, payload: { start: header.position, end, protocol } };
};

/** `SrcPort: 50123, DstPort: DNS(53), Length: 41`. */
export function udpSummary(datagram: UdpDatagram): string {
  return summaryOf([
    labelled('SrcPort', datagram.sourcePort, portText),
    labelled('DstPort', datagram.destinationPort, portText),
    labelled('Length', datagram.length),
  ]);
}
