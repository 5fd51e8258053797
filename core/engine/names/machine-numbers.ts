import { nameKey } from '../../names/name-key.ts';
import type { NameKey } from '../../names/named-thing.ts';

/**
 * Interface indexes and pktmon's component numbers mean something on one machine only. Of a trace of several files, each
 * that brings its own table may be of another machine: behind the first, their numbers carry the file's, `9@2`.
 */
export class MachineNumbers {
  private readonly inputs: readonly number[];

  /** The inputs that bring a table. */
  constructor(inputs: Iterable<number>) {
    this.inputs = [...new Set(inputs)].sort((a, b) => a - b);
  }

  /** The input whose table says what a number of `input` means: its own, else the first. */
  tableOf(input: number): number {
    return this.inputs.includes(input) ? input : (this.inputs.at(0) ?? input);
  }

  key(kind: 'ifindex' | 'component', number: number, input: number, label: string): NameKey[] {
    const key = nameKey(kind, String(number), label);
    if (!key) return [];
    const place = this.inputs.indexOf(input);
    return [place > 0 ? { ...key, value: `${key.value}@${input + 1}` } : key];
  }
}
