import { Arguments, bytesOf, ipv4Of, ipv6Of, macOf, numberOf } from './arguments.ts';
import type { FrameLayer } from './frame.ts';
import { ScenarioError } from './scenario-error.ts';
import { isWord, type Token } from './tokens.ts';

type LayerReader = (layer: Arguments) => FrameLayer;

const layerReaders: Readonly<Record<string, LayerReader>> = {
  eth: readEthernet,
  vlan: readVlan,
  wifi: readWifi,
  ipv4: readIpv4,
  ipv6: readIpv6,
  tcp: readTcp,
  udp: readUdp,
  icmp: (layer) => readIcmp(layer, 'icmp'),
  icmpv6: (layer) => readIcmp(layer, 'icmpv6'),
  arp: readArp,
  vxlan: readVxlan,
  bytes: readBytes,
  zeros: readZeros,
  dns: readDns,
};

/** Splits the tokens of a statement at each `|`: the statement itself, then its frame's layers. */
export function splitAtBars(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isWord(token, '|')) parts.push([]);
    else parts[parts.length - 1].push(token);
  }
  return parts;
}

/** The layers of a frame; a quoted text is payload, and so is one that stands behind the words of a layer. */
export function readLayers(parts: readonly (readonly Token[])[]): FrameLayer[] {
  return parts.filter((part) => part.length > 0).flatMap(readLayer);
}

function readLayer(tokens: readonly Token[]): FrameLayer[] {
  const payloads = tokens.filter(isPayloadText).map(payloadLayer);
  const words = tokens.filter((token) => !isPayloadText(token));
  if (words.length === 0) return payloads;
  const verb = words[0];
  if (verb.key !== undefined || !(verb.text in layerReaders)) {
    const known = Object.keys(layerReaders).join(', ');
    throw new ScenarioError(
      `no layer of a frame is called "${verb.key ?? verb.text}"; there are ${known} and "text"`,
      verb,
    );
  }
  const layer = new Arguments(verb, words.slice(1));
  const read = layerReaders[verb.text](layer);
  layer.finish();
  return [read, ...payloads];
}

function isPayloadText(token: Token): boolean {
  return token.quoted && token.key === undefined;
}

/** Characters above 255 make the whole text UTF-8; without any, each is its own byte: `\xff` is one byte. */
function payloadLayer(token: Token): FrameLayer {
  const units = Array.from({ length: token.text.length }, (_, index) => token.text.charCodeAt(index));
  const narrow = units.every((unit) => unit < 256);
  return { protocol: 'payload', bytes: narrow ? Uint8Array.from(units) : new TextEncoder().encode(token.text) };
}

/** `A > B` with both ends read by `read`. */
function readEnds<End>(layer: Arguments, what: string, read: (token: Token) => End): { source: End; destination: End } {
  const source = read(layer.word(`a source ${what}`));
  layer.expectWord('>');
  return { source, destination: read(layer.word(`a destination ${what}`)) };
}

function readEthernet(layer: Arguments): FrameLayer {
  return { protocol: 'eth', ...readEnds(layer, 'MAC address', macOf), etherType: layer.number('type', 0xffff) };
}

function readVlan(layer: Arguments): FrameLayer {
  return {
    protocol: 'vlan',
    id: numberOf(layer.word('a VLAN id'), 0xfff),
    priority: layer.number('priority', 7),
    tagType: layer.number('tag', 0xffff),
    etherType: layer.number('type', 0xffff),
  };
}

function readWifi(layer: Arguments): FrameLayer {
  const bssid = layer.token('bssid');
  if (!bssid) throw new ScenarioError('wifi lacks bssid=', layer.place);
  return {
    protocol: 'wifi',
    ...readEnds(layer, 'MAC address', macOf),
    bssid: macOf(bssid),
    direction: layer.flag('from-ds') ? 'from-ds' : 'to-ds',
    qos: layer.flag('qos'),
    etherType: layer.number('type', 0xffff),
  };
}

function readIpv4(layer: Arguments): FrameLayer {
  return {
    protocol: 'ipv4',
    ...readEnds(layer, 'IPv4 address', ipv4Of),
    id: layer.number('id', 0xffff),
    ttl: layer.number('ttl', 255),
    tos: layer.number('tos', 255),
    dontFragment: layer.flag('df'),
    moreFragments: layer.flag('mf'),
    fragmentOffset: layer.number('offset', 0xffff),
    ipProtocol: layer.number('protocol', 255),
    totalLength: layer.number('length', 0xffff),
    checksum: layer.number('checksum', 0xffff),
  };
}

function readIpv6(layer: Arguments): FrameLayer {
  return {
    protocol: 'ipv6',
    ...readEnds(layer, 'IPv6 address', ipv6Of),
    hopLimit: layer.number('hops', 255),
    trafficClass: layer.number('class', 255),
    flowLabel: layer.number('flow', 0xf_ffff),
    ipProtocol: layer.number('protocol', 255),
  };
}

const tcpFlagBits: Readonly<Record<string, number>> = {
  FIN: 1,
  SYN: 2,
  RST: 4,
  PSH: 8,
  ACK: 16,
  URG: 32,
  ECE: 64,
  CWR: 128,
};

function portOf(token: Token): number {
  return numberOf(token, 0xffff);
}

function readTcp(layer: Arguments): FrameLayer {
  const ports = readEnds(layer, 'port', portOf);
  const timestamps = layer.numbers('ts');
  if (timestamps && timestamps.length !== 2) throw new ScenarioError('ts= takes two numbers: value,echo', layer.place);
  return {
    protocol: 'tcp',
    sourcePort: ports.source,
    destinationPort: ports.destination,
    flags: readTcpFlags(layer),
    sequence: layer.number('seq'),
    acknowledgement: layer.number('ack'),
    window: layer.number('win', 0xffff),
    urgent: layer.number('urgent', 0xffff),
    maximumSegmentSize: layer.number('mss', 0xffff),
    windowScale: layer.number('scale', 255),
    selectiveAcknowledgement: layer.flag('sackok'),
    timestamps: timestamps && [timestamps[0], timestamps[1]],
    sackEdges: layer.numbers('sack'),
    checksum: layer.number('checksum', 0xffff),
  };
}

/** Flag words one after the other, or joined: `SYN ACK` and `SYN,ACK` are the same. */
function readTcpFlags(layer: Arguments): number {
  let flags = 0;
  for (;;) {
    const word = layer.optionalWord((token) => token.text.split(',').every((name) => name in tcpFlagBits));
    if (!word) return flags;
    flags = word.text.split(',').reduce((all, name) => all | tcpFlagBits[name], flags);
  }
}

function readUdp(layer: Arguments): FrameLayer {
  const ports = readEnds(layer, 'port', portOf);
  return {
    protocol: 'udp',
    sourcePort: ports.source,
    destinationPort: ports.destination,
    checksum: layer.number('checksum', 0xffff),
  };
}

const icmpTypes = {
  icmp: { echo: 8, reply: 0, unreachable: 3, 'time-exceeded': 11 },
  icmpv6: { echo: 128, reply: 129, unreachable: 1, 'time-exceeded': 3, solicit: 135, advertise: 136 },
} as const;

/** `icmp echo id=1 seq=2`, `icmpv6 solicit fe80::1 mac=…`, or by number: `icmp 3 code=3 rest=00000000`. */
function readIcmp(layer: Arguments, protocol: 'icmp' | 'icmpv6'): FrameLayer {
  const kind = layer.word('a kind (echo, reply, …) or a type number');
  const types: Readonly<Record<string, number>> = icmpTypes[protocol];
  const type = kind.text in types ? types[kind.text] : numberOf(kind, 255);
  const code = layer.number('code', 255) ?? 0;
  if (kind.text === 'solicit' || kind.text === 'advertise') return readNeighbor(layer, type);
  const identifier = layer.number('id', 0xffff) ?? 0;
  const sequence = layer.number('seq', 0xffff) ?? 0;
  const rest = Uint8Array.of(identifier >> 8, identifier & 255, sequence >> 8, sequence & 255);
  return { protocol, type, code, rest: layer.bytes('rest') ?? rest };
}

/** RFC 4861: reserved or flags, target address, and the link-layer address as an option. */
function readNeighbor(layer: Arguments, type: number): FrameLayer {
  const target = ipv6Of(layer.word('a target IPv6 address'));
  const mac = layer.token('mac');
  const advertises = type === icmpTypes.icmpv6.advertise;
  const solicitedAndOverride = 0x60;
  const option = mac ? [advertises ? 2 : 1, 1, ...macOf(mac)] : [];
  return {
    protocol: 'icmpv6',
    type,
    code: 0,
    rest: Uint8Array.of(advertises ? solicitedAndOverride : 0, 0, 0, 0),
    body: Uint8Array.from([...target, ...option]),
  };
}

/** `arp who-has 10.0.0.60 tell 10.0.0.50 from 00-…`, `arp 10.0.0.60 is-at 00-… to 10.0.0.50 00-…`. */
function readArp(layer: Arguments): FrameLayer {
  if (layer.flag('who-has')) {
    const targetIp = ipv4Of(layer.word('the address asked for'));
    layer.expectWord('tell');
    const senderIp = ipv4Of(layer.word("the asker's address"));
    layer.expectWord('from');
    const senderMac = macOf(layer.word("the asker's MAC address"));
    return { protocol: 'arp', operation: 1, senderMac, senderIp, targetMac: new Uint8Array(6), targetIp };
  }
  const senderIp = ipv4Of(layer.word('who-has, or the address that is answered for'));
  layer.expectWord('is-at');
  const senderMac = macOf(layer.word('the MAC address'));
  layer.expectWord('to');
  const targetIp = ipv4Of(layer.word("the asker's address"));
  const targetMac = macOf(layer.word("the asker's MAC address"));
  return { protocol: 'arp', operation: 2, senderMac, senderIp, targetMac, targetIp };
}

/** RFC 7348: the flag that says a network identifier follows, then 24 bits of it. */
function readVxlan(layer: Arguments): FrameLayer {
  const network = numberOf(layer.word('a network identifier'), 0xff_ffff);
  return {
    protocol: 'payload',
    bytes: Uint8Array.of(8, 0, 0, 0, network >> 16, (network >> 8) & 255, network & 255, 0),
  };
}

function readBytes(layer: Arguments): FrameLayer {
  return { protocol: 'payload', bytes: bytesOf(layer.word('hexadecimal digits')) };
}

function readZeros(layer: Arguments): FrameLayer {
  return { protocol: 'payload', bytes: new Uint8Array(numberOf(layer.word('a number of bytes'), 0xffff)) };
}

/** `dns query name id=1`, `dns answer name 10.0.0.60 id=1`: one question of type A, and its answer. */
function readDns(layer: Arguments): FrameLayer {
  const answers = layer.flag('answer');
  if (!answers && !layer.flag('query')) throw new ScenarioError('dns lacks "query" or "answer"', layer.place);
  const name = encodeDnsName(layer.word('a name').text);
  const id = layer.number('id', 0xffff) ?? 0;
  const flags = answers ? [0x81, 0x80] : [0x01, 0x00];
  const head = [id >> 8, id & 255, ...flags, 0, 1, 0, answers ? 1 : 0, 0, 0, 0, 0];
  const typeAndClass = [0, 1, 0, 1];
  const pointerToName = [0xc0, 12];
  const answer = answers
    ? [...pointerToName, ...typeAndClass, 0, 0, 0, 60, 0, 4, ...ipv4Of(layer.word('an address'))]
    : [];
  return { protocol: 'payload', bytes: Uint8Array.from([...head, ...name, ...typeAndClass, ...answer]) };
}

function encodeDnsName(name: string): number[] {
  const labels = name.split('.').map((label) => [...new TextEncoder().encode(label)]);
  return [...labels.flatMap((label) => [label.length, ...label]), 0];
}
