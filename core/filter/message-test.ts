import type { FieldReference } from './field-reference.ts';
import type { ArithmeticOperator, LiteralValue, OrderOperator } from './language/ast.ts';
import type { Logic } from './logic.ts';
import type { MessageColumn } from './message.ts';

/** A question about one message that no column answers. Plain data, because it crosses to a worker. */
export type MessageTest =
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'present'; readonly operand: Operand }
  /** A value is there that can be compared with this one at all. */
  | { readonly kind: 'comparable'; readonly operand: Operand; readonly value: LiteralValue }
  | {
      readonly kind: 'comparison';
      readonly operator: '==' | OrderOperator;
      readonly left: Operand;
      readonly right: Operand;
    }
  /** The value is one of the list, or lies in a subnet of it. */
  | { readonly kind: 'within'; readonly operand: Operand; readonly values: readonly LiteralValue[] }
  /** Without an operand the message's bytes are searched. */
  | ({ readonly kind: 'contains'; readonly operand: Operand | null } & TextPattern)
  | { readonly kind: 'matches'; readonly operand: Operand | null; readonly pattern: string }
  /** Layers on top of each other, for each of which a condition holds. */
  | { readonly kind: 'stack'; readonly steps: readonly StackTest[] };

export interface TextPattern {
  readonly pattern: string | Uint8Array;
  readonly caseSensitive: boolean;
  /** Null: any. */
  readonly encoding: string | null;
}

export interface StackTest {
  /** `\` directly below the step before, at the start the topmost; `\\` anywhere below; '' a start anywhere. */
  readonly separator: '' | '\\' | '\\\\';
  readonly condition: Logic<MessageTest>;
}

/** What is compared: a value, fields, a text of the grid, or what is calculated from such. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | { readonly kind: 'field'; readonly field: FieldReference }
  | { readonly kind: 'column'; readonly column: MessageColumn }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'complement'; readonly operand: Operand };

/** Whether the test only looks at a message's bytes, so that nothing need be decoded. */
export function readsBytesOnly(test: MessageTest): boolean {
  return (test.kind === 'contains' || test.kind === 'matches') && test.operand === null;
}
