import type { FilterVocabulary } from '../filter/vocabulary.ts';
import { knownProviderNames } from '../provider/known-providers.ts';
import type { Segment } from '../trace/segment.ts';
import type { TraceSession } from './trace-session.ts';

/** The names a filter may use on this trace. */
export function filterVocabulary(session: TraceSession, segments: readonly Segment[]): FilterVocabulary {
  const guids = new Set(segments.flatMap((segment) => segment.schemas.map((kind) => kind.provider)));
  return {
    providers: [...guids].map((guid) => ({ guid, name: session.schemas.providerName(guid) })),
    absentNames: knownProviderNames,
  };
}
