import type { ForeignCondition, ForeignFilter } from './foreign-filter.ts';

/** Thrown where our language has nothing for a part of a filter. The message is a sentence for the author. */
export class Untranslatable extends Error {}

/** Puts the translations of the conditions together. The text has more parentheses than it needs. */
export abstract class ForeignTranslator {
  readonly notes: string[] = [];
  private isComplete = true;

  /** In our language, or null when a part could not be translated; the notes name every such part. */
  translated(filter: ForeignFilter): string | null {
    const text = this.part(filter);
    return this.isComplete ? text : null;
  }

  protected abstract condition(condition: ForeignCondition): string;

  private part(filter: ForeignFilter): string {
    switch (filter.kind) {
      case 'and':
      case 'or':
        return joined(
          filter.kind,
          filter.operands.map((operand) => this.part(operand)),
        );
      case 'xor':
        return this.attempted(() => filter.operands.map((operand) => this.part(operand)).reduce(exclusive));
      case 'not':
        return `not (${this.part(filter.operand)})`;
      default:
        return this.attempted(() => this.condition(filter));
    }
  }

  private attempted(translate: () => string): string {
    try {
      return translate();
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      this.isComplete = false;
      this.notes.push(error.message);
      return '';
    }
  }
}

/** Conditions joined by `and` or `or`. */
export function joined(kind: 'and' | 'or', conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0] : conditions.map((condition) => `(${condition})`).join(` ${kind} `);
}

/** Both sides are said twice, so that more than a few become too long to read; nobody writes these. */
function exclusive(first: string, second: string): string {
  if (first.length + second.length > 10_000) throw new Untranslatable('Too many "xor" in one filter.');
  return `((${first}) and not (${second})) or (not (${first}) and (${second}))`;
}
