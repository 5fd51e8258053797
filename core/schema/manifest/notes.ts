import { limits } from './limits.ts';

const quotedLength = 80;

/** What was left out or is doubtful, one sentence each; the same sentence only once, and not more than a person reads. */
export class Notes {
  private readonly lines = new Set<string>();
  private more = 0;

  add(line: string): void {
    if (this.lines.has(line)) return;
    if (this.lines.size < limits.notes) this.lines.add(line);
    else this.more++;
  }

  all(): string[] {
    return this.more === 0 ? [...this.lines] : [...this.lines, `… and ${this.more.toLocaleString('en')} more.`];
  }
}

/** A name from a file, in quotation marks and short enough for a sentence. */
export function quoted(name: string): string {
  return `“${name.length > quotedLength ? `${name.slice(0, quotedLength)}…` : name}”`;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], shown = 5): string {
  const rest = names.length - shown;
  const first = names.slice(0, shown).map(quoted).join(', ');
  return rest > 0 ? `${first} and ${rest.toLocaleString('en')} more` : first;
}
