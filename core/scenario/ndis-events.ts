import {
  NdisPacketCaptureEvent,
  NdisPacketCaptureKeyword as Keyword,
  ndisPacketCaptureProvider,
} from '../provider/ndis-packet-capture.ts';
import { RasPacketCaptureEvent, rasPacketCaptureProvider } from '../provider/ras-packet-capture.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { bigintOf, numberOf, partsOf, type Arguments } from './arguments.ts';
import {
  readEventHeader,
  readFieldValues,
  schemaEvent,
  type EventHeader,
  type ScenarioEvent,
  type Statement,
} from './event-builder.ts';
import { buildFrame, splitFrame, type FrameLayer } from './frame.ts';
import { knownSchema } from './known-schema.ts';
import { ScenarioError } from './scenario-error.ts';
import { isWord, type Token } from './tokens.ts';

const { PacketFragment, VmSwitchPacketFragment } = NdisPacketCaptureEvent;
/** Winevent reserves the top 16 bits of a keyword for channels; real traces of this provider have this one. */
const channelKeyword = 0x8000_0000_0000_0000n;
const debugChannel = 16;

/**
 * `ndis in|out …` is 1001, `ndis switch in|out …` is 1003, `ndis metadata …` is 1002 of 802.11, `ndis <id> Field=…` any
 * other event of the provider.
 */
export function ndisEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  if (line.optionalWord((token) => isWord(token, 'switch'))) return switchFragments(statement);
  if (line.optionalWord((token) => isWord(token, 'metadata'))) return [wifiMetadataEvent(statement)];
  const id = line.optionalWord((token) => /^\d+$/.test(token.text));
  if (!id) return ndisFragments(statement);
  const schema = knownSchema(ndisPacketCaptureProvider, numberOf(id, 0xffff), id);
  const header = { level: 4, channel: debugChannel, ...readEventHeader(line) };
  return [schemaEvent(statement, schema, header, readFieldValues(line))];
}

function ndisFragments(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const capture = readCapture(statement, 0n);
  const gft = readGft(line);
  const common = readInterfaces(line);
  const schema = gftLayout(knownSchema(ndisPacketCaptureProvider, PacketFragment, line.place), gft !== undefined);
  line.finish();
  return capture.pieces.map(({ bytes, header }) =>
    schemaEvent(statement, schema, header, { ...common, ...gft, Fragment: bytes }),
  );
}

function switchFragments(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const capture = readCapture(statement, Keyword.VmSwitch);
  const destinations = readDestinations(line);
  const source = line.token('from');
  if (!source) throw new ScenarioError('ndis switch lacks from=<port>:<port name>:<nic name>:<nic type>', line.place);
  const values = { ...readInterfaces(line), ...portValues('Source', source), Destination: destinations };
  const outOfBand = readOutOfBand(statement);
  const schema = knownSchema(ndisPacketCaptureProvider, VmSwitchPacketFragment, line.place);
  line.finish();
  return capture.pieces.map(({ bytes, header }) =>
    schemaEvent(statement, schema, header, { ...values, Fragment: bytes, OOBData: outOfBand }),
  );
}

function readInterfaces(line: Arguments): { MiniportIfIndex: number; LowerIfIndex: number } {
  const miniport = line.number('miniport') ?? 0;
  return { MiniportIfIndex: miniport, LowerIfIndex: line.number('lower') ?? miniport };
}

interface CapturedPiece {
  readonly bytes: Uint8Array;
  readonly header: EventHeader;
}

/** Direction, medium, truncation and fragments: what 1001 and 1003 have in common. */
function readCapture(statement: Statement, extraKeyword: bigint): { pieces: CapturedPiece[] } {
  const line = statement.arguments;
  const direction = readDirection(line);
  const whole = buildFrame(statement.layers);
  const snap = line.number('snap') ?? whole.length;
  const pieces = splitFrame(whole.subarray(0, snap), line.numbers('fragments') ?? []);
  const withoutStart = line.flag('without-start');
  const withoutEnd = line.flag('without-end');
  const truncated = snap < whole.length ? Keyword.PacketTruncated : 0n;
  const keyword =
    channelKeyword |
    Keyword.PiiPresent |
    Keyword.Packet |
    extraKeyword |
    direction |
    readMedium(line, statement.layers) |
    truncated;
  const given = readEventHeader(line);
  return {
    pieces: pieces.map((bytes, index) => {
      const start = index === 0 && !withoutStart ? Keyword.PacketStart : 0n;
      const end = index === pieces.length - 1 && !withoutEnd ? Keyword.PacketEnd : 0n;
      return { bytes, header: { level: 4, channel: debugChannel, keyword: keyword | start | end, ...given } };
    }),
  };
}

function readDirection(line: Arguments): bigint {
  const word = line.word('"in" or "out"');
  if (isWord(word, 'in')) return Keyword.ReceivePath;
  if (isWord(word, 'out')) return Keyword.SendPath;
  throw new ScenarioError(`a frame goes "in" or "out", not "${word.text}"`, word);
}

const mediumKeywords: Readonly<Record<string, bigint>> = {
  ethernet: Keyword.Ethernet,
  wan: Keyword.Wan,
  wwan: Keyword.WirelessWan,
  tunnel: Keyword.Tunnel,
  wifi: Keyword.NativeWifi,
};

/** `medium=tunnel`; by default, what the outermost layer is. */
function readMedium(line: Arguments, layers: readonly FrameLayer[]): bigint {
  const token = line.token('medium');
  if (!token) return mediumOf(layers);
  if (Object.hasOwn(mediumKeywords, token.text)) return mediumKeywords[token.text];
  throw new ScenarioError(`a medium is one of ${Object.keys(mediumKeywords).join(', ')}`, token);
}

function mediumOf(layers: readonly FrameLayer[]): bigint {
  const outermost = layers.at(0)?.protocol;
  if (outermost === 'wifi') return Keyword.NativeWifi;
  return outermost === 'ipv4' || outermost === 'ipv6' ? Keyword.WirelessWan : Keyword.Ethernet;
}

/** `gft=none` writes the event as Windows did before 1903, without the two fields at its end. */
function readGft(line: Arguments): { GftFlowEntryId: bigint; GftOffloadInformation: bigint } | undefined {
  const token = line.token('gft');
  if (token?.text === 'none') return undefined;
  const [flow, ...offload] = token ? partsOf(token, ',').map(bigintOf) : [0n];
  return { GftFlowEntryId: flow, GftOffloadInformation: offload.at(0) ?? 0n };
}

/** The layout of 1001 with or without the GFT fields: Windows changed it under the same id and version. */
function gftLayout(schema: EventSchema, wanted: boolean): EventSchema {
  const hasGft = (layout: EventSchema): boolean => layout.fields.some((field) => field.name === 'GftFlowEntryId');
  const layout = [schema, ...(schema.alternatives ?? [])].find((each) => hasGft(each) === wanted);
  return layout ?? { ...schema, fields: schema.fields.filter((field) => !field.name.startsWith('Gft')) };
}

/** `port:port name:nic name:nic type`; names with colons are not needed, names with spaces stand in quotes. */
function portValues(prefix: 'Source' | 'Destination', token: Token): Record<string, string | number> {
  const [port, portName = '', nicName = '', nicType = ''] = token.text.split(':');
  return {
    [`${prefix}PortId`]: numberOf({ ...token, text: port }, 0xffff_ffff),
    [`${prefix}PortName`]: portName,
    [`${prefix}NicName`]: nicName,
    [`${prefix}NicType`]: nicType,
  };
}

/** `to=`, then `to2=`, `to3=` and so on: the ports that a frame was routed to. */
function readDestinations(line: Arguments): Record<string, string | number>[] {
  const destinations: Record<string, string | number>[] = [];
  for (let token = line.token('to'); token; token = line.token(`to${destinations.length + 1}`)) {
    destinations.push(portValues('Destination', token));
  }
  return destinations;
}

/** `ndis metadata miniport=4 phy=7 frequency=2437 rssi=-52 rate=130`: a DOT11_EXTSTA_RECV_CONTEXT for the next frame. */
function wifiMetadataEvent(statement: Statement): ScenarioEvent {
  const line = statement.arguments;
  const common = readInterfaces(line);
  const context = new Uint8Array(line.number('size', 0xffff) ?? 48);
  const view = new DataView(context.buffer);
  const put = (offset: number, value: number): void => {
    if (offset + 4 <= context.length) view.setInt32(offset, value, true);
  };
  put(0, 0x0030_0180);
  put(4, line.number('flags') ?? 0);
  put(8, line.number('phy') ?? 0);
  put(12, line.number('frequency') ?? 0);
  put(16, line.number('mpdus', 0xffff) ?? 1);
  put(20, Number(line.bigint('rssi') ?? 0n));
  put(24, line.number('rate', 0xff) ?? 0);
  put(40, line.number('timestamp') ?? 0);
  const keyword = channelKeyword | Keyword.Packet;
  const header = { level: 4, channel: debugChannel, keyword, ...readEventHeader(line) };
  line.finish();
  const schema = knownSchema(ndisPacketCaptureProvider, NdisPacketCaptureEvent.PacketMetadata, line.place);
  return schemaEvent(statement, schema, header, { ...common, Metadata: context });
}

/** `ras send|receive user=… domain={guid} | frame`: 5001 and 5002 of Ras-NdisWanPacketCapture. */
export function rasEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  const direction = line.word('"send" or "receive"');
  if (!isWord(direction, 'send') && !isWord(direction, 'receive')) {
    throw new ScenarioError(`a RAS frame is to "send" or "receive", not "${direction.text}"`, direction);
  }
  const id = isWord(direction, 'send') ? RasPacketCaptureEvent.Sent : RasPacketCaptureEvent.Received;
  const values = {
    RoutingDomainID: line.text('domain') ?? '',
    RRASUserName: line.text('user') ?? '',
    Fragment: buildFrame(statement.layers),
  };
  const header = { level: 5, ...readEventHeader(line) };
  line.finish();
  return [schemaEvent(statement, knownSchema(rasPacketCaptureProvider, id, direction), header, values)];
}

const pointersInOutOfBandData = 10;
const ieee8021QIndex = 4;
const hashValueIndex = 8;

/** OOBData is NET_BUFFER_LIST_INFO: pointers of which one holds the 802.1Q tag and one the RSS hash. */
function readOutOfBand({ arguments: line, pointerSize }: Statement): Uint8Array {
  const bytes = line.bytes('oob');
  if (bytes) return bytes;
  const vlan = line.number('vlan', 0xfff);
  const priority = line.number('priority', 7) ?? 0;
  const hash = line.number('hash');
  const data = new Uint8Array(pointersInOutOfBandData * pointerSize);
  const view = new DataView(data.buffer);
  const vlanIdShift = 4;
  view.setUint32(ieee8021QIndex * pointerSize, ((vlan ?? 0) << vlanIdShift) | priority, true);
  view.setUint32(hashValueIndex * pointerSize, hash ?? 0, true);
  return data;
}
