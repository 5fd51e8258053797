import { parseIpv4, parseIpv6, parseMac } from '../../base/address.ts';
import type { CarrierModule } from '../../packet/module.ts';
import type { ComparisonExpression, Expression, LiteralValue, PathExpression } from '../language/ast.ts';
import { bigEndian } from '../ranges.ts';
import { moduleName } from '../../provider/known-providers.ts';
import type { FilterVocabulary } from '../vocabulary.ts';
import type { TestEvent, TestPacket } from './synthetic-segment.ts';

/**
 * The filter language row by row, straight from its description and with nothing of the scan in it: what the scan is
 * tested against. It knows fields by module and last name, at their usual spelling.
 */
export function interpret(
  expression: Expression | null,
  rows: readonly TestEvent[],
  vocabulary: FilterVocabulary,
): number[] {
  const names = new Map(vocabulary.providers.map(({ guid, name }) => [guid, moduleName(name ?? '').toLowerCase()]));
  return rows.flatMap((row, number) => {
    const begun = row.continues === undefined ? row.packet : rows[row.continues].packet;
    const message = { fields: fieldsOf(row, begun), modules: modulesOf(row, begun, names) };
    return expression === null || holds(expression, message) ? [number] : [];
  });
}

interface Value {
  readonly type: string;
  readonly value: bigint;
}
interface Field extends Value {
  readonly name: string;
}
interface Message {
  readonly fields: readonly Field[];
  readonly modules: ReadonlySet<string>;
}

function holds(expression: Expression, message: Message): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.operands.every((operand) => holds(operand, message));
    case 'or':
      return expression.operands.some((operand) => holds(operand, message));
    case 'not':
      return !holds(expression.operand, message);
    case 'path':
      if (expression.steps.length === 1 && !expression.wildcard)
        return message.modules.has(expression.steps[0].name.toLowerCase());
      return valuesAt(expression, message).length > 0;
    case 'comparison':
      return compares(expression, message);
    case 'in':
      return valuesAt(expression.subject, message).some((value) =>
        expression.elements.some((element) => element.kind === 'literal' && lies(value, element.value)),
      );
    default:
      throw new Error(`the interpreter has no ${expression.kind}`);
  }
}

function compares({ operator, left, right }: ComparisonExpression, message: Message): boolean {
  if (right.kind !== 'literal') throw new Error('the interpreter wants the value on the right');
  const wanted = valueOf(right.value);
  const values = valuesAt(left, message);
  const alike = values.filter((value) => value.type === wanted.type);
  const equal = alike.some((value) => value.value === wanted.value);
  switch (operator) {
    case '==':
      return equal;
    case '!=':
      return !equal;
    case '~=':
      return alike.length > 0 && !equal;
    case '<':
      return alike.some((value) => value.value < wanted.value);
    case '<=':
      return alike.some((value) => value.value <= wanted.value);
    case '>':
      return alike.some((value) => value.value > wanted.value);
    case '>=':
      return alike.some((value) => value.value >= wanted.value);
  }
}

function valuesAt(path: Expression, message: Message): readonly Value[] {
  if (path.kind !== 'path') throw new Error('the interpreter wants a path');
  const wanted = nameOf(path);
  return message.fields.filter(({ name }) => (path.wildcard ? name.endsWith(`.${wanted}`) : name === wanted));
}

function nameOf(path: PathExpression): string {
  return path.steps
    .map((step) => step.name)
    .join('.')
    .toLowerCase();
}

function modulesOf(row: TestEvent, packet: TestPacket | undefined, names: ReadonlyMap<string, string>): Set<string> {
  const modules = new Set(['etw', ...(packet?.modules ?? []).map((module) => module.toLowerCase())]);
  const provider = names.get(row.provider);
  if (provider !== undefined) modules.add(provider);
  return modules;
}

function fieldsOf(row: TestEvent, packet: TestPacket | undefined): Field[] {
  const own = [integer('Etw.ProcessId', row.process), integer('Etw.ThreadId', row.thread), integer('Etw.Id', row.id)];
  return packet ? [...own, ...packetFields(packet)] : own;
}

function packetFields(packet: TestPacket): Field[] {
  const has = (module: CarrierModule): boolean => packet.modules.includes(module);
  return [
    ...(has('Ethernet') ? ethernetFields(packet, has('LLC')) : []),
    ...(has('VLAN') ? [integer('VLAN.VlanId', packet.vlan)] : []),
    ...(has('IPv4') ? [...addresses('IPv4', packet), integer('IPv4.Protocol', packet.protocol)] : []),
    ...(has('IPv6') ? addresses('IPv6', packet) : []),
    ...(has('TCP') ? [...ports('TCP', packet), ...tcpFields(packet)] : []),
    ...(has('UDP') ? ports('UDP', packet) : []),
  ];
}

function ethernetFields(packet: TestPacket, length: boolean): Field[] {
  const type = length ? [] : [integer('Ethernet.Type', packet.etherType)];
  return [...type, ...pair('Ethernet', 'Address', address(packet.sourceMac), address(packet.destinationMac))];
}

function addresses(module: string, packet: TestPacket): Field[] {
  return pair(module, 'Address', address(packet.source), address(packet.destination));
}

function ports(module: string, packet: TestPacket): Field[] {
  return pair(module, 'Port', number(packet.sourcePort), number(packet.destinationPort));
}

function tcpFields(packet: TestPacket): Field[] {
  const flags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK'].map((flag, bit): Field => {
    const value = ((packet.flags ?? 0) >>> bit) & 1;
    return { name: `tcp.flags.${flag.toLowerCase()}`, type: 'boolean', value: BigInt(value) };
  });
  return [
    integer('TCP.SequenceNumber', packet.sequence),
    integer('TCP.AcknowledgmentNumber', packet.acknowledgement),
    integer('TCP.Window', packet.window),
    integer('TCP.PayloadLength', packet.payloadLength),
    ...flags,
    ...flags.map((flag) => ({ ...flag, name: flag.name.replace('.flags', '') })),
  ];
}

/** A source and a destination, each also under the alias that both share. */
function pair(module: string, alias: string, source: Value, destination: Value): Field[] {
  const prefix = module.toLowerCase();
  return [
    { ...source, name: `${prefix}.source${alias.toLowerCase()}` },
    { ...destination, name: `${prefix}.destination${alias.toLowerCase()}` },
    { ...source, name: `${prefix}.${alias.toLowerCase()}` },
    { ...destination, name: `${prefix}.${alias.toLowerCase()}` },
  ];
}

function integer(name: string, value: number | undefined): Field {
  return { name: name.toLowerCase(), ...number(value) };
}

function number(value: number | undefined): Value {
  return { type: 'integer', value: BigInt(value ?? 0) };
}

function address(text: string | undefined): Value {
  const mac = parseMac(text ?? '');
  if (mac) return { type: 'mac', value: bigEndian(mac) };
  const ipv6 = parseIpv6(text ?? '');
  if (ipv6) return { type: 'ipv6', value: bigEndian(ipv6) };
  return { type: 'ipv4', value: BigInt(parseIpv4(text ?? '') ?? 0) };
}

function valueOf(literal: LiteralValue): Value {
  switch (literal.type) {
    case 'integer':
      return literal;
    case 'boolean':
      return { type: 'boolean', value: literal.value ? 1n : 0n };
    case 'ipv4':
      return { type: 'ipv4', value: BigInt(literal.value) };
    case 'ipv6':
    case 'mac':
      return { type: literal.type, value: bigEndian(literal.bytes) };
    default:
      throw new Error(`the interpreter has no ${literal.type}`);
  }
}

function lies(value: Value, literal: LiteralValue): boolean {
  if (literal.type === 'ipv4Subnet') {
    const host = BigInt(32 - literal.prefix);
    return value.type === 'ipv4' && value.value >> host === BigInt(literal.value) >> host;
  }
  if (literal.type === 'ipv6Subnet') {
    const host = BigInt(128 - literal.prefix);
    return value.type === 'ipv6' && value.value >> host === bigEndian(literal.bytes) >> host;
  }
  const wanted = valueOf(literal);
  return wanted.type === value.type && wanted.value === value.value;
}
