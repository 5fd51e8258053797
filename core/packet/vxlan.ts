import type { Dissector } from './dissector.ts';
import { hexNumber, labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';

/** The bit of the flags that a header with a network identifier has. */
const identifierBit = 8;

/** Bytes of a VXLAN header; an Ethernet frame follows. */
export const vxlanHeaderLength = 8;

/** VXLAN (RFC 7348), the payload of a UDP datagram. */
export const dissectVxlan: Dissector = (input) => {
  const header = new HeaderReader(input);
  const flags = header.packed(1, (value) => [
    numberField('Flags', value, (bits) => hexNumber(bits, 2), [flagField('I', (value & identifierBit) !== 0)]),
  ]);
  header.skip(3);
  const network = header.number('VNI', 3);
  header.skip(1);
  const isInvalid = flags !== undefined && (flags & identifierBit) === 0;
  const notes = [isInvalid ? 'The I flag is not set, so that the VNI means nothing.' : undefined];
  const layer = finishedLayer('VXLAN', header, { summary: summaryOf([labelled('VNI', network)]), notes });
  if (header.cut) return { layer };
  return { layer, payload: { start: header.position, end: input.end, protocol: { registry: 'Ethernet' } } };
};
