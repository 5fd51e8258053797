import type { FieldReference } from './field-reference.ts';
import type { Expression, LiteralValue } from './language/ast.ts';
import { print, printLiteral } from './language/print.ts';
import { leavesOf, type Logic } from './logic.ts';
import { readsBytesOnly, type MessageTest, type Operand } from './message-test.ts';
import type { EventTest, FilterPlan, PacketTest } from './plan.ts';
import type { Ranges } from './ranges.ts';

/** A step, and what it is made of: for people who want to know what a filter does. */
export interface Explained {
  text: string;
  children: Explained[];
}

/** The syntax tree, a node a line. */
export function explainedTree(expression: Expression | null): Explained {
  if (expression === null) return leaf('nothing is filtered out');
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { text: expression.kind, children: expression.operands.map(explainedTree) };
    case 'not':
      return { text: 'not', children: [explainedTree(expression.operand)] };
    case 'comparison':
    case 'arithmetic':
      return { text: expression.operator, children: [expression.left, expression.right].map(explainedTree) };
    case 'complement':
      return { text: '~', children: [explainedTree(expression.operand)] };
    case 'in':
      return { text: 'in', children: [expression.subject, ...expression.elements].map(explainedTree) };
    case 'contains':
    case 'matches':
    case 'regex': {
      const subject = 'subject' in expression ? expression.subject : null;
      const parts = subject === null ? [leaf('the whole message')] : [explainedTree(subject)];
      return { text: expression.kind, children: [...parts, leaf(`value ${printLiteral(expression.pattern.value)}`)] };
    }
    case 'stack': {
      const steps = expression.steps.map(({ separator, expression: step }) => ({
        text:
          separator === '' ? 'somewhere' : separator === '\\' ? 'directly below (first: on top)' : 'somewhere below',
        children: [explainedTree(step)],
      }));
      return { text: 'stack of layers', children: steps };
    }
    case 'path':
      return leaf(`path ${print(expression)}`);
    case 'literal':
      return leaf(`value ${printLiteral(expression.value)}`);
    case 'missing':
      return leaf('missing');
  }
}

/** What is done, in the order in which it is done. */
export function explainedPlan(plan: FilterPlan): Explained {
  const cost = [...leavesOf(plan)].some(({ kind }) => kind === 'message')
    ? 'columns first; messages are read again where they leave the question open'
    : 'columns alone decide';
  return { text: `scan every event: ${cost}`, children: [explained(plan, eventStep)] };
}

function explained<Leaf>(plan: Logic<Leaf>, leafStep: (leaf: Leaf) => Explained): Explained {
  switch (plan.kind) {
    case 'constant':
      return leaf(plan.value ? 'every event passes' : 'no event passes');
    case 'not':
      return { text: 'not', children: [explained(plan.child, leafStep)] };
    case 'and':
    case 'or': {
      const text = plan.kind === 'and' ? 'all of, the cheapest first' : 'any of, the cheapest first';
      return { text, children: plan.children.map((child) => explained(child, leafStep)) };
    }
    case 'leaf':
      return leafStep(plan.leaf);
  }
}

function eventStep(test: EventTest): Explained {
  switch (test.kind) {
    case 'eventValue':
      return leaf(`event column ${test.column} is ${rangesText(test.ranges)}`);
    case 'eventKind':
      return leaf(
        `kind of event, by ${test.property}: ${rangesText(test.ranges, test.property === 'provider' ? guidText : String)}`,
      );
    case 'eventKinds':
      return leaf(`one of ${test.keys.length} kinds of events whose layout has the field`);
    case 'eventTime':
      return leaf(`event time (FILETIME) is ${rangesText(test.ranges)}`);
    case 'eventRow':
      return leaf(`row in time order, from 0, is ${rangesText(test.ranges)}`);
    case 'carries': {
      const others = test.otherwise ? 'events without a packet pass' : 'events without a packet do not pass';
      return { text: `events that carry a packet for which (${others})`, children: [explained(test.plan, packetStep)] };
    }
    case 'message':
      return leaf(`${readsBytesOnly(test.test) ? 'read the bytes' : 'decode the message'}: ${testText(test.test)}`);
  }
}

function packetStep(test: PacketTest): Explained {
  switch (test.kind) {
    case 'packetValue': {
      const form = test.form === 'number' ? '' : ` (${test.form})`;
      return leaf(
        `packet column ${masked(test.column, test.mask)}${form} is ${rangesText(test.ranges, wholeNumber(test.column))}`,
      );
    }
    case 'packetComponent':
      return leaf(`place of capture is one of ${test.keys.join(', ')}`);
    case 'packetFinding':
      return leaf(
        `diagnosis column ${masked(test.column, test.mask)} is ${rangesText(test.ranges, wholeNumber(test.column))}`,
      );
  }
}

function masked(column: string, mask: number): string {
  return mask === 0xffff_ffff ? column : `${column} & 0x${mask.toString(16)}`;
}

/** Bit sets read better in hexadecimal. */
function wholeNumber(column: string): (value: bigint) => string {
  const isBits = column === 'modules' || column === 'tcpFlags' || column === 'traits' || column === 'findings';
  return isBits ? (value) => `0x${value.toString(16)}` : String;
}

function guidText(value: bigint): string {
  const digits = value.toString(16).padStart(32, '0');
  const parts = [0, 8, 12, 16, 20].map((start, index, starts) => digits.slice(start, starts[index + 1]));
  return `{${parts.join('-')}}`;
}

const shownRanges = 6;

function rangesText(ranges: Ranges, text: (value: bigint) => string = String): string {
  const shown = ranges
    .slice(0, shownRanges)
    .map(([low, high]) => (low === high ? text(low) : `${text(low)} to ${text(high)}`));
  const more = ranges.length > shownRanges ? ` or ${ranges.length - shownRanges} more ranges` : '';
  return `${shown.join(' or ')}${more}`;
}

function testText(test: MessageTest): string {
  switch (test.kind) {
    case 'module':
      return `there is a layer of ${test.module}`;
    case 'present':
      return `${operandText(test.operand)} is there`;
    case 'comparable':
      return `${operandText(test.operand)} can be compared with ${printLiteral(test.value)}`;
    case 'comparison':
      return `${operandText(test.left)} ${test.operator} ${operandText(test.right)}`;
    case 'within':
      return `${operandText(test.operand)} in ${listText(test.values)}`;
    case 'contains': {
      const pattern = typeof test.pattern === 'string' ? JSON.stringify(test.pattern) : `${test.pattern.length} bytes`;
      const encoding = test.operand === null ? `, encoding ${test.encoding ?? 'any'}` : '';
      return `${searched(test.operand)} contains ${pattern}${test.caseSensitive ? ', case counts' : ''}${encoding}`;
    }
    case 'matches':
      return `${searched(test.operand)} matches ${JSON.stringify(test.pattern)}`;
    case 'stack': {
      const steps = test.steps.map(({ separator, condition }) => `${separator}(${conditionText(condition)})`);
      return `layers ${steps.join('')}`;
    }
  }
}

function searched(operand: Operand | null): string {
  return operand === null ? 'the whole message' : operandText(operand);
}

function conditionText(condition: Logic<MessageTest>): string {
  switch (condition.kind) {
    case 'constant':
      return String(condition.value);
    case 'not':
      return `not (${conditionText(condition.child)})`;
    case 'and':
    case 'or':
      return condition.children.map(conditionText).join(` ${condition.kind} `);
    case 'leaf':
      return testText(condition.leaf);
  }
}

function operandText(operand: Operand): string {
  switch (operand.kind) {
    case 'literal':
      return printLiteral(operand.value);
    case 'field':
      return referenceText(operand.field);
    case 'column':
      return `*${operand.column}`;
    case 'arithmetic':
      return `(${operandText(operand.left)} ${operand.operator} ${operandText(operand.right)})`;
    case 'complement':
      return `~${operandText(operand.operand)}`;
  }
}

function referenceText({ module, steps }: FieldReference): string {
  const path = steps.map(
    ({ name, levels }, index) => `${levels > 0 ? ':'.repeat(levels) : index > 0 ? '.' : ''}${name}`,
  );
  if (module === null) return `*${path.join('')}`;
  return `${module}${steps[0].levels > 0 ? '' : '.'}${path.join('')}`;
}

function listText(values: readonly LiteralValue[]): string {
  const shown = values.slice(0, shownRanges).map(printLiteral);
  return `[${shown.join(', ')}${values.length > shownRanges ? ', …' : ''}]`;
}

function leaf(text: string): Explained {
  return { text, children: [] };
}
