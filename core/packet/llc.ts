import type { Dissector } from './dissector.ts';
import { etherTypeName, etherTypeText } from './ethertypes.ts';
import { hexNumber, labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';

/** The service access point of SNAP (IEEE 802). */
export const snapServiceAccessPoint = 0xaa;

/** IEEE 802.2 logical link control. */
export const dissectLlc: Dissector = (input) => {
  const header = new HeaderReader(input);
  const destination = header.number('DSAP', 1, hexByte);
  const source = header.number('SSAP', 1, hexByte);
  const control = readControl(header);
  const summary = summaryOf([
    control === undefined ? undefined : frameKind(control),
    labelled('C/R', source, (value) => ((value & 1) === 1 ? 'Response' : 'Command')),
    labelled('SSAP', source, accessPoint),
    labelled('DSAP', destination, accessPoint),
  ]);
  const layer = finishedLayer('LLC', header, { summary });
  if (destination === undefined || control === undefined) return { layer };
  const protocol = { registry: 'ServiceAccessPoint', number: destination } as const;
  return { layer, payload: { start: header.position, end: input.end, protocol } };
};

/** The sub-network access protocol behind an LLC header: an EtherType in the name space of an organisation. */
export const dissectSnap: Dissector = (input) => {
  const header = new HeaderReader(input);
  const organization = header.number('OrganizationCode', 3, (value) => hexNumber(value, 6));
  const etherType = header.number('EtherType', 2, etherTypeText);
  const summary = summaryOf([
    labelled('EtherType', etherType, etherTypeName),
    labelled('OrganizationCode', organization, (value) => hexNumber(value, 6)),
  ]);
  const layer = finishedLayer('SNAP', header, { summary });
  if (organization === undefined || etherType === undefined) return { layer };
  const range = { start: header.position, end: input.end };
  if (!etherTypeOrganizations.includes(organization)) return { layer, payload: range };
  return { layer, payload: { ...range, protocol: { registry: 'EtherType', number: etherType } } };
};

/** RFC 1042 encapsulation, and 802.1H bridge tunnelling: both are followed by an ordinary EtherType. */
export const etherTypeOrganizations: readonly number[] = [0x000000, 0x0000f8];

/** Unnumbered frames have a control field of one byte, the others of two (IEEE 802.2, 5.4). Gives its first byte. */
function readControl(header: HeaderReader): number | undefined {
  const { frame } = header.input;
  if (header.remaining === 0) return header.number('Control', 1);
  const length = (frame[header.position] & 3) === 3 ? 1 : 2;
  const control = header.number('Control', length, (value) => hexNumber(value, length * 2));
  return control === undefined || length === 1 ? control : control >> 8;
}

function frameKind(control: number): string {
  if ((control & 1) === 0) return 'Information frame';
  return (control & 3) === 1 ? 'Supervisory frame' : 'Unnumbered frame';
}

/** Message Analyzer counts the seven address bits without the individual/group or command/response bit: SNAP is 85. */
function accessPoint(value: number): string {
  return String(value >> 1);
}

function hexByte(value: number): string {
  return hexNumber(value, 2);
}
