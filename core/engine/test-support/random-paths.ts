import { ipv4At, ipv6At } from '../../base/address.ts';
import { writeEtl, type PlacedRecord } from '../../etl/writer.ts';
import { TcpFlag } from '../../packet/tcp.ts';
import { networkInterfaceRow } from '../../scenario/network-interface.ts';
import { buildFrame, type FrameLayer, type TcpLayer } from '../../scenario/frame.ts';
import { systemConfigExClass, SystemConfigExOpcode } from '../../provider/event-metadata.ts';
import { vmSwitchProvider } from '../../provider/vmswitch.ts';
import type { DropEvent } from './host-records.ts';
import { HostSimulation } from './host-simulation.ts';
import {
  NblPool,
  randomTopology,
  wayOf,
  type Fate,
  type Host,
  type Site,
  type Topology,
  type TopologyKind,
} from './random-topologies.ts';
import { Dice } from './tcp-traffic.ts';

/** A trace of random packet flows through a random topology, and the truth about it. */
export interface PathTrace {
  readonly kind: TopologyKind;
  readonly seed: number;
  readonly file: Uint8Array;
  /** By row: the number of the packet that the event is about; 0 for none. */
  readonly packets: readonly number[];
  /** By row: it carries the packet's bytes. */
  readonly hasFrame: readonly boolean[];
  readonly attempts: readonly AttemptTruth[];
}

/** What came of a client's SYNs. */
export interface AttemptTruth {
  readonly client: string;
  readonly clientPort: number;
  readonly server: string;
  readonly serverPort: number;
  /** What came back. */
  readonly answer: 'SYN ACK' | 'RST' | 'nothing';
  /** The first one, and those that repeat it. */
  readonly syns: readonly { readonly packet: number; readonly isDropLogged: boolean }[];
}

export interface PathTraceOptions {
  readonly kind: TopologyKind;
  readonly seed: number;
  readonly flows: number;
  /** Share of events that are lost at random, 0 to 1. */
  readonly lost: number;
}

/** Ticks of 100 ns. */
const microsecond = 10;
const millisecond = 10_000;
const startTick = 36_000_000_000n;

export function randomPathTrace({ kind, seed, flows, lost }: PathTraceOptions): PathTrace {
  const dice = new Dice(seed);
  const topology = randomTopology(kind, dice);
  const traffic = new Traffic(topology, dice);
  traffic.start(flows);
  const attempts = traffic.finish();
  const lossDice = new Dice(seed + 0x1000_0000);
  const events = traffic.simulation.events.filter(() => lossDice.roll(1_000_000) >= lost * 1_000_000);
  const preface = interfaceRecords(topology);
  const records: PlacedRecord[] = [...preface, ...events];
  const file = writeEtl({
    startTick,
    processors: topology.processors,
    clock: { kind: 'QPC', frequency: 10_000_000 },
    records,
  });
  // The first row is the log file's header.
  const none = [0, ...preface.map(() => 0)];
  return {
    kind,
    seed,
    file,
    packets: [...none, ...events.map(({ packet }) => packet)],
    hasFrame: [...none.map(() => false), ...events.map(carriesFrame)],
    attempts,
  };
}

/** Events of the switch name a packet's buffer, the others carry its bytes. */
function carriesFrame({ record }: PlacedRecord): boolean {
  return record.kind === 'event' && record.provider !== vmSwitchProvider;
}

/** What a merge writes of the machine's interfaces. */
function interfaceRecords({ nics }: Topology): PlacedRecord[] {
  return nics
    .filter(({ layers }) => layers.length > 0)
    .map(({ layers, friendlyName, name, mac }, index) => ({
      processor: 0,
      record: {
        kind: 'classic',
        timestamp: startTick + BigInt(1 + index),
        class: systemConfigExClass,
        opcode: SystemConfigExOpcode.NetworkInterface,
        payload: networkInterfaceRow({
          index: layers[0],
          alias: friendlyName,
          description: 'Simulated adapter',
          guid: `{${name.replace(/^\/DEVICE\/\{|\}$/g, '')}}`,
          mac,
        }),
      },
    }));
}

/** One end of a flow, and how the other end knows it when there is address translation between. */
interface End {
  readonly host: Host;
  readonly port: number;
  readonly outside?: { readonly ipv4: Uint8Array; readonly port: number };
}

interface Sending {
  readonly from: End;
  readonly to: End;
  /** What the packet is from the transport layer on, with the ports that its sender knows. */
  readonly transport: readonly FrameLayer[];
  readonly flow: number;
  readonly isIpv6: boolean;
  readonly tick: number;
  readonly fate?: Fate;
  /** IPv4 identification of the packet that this one repeats. */
  readonly identification?: number;
  /** Packets that were given to the network together. */
  readonly together?: Together;
  readonly onArrival?: (tick: number) => void;
}

/** Packets of one NET_BUFFER_LIST, which have one group of pktmon's. */
interface Together {
  group: bigint | undefined;
  packets: number;
}

interface Sent {
  readonly number: number;
  readonly identification: number;
  readonly isDropLogged: boolean;
}

const poolSizes = [4, 12, 40] as const;
const outerPort = 4789;

class Traffic {
  readonly simulation: HostSimulation;
  readonly topology: Topology;
  readonly dice: Dice;
  readonly #pools = new Map<Site | undefined, NblPool>();
  readonly #attempts: (() => AttemptTruth)[] = [];
  #packet = 0;
  #flow = 0;
  #groups = 1_071_654n;
  #outerIdentification = 1;

  constructor(topology: Topology, dice: Dice) {
    this.topology = topology;
    this.dice = dice;
    this.simulation = new HostSimulation(dice, topology.processors, startTick);
    const base = 0xffff_9383_cb00_0000n;
    [undefined, ...topology.sites].forEach((site, index) => {
      this.#pools.set(site, new NblPool(base + BigInt(index) * 0x10_0000n, dice.among(poolSizes)));
    });
  }

  /** Flows begin in bursts. */
  start(flows: number): void {
    let burst = millisecond;
    for (let left = flows; left > 0;) {
      const together = Math.min(left, 3 + this.dice.roll(20));
      const spread = this.dice.among([20 * microsecond, 200 * microsecond, millisecond]);
      for (let count = 0; count < together; count++) {
        this.#startFlow(burst + this.dice.roll(spread));
      }
      left -= together;
      burst += this.dice.roll(30 * millisecond);
    }
  }

  finish(): AttemptTruth[] {
    this.simulation.run();
    return this.#attempts.map((attempt) => attempt());
  }

  addAttempt(attempt: () => AttemptTruth): void {
    this.#attempts.push(attempt);
  }

  #startFlow(tick: number): void {
    const flow = this.#flow++;
    const kind = this.dice.roll(100);
    if (kind < 8) {
      this.#askForAddress(flow, tick);
      return;
    }
    const ends = this.#ends(flow);
    const isTranslated = ends.client.outside !== undefined || ends.server.outside !== undefined;
    const isIpv6 = !isTranslated && this.dice.chance(20);
    if (kind < 70) new TcpConversation(this, { ...ends, flow, isIpv6 }).begin(tick);
    else if (kind < 88) this.#askByUdp({ ...ends, flow, isIpv6 }, tick);
    else this.#ping({ ...ends, flow, isIpv6 }, tick);
  }

  /** Two hosts that a packet can go between. */
  #ends(flow: number): { client: End; server: End } {
    const { wire, inside, sites, isOverlay } = this.topology;
    const port = (host: Host): number => (host.nic ? 40_000 : 50_000) + (flow % 10_000);
    const one = this.dice.among(inside);
    const neighbours = one.site?.hosts.filter((host) => host !== one) ?? [];
    const isLocal = this.dice.chance(25) && neighbours.length > 0;
    const abroad = sites
      .filter((site) => site !== one.site && !site.translator && !one.site?.translator)
      .flatMap(({ hosts }) => hosts);
    const others = isLocal ? neighbours : isOverlay ? abroad : [...wire, ...abroad];
    const other = this.dice.among(others);
    const isClient = this.dice.chance(60);
    const servicePort = this.dice.among([80, 443, 5001]);
    const outside = this.#outside(one, other, flow);
    const mapped = { host: one, port: isClient ? port(one) : servicePort, ...(outside && { outside }) };
    const plain = { host: other, port: isClient ? servicePort : port(other) };
    return isClient ? { client: mapped, server: plain } : { client: plain, server: mapped };
  }

  #outside(host: Host, other: Host, flow: number): End['outside'] {
    const translator = host.site?.translator;
    if (!translator || other.site === host.site) return undefined;
    return { ipv4: translator.address, port: 1024 + (flow % 40_000) };
  }

  /** Sends a packet; its number and whether a drop of it is logged are known at once. */
  send(sending: Sending): Sent {
    const { from, to, transport, isIpv6, fate = { kind: 'arrives' }, together } = sending;
    const { host } = from;
    const identification = sending.identification ?? nextIdentification(host);
    const ip: FrameLayer = isIpv6
      ? { protocol: 'ipv6', source: host.ipv6, destination: to.host.ipv6 }
      : {
          protocol: 'ipv4',
          source: host.ipv4,
          destination: to.outside?.ipv4 ?? to.host.ipv4,
          id: identification,
          ttl: 128,
          dontFragment: true,
        };
    const gateway = from.outside ? host.site?.translator?.gateway : undefined;
    const ethernet: FrameLayer = { protocol: 'eth', source: host.mac, destination: gateway ?? to.host.mac };
    const layers: FrameLayer[] = [ethernet, ip, ...transport];
    const number = ++this.#packet;
    const state = {
      frames: [layers, ...this.#changed(layers, sending)],
      flow: sending.flow,
      pool: this.#poolOf(host.site),
      newGroup: () => {
        const group = together?.group ?? this.#newGroup();
        if (together) together.group ??= group;
        return group;
      },
      group: undefined,
      packetInGroup: together ? ++together.packets : 1,
    };
    const way = wayOf(this.topology, host, to.host, state, fate);
    this.#travel(number, way.steps, sending);
    return { number, identification, isDropLogged: way.isDropLogged };
  }

  #travel(number: number, steps: ReturnType<typeof wayOf>['steps'], { fate, tick, onArrival }: Sending): void {
    const onEnd = (end: number): void => {
      if (fate === undefined || fate.kind === 'arrives') onArrival?.(end);
    };
    if (steps.length === 0) this.simulation.at(tick + 50, onEnd);
    else this.simulation.start({ number, steps, onEnd, nextStep: 0 }, tick);
  }

  /** Each processor of a host counts its own groups, in the numbers above its own. */
  #newGroup(): bigint {
    return (BigInt(this.dice.roll(this.topology.processors)) << 48n) + this.#groups++;
  }

  #poolOf(site: Site | undefined): NblPool {
    const pool = this.#pools.get(site);
    if (!pool) throw new Error('a site without buffers');
    return pool;
  }

  /** The frame behind a translator, a router, or inside of a tunnel. */
  #changed(layers: readonly FrameLayer[], sending: Sending): FrameLayer[][] {
    const { from, to, flow } = sending;
    if (from.outside || to.outside) return [translated(layers, from, to)];
    if (this.topology.isOverlay && from.host.site !== to.host.site) {
      const [source, destination] = [from.host, to.host].map(({ site }) =>
        this.topology.sites.findIndex((each) => each === site),
      );
      const inner = buildFrame(layers);
      const network = Uint8Array.of(8, 0, 0, 0, 0, 0x10, 0, 0);
      return [
        [
          {
            protocol: 'eth',
            source: Uint8Array.of(0, 0x15, 0x5d, 9, 0, source),
            destination: Uint8Array.of(0, 0x15, 0x5d, 9, 0, destination),
          },
          {
            protocol: 'ipv4',
            source: Uint8Array.of(172, 16, 0, 1 + source),
            destination: Uint8Array.of(172, 16, 0, 1 + destination),
            id: this.#outerIdentification++ & 0xffff,
          },
          { protocol: 'udp', sourcePort: 49_152 + (flow % 16_000), destinationPort: outerPort, checksum: 0 },
          { protocol: 'payload', bytes: network },
          { protocol: 'payload', bytes: inner },
        ],
      ];
    }
    return [routed(layers)];
  }

  /** Who has an address? Everybody hears the question; whoever has it answers. */
  #askForAddress(flow: number, tick: number): void {
    const site = this.dice.among(this.topology.sites);
    const isFromWire = !site.translator && site === this.topology.sites[0] && this.dice.chance(50);
    const asker = isFromWire ? this.dice.among(this.topology.wire) : this.dice.among(site.hosts);
    const asked = this.dice.among(site.hosts.filter((host) => host !== asker));
    const number = ++this.#packet;
    const question: FrameLayer[] = [
      { protocol: 'eth', source: asker.mac, destination: new Uint8Array(6).fill(0xff) },
      {
        protocol: 'arp',
        operation: 1,
        senderMac: asker.mac,
        senderIp: asker.ipv4,
        targetMac: new Uint8Array(6),
        targetIp: asked.ipv4,
      },
      { protocol: 'payload', bytes: new Uint8Array(18) },
    ];
    const answer: FrameLayer[] = [
      { protocol: 'eth', source: asked.mac, destination: asker.mac },
      {
        protocol: 'arp',
        operation: 2,
        senderMac: asked.mac,
        senderIp: asked.ipv4,
        targetMac: asker.mac,
        targetIp: asker.ipv4,
      },
    ];
    const stateOf = (layers: FrameLayer[], from: Host): Parameters<typeof wayOf>[3] => ({
      frames: [layers, layers],
      flow,
      pool: this.#poolOf(from.site),
      newGroup: () => this.#newGroup(),
      group: undefined,
      packetInGroup: 1,
    });
    const arrives = { kind: 'arrives' } as const;
    const { steps } = wayOf(this.topology, asker, 'everybody', stateOf(question, asker), arrives);
    const reply = (end: number): void => {
      const back = wayOf(this.topology, asked, asker, stateOf(answer, asked), arrives);
      const answerNumber = ++this.#packet;
      const nothing = (): void => undefined;
      if (back.steps.length > 0)
        this.simulation.start({ number: answerNumber, steps: back.steps, onEnd: nothing, nextStep: 0 }, end + 200);
    };
    if (steps.length === 0) return;
    this.simulation.start({ number, steps, onEnd: reply, nextStep: 0 }, tick);
  }

  /** Several questions in quick succession, some of them word for word the same. */
  #askByUdp(flow: Conversation, tick: number): void {
    const { dice } = this;
    const isSame = dice.chance(40);
    let at = tick;
    for (let question = 2 + dice.roll(5); question > 0; question--) {
      const text = isSame ? 'the same question' : `question ${question} of ${flow.flow}`;
      const answer = (end: number): void => {
        this.send({ ...backwards(flow), transport: udp(flow.server, flow.client, `answer: ${text}`), tick: end + 100 });
      };
      const onArrival = dice.chance(90) ? answer : undefined;
      this.send({
        ...forwards(flow),
        transport: udp(flow.client, flow.server, text),
        tick: at,
        fate: this.fate(2),
        ...(onArrival && { onArrival }),
      });
      at += dice.among([5, 20, 100, 1000]) * microsecond;
    }
  }

  #ping(flow: Conversation, tick: number): void {
    for (let sequence = 1; sequence <= 3; sequence++) {
      const echo = (type: number, identifier: number): FrameLayer[] => [
        {
          protocol: flow.isIpv6 ? 'icmpv6' : 'icmp',
          type,
          code: 0,
          rest: Uint8Array.of(identifier >> 8, identifier & 0xff, 0, sequence),
        },
        { protocol: 'payload', bytes: bytesOf('abcdefghijklmnopqrstuvwabcdefghi') },
      ];
      const [request, reply] = flow.isIpv6 ? [128, 129] : [8, 0];
      this.send({
        ...forwards(flow),
        transport: echo(request, flow.client.port),
        tick: tick + sequence * this.dice.among([1, 10]) * millisecond,
        fate: this.fate(3),
        onArrival: (end) => {
          this.send({ ...backwards(flow), transport: echo(reply, knownPort(flow.client)), tick: end + 50 });
        },
      });
    }
  }

  /** Arrives, but for so many of 100. */
  fate(lostOf100: number): Fate {
    if (!this.dice.chance(lostOf100)) return { kind: 'arrives' };
    return this.dice.chance(60) ? this.drop() : { kind: 'vanishes', share: this.dice.roll(100) / 100 };
  }

  drop(): Fate {
    return { kind: 'dropped', event: this.dice.among<DropEvent>(['at source', 'at destination', 'by extension']) };
  }
}

interface Conversation {
  readonly client: End;
  readonly server: End;
  readonly flow: number;
  readonly isIpv6: boolean;
}

function forwards({ client, server, flow, isIpv6 }: Conversation): Pick<Sending, 'from' | 'to' | 'flow' | 'isIpv6'> {
  return { from: client, to: server, flow, isIpv6 };
}

function backwards({ client, server, flow, isIpv6 }: Conversation): Pick<Sending, 'from' | 'to' | 'flow' | 'isIpv6'> {
  return { from: server, to: client, flow, isIpv6 };
}

function udp(from: End, to: End, text: string): FrameLayer[] {
  return [
    { protocol: 'udp', sourcePort: from.port, destinationPort: knownPort(to) },
    { protocol: 'payload', bytes: bytesOf(text) },
  ];
}

/** The port by which the other end knows this one. */
function knownPort(end: End): number {
  return end.outside?.port ?? end.port;
}

function knownAddress({ host, outside }: End, isIpv6: boolean): string {
  return isIpv6 ? ipv6At(host.ipv6, 0) : ipv4At(outside?.ipv4 ?? host.ipv4, 0);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function nextIdentification(host: Host): number {
  if (!host.numbersPackets) return 0;
  host.identification = (host.identification + 1) & 0xffff;
  return host.identification;
}

/** The source seen from outside, the destination seen from inside, one router further. */
function translated(layers: readonly FrameLayer[], from: End, to: End): FrameLayer[] {
  return routed(layers).map((layer): FrameLayer => {
    switch (layer.protocol) {
      case 'ipv4':
        return { ...layer, source: from.outside?.ipv4 ?? layer.source, destination: to.host.ipv4 };
      case 'tcp':
      case 'udp':
        return { ...layer, sourcePort: knownPort(from), destinationPort: to.port };
      case 'icmp': {
        const identifier = from.outside ? from.outside.port : to.port;
        return { ...layer, rest: Uint8Array.of(identifier >> 8, identifier & 0xff, layer.rest[2], layer.rest[3]) };
      }
      default:
        return layer;
    }
  });
}

/** Other MAC addresses, and one hop less to live. */
function routed(layers: readonly FrameLayer[]): FrameLayer[] {
  return layers.map((layer): FrameLayer => {
    if (layer.protocol === 'eth')
      return { ...layer, source: Uint8Array.of(0, 0, 0x5e, 0, 1, 1), destination: Uint8Array.of(0, 0, 0x5e, 0, 1, 2) };
    if (layer.protocol === 'ipv4') return { ...layer, ttl: (layer.ttl ?? 128) - 1 };
    return layer.protocol === 'ipv6' ? { ...layer, hopLimit: 63 } : layer;
  });
}

const { SYN, ACK, FIN, RST, PSH } = TcpFlag;

type Wishes = Partial<Pick<Sending, 'fate' | 'identification' | 'together' | 'onArrival'>> & {
  readonly sequence?: number;
  readonly acknowledgement?: number;
};

const synTries = 3;

/** 'dropped' and 'vanishing' SYNs do not arrive, 'unheard' ones do. */
type Plan = 'answered' | 'refused' | 'dropped' | 'vanishing' | 'unheard';
const plans: readonly Plan[] = [
  'answered',
  'answered',
  'answered',
  'answered',
  'refused',
  'dropped',
  'vanishing',
  'unheard',
];
const answers: Readonly<Record<Plan, AttemptTruth['answer']>> = {
  answered: 'SYN ACK',
  refused: 'RST',
  dropped: 'nothing',
  vanishing: 'nothing',
  unheard: 'nothing',
};

/** A handshake, then data both ways with all that may happen to it, then an end. */
class TcpConversation {
  readonly #traffic: Traffic;
  readonly #flow: Conversation;
  readonly #syns: { packet: number; isDropLogged: boolean }[] = [];
  readonly #next: { client: number; server: number };
  readonly #plan: Plan;
  /** So many SYNs do not arrive before one does. */
  readonly #futileSyns: number;
  #roundsLeft: number;

  constructor(traffic: Traffic, flow: Conversation) {
    const { dice } = traffic;
    this.#traffic = traffic;
    this.#flow = flow;
    this.#next = { client: dice.roll(2 ** 32), server: dice.roll(2 ** 32) };
    this.#plan = dice.among(plans);
    this.#futileSyns = dice.chance(20) ? 1 : 0;
    this.#roundsLeft = 1 + dice.roll(5);
  }

  begin(tick: number): void {
    this.#knock(tick, undefined);
    this.#traffic.addAttempt(() => {
      const { client, server, isIpv6 } = this.#flow;
      const { host } = client;
      return {
        client: isIpv6 ? ipv6At(host.ipv6, 0) : ipv4At(host.ipv4, 0),
        clientPort: client.port,
        server: knownAddress(server, isIpv6),
        serverPort: knownPort(server),
        answer: answers[this.#plan],
        syns: this.#syns,
      };
    });
  }

  #knock(tick: number, identification: number | undefined): void {
    const { dice } = this.#traffic;
    const attempt = this.#syns.length;
    const comesToNothing = this.#plan === 'dropped' || this.#plan === 'vanishing' || attempt < this.#futileSyns;
    const lostFate = this.#plan === 'dropped' ? this.#traffic.drop() : ({ kind: 'vanishes', share: 0.5 } as const);
    const sent = this.#send('client', SYN, 0, tick, {
      fate: comesToNothing ? lostFate : { kind: 'arrives' },
      ...(identification !== undefined && { identification }),
      onArrival: (end) => {
        this.#answerSyn(end);
      },
    });
    this.#syns.push({ packet: sent.number, isDropLogged: sent.isDropLogged });
    const isHeard = !comesToNothing && this.#plan !== 'unheard';
    const isOver = isHeard && (this.#plan === 'answered' || attempt >= 1);
    if (isOver || attempt + 1 >= synTries) return;
    const timeout = this.#plan === 'refused' && isHeard ? 500 : 1000 * 2 ** attempt;
    // Some devices between repeat a packet with its number; a stack gives it a new one.
    const again = dice.chance(10) ? sent.identification : undefined;
    this.#traffic.simulation.at(tick + timeout * millisecond, (at) => {
      this.#knock(at, again);
    });
  }

  #answerSyn(tick: number): void {
    const { dice } = this.#traffic;
    if (this.#plan === 'refused') {
      const asked = { acknowledgement: (this.#next.client + 1) >>> 0, sequence: 0 };
      this.#send('server', RST | ACK, 0, tick + 100, asked);
      return;
    }
    if (this.#plan !== 'answered') return;
    const think = dice.among([3, 40, 300]) * microsecond;
    this.#next.client = (this.#next.client + 1) >>> 0;
    this.#send('server', SYN | ACK, 0, tick + think, {
      onArrival: (end) => {
        this.#next.server = (this.#next.server + 1) >>> 0;
        this.#send('client', ACK, 0, end + 50);
        this.#exchange(end + 80);
      },
    });
  }

  /** A burst of segments, acknowledged; one of them may be lost and come again. */
  #exchange(tick: number): void {
    const { dice, simulation } = this.#traffic;
    if (this.#roundsLeft-- <= 0) {
      this.#end(tick);
      return;
    }
    const sender = dice.chance(60) ? 'client' : 'server';
    const receiver = sender === 'client' ? 'server' : 'client';
    const count = 1 + dice.roll(6);
    const together: Together | undefined = dice.chance(50) ? { group: undefined, packets: 0 } : undefined;
    let at = tick + dice.among([5, 100, 3000]) * microsecond;
    for (let segment = 0; segment < count; segment++) {
      const bytes = 10 + dice.roll(150);
      const fate = this.#traffic.fate(4);
      const sequence = this.#next[sender];
      const sent = this.#send(sender, PSH | ACK, bytes, at, {
        fate,
        ...(together && { together }),
        onArrival: (end) => {
          if (segment % 2 === 1 || segment === count - 1) this.#send(receiver, ACK, 0, end + 20);
        },
      });
      this.#next[sender] = (sequence + bytes) >>> 0;
      if (fate.kind !== 'arrives') this.#repeat(sender, sequence, bytes, at, sent.identification);
      at += together ? dice.roll(2) : dice.among([1, 10, 60]) * microsecond;
    }
    simulation.at(at + 2 * millisecond, (end) => {
      this.#exchange(end);
    });
  }

  /** The receiver asks for it three times, then it comes again with the same bytes. */
  #repeat(sender: 'client' | 'server', sequence: number, bytes: number, tick: number, identification: number): void {
    const { dice, simulation } = this.#traffic;
    const receiver = sender === 'client' ? 'server' : 'client';
    simulation.at(tick + 300 * microsecond, (at) => {
      for (let count = 0; count < 3; count++) this.#send(receiver, ACK, 0, at + count * 8 * microsecond);
    });
    const again = dice.chance(10) ? { identification } : {};
    simulation.at(tick + dice.among([5, 20, 200]) * millisecond, (at) => {
      this.#send(sender, PSH | ACK, bytes, at, { ...again, sequence });
    });
  }

  #end(tick: number): void {
    const { dice } = this.#traffic;
    if (dice.chance(20)) {
      this.#send('client', RST | ACK, 0, tick);
      return;
    }
    this.#send('client', FIN | ACK, 0, tick, {
      onArrival: (end) => {
        this.#next.client = (this.#next.client + 1) >>> 0;
        this.#send('server', FIN | ACK, 0, end + 100, {
          onArrival: (last) => {
            this.#next.server = (this.#next.server + 1) >>> 0;
            this.#send('client', ACK, 0, last + 20);
          },
        });
      },
    });
  }

  #send(side: 'client' | 'server', flags: number, bytes: number, tick: number, wishes: Wishes = {}): Sent {
    const { client, server } = this.#flow;
    const [from, to] = side === 'client' ? [client, server] : [server, client];
    const sequence = wishes.sequence ?? this.#next[side];
    const other = side === 'client' ? 'server' : 'client';
    const tcp: TcpLayer = {
      protocol: 'tcp',
      sourcePort: from.port,
      destinationPort: knownPort(to),
      flags,
      sequence,
      acknowledgement: (flags & ACK) === 0 ? 0 : (wishes.acknowledgement ?? this.#next[other]),
      window: 1026,
      ...((flags & SYN) !== 0 && { maximumSegmentSize: 1460, windowScale: 8, selectiveAcknowledgement: true }),
    };
    const payload = Uint8Array.from({ length: bytes }, (_, index) => (sequence + index * 7) & 0xff);
    return this.#traffic.send({
      ...(side === 'client' ? forwards(this.#flow) : backwards(this.#flow)),
      transport: [tcp, { protocol: 'payload', bytes: payload }],
      tick,
      ...wishes,
    });
  }
}
