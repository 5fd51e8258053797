import type { PlacedRecord } from '../../etl/writer.ts';
import type { Logged } from './host-records.ts';
import type { Dice } from './tcp-traffic.ts';

/**
 * How a loaded Windows host works its packets off: those that have come in while a processor was busy are a batch, each
 * step is done for all packets of the batch before the next one, and what one packet's step logs stands together. Times
 * are ticks of 100 ns. No two events have the same time, so that the truth can be told by it.
 */

/** A packet on its way. */
export interface Traveller {
  /** From 1. */
  readonly number: number;
  readonly steps: readonly Step[];
  /** Called when the last step is done. */
  readonly onEnd: (tick: number) => void;
  nextStep: number;
}

/** What happens to a packet without another packet's step between. */
export interface Step {
  readonly log: (tick: number) => readonly Logged[];
  /** The packet waits here for a queue to be worked off, before the step. Packets keep their order in a queue. */
  readonly queue?: QueueChange;
}

export interface QueueChange {
  readonly name: string;
  /** Of the packet's flow: the same flow always has the same processor at the same queue. */
  readonly processor: number;
  /** Ticks until it is there. */
  readonly wait: number;
  /** Who works: an application that sends, or whoever the processor's deferred call interrupts. */
  readonly worker: 'application' | 'deferred call';
}

interface Waiting {
  readonly packet: Traveller;
  readonly change: QueueChange;
  readonly since: number;
}

interface Processor {
  readonly waiting: Waiting[];
  freeAt: number;
  isCalled: boolean;
}

interface Worker {
  readonly process: number;
  readonly thread: number;
}

const mostInBatch = 24;

export interface SimulatedEvent extends PlacedRecord {
  readonly tick: number;
  readonly packet: number;
}

export class HostSimulation {
  readonly events: SimulatedEvent[] = [];
  readonly #dice: Dice;
  readonly #processors: readonly Processor[];
  readonly #agenda = new Agenda();
  readonly #usedTicks = new Set<number>();
  readonly #startTick: bigint;

  constructor(dice: Dice, processors: number, startTick: bigint) {
    this.#dice = dice;
    this.#startTick = startTick;
    this.#processors = Array.from({ length: processors }, () => ({ waiting: [], freeAt: 0, isCalled: false }));
  }

  at(tick: number, action: (tick: number) => void): void {
    this.#agenda.add(tick, action);
  }

  /** The packet's first step must say what queue it waits in. */
  start(packet: Traveller, tick: number): void {
    this.at(tick, () => {
      this.#enqueue(packet, tick);
    });
  }

  run(): void {
    for (let item = this.#agenda.take(); item; item = this.#agenda.take()) item.action(item.tick);
    this.events.sort((one, other) => one.tick - other.tick);
  }

  #enqueue(packet: Traveller, tick: number): void {
    const change = packet.steps[packet.nextStep].queue;
    if (!change) throw new Error('a packet waits for its turn without a queue');
    const since = tick + change.wait;
    this.at(since, () => {
      const number = change.processor % this.#processors.length;
      this.#processors[number].waiting.push({ packet, change, since });
      this.#call(number, since);
    });
  }

  /** Interrupts are moderated: some packets more come in before a processor begins. */
  #call(number: number, tick: number): void {
    const processor = this.#processors[number];
    if (processor.isCalled) return;
    processor.isCalled = true;
    const begin = Math.max(tick + this.#dice.roll(300), processor.freeAt);
    this.at(begin, () => {
      processor.isCalled = false;
      this.#work(number, begin);
      if (processor.waiting.length > 0) this.#call(number, processor.freeAt);
    });
  }

  #work(number: number, tick: number): void {
    const processor = this.#processors[number];
    const { name, worker } = processor.waiting[0].change;
    const batch = processor.waiting.filter(({ change }) => change.name === name).slice(0, mostInBatch);
    const taken = new Set(batch);
    const left = processor.waiting.filter((waiting) => !taken.has(waiting));
    processor.waiting.splice(0, processor.waiting.length, ...left);
    const clock = { now: tick };
    const by = this.#worker(number, worker);
    let rest = batch.map(({ packet }) => packet);
    for (let isFirst = true; rest.length > 0; isFirst = false) {
      rest = rest.filter((packet) => this.#step(packet, { number, by, clock, isFirst }));
      clock.now += 5 + this.#dice.roll(20);
    }
    processor.freeAt = clock.now;
  }

  /** Does the packet's next step; false when the packet has left this batch. */
  #step(packet: Traveller, at: { number: number; by: Worker; clock: { now: number }; isFirst: boolean }): boolean {
    const { number, by, clock, isFirst } = at;
    if (packet.nextStep >= packet.steps.length) {
      packet.onEnd(clock.now);
      return false;
    }
    const step = packet.steps[packet.nextStep];
    if (step.queue && !isFirst) {
      this.#enqueue(packet, clock.now);
      return false;
    }
    packet.nextStep++;
    for (const event of step.log(clock.now)) {
      clock.now = this.#freeTick(clock.now + 2 + this.#dice.roll(6));
      const timestamp = this.#startTick + BigInt(clock.now);
      const record = { kind: 'event', timestamp, ...by, ...event } as const;
      this.events.push({ processor: number, record, tick: clock.now, packet: packet.number });
    }
    clock.now += 2 + this.#dice.roll(8);
    return true;
  }

  #freeTick(tick: number): number {
    let free = tick;
    while (this.#usedTicks.has(free)) free++;
    this.#usedTicks.add(free);
    return free;
  }

  /** A deferred call runs in the thread that it interrupts: often the idle thread, whose number all processors share. */
  #worker(processor: number, kind: QueueChange['worker']): Worker {
    if (kind === 'deferred call' && this.#dice.chance(50)) return { process: 0, thread: 0 };
    const process = kind === 'application' ? 7364 : 4;
    return { process, thread: 100 * (processor + 1) + 4 * this.#dice.roll(3) };
  }
}

interface AgendaItem {
  readonly tick: number;
  readonly order: number;
  readonly action: (tick: number) => void;
}

/** What is to be done, earliest first; of the same time, what was added first. A binary heap. */
class Agenda {
  readonly #items: AgendaItem[] = [];
  #added = 0;

  add(tick: number, action: (tick: number) => void): void {
    const items = this.#items;
    items.push({ tick, order: this.#added++, action });
    for (let index = items.length - 1; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!isBefore(items[index], items[parent])) return;
      [items[index], items[parent]] = [items[parent], items[index]];
      index = parent;
    }
  }

  take(): AgendaItem | undefined {
    const items = this.#items;
    const first = items.at(0);
    const last = items.pop();
    if (!first || !last || items.length === 0) return first;
    items[0] = last;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      if (left >= items.length) return first;
      const right = left + 1;
      const child = right < items.length && isBefore(items[right], items[left]) ? right : left;
      if (!isBefore(items[child], items[index])) return first;
      [items[index], items[child]] = [items[child], items[index]];
      index = child;
    }
  }
}

function isBefore(one: AgendaItem, other: AgendaItem): boolean {
  return one.tick < other.tick || (one.tick === other.tick && one.order < other.order);
}
