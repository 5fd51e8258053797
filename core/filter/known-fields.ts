import { fieldPathName } from '../base/field-path.ts';
import { packetFields } from '../packet/packet-fields.ts';
import { moduleName } from '../provider/known-providers.ts';
import { columnFields, messageName, recordFields } from './field-catalogue.ts';
import { aliasesOf } from './field-reference.ts';
import { etwModule, type FilterVocabulary } from './vocabulary.ts';

/** A field that a filter can name in a trace. */
export interface KnownField {
  readonly module: string;
  /** From the module down, its message first: `Segment`, `Flags`, `SYN`. */
  readonly path: readonly string[];
  /** In words: `number`, `IPv4 address`, `UInt32`. */
  readonly type: string;
}

const typeNames: Readonly<Record<string, string>> = {
  integer: 'number',
  boolean: 'true or false',
  text: 'text',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  mac: 'MAC address',
  guid: 'GUID',
  bytes: 'bytes',
  float: 'number',
  group: '',
};

const fixedFields: readonly KnownField[] = [
  ...columnFields.flatMap(({ module, paths, type }) => paths.map((path) => ({ module, path, type: typeNames[type] }))),
  ...packetFields.flatMap(({ module, path, type }) => {
    const last = path[path.length - 1];
    return [last, ...aliasesOf(module, last)].map((name) => ({
      module,
      path: [messageName(module), ...path.slice(0, -1), name].map(fieldPathName),
      type: typeNames[type],
    }));
  }),
  ...recordFields.map((path) => ({ module: etwModule, path, type: '' })),
];

const known = new WeakMap<FilterVocabulary, readonly KnownField[]>();

/** Every field with a name that is known before a message is decoded, each once. */
export function knownFields(vocabulary: FilterVocabulary): readonly KnownField[] {
  let fields = known.get(vocabulary);
  if (!fields) {
    const all = [...fixedFields, ...layoutFields(vocabulary)];
    fields = [...new Map(all.map((field) => [[field.module, ...field.path].join('.').toLowerCase(), field])).values()];
    known.set(vocabulary, fields);
  }
  return fields;
}

function layoutFields({ layouts, providers }: FilterVocabulary): KnownField[] {
  const names = new Map(providers.map(({ guid, name }) => [guid, moduleName(name ?? guid)]));
  return layouts.flatMap(({ provider, message, fields }) =>
    (fields ?? []).map(({ path, type }) => ({
      module: names.get(provider) ?? provider,
      path: [message, ...path],
      type: typeNames[type] ?? type,
    })),
  );
}
