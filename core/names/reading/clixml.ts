/** Export-Clixml: PowerShell's own serialisation of objects, [MS-PSRP] section 2.2.5. */
import { attributeOf, childrenOf, descendantsOf, parseXml, type XmlElement } from '../../schema/manifest/xml-tree.ts';
import { listField, recordOf, type FieldValue, type Output, type OutputRecord } from './output.ts';

/** Outputs of a document: objects of one type in a row make one. Throws a SchemaError as `parseXml` does. */
export function readClixml(text: string, line: number): { outputs: Output[]; notes: readonly string[] } {
  const { roots, notes } = parseXml(text);
  const reader = new ObjectReader();
  const outputs: { typeName: string; records: OutputRecord[] }[] = [];
  for (const element of roots.flatMap((root) => rootObjects(root))) {
    const typeName = reader.typeOf(element);
    const record = reader.recordOf(element);
    if (record.size === 0) continue;
    const last = outputs.at(-1);
    if (last?.typeName === typeName) last.records.push(record);
    else outputs.push({ typeName, records: [record] });
  }
  return {
    outputs: outputs.map(({ typeName, records }) => ({
      shape: 'CLIXML',
      line,
      typeName,
      columns: [...new Set(records.flatMap((record) => Array.from(record.values(), ({ label }) => label)))],
      records,
    })),
    notes,
  };
}

/** A list that was exported as one object (`Export-Clixml -InputObject`) holds the objects that count. */
function rootObjects(root: XmlElement): XmlElement[] {
  return childrenOf(root, 'Obj').flatMap((object) => {
    const members = membersOf(object).filter(({ name }) => name === 'Obj');
    return members.length > 0 && childrenOf(object, 'Props').length === 0 ? members : [object];
  });
}

const listElements = ['LST', 'IE', 'STK', 'QUE'];

function membersOf(object: XmlElement): XmlElement[] {
  return listElements.flatMap((name) => childrenOf(object, name).flatMap(({ children }) => children));
}

const deepest = 8;

class ObjectReader {
  /** Type names by their reference ids: written out once, then referred to. */
  private readonly types = new Map<string, string>();

  typeOf(object: XmlElement): string {
    for (const names of childrenOf(object, 'TN')) {
      const name = unescaped(childrenOf(names, 'T').at(0)?.text ?? '');
      this.types.set(attributeOf(names, 'RefId') ?? '', name);
      return name;
    }
    const reference = childrenOf(object, 'TNRef').at(0);
    return this.types.get((reference && attributeOf(reference, 'RefId')) ?? '') ?? '';
  }

  recordOf(object: XmlElement, depth = 0): OutputRecord {
    for (const names of descendantsOf(object, 'TN')) {
      this.types.set(attributeOf(names, 'RefId') ?? '', unescaped(childrenOf(names, 'T').at(0)?.text ?? ''));
    }
    const members = ['Props', 'MS'].flatMap((name) => childrenOf(object, name).flatMap(({ children }) => children));
    return recordOf(members.map((member) => this.fieldOf(member, depth)).filter((field) => field !== undefined));
  }

  private fieldOf(element: XmlElement, depth: number): FieldValue | undefined {
    const label = attributeOf(element, 'N');
    if (label === undefined) return undefined;
    if (element.name !== 'Obj') return listField(unescaped(label), [scalarText(element)]);
    const members = membersOf(element);
    const objects = depth >= deepest ? [] : members.filter(({ name }) => name === 'Obj');
    const asText = members.length === 0 ? childrenOf(element, 'ToString') : members;
    const records = objects.map((object) => this.recordOf(object, depth + 1)).filter((record) => record.size > 0);
    return listField(unescaped(label), asText.map(textOf), records);
  }
}

function textOf(element: XmlElement): string {
  return element.name === 'Obj' ? scalarText(childrenOf(element, 'ToString').at(0)) : scalarText(element);
}

/** Strings, numbers, GUIDs, booleans are text; what is nested, referred to or null is not. */
function scalarText(element: XmlElement | undefined): string {
  return element === undefined || element.name === 'Nil' || element.name === 'Ref' ? '' : unescaped(element.text);
}

/** `_x000D_`: characters that XML cannot hold. */
function unescaped(text: string): string {
  return text
    .replaceAll(/_x([0-9a-f]{4})_/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replaceAll(/\p{Cc}+/gu, ' ');
}
