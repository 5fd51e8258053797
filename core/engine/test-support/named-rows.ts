import { writeFileSync } from 'node:fs';
import { corpus, topOf } from '../../packet/test-support/corpus.ts';
import { bytesOf } from '../../packet/test-frames.ts';
import { compileScenario } from '../../scenario/compile.ts';
import { Engine } from '../engine.ts';
import { InlinePool } from '../inline-pool.ts';

/**
 * A trace whose rows have names, so that a test can say which of them a filter lets through. Each entry is a statement of
 * core/scenario without its time; the rows stand in the order of the entries.
 */
export type NamedStatements = Readonly<Record<string, string>>;

/** The first row of every trace: the header of the log file. */
export const headerRow = 'log file header';

/** A statement that has more events than one gives each the name with its number behind it: `fragments 2`. */
export class NamedRows {
  readonly trace: number;
  private readonly engine: Engine;
  private readonly names: readonly string[];

  private constructor(engine: Engine, trace: number, names: readonly string[]) {
    this.engine = engine;
    this.trace = trace;
    this.names = names;
  }

  static async open(file: string, statements: NamedStatements): Promise<NamedRows> {
    const lines = Object.values(statements).map((statement, number) => `+${number + 1}ms ${statement}`);
    writeFileSync(file, compileScenario(`trace cpus=1 buffer=64KiB\n${lines.join('\n')}`));
    const engine = new Engine(new InlinePool());
    const { trace } = await engine.call('open', { files: [file] });
    const names = Object.entries(statements).flatMap(([name, statement]) => eventNames(name, statement));
    const { available } = await engine.call('view', { trace, filter: '' });
    if (available !== names.length + 1) throw new Error(`${available} rows, but ${names.length + 1} names`);
    return new NamedRows(engine, trace, [headerRow, ...names]);
  }

  /** Every name, in the order of the rows. */
  get all(): readonly string[] {
    return this.names;
  }

  /** Names of the rows that the filter lets through, in their order. */
  async matching(filter: string): Promise<string[]> {
    const { view, rows } = await this.engine.call('view', { trace: this.trace, filter });
    const block = await this.engine.call('rows', { view, from: 0, count: rows });
    await this.engine.call('closeView', { view });
    return block.rows.map(({ row }) => this.names[row]);
  }

  /** Writes the packets that a filter lets through as pcapng, in the order of the rows; returns their names. */
  async exportPackets(target: string, filter: string): Promise<string[]> {
    const { view } = await this.engine.call('view', { trace: this.trace, filter });
    await this.engine.call('export', { view, format: 'pcapng', target });
    return this.matching(filter);
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

function eventNames(name: string, statement: string): string[] {
  const fragments = /\bfragments=([\d,]+)/.exec(statement)?.[1].split(',').length ?? 1;
  return fragments === 1 ? [name] : Array.from({ length: fragments }, (_, number) => `${name} ${number + 1}`);
}

/** A frame of the dissectors' corpus as the last part of a statement: `ndis in miniport=9 | bytes …`. */
export function corpusFrame(name: string): string {
  return `bytes ${hexadecimal(bytesOf(corpus[name].text))}`;
}

/** What the topmost module of a frame of the corpus is made of, for other headers around it. */
export function corpusPayload(name: string): string {
  return `bytes ${hexadecimal(bytesOf(corpus[name].text).subarray(topOf(name).start))}`;
}

export function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
