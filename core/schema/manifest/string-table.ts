import { listed, type Notes } from './notes.ts';
import { attributeOf, childrenOf, descendantsOf, elementsAt, type XmlElement } from './xml-tree.ts';

const preferredCulture = 'en-US';

/** A manifest's `<localization>`: the texts that `$(string.id)` stands for, English where there are several languages. */
export class StringTable {
  private readonly texts = new Map<string, string>();
  private readonly missing = new Set<string>();

  constructor(root: XmlElement) {
    const resources = [root, ...descendantsOf(root, 'localization')].flatMap((at) => childrenOf(at, 'resources'));
    const isPreferred = (at: XmlElement): boolean =>
      attributeOf(at, 'culture')?.toLowerCase() === preferredCulture.toLowerCase();
    const ordered = [...resources.filter(isPreferred), ...resources.filter((at) => !isPreferred(at))];
    for (const string of ordered.flatMap((at) => elementsAt(at, 'stringTable', 'string'))) {
      const id = attributeOf(string, 'id');
      if (id !== undefined && !this.texts.has(id)) this.texts.set(id, attributeOf(string, 'value') ?? '');
    }
  }

  /** The text with its references replaced, once; a reference to a string that does not exist leaves nothing. */
  resolve(text: string): string {
    // Generated ids contain brackets themselves, so a text that is one reference is taken as a whole.
    const whole = /^\$\(string\.(.*)\)$/s.exec(text);
    const direct = whole ? this.texts.get(whole[1].trim()) : undefined;
    // No id has a $, and without one in the pattern a text full of unfinished references would take forever.
    return direct ?? text.replace(/\$\(string\.([^)$]*)\)/g, (_, id: string) => this.find(id.trim()));
  }

  reportMissing(notes: Notes): void {
    if (this.missing.size === 0) return;
    notes.add(`The file does not contain these texts it refers to, so they stay empty: ${listed([...this.missing])}.`);
  }

  private find(id: string): string {
    const text = this.texts.get(id);
    if (text === undefined) this.missing.add(id);
    return text ?? '';
  }
}
