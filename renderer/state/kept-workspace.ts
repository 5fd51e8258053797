/**
 * What is open, as the host keeps it for the next start, and back. What comes back is foreign: of another version, damaged,
 * or written by somebody else.
 */
import * as v from 'valibot';
import type { SortOrder, ViewChoice } from '../../core/engine/contract.ts';
import type { KeptWorkspace } from '../../core/engine/host.ts';
import { combinedFilter, type StackedFilter } from '../filter/combined-filter.ts';
import { pageIds } from '../workspace/pane-ids.ts';
import type { Selection, Session, TimeReference, ViewName, WorkspaceState } from './model.ts';

/** One view of a trace: what a person has made of it. */
export interface KeptView {
  /** Place of its trace in `KeptWorkspace.traces`. */
  readonly trace: number;
  readonly draft: string;
  readonly box: string;
  readonly stack: readonly StackedFilter[];
  readonly choice: ViewChoice;
  readonly showing: ViewName;
  readonly selected: Selection | undefined;
  readonly sort: SortOrder | undefined;
  readonly timeReference: TimeReference | undefined;
}

export interface KeptState {
  readonly views: readonly KeptView[];
  /** Place of the view on show in `views`. */
  readonly active: number;
}

/** The host keeps no more. */
const mostCharacters = 1_000_000;

/** What the host is to keep. Traces that could not be opened are left out, but not those whose engine went meanwhile. */
export function workspaceToKeep({
  sessions,
  activeKey,
}: Pick<WorkspaceState, 'sessions' | 'activeKey'>): KeptWorkspace {
  const open = sessions.filter(({ stage, failure }) => stage !== 'failed' || failure?.name === 'Disconnected');
  const firsts = open.filter((session) => firstOf(open, session) === session);
  const views = open.map((session) => keptView(session, firsts.indexOf(firstOf(open, session))));
  const state: KeptState = {
    views,
    active: Math.max(
      0,
      open.findIndex(({ key }) => key === activeKey),
    ),
  };
  const text = JSON.stringify({ version, ...state });
  return {
    traces: firsts.map(({ files }) => ({ files: [...files], missing: false })),
    state: firsts.length === 0 || text.length > mostCharacters ? '' : text,
  };
}

const version = 1;

/** The first session on the same trace; one whose trace has no id yet is alone. */
function firstOf(sessions: readonly Session[], session: Session): Session {
  const { trace } = session;
  return (trace === undefined ? undefined : sessions.find((other) => other.trace === trace)) ?? session;
}

function keptView({ filter, showing, selection, sought, sort, timeReference }: Session, trace: number): KeptView {
  const { draft, box, stack, askedChoice } = filter;
  return { trace, draft, box, stack, choice: askedChoice, showing, selected: selection ?? sought, sort, timeReference };
}

const choice = v.object({
  sightings: v.optional(v.picklist(['all', 'first'])),
  diagnosis: v.optional(v.string()),
  component: v.optional(v.string()),
  marked: v.optional(v.literal(true)),
});

const row = v.pipe(v.number(), v.integer(), v.minValue(0));

const instant = v.object({
  milliseconds: v.pipe(v.number(), v.finite()),
  hundredNanoseconds: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

const selection = v.object({
  position: v.pipe(v.number(), v.integer(), v.minValue(0)),
  row,
  instant,
  summary: v.string(),
  diagnosisLevel: v.picklist(['none', 'information', 'warning', 'error']),
});

/** A view; where something in it is not what it should be, that is as in a new view. */
const view = v.object({
  trace: v.pipe(v.number(), v.integer(), v.minValue(0)),
  draft: v.fallback(v.string(), ''),
  box: v.fallback(v.string(), ''),
  stack: v.fallback(v.array(v.object({ text: v.string(), enabled: v.boolean() })), []),
  choice: v.fallback(choice, {}),
  showing: v.fallback(v.picklist(pageIds), 'messages'),
  selected: v.fallback(v.optional(selection), undefined),
  sort: v.fallback(v.optional(v.object({ by: v.string(), descending: v.boolean() })), undefined),
  timeReference: v.fallback(v.optional(v.object({ row, instant })), undefined),
});

const state = v.object({
  version: v.literal(version),
  views: v.array(view),
  active: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
});

/** What was made of so many traces; undefined when the text does not tell. */
export function readKeptState(text: string, traces: number): KeptState | undefined {
  const parsed = v.safeParse(state, parsedJson(text));
  if (!parsed.success) return undefined;
  const { views, active } = parsed.output;
  return { views: views.filter(({ trace }) => trace < traces).map(viewOf), active };
}

function viewOf({ selected, choice: kept, sort, timeReference, ...rest }: v.InferOutput<typeof view>): KeptView {
  return {
    ...rest,
    sort,
    timeReference,
    // The engine knows which findings there are, and refuses others in words.
    choice: kept as ViewChoice,
    selected: selected && { ...selected, origin: 'command' },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A new session as its kept view was, but for the choice: that can only be made of a trace that has been read. */
export function asKept(
  session: Session,
  { draft, box, stack, showing, selected, sort, timeReference }: KeptView,
): Session {
  const filter = { ...session.filter, draft, box, stack, asked: combinedFilter({ box, stack }) };
  return { ...session, showing, sought: selected, sort, timeReference, filter };
}
