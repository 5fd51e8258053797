import type { Dissector } from './dissector.ts';
import { readTypeOrLength, typedPayload, typeOrLengthSummary } from './ethernet.ts';
import { labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';

/** One 802.1Q tag: the four bytes behind the type that announces it. QinQ (802.1ad) gives two such layers. */
export const dissectVlan: Dissector = (input) => {
  const header = new HeaderReader(input);
  const tag = header.packed(2, (value) => [
    numberField('Priority', value >> 13),
    flagField('DropEligible', ((value >> 12) & 1) === 1),
    numberField('VlanId', value & 0xfff),
  ]);
  const typeOrLength = readTypeOrLength(header);
  const summary = summaryOf([
    labelled('VLAN ID', tag, (value) => String(value & 0xfff)),
    labelled('Priority', tag, (value) => String(value >> 13)),
    typeOrLengthSummary(typeOrLength),
  ]);
  const layer = finishedLayer('VLAN', header, { summary });
  if (typeOrLength === undefined) return { layer };
  return { layer, payload: typedPayload(header, typeOrLength) };
};
