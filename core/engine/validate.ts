import * as v from 'valibot';
import { diagnosisKinds } from '../diagnosis/kinds.ts';
import type { Method, ToEngine } from './contract.ts';
import { attemptOrders, attemptProtocols, verdictKinds } from './contract-paths.ts';
import { exportFormats, textFormats } from './host.ts';

/** What came in, typed; or what is wrong with it, in words, and the request it belongs to where that can be told. */
export type Validated = { ok: true; message: ToEngine } | { ok: false; id: number | undefined; problem: string };

export const limits = {
  files: 64,
  fileReference: 4096,
  filterText: 100_000,
  rows: 1000,
  schemaId: 200,
  componentKey: 200,
  colorRules: 100,
  searchText: 1000,
  nameKey: 1000,
  friendlyName: 500,
  pastedTexts: 16,
  pastedText: 16 << 20,
  columnName: 500,
  columns: 100,
  groupColumns: 3,
  groups: 10_000,
  bins: 4000,
  notedRows: 100_000,
  comment: 10_000,
};

const anyWhole = v.pipe(v.number('must be a whole number'), v.safeInteger('must be a whole number'));
const whole = v.pipe(anyWhole, v.minValue(0, 'must not be negative'));
const textUpTo = (length: number) =>
  v.pipe(
    v.string('must be text'),
    v.maxLength(length, `must not be longer than ${length.toLocaleString('en')} characters`),
  );
const reference = v.pipe(textUpTo(limits.fileReference), v.minLength(1, 'must not be empty'));
const files = v.pipe(
  v.array(reference, 'must be a list'),
  v.minLength(1, 'must name a file'),
  v.maxLength(limits.files, `must not name more than ${limits.files} files`),
);
const filesOrNone = v.pipe(
  v.array(reference, 'must be a list'),
  v.maxLength(limits.files, `must not name more than ${limits.files} files`),
);
const fileNumber = v.pipe(whole, v.maxValue(limits.files - 1, `must not be more than ${limits.files - 1}`));
const rowCount = v.pipe(whole, v.maxValue(limits.rows, `must not be more than ${limits.rows.toLocaleString('en')}`));
const truth = v.boolean('must be true or false');
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  v.picklist(names, `must be one of ${names.join(', ')}`);

const choice = v.strictObject({
  sightings: v.exactOptional(oneOf(['all', 'first'])),
  diagnosis: v.exactOptional(oneOf(['any', ...diagnosisKinds])),
  component: v.exactOptional(textUpTo(limits.componentKey)),
  marked: v.exactOptional(v.literal(true, 'must be true')),
});

const filterText = textUpTo(limits.filterText);
const connectionQuery = v.strictObject({
  protocols: v.exactOptional(v.array(oneOf(attemptProtocols), 'must be a list')),
  verdicts: v.exactOptional(v.array(oneOf(verdictKinds), 'must be a list')),
  text: v.exactOptional(textUpTo(limits.searchText)),
  filter: v.exactOptional(filterText),
  sort: v.exactOptional(v.strictObject({ by: oneOf(attemptOrders), descending: truth })),
});
const nameKey = v.pipe(textUpTo(limits.nameKey), v.minLength(1, 'must not be empty'));
const pastedTexts = v.pipe(
  v.array(
    v.strictObject({ title: textUpTo(limits.friendlyName), text: textUpTo(limits.pastedText) }),
    'must be a list',
  ),
  v.maxLength(limits.pastedTexts, `must not hold more than ${limits.pastedTexts} texts`),
);
const traceOrNone = v.nullable(whole);
const columnName = v.pipe(textUpTo(limits.columnName), v.minLength(1, 'must not be empty'));
const listOf = <const Item extends v.GenericSchema>(item: Item, fewest: number, most: number) =>
  v.pipe(
    v.array(item, 'must be a list'),
    v.minLength(fewest, 'must not be empty'),
    v.maxLength(most, `must not hold more than ${most.toLocaleString('en')}`),
  );
const between = (least: number, most: number) =>
  v.pipe(whole, v.minValue(least, `must not be less than ${least}`), v.maxValue(most, `must not be more than ${most}`));
const instant = v.strictObject({ milliseconds: anyWhole, hundredNanoseconds: between(0, 9999) });

const parameters = {
  open: v.strictObject({ files }),
  close: v.strictObject({ trace: whole }),
  info: v.strictObject({ trace: whole }),
  view: v.strictObject({ trace: whole, filter: filterText, choice: v.exactOptional(choice) }),
  diagnosis: v.strictObject({ trace: whole }),
  closeView: v.strictObject({ view: whole }),
  check: v.strictObject({ trace: traceOrNone, filter: filterText }),
  complete: v.strictObject({ trace: traceOrNone, filter: filterText, position: whole }),
  explain: v.strictObject({ trace: traceOrNone, filter: filterText }),
  find: v.strictObject({
    view: whole,
    filter: filterText,
    from: whole,
    direction: oneOf(['forward', 'backward']),
  }),
  rows: v.strictObject({
    view: whole,
    from: whole,
    count: rowCount,
    colorRules: v.exactOptional(
      v.pipe(
        v.array(filterText, 'must be a list'),
        v.maxLength(limits.colorRules, `must not hold more than ${limits.colorRules} rules`),
      ),
    ),
    columns: v.exactOptional(listOf(columnName, 0, limits.columns)),
  }),
  detail: v.strictObject({ view: whole, row: whole }),
  text: v.strictObject({ view: whole, format: oneOf(textFormats), from: whole, count: rowCount }),
  export: v.strictObject({
    view: whole,
    format: oneOf(exportFormats),
    target: reference,
    options: v.optional(v.strictObject({ events: v.optional(truth), splitByLinkType: v.optional(truth) })),
  }),
  shiftTime: v.strictObject({ trace: whole, file: fileNumber, hundredNanoseconds: anyWhole }),
  schemas: v.strictObject({}),
  importSchemas: v.strictObject({ files }),
  removeSchemas: v.strictObject({ id: v.pipe(textUpTo(limits.schemaId), v.minLength(1, 'must not be empty')) }),
  harvestSchemas: v.strictObject({ trace: whole }),
  connections: v.strictObject({ trace: whole, query: connectionQuery, from: whole, count: rowCount }),
  path: v.strictObject({ trace: whole, row: whole }),
  names: v.strictObject({ trace: whole }),
  importNames: v.strictObject({ trace: whole, files: filesOrNone, texts: pastedTexts }),
  setName: v.strictObject({ trace: whole, key: nameKey, name: v.nullable(textUpTo(limits.friendlyName)) }),
  removeNames: v.strictObject({ trace: whole, source: nameKey }),
  exportNames: v.strictObject({ trace: whole, target: reference }),
  kept: v.strictObject({}),
  forgetKept: v.strictObject({ what: oneOf(['names', 'notes']) }),
  readNames: v.strictObject({ files }),
  changes: v.strictObject({ trace: whole }),
  sort: v.strictObject({ view: whole, order: v.strictObject({ by: columnName, descending: truth }) }),
  group: v.strictObject({
    view: whole,
    by: listOf(columnName, 1, limits.groupColumns),
    order: oneOf(['rows', 'packets', 'bytes', 'first', 'value']),
    limit: between(1, limits.groups),
  }),
  timeline: v.strictObject({
    trace: whole,
    view: v.nullable(whole),
    bins: between(1, limits.bins),
    from: v.exactOptional(instant),
    to: v.exactOptional(instant),
  }),
  place: v.strictObject({ view: whole, row: whole }),
  placeOfTime: v.strictObject({ view: whole, time: instant }),
  fields: v.strictObject({ trace: whole, text: textUpTo(limits.searchText) }),
  notes: v.strictObject({ trace: whole }),
  setNotes: v.strictObject({
    trace: whole,
    rows: listOf(whole, 1, limits.notedRows),
    marked: v.exactOptional(truth),
    comment: v.exactOptional(textUpTo(limits.comment)),
  }),
  clearNotes: v.strictObject({ trace: whole }),
} satisfies Record<Method, v.GenericSchema>;

const cancel = v.strictObject({ kind: v.literal('cancel'), id: whole });
const envelope = v.strictObject({ kind: v.literal('request'), id: whole, method: v.string(), params: v.unknown() });

/** Checks one message from a page. Only its shape: whether a trace or a view exists is the engine's to say. */
export function validateToEngine(raw: unknown): Validated {
  const id = readId(raw);
  const asCancel = v.safeParse(cancel, raw);
  if (asCancel.success) return { ok: true, message: asCancel.output };
  const asRequest = v.safeParse(envelope, raw);
  if (!asRequest.success) return { ok: false, id, problem: 'This is no message of the engine’s contract.' };
  return validateRequest(asRequest.output);
}

function validateRequest(request: v.InferOutput<typeof envelope>): Validated {
  const { id, method } = request;
  if (!isMethod(method)) return { ok: false, id, problem: `The engine has no method called “${method.slice(0, 40)}”.` };
  const params = v.safeParse(parameters[method], request.params);
  if (!params.success) return { ok: false, id, problem: describe(method, params.issues[0]) };
  return { ok: true, message: { kind: 'request', id, method, params: params.output } as ToEngine };
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(parameters, name);
}

function describe(method: Method, issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  if (path === null) return `The parameters of “${method}” must be an object.`;
  const expected = issue.message.startsWith('must') ? issue.message : 'is missing or does not belong here';
  return `The parameter “${path}” of “${method}” ${expected}.`;
}

function readId(raw: unknown): number | undefined {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return undefined;
  return v.is(whole, raw.id) ? raw.id : undefined;
}
