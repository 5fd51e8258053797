import type { Dissection, Dissector } from './dissector.ts';
import { hexWord, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader, littleEndianAt, numberField, flagField } from './header-reader.ts';
import { isSnapHeader } from './link-type.ts';
import { authenticationNames, categoryNames, reasonNames, statusNames } from './wifi-codes.ts';
import { readElements } from './wifi-elements.ts';
import {
  FrameControlBit,
  frameControlFields,
  frameSummary,
  FrameType,
  frameTypeOf,
  subtypeOf,
} from './wifi-frame-control.ts';

/** The high bit of a data frame's subtype: it has a QoS control field. */
const qosBit = 8;
/** The third bit: there is no frame body. */
const noBodyBit = 4;

/** IEEE 802.11: data and management frames in full, of control frames the addresses. */
export const dissectWifi: Dissector = (input) => {
  const header = new HeaderReader(input);
  const control = header.packedLittleEndian(2, frameControlFields);
  header.packedLittleEndian(2, (value) => [numberField('Duration', value)]);
  if (control === undefined) return { layer: finishedLayer('WiFi', header, { summary: summaryOf([]) }) };
  switch (frameTypeOf(control)) {
    case FrameType.Data:
      return dataFrame(header, control);
    case FrameType.Management:
      return managementFrame(header, control);
    default:
      return controlFrame(header, control);
  }
};

interface Addresses {
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
}

function dataFrame(header: HeaderReader, control: number): Dissection {
  const addresses = readDataAddresses(header, control);
  const isQos = (subtypeOf(control) & qosBit) !== 0;
  const quality = isQos ? readQosControl(header) : undefined;
  if (isQos) skipHighThroughputControl(header, control);
  const { frame, end } = header.input;
  const start = header.position;
  const hasBody = !header.cut && (subtypeOf(control) & noBodyBit) === 0 && start < end;
  const isPlain = isSnapHeader(frame, start, end);
  const note = hasBody && !isPlain ? opaqueBodyNote(control, quality) : undefined;
  const layer = finishedLayer('WiFi', header, { summary: frameSummary(control), ...addresses, notes: [note] });
  if (header.cut) return { layer };
  // Windows hands up frames that are already decrypted but still have the flag, so the bytes decide.
  if (!hasBody || note !== undefined) return { layer, payload: { start, end } };
  return { layer, payload: { start, end, protocol: { registry: 'LLC' } } };
}

function opaqueBodyNote(control: number, quality: number | undefined): string | undefined {
  if (((quality ?? 0) & 0x80) !== 0) return 'The body is an A-MSDU: several packets, which are not taken apart.';
  return control & FrameControlBit.ProtectedFrame ? 'The body is encrypted.' : undefined;
}

/** Where the frame comes from and goes to decides what its addresses are (IEEE 802.11-2020, table 9-30). */
function readDataAddresses(header: HeaderReader, control: number): Addresses {
  const toDistribution = (control & FrameControlBit.ToDS) !== 0;
  const fromDistribution = (control & FrameControlBit.FromDS) !== 0;
  if (toDistribution && fromDistribution) return readRelayAddresses(header);
  const first = header.mac(toDistribution ? 'BSSID' : 'DestinationAddress');
  const second = header.mac(fromDistribution ? 'BSSID' : 'SourceAddress');
  const third = header.mac(toDistribution ? 'DestinationAddress' : fromDistribution ? 'SourceAddress' : 'BSSID');
  readSequenceControl(header);
  return { source: fromDistribution ? third : second, destination: toDistribution ? third : first };
}

/** Between access points: four addresses. */
function readRelayAddresses(header: HeaderReader): Addresses {
  header.mac('ReceiverAddress');
  header.mac('TransmitterAddress');
  const destination = header.mac('DestinationAddress');
  readSequenceControl(header);
  return { source: header.mac('SourceAddress'), destination };
}

function managementFrame(header: HeaderReader, control: number): Dissection {
  const destination = header.mac('DestinationAddress');
  const source = header.mac('SourceAddress');
  header.mac('BSSID');
  readSequenceControl(header);
  skipHighThroughputControl(header, control);
  const isReadable = (control & FrameControlBit.ProtectedFrame) === 0;
  const body = isReadable ? readManagementBody(header, subtypeOf(control)) : undefined;
  const summary = summaryOf([frameSummary(control), body]);
  const layer = finishedLayer('WiFi', header, { summary, source, destination });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: header.input.end } };
}

/** Fixed fields, then elements; gives what both add to the summary. */
function readManagementBody(header: HeaderReader, subtype: number): string | undefined {
  const fixed = fixedFields.get(subtype)?.(header);
  const networkName = subtypesWithElements.includes(subtype) ? readElements(header) : undefined;
  return fixed ?? labelled('SSID', networkName);
}

function controlFrame(header: HeaderReader, control: number): Dissection {
  const destination = header.mac('ReceiverAddress');
  const source = transmitterSubtypes.includes(subtypeOf(control)) ? header.mac('TransmitterAddress') : undefined;
  const layer = finishedLayer('WiFi', header, { summary: frameSummary(control), source, destination });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: header.input.end } };
}

/** Control frames with a second address: VHT NDP announcement, block acknowledgments, PS-Poll, RTS, CF-End. */
const transmitterSubtypes = [5, 8, 9, 10, 11, 14, 15];

function readSequenceControl(header: HeaderReader): void {
  header.packedLittleEndian(2, (value) => [
    numberField('FragmentNumber', value & 15),
    numberField('SequenceNumber', value >> 4),
  ]);
}

function readQosControl(header: HeaderReader): number | undefined {
  return header.packedLittleEndian(2, (value) => [
    numberField('QoSControl', value, String, [
      numberField('TID', value & 15),
      flagField('AMSDUPresent', (value & 0x80) !== 0),
    ]),
  ]);
}

/** In QoS data and management frames the order bit announces four bytes of high-throughput control. */
function skipHighThroughputControl(header: HeaderReader, control: number): void {
  if (control & FrameControlBit.Order) header.skip(4);
}

/** Reads the fields that a kind of management frame starts with; what it gives belongs into the summary. */
type ReadFixedFields = (header: HeaderReader) => string | undefined;

const fixedFields = new Map<number, ReadFixedFields>([
  [0, readAssociationRequest],
  [1, readAssociationResponse],
  [
    2,
    (header) => {
      readAssociationRequest(header);
      header.mac('CurrentAPAddress');
      return undefined;
    },
  ],
  [3, readAssociationResponse],
  [4, () => undefined],
  [5, readBeacon],
  [8, readBeacon],
  [10, readReason],
  [11, readAuthentication],
  [12, readReason],
  [13, readAction],
  [14, readAction],
]);
/** What follows in action frames depends on their category and is left as bytes. */
const subtypesWithElements = [0, 1, 2, 3, 4, 5, 8, 10, 11, 12];

function readBeacon(header: HeaderReader): undefined {
  header.delimited('Timestamp', (frame, start, limit) => {
    const next = start + 8;
    const high = next > limit ? 0 : littleEndianAt(frame, start + 4, 4);
    const low = next > limit ? 0 : littleEndianAt(frame, start, 4);
    const raw = BigInt(high) * 0x1_0000_0000n + BigInt(low);
    return next > limit ? undefined : { value: String(raw), raw, next };
  });
  header.littleEndian('BeaconInterval', 2);
  readCapabilities(header);
}

function readAssociationRequest(header: HeaderReader): undefined {
  readCapabilities(header);
  header.littleEndian('ListenInterval', 2);
}

function readAssociationResponse(header: HeaderReader): string | undefined {
  readCapabilities(header);
  const status = readStatus(header);
  header.packedLittleEndian(2, (value) => [numberField('AssociationID', value & 0x3fff)]);
  return status;
}

const simultaneousAuthentication = 3;

function readAuthentication(header: HeaderReader): string | undefined {
  const algorithm = header.littleEndian('AuthenticationAlgorithm', 2, namedNumber(authenticationNames));
  const sequence = header.littleEndian('AuthenticationSequence', 2);
  const status = readStatus(header);
  // SAE has fields of its own where the others have elements (IEEE 802.11-2020, 12.4.7.4).
  if (algorithm === simultaneousAuthentication) header.bytes('SAEFields', header.remaining);
  if (algorithm === undefined) return undefined;
  return summaryOf([
    labelled('Algorithm', algorithm, nameOrNumber(authenticationNames)),
    labelled('Sequence', sequence),
    status,
  ]);
}

function readReason(header: HeaderReader): string | undefined {
  const reason = header.littleEndian('ReasonCode', 2, namedNumber(reasonNames));
  return labelled('Reason', reason, nameOrNumber(reasonNames));
}

function readStatus(header: HeaderReader): string | undefined {
  const status = header.littleEndian('StatusCode', 2, namedNumber(statusNames));
  return labelled('Status', status, nameOrNumber(statusNames));
}

/** The high bit of the category marks the answer to a frame that was not understood. */
function readAction(header: HeaderReader): string | undefined {
  const category = header.packed(1, (value) => [numberField('Category', value & 0x7f, namedNumber(categoryNames))]);
  header.number('ActionCode', 1);
  return labelled('Category', category, (value) => nameOrNumber(categoryNames)(value & 0x7f));
}

function readCapabilities(header: HeaderReader): void {
  header.packedLittleEndian(2, (value) => [
    numberField('Capabilities', value, hexWord, [
      flagField('ESS', (value & 0x0001) !== 0),
      flagField('IBSS', (value & 0x0002) !== 0),
      flagField('Privacy', (value & 0x0010) !== 0),
      flagField('ShortPreamble', (value & 0x0020) !== 0),
      flagField('SpectrumManagement', (value & 0x0100) !== 0),
      flagField('ShortSlotTime', (value & 0x0400) !== 0),
      flagField('RadioMeasurement', (value & 0x1000) !== 0),
    ]),
  ]);
}
