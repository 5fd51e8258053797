import {
  NdisPacketCaptureEvent,
  NdisPacketCaptureKeyword as Keyword,
  ndisPacketCaptureProvider,
} from '../provider/ndis-packet-capture.ts';
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

/** `ndis in|out …` is 1001, `ndis switch in|out …` is 1003, `ndis <id> Field=…` any other event of the provider. */
export function ndisEvents(statement: Statement): ScenarioEvent[] {
  const line = statement.arguments;
  if (line.optionalWord((token) => isWord(token, 'switch'))) return switchFragments(statement);
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
  const outOfBand = readOutOfBand(line);
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
    mediumOf(statement.layers) |
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

const pointersInOutOfBandData = 10;
const ieee8021QIndex = 4;
const hashValueIndex = 8;

/** OOBData is NET_BUFFER_LIST_INFO: pointers of which one holds the 802.1Q tag and one the RSS hash. */
function readOutOfBand(line: Arguments): Uint8Array {
  const bytes = line.bytes('oob');
  if (bytes) return bytes;
  const vlan = line.number('vlan', 0xfff);
  const hash = line.number('hash');
  const data = new Uint8Array(pointersInOutOfBandData * 8);
  const view = new DataView(data.buffer);
  const vlanIdShift = 4;
  view.setUint32(ieee8021QIndex * 8, (vlan ?? 0) << vlanIdShift, true);
  view.setUint32(hashValueIndex * 8, hash ?? 0, true);
  return data;
}
