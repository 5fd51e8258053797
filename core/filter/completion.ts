import { fieldsAnywhere, fieldsOf, type ColumnField } from './field-catalogue.ts';
import { knownFields, type KnownField } from './known-fields.ts';
import type { PathExpression } from './language/ast.ts';
import { completionContext, type PathPrefix, type Wanted } from './language/completion-context.ts';
import { printLiteral } from './language/print.ts';
import { textEncodings } from './language/text-encoding.ts';
import { constantNames, namedConstant } from './named-constants.ts';
import { properties, propertyNamed, type FilterNames } from './properties.ts';
import { ModuleNames, type FilterVocabulary, type Module } from './vocabulary.ts';

/** The part from `from` to `to` is replaced by an item's text. */
export interface FilterCompletions {
  from: number;
  to: number;
  items: CompletionItem[];
}

export interface CompletionItem {
  text: string;
  kind: 'module' | 'provider' | 'field' | 'annotation' | 'constant' | 'value' | 'operator' | 'keyword';
  /** Data type in words; empty where there is none. */
  type: string;
  /** Full path, or what the item stands for. */
  detail: string;
}

/** Values that column fields have in the trace, as a filter writes them, the most frequent first. */
export type SeenValues = (fields: readonly ColumnField[]) => readonly string[];

const mostItems = 200;

/** What may be written at a position of a filter's text: whatever begins with what is there, then what contains it. */
export function filterCompletions(
  text: string,
  position: number,
  vocabulary: FilterVocabulary,
  seen: SeenValues,
): FilterCompletions {
  const { from, to, prefix, wanted } = completionContext(text, Math.min(position, text.length));
  const names = { vocabulary, modules: new ModuleNames(vocabulary) };
  return { from, to, items: ranked(items(wanted, names, seen), prefix) };
}

function items(wanted: Wanted, names: FilterNames, seen: SeenValues): CompletionItem[] {
  switch (wanted.kind) {
    case 'operand':
      return wanted.path ? pathItems(wanted.path, names) : operandItems(names);
    case 'operator':
      return [...(wanted.isPattern ? patternOptions : []), ...operatorItems(wanted.subject, names)];
    case 'value':
      return wanted.path ? constantItems(wanted.path) : valueItems(wanted.subject, names, seen);
    case 'annotation':
      return propertyItems();
    case 'encoding':
      return textEncodings.map((text) => ({ text, kind: 'keyword', type: '', detail: 'encoding' }));
    case 'nothing':
      return [];
  }
}

function ranked(candidates: readonly CompletionItem[], prefix: string): CompletionItem[] {
  const typed = prefix.toLowerCase();
  const begins: CompletionItem[] = [];
  const stepBegins: CompletionItem[] = [];
  const contains: CompletionItem[] = [];
  for (const item of candidates) {
    const text = item.text.toLowerCase().replace(/^[*#"]/, '');
    if (text.startsWith(typed)) begins.push(item);
    else if (text.includes(`.${typed}`) || text.includes(`_${typed}`)) stepBegins.push(item);
    else if (typed.length > 1 && text.includes(typed)) contains.push(item);
  }
  return [...begins, ...stepBegins, ...contains].slice(0, mostItems);
}

/** Modules of the trace first, then what a message has besides fields, then words that begin a condition. */
function operandItems({ modules }: FilterNames): CompletionItem[] {
  const inTrace = modules.all().filter(({ presence }) => presence !== 'absent');
  return [
    ...inTrace.map(moduleItem).sort(byText),
    ...properties.map(({ name, type, detail, extension }): CompletionItem => ({
      text: extension ? name : `*${name}`,
      kind: 'annotation',
      type,
      detail,
    })),
    ...['not', 'contains', 'regex', 'true', 'false'].map(keyword),
  ];
}

function moduleItem({ name, providers }: Module): CompletionItem {
  const isProvider = providers.length > 0;
  return {
    text: name,
    kind: isProvider ? 'provider' : 'module',
    type: '',
    detail: isProvider ? providers.join(', ') : 'Protocol',
  };
}

function keyword(text: string): CompletionItem {
  return { text, kind: 'keyword', type: '', detail: '' };
}

function byText(one: CompletionItem, other: CompletionItem): number {
  return one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
}

/** What may follow a path's steps: its fields, and below a colon the names just so many levels down. */
function pathItems({ wildcard, steps, levels }: PathPrefix, names: FilterNames): CompletionItem[] {
  const fields = knownFields(names.vocabulary);
  if (wildcard && steps.length === 0) return [...wildcardItems(fields), ...propertyItems()];
  const above = steps.map(({ name }) => name.toLowerCase());
  const found = new Map<string, CompletionItem>();
  for (const field of fields) {
    const path = [field.module, ...field.path];
    const base = baseOf(path, above, wildcard);
    if (base < 0) continue;
    const rest = levels === 0 ? shortRest(path, base) : path.slice(base + levels - 1, base + levels);
    if (rest.length === 0) continue;
    const text = rest.join('.');
    const isWhole = levels === 0 || base + levels === path.length;
    const item: CompletionItem = { text, kind: 'field', type: isWhole ? field.type : '', detail: path.join('.') };
    if (!found.has(text.toLowerCase())) found.set(text.toLowerCase(), item);
  }
  return [...found.values()].sort(byText);
}

/** Index behind the last of the steps where they lead down the path one after the other; -1 when they do not. */
function baseOf(path: readonly string[], steps: readonly string[], wildcard: boolean): number {
  let next = 0;
  for (let place = 0; place < path.length && next < steps.length; place++) {
    if (path[place].toLowerCase() === steps[next]) next++;
    else if (place === 0 && !wildcard) return -1;
    if (next === steps.length) return place + 1;
  }
  return next === steps.length ? 0 : -1;
}

/** Without the level of the message, which nobody writes. */
function shortRest(path: readonly string[], base: number): readonly string[] {
  return base === 1 && path.length > 2 ? path.slice(2) : path.slice(base);
}

function wildcardItems(fields: readonly KnownField[]): CompletionItem[] {
  const found = new Map<string, { item: CompletionItem; paths: string[] }>();
  for (const { module, path, type } of fields) {
    const text = path[path.length - 1];
    const key = text.toLowerCase();
    const full = [module, ...path.slice(1)].join('.');
    const known = found.get(key);
    if (known) known.paths.push(full);
    else found.set(key, { item: { text, kind: 'field', type, detail: '' }, paths: [full] });
  }
  const shownPaths = 4;
  return [...found.values()]
    .map(({ item, paths }) => {
      const more = paths.length > shownPaths ? `, and ${paths.length - shownPaths} more` : '';
      return { ...item, detail: `${paths.slice(0, shownPaths).join(', ')}${more}` };
    })
    .sort(byText);
}

function propertyItems(): CompletionItem[] {
  return properties.map(({ name, type, detail }) => ({ text: name, kind: 'annotation', type, detail }));
}

const patternOptions: readonly CompletionItem[] = [
  { text: 'caseSensitive', kind: 'keyword', type: '', detail: 'Case counts' },
  { text: 'encoding', kind: 'keyword', type: '', detail: 'Only this encoding of the text' },
];

const operatorDetails: readonly (readonly [text: string, detail: string])[] = [
  ['==', 'is'],
  ['!=', 'is not, or is absent'],
  ['~=', 'is there, and is not'],
  ['in', 'is one of a list, or lies in a subnet'],
  ['contains', 'has the text in it'],
  ['matches', 'a regular expression finds it'],
  ['<', 'is below'],
  ['<=', 'is at most'],
  ['>', 'is above'],
  ['>=', 'is at least'],
];
const joints: readonly CompletionItem[] = [
  { text: 'and', kind: 'keyword', type: '', detail: 'both' },
  { text: 'or', kind: 'keyword', type: '', detail: 'one of them' },
];

/** Behind a module only other conditions follow; behind a field, operators first. */
function operatorItems(subject: PathExpression | null, { modules }: FilterNames): CompletionItem[] {
  if (!subject) return [...joints];
  const isModule =
    !subject.wildcard && subject.annotation === null && modules.find(subject.steps.map(({ name }) => name).join('_'));
  if (isModule) return [...joints];
  const operators = operatorDetails.map(([text, detail]): CompletionItem => ({
    text,
    kind: 'operator',
    type: '',
    detail,
  }));
  return [...operators, ...joints];
}

/** Constants behind what has been written of their path. */
function constantItems({ steps }: PathPrefix): CompletionItem[] {
  const above = steps.map(({ name }) => `${name}.`).join('');
  return constantNames
    .filter((name) => name.toLowerCase().startsWith(above.toLowerCase()))
    .map((name) => ({
      text: name.slice(above.length),
      kind: 'constant',
      type: 'number',
      detail: constantDetail(name),
    }));
}

function constantDetail(name: string): string {
  return `${name} = ${namedConstant(name) ?? ''}`;
}

function valueItems(subject: PathExpression | null, names: FilterNames, seen: SeenValues): CompletionItem[] {
  if (!subject) return [];
  const property = propertyOf(subject);
  if (property) {
    const values = property.values?.(names) ?? [];
    const isQuoted = property.type !== 'true or false';
    const written = values.map((value) => (isQuoted ? printLiteral({ type: 'text', value }) : value));
    return [...written.map((text) => value(text, property.name)), ...constantsFor(property.name)];
  }
  const fields = columnsOf(subject);
  const own = seen(fields).map((text) => value(text, 'seen in this trace'));
  const truth = fields.some(({ type }) => type === 'boolean') ? ['true', 'false'].map(keyword) : [];
  const distinct = [...own, ...truth.filter(({ text }) => !own.some((item) => item.text === text))];
  return [...distinct, ...constantsFor(lastName(subject)), keyword('nothing')];
}

function value(text: string, detail: string): CompletionItem {
  return { text, kind: 'value', type: '', detail };
}

function propertyOf(path: PathExpression) {
  if (path.annotation !== null) return propertyNamed(path.annotation);
  return path.steps.length === 1 ? propertyNamed(path.steps[0].name) : undefined;
}

function lastName({ steps }: PathExpression): string {
  return steps.at(-1)?.name ?? '';
}

function columnsOf(path: PathExpression): readonly ColumnField[] {
  if (path.wildcard) return fieldsAnywhere(path.steps);
  const [module, ...rest] = path.steps;
  return rest.length === 0 ? [] : fieldsOf(module.name, rest);
}

/** Families of constants by the field that they are values of. */
const families: readonly (readonly [field: RegExp, prefix: string])[] = [
  [/port$/i, 'IANA.Port.'],
  [/^protocol$/i, 'IANA.ProtocolType.'],
  [/^DiagnosisLevels?$/i, 'Standard.DiagnosisLevel.'],
  [/^DiagnosisTypes?$/i, 'Standard.DiagnosisType.'],
];

function constantsFor(field: string): CompletionItem[] {
  const prefix = families.find(([pattern]) => pattern.test(field))?.[1];
  if (prefix === undefined) return [];
  return constantNames
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ text: name, kind: 'constant', type: 'number', detail: constantDetail(name) }));
}
