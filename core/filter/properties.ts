import { parseIpv4, parseIpv6, parseMac } from '../base/address.ts';
import { utf16Bytes } from '../base/text.ts';
import {
  connectionFindings,
  diagnosisKinds,
  findingBit,
  kindText,
  type DiagnosisKind,
  type DiagnosisLevel,
} from '../diagnosis/kinds.ts';
import { moduleBit } from '../packet/module.ts';
import { PacketTrait } from '../trace/segment.ts';
import { messageTest, type Condition } from './condition.ts';
import { fieldsOf } from './field-catalogue.ts';
import { matching, valuesWithin } from './field-values.ts';
import type { LiteralValue } from './language/ast.ts';
import { constant, not } from './logic.ts';
import type { Operand } from './message-test.ts';
import { areEqual, compared, isInOrder, liesIn, literalValue, numericOf } from './message-values.ts';
import type { MessageColumn } from './message.ts';
import { moduleExists } from './module-plan.ts';
import { DiagnosisLevelNumber } from './named-constants.ts';
import {
  anyEvent,
  carries,
  eventKinds,
  eventRow,
  eventTime,
  messagePasses,
  notEvents,
  packetComponentIs,
  packetFinding,
  packetModulesAre,
  packetValue,
  type FilterPlan,
} from './plan.ts';
import { orderedRanges, unionOf, type Ranges } from './ranges.ts';
import { compileRegex } from './search/text-regex.ts';
import { compileTextSearch } from './search/text-search.ts';
import { instantsOf } from './time-literal.ts';
import { diagnosisTypeOf, type FilterVocabulary, type ModuleNames } from './vocabulary.ts';

/** What a filter may ask of a trace. */
export interface FilterNames {
  readonly vocabulary: FilterVocabulary;
  readonly modules: ModuleNames;
}

/**
 * Something a message has that is no field of it: what Message Analyzer called annotations and global properties, and
 * Hopscope's own (`extension`).
 */
export interface Property {
  readonly name: string;
  /** What it is compared with, in words. */
  readonly type: string;
  readonly detail: string;
  readonly extension: boolean;
  /** The text of the grid that it is, where it is one. */
  readonly column?: MessageColumn;
  /** Events that have it. */
  present(names: FilterNames): FilterPlan;
  /** Events for which the condition holds; undefined when the property cannot be asked that. */
  matching(condition: Condition, names: FilterNames): FilterPlan | undefined;
  /** Values to suggest. */
  values?(names: FilterNames): string[];
}

const everyRow: Ranges = [[0n, 0xffff_ffffn]];
const everyTime: Ranges = [[0n, 0x7fff_ffff_ffff_ffffn]];

const messageNumber: Property = {
  name: 'MessageNumber',
  type: 'a number',
  detail: 'Number of the message in time order, from 1',
  extension: false,
  present: () => constant(true),
  matching: (condition) => {
    const ranges = integerRanges(condition, everyRow[0][1] + 1n);
    return (
      ranges && eventRow(unionOf(ranges.filter(([, high]) => high > 0n).map(([low, high]) => [low - 1n, high - 1n])))
    );
  },
};

const timestamp: Property = {
  name: 'Timestamp',
  type: 'a time such as "2024-05-01T10:00:00.123"',
  detail: 'Time of the event, UTC where no zone is written',
  extension: true,
  present: () => constant(true),
  matching: (condition) => {
    const ranges = timeRanges(condition);
    return ranges && eventTime(unionOf(ranges));
  },
};

function timeRanges(condition: Condition): Ranges | undefined {
  const instants = (value: LiteralValue) => (value.type === 'text' ? instantsOf(value.value) : undefined);
  switch (condition.kind) {
    case 'equal': {
      const range = instants(condition.value);
      return range && [range];
    }
    case 'within': {
      const ranges = condition.values.map(instants);
      return ranges.every((range) => range !== undefined) ? ranges : undefined;
    }
    case 'ordered': {
      const range = instants(condition.value);
      return range && orderedRanges(condition.operator, range, everyTime[0][1]);
    }
    default:
      return undefined;
  }
}

function integerRanges(condition: Condition, highest: bigint): Ranges | undefined {
  switch (condition.kind) {
    case 'equal':
      return condition.value.type === 'integer' ? [[condition.value.value, condition.value.value]] : undefined;
    case 'within': {
      const numbers = condition.values.map((value) => (value.type === 'integer' ? value.value : undefined));
      return numbers.every((number) => number !== undefined) ? numbers.map((number) => [number, number]) : undefined;
    }
    case 'ordered': {
      const { value, operator } = condition;
      return value.type === 'integer' ? orderedRanges(operator, [value.value, value.value], highest) : undefined;
    }
    default:
      return undefined;
  }
}

/** A property with a handful of values: which of them satisfy the condition is found out when the filter is bound. */
function satisfies(condition: Condition, value: number | boolean | string): boolean {
  const found = { value, text: '' };
  switch (condition.kind) {
    case 'equal':
      return areEqual(found, condition.value) === true;
    case 'within':
      return condition.values.some((wanted) => liesIn(found, wanted) === true);
    case 'ordered': {
      const other = literalValue(condition.value);
      const order = other === undefined ? undefined : compared(numericOf(value), numericOf(other));
      return order !== undefined && isInOrder(condition.operator, order);
    }
    case 'contains':
      return (
        typeof condition.pattern === 'string' &&
        compileTextSearch(condition.pattern, condition.caseSensitive).found(String(value))
      );
    case 'matches':
      return compileRegex(condition.pattern).found(String(value));
  }
}

const levelNumbers: Readonly<Record<DiagnosisLevel, number>> = {
  error: DiagnosisLevelNumber.Error,
  warning: DiagnosisLevelNumber.Warning,
  information: DiagnosisLevelNumber.Information,
};

function diagnosisNumber(name: string, detail: string, numberOf: (kind: DiagnosisKind) => number): Property {
  return {
    name,
    type: 'a number',
    detail,
    extension: false,
    present: (names) => findings(diagnosisKinds, names),
    matching: (condition, names) => {
      if (condition.kind === 'contains' || condition.kind === 'matches') return undefined;
      return findings(
        diagnosisKinds.filter((kind) => satisfies(condition, numberOf(kind))),
        names,
      );
    },
  };
}

/** Events of packets with one of these findings; events that report a drop without a packet are dropped ones. */
function findings(kinds: readonly DiagnosisKind[], { vocabulary }: FilterNames): FilterPlan {
  const mask = maskOf(kinds);
  if (mask === 0) return constant(false);
  const found = carries(packetFinding('findings', mask, [[1n, 0xffff_ffffn]]), false);
  return kinds.includes('dropped') ? anyEvent([found, eventKinds(vocabulary.dropKinds)]) : found;
}

function maskOf(kinds: readonly DiagnosisKind[]): number {
  return kinds.reduce((bits, kind) => (bits | findingBit[kind]) >>> 0, 0);
}

interface TextColumn {
  readonly column: MessageColumn;
  readonly detail: string;
  /** Events that can have a text there at all. */
  readonly scope: (names: FilterNames) => FilterPlan;
  /** A faster plan for some conditions. */
  readonly shortcut?: (condition: Condition, names: FilterNames) => FilterPlan | undefined;
}

function textProperty({ column, detail, scope, shortcut }: TextColumn): Property {
  const operand: Operand = { kind: 'column', column };
  return {
    name: column,
    type: 'a text',
    detail,
    extension: false,
    column,
    present: (names) => messagePasses({ kind: 'present', operand }, scope(names)),
    matching: (condition, names) =>
      shortcut?.(condition, names) ?? messagePasses(messageTest(operand, condition), scope(names)),
  };
}

const ipBits = moduleBit.IPv4 | moduleBit.IPv6;

/**
 * Source and Destination show the innermost IP address, which the columns hold; where there is no IP, something else. So
 * an address is looked for in the columns, and only packets without IP are read again.
 */
function addressShortcut(side: 'SourceAddress' | 'DestinationAddress', column: MessageColumn) {
  return (condition: Condition): FilterPlan | undefined => {
    const values = condition.kind === 'equal' ? [condition.value] : condition.kind === 'within' ? condition.values : [];
    const addresses = values.map(addressOf);
    if (addresses.length === 0 || !addresses.every((address) => address !== undefined)) return undefined;
    const step = [{ name: side, levels: 0, start: 0, end: 0 }];
    const tests = ['IPv4', 'IPv6']
      .flatMap((module) => fieldsOf(module, step))
      .map((field) => ({
        field,
        ranges: unionOf(addresses.flatMap((address) => valuesWithin(field, address) ?? [])),
      }));
    const others = carries(not(packetModulesAre(ipBits, 0)), true);
    const asked = messagePasses(messageTest({ kind: 'column', column }, condition), others);
    return anyEvent([matching(tests), asked]);
  };
}

/** The address that a literal is, also in quotation marks; undefined when it is none. */
function addressOf(literal: LiteralValue): LiteralValue | undefined {
  switch (literal.type) {
    case 'ipv4':
    case 'ipv6':
    case 'mac':
    case 'ipv4Subnet':
    case 'ipv6Subnet':
      return literal;
    case 'text': {
      const ipv4 = parseIpv4(literal.value);
      if (ipv4 !== undefined) return { type: 'ipv4', value: ipv4 };
      const mac = parseMac(literal.value);
      if (mac) return { type: 'mac', bytes: mac };
      const ipv6 = parseIpv6(literal.value);
      return ipv6 && { type: 'ipv6', bytes: ipv6 };
    }
    default:
      return undefined;
  }
}

/** The topmost module has its bit; whatever stands above it has not. */
function moduleShortcut(condition: Condition, names: FilterNames): FilterPlan | undefined {
  if (condition.kind !== 'equal' || condition.value.type !== 'text') return undefined;
  const module = names.modules.find(condition.value.value);
  if (!module || module.presence === 'every event') return undefined;
  return messagePasses(
    messageTest(
      { kind: 'column', column: 'ModuleName' },
      { ...condition, value: { type: 'text', value: module.name } },
    ),
    moduleExists(module),
  );
}

/** A text without numbers in it is one of few; `Retransmitted #12` has to be read. */
function diagnosisShortcut(kinds: readonly DiagnosisKind[]) {
  return (condition: Condition, names: FilterNames): FilterPlan | undefined => {
    if (condition.kind !== 'contains' || typeof condition.pattern !== 'string') return undefined;
    if (!/^[a-z-]+$/i.test(condition.pattern)) return undefined;
    return findings(
      kinds.filter((kind) => satisfies(condition, kindText(kind).short)),
      names,
    );
  };
}

/** The findings that following a TCP connection makes. */
const tcpKinds = diagnosisKinds.filter((kind) => (connectionFindings & findingBit[kind]) !== 0);

const component: Property = {
  name: 'Component',
  type: 'a text',
  detail:
    'Place where the packet was seen: a NIC, a vSwitch port, a filter layer; of vSwitch events, its NICs and switch',
  extension: true,
  present: ({ vocabulary }) => anyEvent([carries(constant(true), false), eventKinds(vocabulary.switchKinds)]),
  matching: (condition, { vocabulary }) => {
    const isMeant = ({ names }: { readonly names: readonly string[] }): boolean =>
      names.some((name) => isName(condition, name));
    const keys = vocabulary.components.filter(isMeant).map(({ key }) => key);
    const places = vocabulary.switchPlaces.filter(isMeant);
    return anyEvent([carries(packetComponentIs(keys), false), switchEventsOf(places, vocabulary)]);
  },
  values: ({ vocabulary }) => [
    ...new Set([...vocabulary.components, ...vocabulary.switchPlaces].map(({ names }) => names[0])),
  ],
};

/** Events of a vSwitch that call a NIC or switch by one of its texts. They count it and hold it as it is. */
function switchEventsOf(
  places: FilterVocabulary['switchPlaces'],
  { switchPlaces, switchKinds }: FilterVocabulary,
): FilterPlan {
  if (places.length === 0) return constant(false);
  const scope = eventKinds(switchKinds);
  if (places.length === switchPlaces.length) return scope;
  const texts = places.flatMap((place) => place.texts).map(countedText);
  return anyEvent(
    texts.map((pattern) =>
      messagePasses({ kind: 'contains', operand: null, pattern, caseSensitive: true, encoding: null }, scope),
    ),
  );
}

/** A text as a vSwitch's event has it: the number of its UTF-16 units in 32 bits, then those. */
function countedText(text: string): Uint8Array {
  const bytes = new Uint8Array(4 + text.length * 2);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(utf16Bytes(text, false), 4);
  return bytes;
}

/** Names of components are written by people: in any case. */
function isName(condition: Condition, name: string): boolean {
  const inLowerCase = (value: LiteralValue): LiteralValue =>
    value.type === 'text' ? { type: 'text', value: value.value.toLowerCase() } : value;
  switch (condition.kind) {
    case 'equal':
      return satisfies({ kind: 'equal', value: inLowerCase(condition.value) }, name.toLowerCase());
    case 'within':
      return satisfies({ kind: 'within', values: condition.values.map(inLowerCase) }, name.toLowerCase());
    default:
      return satisfies(condition, name);
  }
}

const directionTexts = { inbound: PacketTrait.Inbound, outbound: PacketTrait.Outbound } as const;
const directionNames = { rx: 'inbound', tx: 'outbound', in: 'inbound', out: 'outbound' } as const;

const direction: Property = {
  name: 'Direction',
  type: '"inbound" or "outbound"',
  detail: 'Way of the packet at its component',
  extension: true,
  present: () => carries(trait(PacketTrait.Inbound | PacketTrait.Outbound), false),
  matching: (condition) => {
    const wanted = Object.entries(directionTexts).filter(([text]) =>
      [text, ...Object.entries(directionNames).flatMap(([other, name]) => (name === text ? [other] : []))].some(
        (name) => isName(condition, name),
      ),
    );
    return anyEvent(wanted.map(([, bit]) => carries(trait(bit), false)));
  },
  values: () => Object.keys(directionTexts),
};

function trait(bits: number) {
  return packetValue('traits', 'number', bits, [[1n, 0xffn]]);
}

const dropped: Property = {
  name: 'Dropped',
  type: 'true or false',
  detail: 'The packet was dropped, or the event reports a drop',
  extension: true,
  present: () => constant(true),
  matching: (condition, { vocabulary }) => {
    const isDropped = anyEvent([carries(trait(PacketTrait.Dropped), false), eventKinds(vocabulary.dropKinds)]);
    const whenTrue = satisfies(condition, true);
    const whenFalse = satisfies(condition, false);
    if (whenTrue === whenFalse) return constant(whenTrue);
    return whenTrue ? isDropped : notEvents(isDropped);
  },
  values: () => ['true', 'false'],
};

const hop: Property = {
  name: 'Hop',
  type: 'a number',
  detail: 'Which sighting of the packet it is, from 1',
  extension: true,
  present: () => carries(packetFinding('ordinal', 0xffff, [[1n, 0xffffn]]), false),
  matching: (condition) => {
    const ranges = integerRanges(condition, 0xffffn);
    const known = ranges?.map(([low, high]): [bigint, bigint] => [low < 1n ? 1n : low, high]);
    return known && carries(packetFinding('ordinal', 0xffff, unionOf(known)), false);
  },
};

const everywhere = (): FilterPlan => constant(true);

export const properties: readonly Property[] = [
  messageNumber,
  timestamp,
  diagnosisNumber(
    'DiagnosisLevels',
    'Levels of the findings: Error 1, Warning 2, Information 4',
    (kind) => levelNumbers[kindText(kind).level],
  ),
  diagnosisNumber(
    'DiagnosisTypes',
    'Types of the findings: Application 1, Validation 2, InsufficientData 4, Parsing 8',
    diagnosisTypeOf,
  ),
  textProperty({
    column: 'Diagnosis',
    detail: 'Findings in words, as the grid shows them',
    scope: (names) => findings(diagnosisKinds, names),
    shortcut: diagnosisShortcut(diagnosisKinds),
  }),
  textProperty({
    column: 'TCPDiagnosis',
    detail: 'Findings of the TCP connection: Segment-Lost, Retransmitted, Dup-Ack, …',
    scope: (names) => findings(tcpKinds, names),
    shortcut: diagnosisShortcut(tcpKinds),
  }),
  textProperty({ column: 'Summary', detail: 'Summary of the topmost layer', scope: everywhere }),
  textProperty({
    column: 'Source',
    detail: 'Source as the grid shows it',
    scope: everywhere,
    shortcut: addressShortcut('SourceAddress', 'Source'),
  }),
  textProperty({
    column: 'Destination',
    detail: 'Destination as the grid shows it',
    scope: everywhere,
    shortcut: addressShortcut('DestinationAddress', 'Destination'),
  }),
  textProperty({ column: 'ModuleName', detail: 'Topmost module', scope: everywhere, shortcut: moduleShortcut }),
  component,
  direction,
  dropped,
  hop,
];

const otherNames: Readonly<Record<string, string>> = {
  diagnosislevel: 'DiagnosisLevels',
  diagnosistype: 'DiagnosisTypes',
  module: 'ModuleName',
  sighting: 'Hop',
};

/** What Message Analyzer knew and Hopscope does not compute, with the reason that a person is told. */
const notComputed: Readonly<Record<string, string>> = {
  responsetime: 'Hopscope does not pair requests with their responses yet',
  isoperation: 'Hopscope does not pair requests with their responses yet',
  timedelta: 'The time since the row before depends on the view',
};

/** The property of a name in any case, or undefined. */
export function propertyNamed(name: string): Property | undefined {
  const key = name.toLowerCase();
  const wanted = (otherNames[key] ?? key).toLowerCase();
  return properties.find((property) => property.name.toLowerCase() === wanted);
}

/** Why a property of Message Analyzer's is not there; undefined when the name is none. */
export function whyNotComputed(name: string): string | undefined {
  return notComputed[name.toLowerCase()];
}
