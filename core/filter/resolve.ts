import { fieldPathName } from '../base/field-path.ts';
import { applicationModules, moduleBit, nestedBit, packetModules, type CarrierModule } from '../packet/module.ts';
import { isNumbered, openModules, packetFields } from '../packet/packet-fields.ts';
import { moduleName } from '../provider/known-providers.ts';
import {
  columnFields,
  connectionFields,
  fieldNames,
  fieldsAnywhere,
  fieldsOf,
  messageName,
  recordFields,
  sameName,
  type ColumnField,
} from './field-catalogue.ts';
import { aliasesOf, leadsTo, pathNames, type FieldReference, type PathName } from './field-reference.ts';
import type { PathExpression, PathStep } from './language/ast.ts';
import { FilterError, replaceSpan } from './language/filter-error.ts';
import { printPath } from './language/print.ts';
import { constant } from './logic.ts';
import { moduleExists } from './module-plan.ts';
import { nearNames } from './near-names.ts';
import { anyEvent, carries, eventKinds, packetModulesAre, type FilterPlan } from './plan.ts';
import { properties, propertyNamed, whyNotComputed, type FilterNames, type Property } from './properties.ts';
import { etwModule, ModuleNames, type EventLayout, type FilterVocabulary, type Module } from './vocabulary.ts';

/** What a path of a filter names in one trace. */
export type Subject =
  | { readonly kind: 'module'; readonly module: Module }
  /** `scope`: of `SMB#DiagnosisLevels`, the events of the module. */
  | { readonly kind: 'property'; readonly property: Property; readonly scope: FilterPlan }
  | ({ readonly kind: 'fields' } & FieldGroup)
  | { readonly kind: 'absent' };

/** The fields that one path leads to. */
export interface FieldGroup {
  readonly reference: FieldReference;
  /** Those that are columns. */
  readonly columns: readonly ColumnField[];
  /** Events in which such fields have more values than the columns hold. */
  readonly nested: FilterPlan;
  /** Events in which decoding may find fields that are no columns. */
  readonly decoded: FilterPlan;
  /** Whether some field is known only where the connection has been followed. */
  readonly needsDiagnosis: boolean;
}

/** A field that only decoding finds: where it may be, and its path below the module, in lower case. */
interface DecodedField {
  readonly module: string;
  readonly name: string;
  readonly path: readonly string[];
}

/** More notes than this nobody reads. */
const mostNotes = 20;

const carriers: ReadonlySet<string> = new Set(packetModules);
const applications: ReadonlySet<string> = new Set(applicationModules);
const openNames: ReadonlySet<string> = openModules;

/** Fields of dissectors that are no columns. */
const decodedFields: readonly DecodedField[] = [
  ...packetFields.map(({ module, path }) => decodedField(module, [messageName(module), ...path])),
  ...recordFields.map((path) => decodedField(etwModule, path)),
].filter(({ module, path }) => !isColumn(module, path));

function decodedField(module: string, path: readonly string[]): DecodedField {
  return { module, name: path[path.length - 1], path: path.map((name) => fieldPathName(name).toLowerCase()) };
}

function isColumn(module: string, path: readonly string[]): boolean {
  return columnFields.some(
    (field) => field.module === module && field.paths.some((own) => own.join('.').toLowerCase() === path.join('.')),
  );
}

/** Gives paths their meaning in one trace, and remembers what their author should know. */
export class Names {
  readonly names: FilterNames;
  private readonly text: string;
  /** By what they are about, so that each thing is said once. */
  private readonly noted = new Map<string, string>();
  /** By path, as it is written: pasted lists name the same one thousands of times. */
  private readonly resolved = new Map<string, Subject>();

  constructor(text: string, vocabulary: FilterVocabulary) {
    this.text = text;
    this.names = { vocabulary, modules: new ModuleNames(vocabulary) };
  }

  get notes(): string[] {
    const all = [...this.noted.values()];
    if (all.length <= mostNotes) return all;
    return [...all.slice(0, mostNotes), `And ${all.length - mostNotes} more notes of this kind.`];
  }

  note(about: string, sentence: string): void {
    if (!this.noted.has(about)) this.noted.set(about, sentence);
  }

  /** Throws FilterError for a field that stands without its module. */
  resolve(path: PathExpression): Subject {
    const written = printPath(path);
    let subject = this.resolved.get(written);
    if (!subject) {
      subject = this.meaningOf(path);
      this.resolved.set(written, subject);
    }
    return subject;
  }

  private meaningOf(path: PathExpression): Subject {
    if (path.annotation !== null) return this.annotation(path, path.annotation);
    if (path.wildcard) return this.anywhere(path);
    const found = this.moduleOf(path.steps);
    if (!found) return this.withoutModule(path);
    const { module, rest } = found;
    if (rest.length === 0) return { kind: 'module', module };
    if (module.presence === 'absent') {
      this.noteAbsent(module);
      return { kind: 'absent' };
    }
    return this.fieldsOfModule(module, rest);
  }

  noteAbsent(module: Module): void {
    this.note(
      module.name.toLowerCase(),
      `This trace has no event of ${module.name}, so that part of the filter matches nothing.`,
    );
  }

  private annotation(path: PathExpression, name: string): Subject {
    const property = propertyNamed(name);
    if (!property) return this.unknownProperty(name);
    if (path.steps.length === 0) return { kind: 'property', property, scope: constant(true) };
    const found = this.moduleOf(path.steps);
    if (!found || found.rest.length > 0) {
      if (!found) this.noteUnknownModule(path.steps[0].name);
      return { kind: 'absent' };
    }
    return { kind: 'property', property, scope: moduleExists(found.module) };
  }

  private unknownProperty(name: string): Subject {
    const reason = whyNotComputed(name);
    const near = nearNames(
      name,
      properties.map((property) => property.name),
    ).map((each) => `#${each}`);
    this.note(
      `#${name.toLowerCase()}`,
      reason === undefined
        ? `There is no annotation "#${name}", so that part of the filter matches nothing.${nearText(near)}`
        : `"${name}" is not there: ${reason}. That part of the filter matches nothing.`,
    );
    return { kind: 'absent' };
  }

  private anywhere(path: PathExpression): Subject {
    const name = path.steps.map((step) => step.name).join('.');
    const property = path.steps.length === 1 ? propertyNamed(name) : undefined;
    if (property && !property.extension) return { kind: 'property', property, scope: constant(true) };
    const group = this.group(null, path.steps);
    if (!isEmpty(group)) return { kind: 'fields', ...group };
    if (property) return { kind: 'property', property, scope: constant(true) };
    if (whyNotComputed(name) !== undefined) return this.unknownProperty(name);
    this.note(
      `*${name.toLowerCase()}`,
      `No field named "${name}" is known in this trace, so that part of the filter matches nothing.${nearText(this.nearFields(name))}`,
    );
    return { kind: 'absent' };
  }

  private nearFields(name: string): string[] {
    const known = [...fieldNames(null), ...decodedFields.map((field) => field.name), ...this.layoutNames(() => true)];
    // Fields named like modules, or alike but for their case, say nothing new.
    const distinct = new Map(known.toReversed().map((each) => [each.toLowerCase(), each]));
    for (const module of this.names.modules.names()) distinct.delete(module.toLowerCase());
    return nearNames(name, distinct.values()).map((each) => `*${each}`);
  }

  private fieldsOfModule(module: Module, rest: readonly PathStep[]): Subject {
    const group = this.group(module, rest);
    if (!isEmpty(group)) return { kind: 'fields', ...group };
    const wanted = rest.map((step) => step.name).join('.');
    const known = [
      ...fieldNames(module.name),
      ...decodedFields.filter((field) => sameName(field.module, module.name)).map((field) => field.name),
      ...this.layoutNames(({ provider }) => module.providers.includes(provider)),
    ];
    const near = nearNames(wanted, known).map((each) => `${module.name}.${each}`);
    this.note(
      `${module.name}.${wanted}`.toLowerCase(),
      `${module.name} has no field "${wanted}", so that part of the filter matches nothing.${nearText(near)}`,
    );
    return { kind: 'absent' };
  }

  private layoutNames(isWanted: (layout: EventLayout) => boolean): string[] {
    return this.names.vocabulary.layouts
      .filter(isWanted)
      .flatMap(({ fields }) => (fields ?? []).map(({ path }) => path[path.length - 1]));
  }

  /** All fields that the steps lead to, in one module or in any. */
  private group(module: Module | null, written: readonly PathStep[]): FieldGroup {
    const steps = pathNames(written);
    const columns = module ? fieldsOf(module.name, written) : fieldsAnywhere(written);
    const decoded = [...new Set(this.decodedModules(module, steps))];
    const open = module && decoded.length === 0 && hasOpenNames(module.name, written) ? [module.name] : [];
    const last = steps[steps.length - 1].name;
    return {
      reference: { module: module?.name.toLowerCase() ?? null, steps },
      columns,
      nested: this.nestedScope(columns),
      decoded: anyEvent([
        ...[...decoded, ...open].map((name) => this.moduleScope(name)),
        eventKinds(this.layoutKinds(module, steps)),
      ]),
      needsDiagnosis: connectionFields.some((name) => name.toLowerCase() === last),
    };
  }

  /** Names of the modules with dissected fields that the steps lead to. */
  private *decodedModules(module: Module | null, steps: readonly PathName[]): Generator<string> {
    for (const field of decodedFields) {
      if (module && !sameName(field.module, module.name)) continue;
      const above = field.path.slice(0, -1);
      const ownNames = [field.name, ...aliasesOf(field.module, field.name)];
      const isFound = ownNames.some((name) => {
        const path = [...above, fieldPathName(name).toLowerCase()];
        return leadsTo(module ? path : [field.module.toLowerCase(), ...path], steps);
      });
      if (isFound) yield field.module;
    }
  }

  private moduleScope(name: string): FilterPlan {
    const module = this.names.modules.find(name);
    return module ? moduleExists(module) : constant(false);
  }

  private nestedScope(columns: readonly ColumnField[]): FilterPlan {
    return anyEvent([this.packetsInPackets(columns), taggedFrames(columns)]);
  }

  private packetsInPackets(columns: readonly ColumnField[]): FilterPlan {
    if (!this.names.vocabulary.hasNestedPackets) return constant(false);
    const modules = [...new Set(columns.map((field) => field.module))].filter(isCoverable);
    const bits = modules.reduce((sum, module) => sum | moduleBit[module], 0);
    if (bits === 0) return constant(false);
    return carries(packetModulesAre(nestedBit, 0), false);
  }

  private layoutKinds(module: Module | null, steps: readonly PathName[]): string[] {
    const { layouts, providers } = this.names.vocabulary;
    const nameOf = new Map(providers.map(({ guid, name }) => [guid, moduleName(name ?? guid).toLowerCase()]));
    return layouts
      .filter(({ provider, isCaptureRecord }) => (module ? module.providers.includes(provider) : !isCaptureRecord))
      .filter(({ provider, message, fields }) => {
        if (!fields) return true;
        const above = module ? [message] : [nameOf.get(provider) ?? '', message];
        const top = above.map((name) => fieldPathName(name).toLowerCase());
        return fields.some(({ path }) =>
          leadsTo([...top, ...path.map((name) => fieldPathName(name).toLowerCase())], steps),
        );
      })
      .map(({ key }) => key);
  }

  /** Some provider names have dots in them, so the longest beginning of the path that is a module's name counts. */
  private moduleOf(steps: readonly PathStep[]): { module: Module; rest: readonly PathStep[] } | undefined {
    const colon = steps.findIndex((step) => step.levels > 0);
    for (let count = colon < 0 ? steps.length : colon; count > 0; count--) {
      const name = steps
        .slice(0, count)
        .map((step) => step.name)
        .join('_');
      const module = this.names.modules.find(name);
      if (module) return { module, rest: steps.slice(count) };
    }
    return undefined;
  }

  private withoutModule(path: PathExpression): Subject {
    const [{ name }] = path.steps;
    const property = path.steps.length === 1 ? propertyNamed(name) : undefined;
    if (property) return { kind: 'property', property, scope: constant(true) };
    if (fieldsAnywhere(path.steps).length > 0 || this.isDecodedAnywhere(path.steps)) {
      const written = printPath(path);
      const message = `"${written}" is a field; without its module it is written "*${written}".`;
      throw new FilterError(message, path, replaceSpan(this.text, path, `*${written}`));
    }
    this.noteUnknownModule(name, path.steps.length === 1 ? this.nearFields(name) : []);
    return { kind: 'absent' };
  }

  private isDecodedAnywhere(steps: readonly PathStep[]): boolean {
    return this.decodedModules(null, pathNames(steps)).next().done !== true;
  }

  private noteUnknownModule(name: string, nearFields: readonly string[] = []): void {
    const near = this.noted.size < mostNotes ? [...this.names.modules.near(name), ...nearFields] : [];
    this.note(
      name.toLowerCase(),
      `This trace has no module named "${name}", so that part of the filter matches nothing.${nearText(near)}`,
    );
  }
}

/** The column holds the type behind all tags, and the type in front of them is the frame's as well. */
function taggedFrames(columns: readonly ColumnField[]): FilterPlan {
  const isAsked = columns.some(({ source }) => source.table === 'packets' && source.column === 'etherType');
  return isAsked ? carries(packetModulesAre(moduleBit.VLAN, 0), false) : constant(false);
}

/** TCP carries no tunnel: its columns always hold its own values. */
function isCoverable(module: string): module is CarrierModule {
  return carriers.has(module) && module !== 'TCP';
}

/** Fields of header lines have the names that the packet gives them, and options without a name their number. */
function hasOpenNames(module: string, steps: readonly PathStep[]): boolean {
  if (carriers.has(module) || applications.has(module)) {
    return openNames.has(module) || isNumbered(steps[steps.length - 1].name);
  }
  return false;
}

function isEmpty({ columns, decoded }: FieldGroup): boolean {
  return columns.length === 0 && decoded.kind === 'constant' && !decoded.value;
}

function nearText(near: readonly string[]): string {
  return near.length > 0 ? ` Near names: ${near.join(', ')}.` : '';
}
