import type { Dissector, Payload } from './dissector.ts';
import { etherTypeName, etherTypeText, largestLength } from './ethertypes.ts';
import { labelled, summaryOf } from './field-text.ts';
import { endWithin, finishedLayer, HeaderReader, numberField } from './header-reader.ts';

/** Ethernet II, and IEEE 802.3, where the type field is the length of an LLC frame. */
export const dissectEthernet: Dissector = (input) => {
  const header = new HeaderReader(input);
  const destination = header.mac('DestinationAddress');
  const source = header.mac('SourceAddress');
  const typeOrLength = readTypeOrLength(header);
  const summary = summaryOf([typeOrLengthSummary(typeOrLength)]);
  const layer = finishedLayer('Ethernet', header, { summary, source, destination });
  if (typeOrLength === undefined) return { layer };
  return { layer, payload: typedPayload(header, typeOrLength) };
};

/** The field that ends an Ethernet header and a VLAN tag: `Type`, or `Length` of an LLC frame. */
export function readTypeOrLength(header: HeaderReader): number | undefined {
  return header.packed(2, (value) =>
    value <= largestLength ? [numberField('Length', value)] : [numberField('Type', value, etherTypeText)],
  );
}

/** `Type: IPv4`, or `Length: 38`. */
export function typeOrLengthSummary(typeOrLength: number | undefined): string | undefined {
  if (typeOrLength !== undefined && typeOrLength <= largestLength) return labelled('Length', typeOrLength);
  return labelled('Type', typeOrLength, etherTypeName);
}

/** What follows a type or length. LLC ends after its length, so that Ethernet's padding is left out. */
export function typedPayload(header: HeaderReader, typeOrLength: number): Payload {
  const start = header.position;
  if (typeOrLength > largestLength) {
    return { start, end: header.input.end, protocol: { registry: 'EtherType', number: typeOrLength } };
  }
  // Message Analyzer took a length of 0 as reaching to the end of the frame.
  const end = typeOrLength === 0 ? header.input.end : endWithin(header.input, start + typeOrLength);
  return { start, end, protocol: { registry: 'LLC' } };
}
