/** An XML text as a tree of what manifests use: elements, attributes, text. Bounded in size and depth. */
import { Parser } from 'htmlparser2';
import { SchemaError } from '../schema-error.ts';
import { limits } from './limits.ts';
import { quoted } from './notes.ts';

export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, CDATA sections included. */
  readonly text: string;
  /** Whether the file ends inside: more may have followed. */
  readonly cut: boolean;
}

export interface XmlDocument {
  /** Several when outputs were written one behind the other into one file. */
  readonly roots: readonly XmlElement[];
  /** What is wrong with the text as XML, in words. */
  readonly notes: readonly string[];
}

/**
 * Reads XML leniently: stray characters and tags that were never opened are passed over, and what is still open at the
 * end is closed there, with a note. A DOCTYPE's entities are not expanded.
 * Throws a SchemaError when the text nests too deep or has too many elements.
 */
export function parseXml(text: string): XmlDocument {
  const builder = new TreeBuilder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        builder.open(name, attributes);
      },
      ontext: (piece) => {
        builder.addText(piece);
      },
      onclosetag: () => {
        builder.close();
      },
      onprocessinginstruction: (name) => {
        if (name === '!DOCTYPE')
          builder.notes.push('The file has a DOCTYPE; the entities it declares are not expanded.');
      },
    },
    { xmlMode: true },
  );
  parser.write(text);
  const cutIn = builder.markCut();
  parser.end();
  const cutNote = cutIn === undefined ? [] : [`The file ends inside ${described(cutIn)}; what stands before was read.`];
  return { roots: builder.roots, notes: [...builder.notes, ...cutNote, ...builder.shortenedLists()] };
}

/** The attribute's value without blanks around it, or undefined when there is none. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return Object.hasOwn(element.attributes, name) ? element.attributes[name].trim() : undefined;
}

/** Children of this name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The elements at the end of a path of names: `tasks`, `task` gives all tasks of all lists of tasks. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce<XmlElement[]>((found, name) => found.flatMap((at) => childrenOf(at, name)), [element]);
}

/** All elements of this name inside, in document order; what lies inside one of them is not searched. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : descendantsOf(child, name)));
}

interface GrowingElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
  cut: boolean;
}

class TreeBuilder {
  readonly roots: XmlElement[] = [];
  readonly notes: string[] = [];
  private readonly path: GrowingElement[] = [];
  /** Elements that are open but not kept. */
  private skipped = 0;
  private kept = 0;
  private readonly leftOut = new Map<GrowingElement, number>();

  open(qualifiedName: string, attributes: Record<string, string>): void {
    if (this.path.length + this.skipped >= limits.nesting) {
      throw new SchemaError(`The file nests elements deeper than ${limits.nesting}, which no file of its kind does.`);
    }
    const parent = this.path.at(-1);
    const siblings = parent?.children ?? this.roots;
    if (this.skipped > 0 || siblings.length >= limits.listEntries) {
      if (this.skipped === 0 && parent) this.leftOut.set(parent, (this.leftOut.get(parent) ?? 0) + 1);
      this.skipped++;
      return;
    }
    if (++this.kept > limits.elements) {
      throw new SchemaError(
        `The file has more than ${limits.elements.toLocaleString('en')} elements, which no file of its kind has.`,
      );
    }
    const name = qualifiedName.slice(qualifiedName.indexOf(':') + 1);
    const element: GrowingElement = { name, attributes, children: [], text: '', cut: false };
    siblings.push(element);
    this.path.push(element);
  }

  close(): void {
    if (this.skipped > 0) this.skipped--;
    else this.path.pop();
  }

  addText(piece: string): void {
    const element = this.path.at(-1);
    if (element && this.skipped === 0) element.text += piece;
  }

  /** Marks the elements that are still open, and returns the innermost. */
  markCut(): XmlElement | undefined {
    for (const element of this.path) element.cut = true;
    return this.path.at(-1);
  }

  shortenedLists(): string[] {
    return [...this.leftOut].map(
      ([element, count]) =>
        `${described(element)} has ${(limits.listEntries + count).toLocaleString('en')} entries; ` +
        `only the first ${limits.listEntries.toLocaleString('en')} were read.`,
    );
  }
}

/** `<valueMap> “Colours”`. */
function described(element: XmlElement): string {
  const name = attributeOf(element, 'name') ?? attributeOf(element, 'tid');
  return name === undefined ? `<${element.name}>` : `<${element.name}> ${quoted(name)}`;
}
