import type { ValueType } from '../base/field-path.ts';
import type { FieldNode, FieldTree } from './field-tree.ts';
import { applicationModules, packetModules, type PacketModule } from './module.ts';
import { moduleFields } from './module-fields.ts';

/** A field that a packet may have. */
export interface PacketField {
  readonly module: PacketModule;
  /** Names in filter paths, from the field of the layer down: `Flags`, `SYN`. */
  readonly path: readonly string[];
  /** A value that does not fit its field, in a damaged packet, is bytes instead. A group has members alone. */
  readonly type: ValueType | 'group';
}

/** Every field of every dissector but those whose names come from the packet: see `openModules` and `isNumbered`. */
export const packetFields: readonly PacketField[] = [...packetModules, ...applicationModules].flatMap((module) =>
  fieldsIn({ ...moduleFields[module], Payload: { type: 'bytes' } }).map((field) => ({ module, ...field })),
);

/** Modules with header lines, whose fields have the names that the packet gives them. */
export const openModules: ReadonlySet<PacketModule> = new Set(['HTTP', 'SSDP']);

/** Whether a field's name is that of an option without one: `Option77`, where options may stand. */
export function isNumbered(name: string): boolean {
  return /^Option\d+$/i.test(name);
}

function fieldsIn(tree: FieldTree, above: readonly string[] = []): Omit<PacketField, 'module'>[] {
  return Object.entries(tree).flatMap(([name, { type, members = {} }]: [string, FieldNode]) => {
    const path = [...above, name];
    return [{ path, type }, ...fieldsIn(members, path)];
  });
}
