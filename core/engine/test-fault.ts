/**
 * Deaths on purpose, for tests of recovery only: HOPSCOPE_TEST_FAULT says which. `worker:index:3`: the worker that takes the
 * third `index` task ends in the middle of it; `worker:index:3+`: so does every later one. `memory:…`: it runs out of memory
 * instead. `engine:find:1`: the engine ends at the first call of `find`.
 */
export interface TestFault {
  readonly what: 'worker' | 'memory' | 'engine';
  /** A task for a worker, a method of the contract for the engine. */
  readonly name: string;
  /** Counted from 1. */
  readonly at: number;
  readonly andLater: boolean;
}

/** The fault that a text asks for, or undefined for none. Throws when it asks for something else. */
export function parseTestFault(text: string | undefined): TestFault | undefined {
  if (text === undefined || text === '') return undefined;
  const found = /^(worker|memory|engine):(\w+):(\d+)(\+?)$/.exec(text);
  if (!found) throw new Error(`HOPSCOPE_TEST_FAULT is no fault: ${text}`);
  const [, what, name, at, later] = found;
  return { what: what as TestFault['what'], name, at: Number(at), andLater: later === '+' };
}

/** Counts what comes by, and says when the fault is due. */
export class FaultTrigger {
  private readonly fault: TestFault | undefined;
  private seen = 0;

  constructor(fault: TestFault | undefined) {
    this.fault = fault;
  }

  /** The death that is due now that something of this name comes by, if any. */
  due(name: string): TestFault['what'] | undefined {
    const { fault } = this;
    if (fault?.name !== name) return undefined;
    this.seen++;
    return this.seen === fault.at || (fault.andLater && this.seen > fault.at) ? fault.what : undefined;
  }
}
