import type { LiteralValue, OrderOperator } from './language/ast.ts';
import type { MessageTest, Operand, TextPattern } from './message-test.ts';

/** What a filter asks about the values of a field or a property; it holds when it holds for one of them. */
export type Condition =
  | { readonly kind: 'equal'; readonly value: LiteralValue }
  /** One of the values, or in one of the subnets. */
  | { readonly kind: 'within'; readonly values: readonly LiteralValue[] }
  | { readonly kind: 'ordered'; readonly operator: OrderOperator; readonly value: LiteralValue }
  | ({ readonly kind: 'contains' } & TextPattern)
  | { readonly kind: 'matches'; readonly pattern: string };

/** The same question, asked about one message. */
export function messageTest(operand: Operand, condition: Condition): MessageTest {
  switch (condition.kind) {
    case 'equal':
      return { kind: 'comparison', operator: '==', left: operand, right: literalOperand(condition.value) };
    case 'within':
      return { kind: 'within', operand, values: condition.values };
    case 'ordered':
      return {
        kind: 'comparison',
        operator: condition.operator,
        left: operand,
        right: literalOperand(condition.value),
      };
    case 'contains': {
      const { pattern, caseSensitive, encoding } = condition;
      return { kind: 'contains', operand, pattern, caseSensitive, encoding };
    }
    case 'matches':
      return { kind: 'matches', operand, pattern: condition.pattern };
  }
}

/** The values that a condition names; none where it names a text to search for. */
export function valuesIn(condition: Condition): readonly LiteralValue[] {
  switch (condition.kind) {
    case 'equal':
    case 'ordered':
      return [condition.value];
    case 'within':
      return condition.values;
    default:
      return [];
  }
}

function literalOperand(value: LiteralValue): Operand {
  return { kind: 'literal', value };
}
