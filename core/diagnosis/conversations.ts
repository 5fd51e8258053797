import { sharedWords } from '../base/words.ts';
import { growingTable, reserveRows, type GrowingTable } from '../trace/tables.ts';

/** Protocols whose conversations are counted, each by itself. */
export const ConversationKind = { Tcp: 0, Udp: 1, Ip: 2 } as const;
export type ConversationKind = (typeof ConversationKind)[keyof typeof ConversationKind];
export const conversationKinds = 3;

/** One row a conversation, in the order of their first packets. */
export const conversationColumns = {
  /** What tells it from others: kind and IP version, the two addresses (lower first), the two ports (likewise). */
  kind: 'Uint32',
  lowAddress: 'Uint32',
  highAddress: 'Uint32',
  ports: 'Uint32',
  /** The row, in time order, of its first packet. */
  firstRow: 'Uint32',
  /** Its number among those of its kind in this share of the work. TCP: flows 2n and 2n + 1 are its two ways. */
  number: 'Uint32',
  /** TCP: the packets of the SYN and of the SYN-ACK, plus 1 each, the time of the latest SYN, and how far it came. */
  syn: 'Uint32',
  synAck: 'Uint32',
  synTime: 'Float64',
  handshake: 'Uint8',
  /** TCP: the flow that the server sends on, once its SYN or its peer's was seen; 0 or 1. */
  serverFlow: 'Uint8',
  /** TCP: from the SYN to the acknowledgment of the SYN-ACK, in 100 ns; 0 when that was not seen. */
  roundTrip: 'Float64',
} as const;
export type ConversationTable = GrowingTable<typeof conversationColumns>;

/** How far a handshake came. */
export const Handshake = { None: 0, Asked: 1, Answered: 2, Open: 3 } as const;

/** Conversations of one share of the work, as plain data that tasks hand on. */
export interface ConversationState {
  count: number;
  /** Of each kind. */
  readonly counts: Uint32Array;
  readonly table: ConversationTable;
  /** Open addressing: 1 + number of the newest conversation with a key, 0 where a slot is free. */
  slots: Uint32Array;
}

export function newConversationState(): ConversationState {
  return {
    count: 0,
    counts: sharedWords(conversationKinds),
    table: growingTable(conversationColumns, 256),
    slots: sharedWords(1024),
  };
}

/** Gives packets their conversations. */
export class Conversations {
  columns: ConversationTable['columns'];
  private readonly state: ConversationState;

  constructor(state: ConversationState) {
    this.state = state;
    this.columns = state.table.columns;
  }

  get count(): number {
    return this.state.count;
  }

  countOf(kind: ConversationKind): number {
    return this.state.counts[kind];
  }

  /** The newest conversation between these endpoints. It is new when the number equals the `count` of before. */
  find(kind: number, lowAddress: number, highAddress: number, ports: number, row: number): number {
    const { columns } = this;
    const { slots } = this.state;
    const mask = slots.length - 1;
    let slot = slotOf(kind, lowAddress, highAddress, ports) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = slots[slot] - 1;
      if (
        columns.lowAddress[number] === lowAddress &&
        columns.highAddress[number] === highAddress &&
        columns.ports[number] === ports &&
        columns.kind[number] === kind
      ) {
        return number;
      }
    }
    return this.add(slot, kind, lowAddress, highAddress, ports, row);
  }

  /** Another conversation between the endpoints of `number`, which must be their newest; it takes its place. */
  renew(number: number, row: number): number {
    const { kind, lowAddress, highAddress, ports } = this.columns;
    const { slots } = this.state;
    const mask = slots.length - 1;
    let slot = slotOf(kind[number], lowAddress[number], highAddress[number], ports[number]) & mask;
    while (slots[slot] !== number + 1) slot = (slot + 1) & mask;
    return this.add(slot, kind[number], lowAddress[number], highAddress[number], ports[number], row);
  }

  private add(slot: number, kind: number, low: number, high: number, ports: number, row: number): number {
    const { state } = this;
    const number = state.count++;
    reserveRows(state.table, state.count);
    this.columns = state.table.columns;
    const { columns } = this;
    columns.kind[number] = kind;
    columns.lowAddress[number] = low;
    columns.highAddress[number] = high;
    columns.ports[number] = ports;
    columns.firstRow[number] = row;
    columns.number[number] = state.counts[kindOfKey(kind)]++;
    state.slots[slot] = number + 1;
    if (state.count * 2 > state.slots.length) this.enlargeSlots();
    return number;
  }

  private enlargeSlots(): void {
    const { state, columns } = this;
    const slots = sharedWords(state.slots.length * 4);
    const mask = slots.length - 1;
    for (const entry of state.slots) {
      if (entry === 0) continue;
      const number = entry - 1;
      const { kind, lowAddress, highAddress, ports } = columns;
      let slot = slotOf(kind[number], lowAddress[number], highAddress[number], ports[number]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    state.slots = slots;
  }
}

/**
 * Numbers the conversations of all shares, each kind by itself, in the order of their first packets: of each share, the
 * numbers of its conversations.
 */
export function wholeNumbers(shares: readonly ConversationState[]): Uint32Array[] {
  const numbers = shares.map(({ count }) => sharedWords(count));
  const next = shares.map(() => 0);
  const counts = new Uint32Array(conversationKinds);
  for (let rest = shares.reduce((sum, { count }) => sum + count, 0); rest > 0; rest--) {
    let earliest = -1;
    shares.forEach(({ table, count }, share) => {
      if (next[share] === count) return;
      const isEarlier =
        earliest < 0 || table.columns.firstRow[next[share]] < shares[earliest].table.columns.firstRow[next[earliest]];
      if (isEarlier) earliest = share;
    });
    const conversation = next[earliest]++;
    numbers[earliest][conversation] = counts[kindOfKey(shares[earliest].table.columns.kind[conversation])]++;
  }
  return numbers;
}

/** The kind of a conversation as its key has it; two versions of IP never share one. */
export function kindKey(kind: ConversationKind, isIpv6: boolean): number {
  return kind * 2 + (isIpv6 ? 1 : 0);
}

export function kindOfKey(key: number): ConversationKind {
  return (key >>> 1) as ConversationKind;
}

function slotOf(kind: number, low: number, high: number, ports: number): number {
  let hash = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1) ^ kind;
  hash = Math.imul(hash ^ (hash >>> 15) ^ ports, 0x2c1b_3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
