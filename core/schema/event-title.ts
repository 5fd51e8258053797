import type { EventSchema, SchemaSource } from './event-schema.ts';

/** `Task/Opcode`, or the name of a self-describing event; empty when the layout names neither. */
export function eventTitle({ task, opcode }: EventSchema): string {
  return [task, opcode].filter((name) => name !== '').join('/');
}

const sourceTexts: Readonly<Record<SchemaSource, string>> = {
  file: 'Layout described in the trace itself',
  'trace-logging': 'Layout carried by the event itself (TraceLogging)',
  imported: 'Layout from an imported manifest',
  harvested: 'Layout kept from another trace',
  'built-in': 'Layout built into Hopscope',
  system: "Layout from this computer's own registry of providers",
};

/** Where a layout came from, in a sentence for a person. */
export function layoutText({ source, origin }: EventSchema): string {
  return `${sourceTexts[source]}${origin === undefined ? '' : `: ${origin}`}.`;
}
