/** `<template>` elements, which all formats share, as fields. */
import type { FieldReference, SchemaField, ValueMap } from '../event-schema.ts';
import { InType, OutType } from '../event-schema.ts';
import { isNarrowInteger, isWideInteger, takesLength } from '../in-types.ts';
import { limits } from './limits.ts';
import { guessedField, isMissingStruct } from './lossy-fields.ts';
import { nameText } from './names.ts';
import { listed, quoted, type Notes } from './notes.ts';
import { parseUpTo } from './numbers.ts';
import { optional } from './optional.ts';
import { inTypeNamed, outTypeNamed } from './type-names.ts';
import { attributeOf, type XmlElement } from './xml-tree.ts';

export interface TemplateContext {
  /** How notes call the template: `Template “tid_3”`, `Event 5`. */
  readonly label: string;
  readonly maps: ReadonlyMap<string, ValueMap>;
  readonly notes: Notes;
  /** Set for a PerfView dump. */
  readonly lossy?: { readonly ipv6Event: boolean };
}

/**
 * The fields of a template. Where the layout cannot be followed (a type nobody knows, a length that comes from nowhere,
 * a struct without its members), the list ends: a note says why, and so does the doubt of the last field kept.
 */
export function readTemplate(template: XmlElement, context: TemplateContext): SchemaField[] {
  const reading = new TemplateReader(context, fieldElements(template).length).read(template, undefined, 0);
  const { fields, stop = template.cut ? 'The file ends inside this template.' : undefined } = reading;
  if (stop === undefined) return fields;
  context.notes.add(`${context.label}: ${stop} What follows in the payload stays undecoded.`);
  return withDoubtAtEnd(fields, `What follows this field is not known: ${stop}`);
}

interface Reading {
  readonly fields: SchemaField[];
  /** Why the list ends before the template does. */
  readonly stop?: string;
}

/** Fields in front of the one at hand, by name; structs nest. */
interface Scope {
  readonly seen: Map<string, InType>;
  readonly outer: Scope | undefined;
}

/** A size as an attribute gives it: none, a number or reference, or something that cannot be used. */
type Size = { readonly value?: number | FieldReference } | { readonly stop: string };

class TemplateReader {
  private readonly context: TemplateContext;
  private readonly topLevelFields: number;

  constructor(context: TemplateContext, topLevelFields: number) {
    this.context = context;
    this.topLevelFields = topLevelFields;
  }

  read(parent: XmlElement, outer: Scope | undefined, depth: number): Reading {
    const scope: Scope = { seen: new Map(), outer };
    const elements = fieldElements(parent);
    const fields: SchemaField[] = [];
    for (const [index, element] of elements.entries()) {
      const name = nameText(attributeOf(element, 'name') ?? '') || `Field ${index + 1}`;
      const field =
        element.name === 'struct' ? this.struct(element, name, scope, depth) : this.data(element, name, scope);
      if ('stop' in field) return { fields, stop: field.stop };
      if (!takesTheRest(field)) {
        fields.push(field);
        scope.seen.set(name, field.inType);
        continue;
      }
      if (depth > 0 || field.count !== undefined)
        return { fields, stop: `${quoted(name)} is binary without a length.` };
      const swallowed = elements.slice(index + 1).map((later) => attributeOf(later, 'name') ?? '');
      fields.push(this.unsizedBinary(field, swallowed));
      return { fields };
    }
    return { fields };
  }

  private struct(element: XmlElement, name: string, scope: Scope, depth: number): SchemaField | { stop: string } {
    if (depth >= limits.structDepth)
      return { stop: `Structs nest deeper than ${limits.structDepth} at ${quoted(name)}.` };
    if (element.cut) return { stop: `The file ends inside the struct ${quoted(name)}.` };
    const count = sizeOf(element, 'count', name, scope);
    if ('stop' in count) return count;
    const members = this.read(element, scope, depth + 1);
    // A struct with a hole cannot be stepped over, so none of it is kept.
    if (members.stop !== undefined) return { stop: `The struct ${quoted(name)} cannot be followed: ${members.stop}` };
    return { name, inType: InType.Null, outType: 0, members: members.fields, ...optional('count', count.value) };
  }

  private data(element: XmlElement, name: string, scope: Scope): SchemaField | { stop: string } {
    const { context } = this;
    const typeName = attributeOf(element, 'inType') ?? '';
    const inType = inTypeNamed(typeName);
    const hasCount = attributeOf(element, 'count') !== undefined;
    if (context.lossy && inType !== undefined && isMissingStruct(inType, hasCount, this.topLevelFields)) {
      return { stop: `${quoted(name)} is a struct whose members the dump left out.` };
    }
    if (inType === undefined) return { stop: `${quoted(name)} has the type ${quoted(typeName)}, which is unknown.` };
    const count = sizeOf(element, 'count', name, scope);
    if ('stop' in count) return count;
    const length = takesLength(inType) ? sizeOf(element, 'length', name, scope) : {};
    if ('stop' in length) return length;
    const field: SchemaField = {
      name,
      inType,
      outType: this.outType(element),
      ...optional('count', count.value),
      ...optional('length', length.value),
      ...optional('map', this.map(element)),
    };
    return context.lossy ? guessedField(field, context.lossy.ipv6Event) : field;
  }

  private outType(element: XmlElement): number {
    const name = attributeOf(element, 'outType') ?? '';
    const outType = name === '' ? OutType.Null : outTypeNamed(name);
    if (outType === undefined)
      this.context.notes.add(`The output type ${quoted(name)} is unknown; its fields are shown plainly.`);
    return outType ?? OutType.Null;
  }

  private map(element: XmlElement): ValueMap | undefined {
    const name = nameText(attributeOf(element, 'map') ?? '');
    if (name === '') return undefined;
    const map = this.context.maps.get(name);
    if (!map) this.context.notes.add(`The map ${quoted(name)} is not in the file; its fields stay numbers.`);
    return map;
  }

  private unsizedBinary(field: SchemaField, swallowed: readonly string[]): SchemaField {
    if (swallowed.length === 0) {
      return { ...field, doubt: 'No length is given for this field: it takes everything up to the end.' };
    }
    const behind = `with what stands behind it: ${listed(swallowed)}.`;
    this.context.notes.add(
      `${this.context.label}: no length is given for ${quoted(field.name)}; it takes everything up to the end, ${behind}`,
    );
    return { ...field, doubt: `No length is given for this field: it takes everything up to the end, ${behind}` };
  }
}

/** Binary without any length: what follows it in the payload cannot be found. */
function takesTheRest(field: SchemaField): boolean {
  return field.inType === InType.Binary && field.length === undefined && field.outType !== OutType.Ipv6;
}

function fieldElements(parent: XmlElement): XmlElement[] {
  return parent.children.filter(({ name }) => name === 'data' || name === 'struct');
}

/** `length` or `count`: a number, or the name of an integer in front. */
function sizeOf(element: XmlElement, attribute: 'length' | 'count', field: string, scope: Scope): Size {
  const text = nameText(attributeOf(element, attribute) ?? '');
  if (text === '') return {};
  const inType = typeSeen(text, scope);
  if (inType !== undefined) {
    if (isNarrowInteger(inType) || isWideInteger(inType)) return { value: { field: text } };
    return { stop: `The ${attribute} of ${quoted(field)} is said to be in ${quoted(text)}, which is no integer.` };
  }
  const number = parseUpTo(text, limits.size);
  if (number !== undefined) return { value: number };
  return {
    stop: `The ${attribute} of ${quoted(field)} is said to be ${quoted(text)}, which is no field in front of it.`,
  };
}

function typeSeen(name: string, scope: Scope): InType | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const inType = at.seen.get(name);
    if (inType !== undefined) return inType;
  }
  return undefined;
}

function withDoubtAtEnd(fields: readonly SchemaField[], doubt: string): SchemaField[] {
  return fields.map((field, index) =>
    index === fields.length - 1
      ? { ...field, doubt: field.doubt === undefined ? doubt : `${field.doubt} ${doubt}` }
      : field,
  );
}
