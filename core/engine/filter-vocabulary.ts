import { reportsDrop } from '../diagnosis/choice.ts';
import type { EventLayout, FilterVocabulary } from '../filter/vocabulary.ts';
import { nestedBit } from '../packet/module.ts';
import { knownProviderNames } from '../provider/known-providers.ts';
import { vmSwitchProvider } from '../provider/vmswitch.ts';
import { fieldPaths } from '../schema/field-paths.ts';
import { eventKindKey, type EventKind, type Segment } from '../trace/segment.ts';
import type { TraceColumns } from '../trace/trace-columns.ts';
import { componentNames } from './component-names.ts';
import { traceNames, type TraceNames } from './names/trace-names.ts';
import { isSelfDescribing } from './event-decoder.ts';
import { eventMessageName } from './message-source.ts';
import type { TraceSchemas } from './trace-schemas.ts';
import type { TraceSession } from './trace-session.ts';

interface Known {
  readonly decoder: TraceSchemas['decoder'];
  readonly names: TraceNames;
  readonly vocabulary: FilterVocabulary;
}
const known = new WeakMap<TraceColumns, Known>();

/** The names a filter may use on what has been read of a trace; made anew when more layouts or names are known. */
export function filterVocabulary(session: TraceSession, columns: TraceColumns): FilterVocabulary {
  const { decoder } = session.schemas;
  const before = known.get(columns);
  const names = traceNames(session, columns);
  if (before?.decoder === decoder && before.names === names) return before.vocabulary;
  const vocabulary = makeVocabulary(session, columns);
  known.set(columns, { decoder, names, vocabulary });
  return vocabulary;
}

function makeVocabulary(session: TraceSession, columns: TraceColumns): FilterVocabulary {
  const { segments } = columns;
  const kinds = [
    ...new Map(segments.flatMap(({ schemas }) => schemas.map((kind) => [eventKindKey(kind), kind]))).values(),
  ];
  const guids = new Set(kinds.map((kind) => kind.provider));
  return {
    providers: [...guids].map((guid) => ({ guid, name: session.schemas.providerName(guid) })),
    absentNames: knownProviderNames,
    layouts: kinds.map((kind) => layoutOf(kind, session.schemas)).filter((layout) => layout !== undefined),
    components: describedComponents(session, columns),
    switchPlaces: switchPlaces(traceNames(session, columns)),
    switchKinds: kinds.filter((kind) => namesPlaces(kind, session.schemas)).map(eventKindKey),
    dropKinds: kinds.filter(reportsDrop).map(eventKindKey),
    hasNestedPackets: segments.some(hasNestedPacket),
  };
}

function layoutOf(kind: EventKind, schemas: TraceSchemas): EventLayout | undefined {
  const own = { key: eventKindKey(kind), provider: kind.provider };
  const isCaptureRecord = kind.family === 'capture';
  if (isCaptureRecord || isSelfDescribing(kind)) return { ...own, message: 'Event', fields: null, isCaptureRecord };
  const schema = schemas.layoutOf(kind);
  return schema && { ...own, message: eventMessageName(schema), fields: fieldPaths(schema), isCaptureRecord };
}

/** Its full name first, then what people say for short: without the number that the name begins with, its NIC, its port. */
function describedComponents(session: TraceSession, columns: TraceColumns): FilterVocabulary['components'] {
  const { names, shortNames } = componentNames(session, columns);
  return [...names].map(([key, name]) => ({
    key,
    names: [...new Set([name, ...(shortNames.get(key) ?? [])])].filter((each) => each !== ''),
  }));
}

/** What events call NICs and switches. */
function switchPlaces(names: TraceNames): FilterVocabulary['switchPlaces'] {
  return names.book.shown.flatMap(({ kind, text, spellings, keys }) => {
    if (kind !== 'nic' && kind !== 'switch') return [];
    return [{ texts: spellings, names: [...new Set([...names.book.allNames(keys, kind), text])] }];
  });
}

function namesPlaces(kind: EventKind, schemas: TraceSchemas): boolean {
  if (kind.family !== 'manifest' || kind.provider !== vmSwitchProvider) return false;
  return schemas.layoutOf(kind)?.fields.some(({ name }) => /(?:Nic|Switch)Name$/.test(name)) ?? false;
}

const nested = new WeakMap<Segment, boolean>();

function hasNestedPacket(segment: Segment): boolean {
  let found = nested.get(segment);
  if (found === undefined) {
    const { modules, length } = segment.packets;
    found = false;
    for (let packet = 0; packet < length && !found; packet++) found = (modules[packet] & nestedBit) !== 0;
    nested.set(segment, found);
  }
  return found;
}
