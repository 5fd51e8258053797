/** The list of color rules: its order, its defaults, and carrying it to another computer as JSON. */
import { colorRuleStrings } from '../strings.ts';

export const ruleColors = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'indigo',
  'purple',
  'pink',
  'grey',
] as const;
export type RuleColor = (typeof ruleColors)[number];

export interface ColorRule {
  /** Tells it from all others of the list; shipped rules keep theirs from version to version. */
  readonly id: string;
  readonly name: string;
  readonly filter: string;
  readonly color: RuleColor;
  readonly enabled: boolean;
}

export interface RuleImport {
  /** The list with what was added, in front of the others. */
  rules: readonly ColorRule[];
  added: number;
  /** What was left out, in sentences. */
  problems: readonly string[];
}

/** As many as the engine takes in one call, and the longest filter that is worth a color. */
const mostRules = 100;
const longestFilter = 10_000;

const kind = 'hopscope color rules';
const ownPrefix = 'own-';

export function isColorRule(value: unknown): value is ColorRule {
  return isRuleContent(value) && typeof (value as { id?: unknown }).id === 'string';
}

type RuleContent = Omit<ColorRule, 'id'>;

function isRuleContent(value: unknown): value is RuleContent {
  if (typeof value !== 'object' || value === null) return false;
  const { name, filter, color, enabled } = value as Partial<Record<keyof ColorRule, unknown>>;
  return (
    typeof name === 'string' &&
    typeof filter === 'string' &&
    filter.length <= longestFilter &&
    ruleColors.some((known) => known === color) &&
    typeof enabled === 'boolean'
  );
}

/** The rules that have a say, in their order: the engine tells a row's rule by its place among them. */
export function activeRules(rules: readonly ColorRule[]): ColorRule[] {
  return rules.filter(({ enabled, filter }) => enabled && filter.trim() !== '').slice(0, mostRules);
}

/** The list with a rule of the person's own in front, where it is the first to be asked. */
export function withOwnRule(rules: readonly ColorRule[], content: RuleContent): ColorRule[] {
  return [{ ...content, id: freeId(rules) }, ...rules];
}

function freeId(rules: readonly ColorRule[]): string {
  const numbers = rules.filter(isOwn).map(({ id }) => Number(id.slice(ownPrefix.length)) || 0);
  return `${ownPrefix}${Math.max(0, ...numbers) + 1}`;
}

export function isOwn({ id }: ColorRule): boolean {
  return id.startsWith(ownPrefix);
}

export function changed(rules: readonly ColorRule[], id: string, change: Partial<RuleContent>): ColorRule[] {
  return rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule));
}

export function without(rules: readonly ColorRule[], id: string): ColorRule[] {
  return rules.filter((rule) => rule.id !== id);
}

/** The list with a rule so many places further down (or up, below 0); the same list where there is no such place. */
export function moved(rules: readonly ColorRule[], id: string, places: number): readonly ColorRule[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const to = from + places;
  if (from < 0 || to < 0 || to >= rules.length) return rules;
  return rules.toSpliced(from, 1).toSpliced(to, 0, rules[from]);
}

/** The shipped rules as they were; own rules stay, in front of them. */
export function restored(rules: readonly ColorRule[], shipped: readonly ColorRule[]): ColorRule[] {
  return [...rules.filter(isOwn), ...shipped];
}

export function rulesJson(rules: readonly ColorRule[]): string {
  const entries = rules.map(({ name, filter, color, enabled }) => ({ name, filter, color, enabled }));
  return `${JSON.stringify({ kind, version: 1, rules: entries }, undefined, 2)}\n`;
}

/** Adds the rules of a file that are not there already, in their order. */
export function importedRules(rules: readonly ColorRule[], json: string): RuleImport {
  const nothing = (problem: string): RuleImport => ({ rules, added: 0, problems: [problem] });
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    return nothing(colorRuleStrings.problems.notJson(error instanceof Error ? error.message : ''));
  }
  const entries = (content as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(entries)) return nothing(colorRuleStrings.problems.noRules);
  const wrong = entries.flatMap((entry: unknown, index) => (isRuleContent(entry) ? [] : [index + 1]));
  const wanted = (entries as unknown[])
    .filter(isRuleContent)
    .filter((entry) => !rules.some((rule) => same(rule, entry)));
  return {
    rules: wanted.reduceRight((list, { name, filter, color, enabled }) => {
      return withOwnRule(list, { name, filter, color, enabled });
    }, rules),
    added: wanted.length,
    problems: wrong.map((number) => colorRuleStrings.problems.entry(number)),
  };
}

function same(first: RuleContent, second: RuleContent): boolean {
  return first.name === second.name && first.filter === second.filter && first.color === second.color;
}
