import type { Expression, LiteralExpression, LiteralValue, PathExpression, Span } from './language/ast.ts';
import { FilterError, replaceSpan } from './language/filter-error.ts';
import { calculated, complementOf } from './message-values.ts';
import { beginsConstant, constantNames, namedConstant } from './named-constants.ts';
import { nearNames } from './near-names.ts';

/** A literal, or what stands for one, and where. */
export type Value = Pick<LiteralExpression, 'value' | 'start' | 'end'>;

/** Finds out which parts of a filter are values that no message changes. */
export class ConstantValues {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** A literal, a named constant, or what is calculated from such; undefined for everything that needs a message. */
  valueOf(expression: Expression): Value | undefined {
    const { start, end } = expression;
    switch (expression.kind) {
      case 'literal':
        return expression;
      case 'path': {
        const number = this.constantOf(expression);
        return number === undefined ? undefined : { value: integer(number), start, end };
      }
      case 'arithmetic': {
        const left = this.foldable(expression.left);
        const right = left === undefined ? undefined : this.foldable(expression.right);
        if (left === undefined || right === undefined) return undefined;
        const number = calculated(expression.operator, left, right);
        if (number === undefined) throw new FilterError('This cannot be calculated.', expression);
        return { value: integer(number), start, end };
      }
      case 'complement': {
        const operand = this.foldable(expression.operand);
        const number = operand === undefined ? undefined : complementOf(operand);
        return number === undefined ? undefined : { value: integer(number), start, end };
      }
      default:
        return undefined;
    }
  }

  private foldable(expression: Expression): bigint | undefined {
    const value = this.valueOf(expression);
    return value?.value.type === 'integer' ? value.value.value : undefined;
  }

  private constantOf(path: PathExpression): bigint | undefined {
    if (path.wildcard || path.annotation !== null || path.steps.length === 1) return undefined;
    if (!beginsConstant(path.steps[0].name)) return undefined;
    const name = path.steps.map((step) => step.name).join('.');
    const number = namedConstant(name);
    if (number === undefined) throw this.unknownConstant(name, path);
    return number;
  }

  private unknownConstant(name: string, place: Span): FilterError {
    const near = nearNames(name, constantNames);
    const meant = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
    const suggestion = near.length > 0 ? replaceSpan(this.text, place, near[0]) : undefined;
    return new FilterError(`No constant is named "${name}"; write the number itself.${meant}`, place, suggestion);
  }
}

function integer(value: bigint): LiteralValue {
  return { type: 'integer', value, hexadecimal: false };
}
