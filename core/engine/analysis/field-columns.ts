import { knownFields, type KnownField } from '../../filter/known-fields.ts';
import { etwModule, type FilterVocabulary } from '../../filter/vocabulary.ts';
import { applicationNumber, moduleBit } from '../../packet/module.ts';
import { moduleName } from '../../provider/known-providers.ts';
import type { TraceColumns } from '../../trace/trace-columns.ts';
import type { FieldColumn, FieldList } from '../contract.ts';
import { derivedColumns, derivedModule } from './own-columns.ts';

/** Most columns that one list has. */
const mostListed = 500;

interface ListedField extends FieldColumn {
  /** What is searched, in lower case: the name, and the path in full. */
  readonly searched: string;
}

const known = new WeakMap<FilterVocabulary, readonly ListedField[]>();

/** Every field that a filter can name in a trace, as a column, by module and name. */
export function fieldColumns(vocabulary: FilterVocabulary): readonly ListedField[] {
  let columns = known.get(vocabulary);
  if (!columns) {
    const fields = knownFields(vocabulary).map(listedField);
    columns = [...new Map(fields.map((field) => [field.column.toLowerCase(), field])).values()].sort(byModule);
    known.set(vocabulary, columns);
  }
  return columns;
}

/** The message's level is left out, as in filters. */
function listedField({ module, path, type }: KnownField): ListedField {
  const name = module === etwModule ? path.slice(-1) : path.length > 1 ? path.slice(1) : path;
  const column = [module, ...name].join('.');
  return { column, module, type, searched: `${column}\n${[module, ...path].join('.')}`.toLowerCase() };
}

function byModule(one: FieldColumn, other: FieldColumn): number {
  return compared(one.module, other.module) || compared(one.column, other.column);
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Columns whose names or paths contain the text: Hopscope's own, then those of the modules that the trace has, then others. */
export function listedFields(vocabulary: FilterVocabulary, columns: TraceColumns | undefined, text: string): FieldList {
  const wanted = text.trim().toLowerCase();
  const own = derivedColumns
    .filter(({ name }) => name.toLowerCase().includes(wanted) || derivedModule.toLowerCase().includes(wanted))
    .map(({ name, type }) => ({ column: name, module: derivedModule, type }));
  const isThere = columns ? modulesIn(vocabulary, columns) : new Set<string>();
  const found = fieldColumns(vocabulary).filter(({ searched }) => searched.includes(wanted));
  const sorted = [
    ...own,
    ...found.filter(({ module }) => isThere.has(module.toLowerCase())),
    ...found.filter(({ module }) => !isThere.has(module.toLowerCase())),
  ];
  const fields = sorted.slice(0, mostListed).map(({ column, module, type }) => ({ column, module, type }));
  return { fields, more: sorted.length > mostListed };
}

/** Names of modules, in lower case, of which the trace has a packet or an event. */
function modulesIn(vocabulary: FilterVocabulary, { segments }: TraceColumns): Set<string> {
  let bits = 0;
  const applications = new Set<number>();
  for (const { packets } of segments) {
    for (let packet = 0; packet < packets.length; packet++) {
      bits |= packets.modules[packet];
      if (packets.application[packet] !== 0) applications.add(packets.application[packet]);
    }
  }
  const names = [
    etwModule,
    ...Object.entries(moduleBit)
      .filter(([, bit]) => (bits & bit) !== 0)
      .map(([name]) => name),
    ...Object.entries(applicationNumber)
      .filter(([, number]) => applications.has(number))
      .map(([name]) => name),
    ...vocabulary.providers.map(({ guid, name }) => moduleName(name ?? guid)),
  ];
  return new Set(names.map((name) => name.toLowerCase()));
}
