import { ipv4Text, ipv6At, macAt } from '../../base/address.ts';
import type { Expression, FilterAst, LiteralValue, PathExpression } from './ast.ts';
import { bindingPower } from './parser.ts';

/** The canonical text of a filter: one spelling of each operator, parentheses only where they are needed. */
export function printFilter(filter: FilterAst): string {
  return filter.expression === null ? '' : print(filter.expression);
}

export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const power = bindingPower[expression.kind] + 1;
      return expression.operands.map((operand) => grouped(operand, power)).join(` ${expression.kind} `);
    }
    case 'not':
      return `not ${grouped(expression.operand, bindingPower.not)}`;
    case 'stack':
      return expression.steps
        .map((step) => `${step.separator}${grouped(step.expression, bindingPower.stack + 1)}`)
        .join('');
    case 'comparison':
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case 'in': {
      const elements = expression.elements.map(operand).join(', ');
      return `${operand(expression.subject)} in ${expression.bracketed ? `[${elements}]` : elements}`;
    }
    case 'contains':
      return [
        ...(expression.subject ? [operand(expression.subject)] : []),
        `contains ${print(expression.pattern)}`,
        ...(expression.caseSensitive ? ['caseSensitive'] : []),
        ...(expression.encoding === null ? [] : [`encoding ${expression.encoding}`]),
      ].join(' ');
    case 'regex':
      return `regex ${print(expression.pattern)}`;
    case 'matches':
      return `${operand(expression.subject)} matches ${print(expression.pattern)}`;
    case 'arithmetic': {
      const power = bindingPower[expression.operator];
      return `${grouped(expression.left, power)} ${expression.operator} ${grouped(expression.right, power + 1)}`;
    }
    case 'complement':
      return `~${grouped(expression.operand, bindingPower.complement)}`;
    case 'path':
      return printPath(expression);
    case 'literal':
      return printLiteral(expression.value);
    case 'missing':
      return '';
  }
}

export function printPath(path: PathExpression): string {
  const steps = path.steps.map((step, index) => {
    if (index === 0) return step.name;
    return `${step.levels === 0 ? '.' : ':'.repeat(step.levels)}${step.name}`;
  });
  return `${path.wildcard ? '*' : ''}${steps.join('')}${path.annotation === null ? '' : `#${path.annotation}`}`;
}

function hexadecimal(value: bigint): string {
  return value < 0n ? `-${hexadecimal(-value)}` : `0x${value.toString(16).toUpperCase()}`;
}

export function printLiteral(literal: LiteralValue): string {
  switch (literal.type) {
    case 'integer':
      return literal.hexadecimal ? hexadecimal(literal.value) : literal.value.toString();
    case 'boolean':
      return String(literal.value);
    case 'text':
      return `"${literal.value.replace(/[\\"]/g, '\\$&').replace(/\p{Cc}/gu, escaped)}"`;
    case 'ipv4':
      return ipv4Text(literal.value);
    case 'ipv6':
      return ipv6At(literal.bytes, 0);
    case 'ipv4Subnet':
      return `${ipv4Text(literal.value)}/${literal.prefix}`;
    case 'ipv6Subnet':
      return `${ipv6At(literal.bytes, 0)}/${literal.prefix}`;
    case 'mac':
      return macAt(literal.bytes, 0);
    case 'guid':
      return literal.text;
    case 'binary':
      return `$[${Array.from(literal.bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')}]`;
    case 'nothing':
      return 'nothing';
  }
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function operand(expression: Expression): string {
  return grouped(expression, bindingPower.comparison + 1);
}

/** In parentheses when it binds weaker than its place demands. */
function grouped(expression: Expression, power: number): string {
  const text = print(expression);
  return powerOf(expression) < power ? `(${text})` : text;
}

function powerOf(expression: Expression): number {
  switch (expression.kind) {
    case 'comparison':
    case 'in':
    case 'contains':
    case 'regex':
    case 'matches':
      return bindingPower.comparison;
    case 'arithmetic':
      return bindingPower[expression.operator];
    case 'path':
    case 'literal':
    case 'missing':
      return bindingPower.atom;
    default:
      return bindingPower[expression.kind];
  }
}
