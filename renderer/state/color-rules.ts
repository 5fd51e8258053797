/** The color rules of this computer, kept from one start to the next. */
import { createStore } from 'zustand/vanilla';
import { activeRules, isColorRule, type ColorRule } from '../color-rules/color-rule.ts';
import { shippedRules } from '../color-rules/shipped-rules.ts';
import { readStored, writeStored } from './settings.ts';

interface ColorRules {
  rules: readonly ColorRule[];
  /** Those that color rows, in their order. */
  active: readonly ColorRule[];
}

const storedName = 'color-rules';
const isRuleList = (value: unknown): value is ColorRule[] => Array.isArray(value) && value.every(isColorRule);

export const colorRulesStore = createStore<ColorRules>(() =>
  stateOf(readStored(storedName, isRuleList) ?? shippedRules),
);

export function keepColorRules(rules: readonly ColorRule[]): void {
  colorRulesStore.setState(stateOf(rules));
  writeStored(storedName, rules);
}

function stateOf(rules: readonly ColorRule[]): ColorRules {
  return { rules, active: activeRules(rules) };
}
