/** The syntax tree of a filter: what was written, before anybody knows the trace. Every node knows its place in the text. */

/** UTF-16 offsets into the filter text, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A whole filter. `expression` is null for an empty text, which lets every row through. */
export interface FilterAst {
  readonly text: string;
  readonly expression: Expression | null;
}

export type Expression =
  | LogicalExpression
  | NotExpression
  | ComparisonExpression
  | MembershipExpression
  | ContainsExpression
  | RegexExpression
  | MatchesExpression
  | StackExpression
  | ArithmeticExpression
  | ComplementExpression
  | PathExpression
  | LiteralExpression
  | MissingExpression;

/** `and` and `or` hold two or more operands, so that a long chain is no deep tree. */
export interface LogicalExpression extends Span {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Expression[];
}

export interface NotExpression extends Span {
  readonly kind: 'not';
  readonly operand: Expression;
}

export type ComparisonOperator = '==' | '!=' | '~=' | '<' | '<=' | '>' | '>=';

export type OrderOperator = Exclude<ComparisonOperator, '==' | '!=' | '~='>;

/** What an operator is when its two sides are exchanged. */
export const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '~=': '~=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

export interface ComparisonExpression extends Span {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `subject in [a, b]`, and `subject in 10.1.0.0/16` as a list of one (`bracketed` false). */
export interface MembershipExpression extends Span {
  readonly kind: 'in';
  readonly subject: Expression;
  readonly elements: readonly Expression[];
  readonly bracketed: boolean;
}

/** `subject contains "x"`; without a subject the whole message is searched. */
export interface ContainsExpression extends Span {
  readonly kind: 'contains';
  readonly subject: Expression | null;
  readonly pattern: LiteralExpression;
  readonly caseSensitive: boolean;
  readonly encoding: string | null;
}

/** `regex "x"`, or `matches "x"`: the whole message is searched. */
export interface RegexExpression extends Span {
  readonly kind: 'regex';
  readonly pattern: LiteralExpression;
}

/** `subject matches "x"` and `subject regex "x"`: a field whose text the regular expression finds. Our own addition. */
export interface MatchesExpression extends Span {
  readonly kind: 'matches';
  readonly subject: Expression;
  readonly pattern: LiteralExpression;
}

/** `\TCP\IPv4`: layers from the top of the message stack down. */
export interface StackExpression extends Span {
  readonly kind: 'stack';
  readonly steps: readonly StackStep[];
}
export interface StackStep {
  /** `\` one level below the step before (at the start: the top), `\\` any number of levels, '' a start anywhere. */
  readonly separator: '' | '\\' | '\\\\';
  readonly expression: Expression;
}

export type ArithmeticOperator = '|' | '^' | '&' | '<<' | '>>' | '+' | '-' | '*' | '/' | '%';
export interface ArithmeticExpression extends Span {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `~operand`, bit by bit. */
export interface ComplementExpression extends Span {
  readonly kind: 'complement';
  readonly operand: Expression;
}

/** `TCP.Flags.SYN`, `TCP:::SYN`, `*Port`, `SMB#DiagnosisLevels`, `#MessageNumber`. */
export interface PathExpression extends Span {
  readonly kind: 'path';
  readonly wildcard: boolean;
  /** Empty when the path is an annotation alone. */
  readonly steps: readonly PathStep[];
  readonly annotation: string | null;
}
export interface PathStep extends Span {
  readonly name: string;
  /** Levels below the step before: 0 for `.` (any depth), else the number of colons. The first step has 0. */
  readonly levels: number;
}

export interface LiteralExpression extends Span {
  readonly kind: 'literal';
  readonly value: LiteralValue;
}
export type LiteralValue =
  | { readonly type: 'integer'; readonly value: bigint; readonly hexadecimal: boolean }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'text'; readonly value: string }
  /** First octet highest. */
  | { readonly type: 'ipv4'; readonly value: number }
  | { readonly type: 'ipv6'; readonly bytes: Uint8Array }
  | { readonly type: 'ipv4Subnet'; readonly value: number; readonly prefix: number }
  | { readonly type: 'ipv6Subnet'; readonly bytes: Uint8Array; readonly prefix: number }
  | { readonly type: 'mac'; readonly bytes: Uint8Array }
  /** Canonical text of base/guid.ts. */
  | { readonly type: 'guid'; readonly text: string }
  | { readonly type: 'binary'; readonly bytes: Uint8Array }
  | { readonly type: 'nothing' };

/** Where an operand belongs, but none can be read. Only a text with mistakes has it: `parseFilter` returns none. */
export interface MissingExpression extends Span {
  readonly kind: 'missing';
}

/** What a person calls such a value: "an IPv4 address". */
export const literalNames: Readonly<Record<LiteralValue['type'], string>> = {
  integer: 'a number',
  boolean: 'a truth value',
  text: 'a text',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  ipv4Subnet: 'an IPv4 subnet',
  ipv6Subnet: 'an IPv6 subnet',
  mac: 'a MAC address',
  guid: 'a GUID',
  binary: 'a byte string',
  nothing: 'nothing',
};
