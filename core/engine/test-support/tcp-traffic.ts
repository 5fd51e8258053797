import { TcpFlag } from '../../packet/tcp.ts';
import type { FrameLayer, TcpLayer } from '../../scenario/frame.ts';

/** One TCP packet on its way, in the order and at the time that a capture in the middle of the path sees it. */
export interface TrafficPacket {
  /** Microseconds. */
  readonly time: number;
  readonly fromClient: boolean;
  readonly layers: readonly FrameLayer[];
}

/** The same numbers in every run (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number {
    this.state = (this.state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  }

  chance(outOf100: number): boolean {
    return this.roll(100) < outOf100;
  }

  among<Thing>(things: readonly Thing[]): Thing {
    return things[this.roll(things.length)];
  }
}

const { SYN, ACK, FIN, RST, PSH } = TcpFlag;

interface Endpoint {
  readonly address: Uint8Array;
  readonly mac: Uint8Array;
  readonly port: number;
  /** Next number to send, and next number expected of the peer. */
  next: number;
  expected: number;
  window: number;
  readonly shift: number;
  identification: number;
}

type Wishes = Partial<Pick<TcpLayer, 'windowScale' | 'maximumSegmentSize' | 'selectiveAcknowledgement' | 'sackEdges'>>;

/** A connection that goes through episodes of everything that may happen to one. */
class Connection {
  readonly packets: TrafficPacket[] = [];
  private readonly dice: Dice;
  private readonly client: Endpoint;
  private readonly server: Endpoint;
  private readonly roundTrip: number;
  private readonly segmentSize: number;
  private readonly hasSack: boolean;
  private now: number;

  constructor(dice: Dice, number: number, start: number) {
    this.dice = dice;
    const isIpv6 = dice.chance(40);
    const address = (host: number): Uint8Array =>
      isIpv6
        ? Uint8Array.of(0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, host >> 8, host & 0xff)
        : Uint8Array.of(10, 1, host >> 8, host & 0xff);
    const endpoint = (host: number, port: number): Endpoint => ({
      address: address(host),
      mac: Uint8Array.of(0, 0x15, 0x5d, 0, host >> 8, host & 0xff),
      port,
      // Every third connection counts over the end of the number space.
      next: dice.chance(33) ? (0xffff_ff00 - dice.roll(20_000)) >>> 0 : dice.roll(2 ** 32),
      expected: 0,
      window: 8192 + dice.roll(50_000),
      shift: dice.roll(9),
      // Some systems number no packets that must not be fragmented (RFC 6864).
      identification: dice.chance(25) ? 0 : 1 + dice.roll(0xffff),
    });
    this.client = endpoint(1 + (number % 200), 40_000 + (number % 20_000));
    this.server = endpoint(500 + dice.roll(3), dice.among([443, 9000, 9001]));
    this.roundTrip = dice.among([400, 3000, 12_000, 40_000]);
    this.segmentSize = dice.among([100, 536, 1460]);
    this.hasSack = dice.chance(50);
    this.now = start;
  }

  run(): void {
    this.open();
    const episodes = [
      () => {
        this.exchange();
      },
      () => {
        this.exchange();
      },
      () => {
        this.exchange();
      },
      () => {
        this.loseBehindCapture();
      },
      () => {
        this.loseBeforeCapture();
      },
      () => {
        this.loseLast();
      },
      () => {
        this.reorder();
      },
      () => {
        this.sendNeedlessly();
      },
      () => {
        this.closeWindow();
      },
      () => {
        this.keepAlive();
      },
      () => {
        this.updateWindow();
      },
      () => {
        this.missInCapture();
      },
    ];
    for (let count = 2 + this.dice.roll(8); count > 0; count--) this.dice.among(episodes)();
    this.close();
  }

  /** A SYN that nobody answers, sent again and again. */
  knockInVain(): void {
    const { next } = this.client;
    for (let times = 0; times < 3; times++) {
      this.client.next = next;
      this.send(this.client, SYN, 0, {}, next);
      this.wait(1_000_000 * 2 ** times);
    }
  }

  /** The capture begins in the middle of the connection. */
  joinLate(): void {
    this.client.expected = this.server.next;
    this.server.expected = this.client.next;
    this.exchange();
    this.exchange();
    this.loseBehindCapture();
    this.exchange();
  }

  private open(): void {
    const { client, server } = this;
    const wishes = (endpoint: Endpoint): Wishes => ({
      maximumSegmentSize: this.segmentSize,
      windowScale: endpoint.shift,
      selectiveAcknowledgement: this.hasSack,
    });
    const asked = client.next;
    this.send(client, SYN, 0, wishes(client));
    if (this.dice.chance(8)) {
      this.wait(1_000_000);
      this.send(client, SYN, 0, wishes(client), asked);
    }
    server.expected = client.next;
    this.wait(this.roundTrip / 2);
    const answered = server.next;
    this.send(server, SYN | ACK, 0, wishes(server));
    if (this.dice.chance(5)) {
      this.wait(1_000_000);
      this.send(server, SYN | ACK, 0, wishes(server), answered);
    }
    client.expected = server.next;
    this.wait(this.roundTrip / 2);
    this.send(client, ACK, 0);
  }

  private close(): void {
    const [first, second] = this.sides();
    this.pause();
    if (this.dice.chance(25)) {
      this.send(first, RST | ACK, 0);
      return;
    }
    this.send(first, FIN | ACK, 0);
    second.expected = first.next;
    this.wait(this.roundTrip / 2);
    this.send(second, FIN | ACK, 0);
    first.expected = second.next;
    this.wait(this.roundTrip / 2);
    this.send(first, ACK, 0);
  }

  private exchange(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    for (let count = 1 + this.dice.roll(10); count > 0; count--) {
      this.sendData(sender);
      this.wait(10 + this.dice.roll(40));
      if (count % 2 === 0) {
        receiver.expected = sender.next;
        this.acknowledge(receiver);
      }
    }
    this.acknowledgeLater(receiver, sender.next);
  }

  /** A segment that was captured never arrives: duplicate acknowledgments, then a fast retransmission. */
  private loseBehindCapture(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    const lost = sender.next;
    this.sendData(sender);
    for (let count = 3 + this.dice.roll(5); count > 0; count--) {
      this.wait(20);
      const start = sender.next;
      this.sendData(sender);
      this.wait(20);
      this.acknowledge(receiver, this.hasSack ? { sackEdges: [start, sender.next] } : {});
    }
    this.wait(this.dice.chance(70) ? this.roundTrip * 0.4 : 300_000);
    this.sendData(sender, lost);
    this.acknowledgeLater(receiver, sender.next);
  }

  /** A segment is lost before it comes to the capture: a gap, duplicate acknowledgments, and the segment late. */
  private loseBeforeCapture(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    this.sendData(sender);
    this.wait(20);
    receiver.expected = sender.next;
    this.acknowledge(receiver);
    const lost = sender.next;
    sender.next = (sender.next + this.segmentSize) >>> 0;
    for (let count = 2 + this.dice.roll(5); count > 0; count--) {
      this.wait(20);
      this.sendData(sender);
      this.wait(20);
      this.acknowledge(receiver);
    }
    this.wait(this.dice.chance(60) ? this.roundTrip * 0.6 : 250_000);
    this.sendData(sender, lost);
    this.acknowledgeLater(receiver, sender.next);
  }

  /** The last segment is lost: nobody can tell the sender, who sends it again after a while. */
  private loseLast(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    this.sendData(sender);
    this.wait(30);
    const lost = sender.next;
    this.sendData(sender);
    for (let times = 1 + this.dice.roll(2); times > 0; times--) {
      this.wait(250_000 * times);
      this.sendData(sender, lost);
    }
    this.acknowledgeLater(receiver, sender.next);
  }

  private reorder(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    this.sendData(sender);
    const late = sender.next;
    sender.next = (sender.next + this.segmentSize) >>> 0;
    this.wait(15);
    this.sendData(sender);
    this.wait(15);
    this.sendData(sender, late);
    this.acknowledgeLater(receiver, sender.next);
  }

  private sendNeedlessly(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    const start = sender.next;
    this.sendData(sender);
    this.acknowledgeLater(receiver, sender.next);
    this.wait(this.roundTrip / 2);
    this.sendData(sender, start);
    this.wait(this.roundTrip / 2);
    this.acknowledge(receiver);
  }

  /** The receiver's program does not read: the window fills up and closes, probes are answered, then it opens again. */
  private closeWindow(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    const usual = receiver.window;
    const unit = 2 ** receiver.shift;
    const room = Math.ceil((this.segmentSize * 2) / unit);
    receiver.window = room;
    this.sendData(sender);
    this.acknowledgeLater(receiver, sender.next);
    for (let left = room * unit; left > 0;) {
      this.wait(20);
      const size = Math.min(left, this.segmentSize);
      this.sendData(sender, undefined, size);
      left -= size;
    }
    receiver.window = 0;
    this.acknowledgeLater(receiver, sender.next);
    for (let probes = 1 + this.dice.roll(3); probes > 0; probes--) {
      this.wait(300_000);
      const start = sender.next;
      this.sendData(sender, start, 1);
      this.wait(this.roundTrip / 2);
      this.acknowledge(receiver);
      sender.next = start;
    }
    receiver.window = usual;
    this.wait(50_000);
    this.acknowledge(receiver);
  }

  private keepAlive(): void {
    const [asking, answering] = this.sides();
    this.pause();
    const bytes = this.dice.roll(2);
    for (let times = 1 + this.dice.roll(3); times > 0; times--) {
      this.wait(1_000_000);
      this.sendData(asking, (asking.next - 1) >>> 0, bytes);
      this.wait(this.roundTrip / 2);
      this.acknowledge(answering);
    }
  }

  private updateWindow(): void {
    const [, receiver] = this.sides();
    this.pause();
    this.acknowledge(receiver);
    receiver.window += 100 + this.dice.roll(500);
    this.wait(500);
    this.acknowledge(receiver);
  }

  /** The capture misses a segment that arrives all the same. */
  private missInCapture(): void {
    const [sender, receiver] = this.sides();
    this.pause();
    this.sendData(sender);
    sender.next = (sender.next + this.segmentSize) >>> 0;
    if (this.dice.chance(50)) {
      this.wait(30);
      this.sendData(sender);
    }
    this.acknowledgeLater(receiver, sender.next);
  }

  private sides(): [Endpoint, Endpoint] {
    return this.dice.chance(70) ? [this.server, this.client] : [this.client, this.server];
  }

  private pause(): void {
    this.wait(60_000 + this.dice.roll(200_000));
  }

  private wait(microseconds: number): void {
    this.now += Math.ceil(microseconds);
  }

  private acknowledgeLater(receiver: Endpoint, expected: number): void {
    this.wait(this.roundTrip / 2);
    receiver.expected = expected;
    this.acknowledge(receiver);
  }

  private acknowledge(receiver: Endpoint, wishes: Wishes = {}): void {
    this.send(receiver, ACK, 0, wishes);
  }

  private sendData(sender: Endpoint, sequence = sender.next, bytes = this.segmentSize): void {
    this.send(sender, ACK | PSH, bytes, {}, sequence);
  }

  /** Sends from `sequence` on; only what lies behind all that was sent moves the sender on. */
  private send(sender: Endpoint, flags: number, bytes: number, wishes: Wishes = {}, sequence = sender.next): void {
    const receiver = sender === this.client ? this.server : this.client;
    const isIpv6 = sender.address.length === 16;
    const { address: source, mac } = sender;
    const tcp: TcpLayer = {
      protocol: 'tcp',
      sourcePort: sender.port,
      destinationPort: receiver.port,
      flags,
      sequence,
      acknowledgement: (flags & ACK) === 0 ? 0 : sender.expected,
      window: sender.window,
      ...wishes,
    };
    const ip: FrameLayer = isIpv6
      ? { protocol: 'ipv6', source, destination: receiver.address }
      : {
          protocol: 'ipv4',
          source,
          destination: receiver.address,
          id: this.nextIdentification(sender),
          dontFragment: true,
        };
    const payload = Uint8Array.from({ length: bytes }, (_, index) => (sequence + index) & 0xff);
    this.packets.push({
      time: this.now,
      fromClient: sender === this.client,
      layers: [
        { protocol: 'eth', source: mac, destination: receiver.mac },
        ip,
        tcp,
        { protocol: 'payload', bytes: payload },
      ],
    });
    const end = (sequence + bytes + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) >>> 0;
    if (((sender.next - end) | 0) < 0) sender.next = end;
  }

  private nextIdentification(sender: Endpoint): number {
    if (sender.identification !== 0) sender.identification = (sender.identification % 0xffff) + 1;
    return sender.identification;
  }
}

/** What so many connections exchange, in time order. */
export function tcpTraffic(seed: number, connections: number): TrafficPacket[] {
  const dice = new Dice(seed);
  const packets: TrafficPacket[] = [];
  for (let number = 0; number < connections; number++) {
    const connection = new Connection(dice, number, dice.roll(5_000_000));
    if (number % 17 === 3) connection.knockInVain();
    else if (number % 13 === 5) connection.joinLate();
    else connection.run();
    packets.push(...connection.packets);
  }
  // The sort is stable: what a connection sends at one moment stays in its order.
  return packets.sort((a, b) => a.time - b.time);
}
