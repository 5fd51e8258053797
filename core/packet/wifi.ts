import { utf8ZeroTerminated } from '../base/text.ts';
import type { Dissection, Dissector } from './dissector.ts';
import { labelled, printable, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { isSnapHeader } from './link-type.ts';
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
  header.packedLittleEndian(2, (value) => [{ name: 'Duration', value: String(value) }]);
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
  const networkName = isReadable ? readNetworkName(header, subtypeOf(control)) : undefined;
  const summary = summaryOf([frameSummary(control), labelled('SSID', networkName)]);
  const layer = finishedLayer('WiFi', header, { summary, source, destination });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: header.input.end } };
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
    { name: 'FragmentNumber', value: String(value & 15) },
    { name: 'SequenceNumber', value: String(value >> 4) },
  ]);
}

function readQosControl(header: HeaderReader): number | undefined {
  return header.packedLittleEndian(2, (value) => [
    {
      name: 'QoSControl',
      value: String(value),
      members: [
        { name: 'TID', value: String(value & 15) },
        { name: 'AMSDUPresent', value: String((value & 0x80) !== 0) },
      ],
    },
  ]);
}

/** In QoS data and management frames the order bit announces four bytes of high-throughput control. */
function skipHighThroughputControl(header: HeaderReader, control: number): void {
  if (control & FrameControlBit.Order) header.skip(4);
}

/** Bytes of fixed fields before the elements, for the management frames that name their network. */
const fixedFieldLength = new Map([
  [0, 4],
  [2, 10],
  [4, 0],
  [5, 12],
  [8, 12],
]);
const longestNetworkName = 32;

/** The SSID element, which is the first one (IEEE 802.11-2020, 9.3.3). `(any)` when it is empty. */
function readNetworkName(header: HeaderReader, subtype: number): string | undefined {
  const fixed = fixedFieldLength.get(subtype);
  const { frame } = header.input;
  if (fixed === undefined || header.remaining < fixed + 2) return undefined;
  const element = header.position + fixed;
  const length = frame[element + 1];
  const isName = frame[element] === 0 && length <= longestNetworkName && header.remaining >= fixed + 2 + length;
  if (!isName) return undefined;
  const { text } = utf8ZeroTerminated(frame, element + 2, element + 2 + length);
  const name = text === '' ? '(any)' : printable(text);
  header.skip(fixed);
  header.group('SSID', 2 + length, () => ({ value: name, members: [] }));
  return name;
}
