/** Templates that a description holds as XML text inside something else. */
import type { SchemaField } from '../event-schema.ts';
import { SchemaError } from '../schema-error.ts';
import { quoted, type Notes } from './notes.ts';
import { readTemplate } from './template.ts';
import { descendantsOf, parseXml, type XmlElement } from './xml-tree.ts';

/** Reads the templates of one provider, each text once. */
export class EmbeddedTemplates {
  private readonly notes: Notes;
  private readonly layouts = new Map<string, SchemaField[] | undefined>();

  constructor(notes: Notes) {
    this.notes = notes;
  }

  /** Fields of a template's text; none for an empty text; undefined, with a note, when the text holds no template. */
  fieldsOfText(text: string, event: string): SchemaField[] | undefined {
    const key = text.trim();
    if (key === '') return [];
    if (!this.layouts.has(key)) this.layouts.set(key, this.read(key, event));
    return this.layouts.get(key);
  }

  /** Fields of a `<template>` element, or of the text inside it when that is XML itself. */
  fieldsOfElement(element: XmlElement, event: string): SchemaField[] | undefined {
    if (element.children.length === 0) return this.fieldsOfText(element.text, event);
    return this.fieldsOfTemplate(element, event);
  }

  private read(text: string, event: string): SchemaField[] | undefined {
    const template = this.parse(text, event);
    if (template) return this.fieldsOfTemplate(template, event);
    this.notes.add(`Event ${event} was left out: instead of a template it has the text ${quoted(text)}.`);
    return undefined;
  }

  private parse(text: string, event: string): XmlElement | undefined {
    try {
      const { roots, notes } = parseXml(text);
      for (const note of notes) this.notes.add(`The template of event ${event}: ${note}`);
      return roots.flatMap((root) => (root.name === 'template' ? [root] : descendantsOf(root, 'template'))).at(0);
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      return undefined;
    }
  }

  /** These descriptions never contain the entries of maps. */
  private fieldsOfTemplate(template: XmlElement, event: string): SchemaField[] {
    return readTemplate(template, { label: `Event ${event}`, maps: new Map(), notes: this.notes });
  }
}
