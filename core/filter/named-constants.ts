import { ipProtocolNamed, ipProtocolNames } from '../packet/ip-protocols.ts';
import { portNamed, wellKnownPorts } from '../packet/well-known-ports.ts';

const portPrefix = 'IANA.Port.';
const protocolPrefix = 'IANA.ProtocolType.';

/** Every name, for suggestions. */
export const constantNames: readonly string[] = [
  ...[...wellKnownPorts.values()].map((name) => `${portPrefix}${name}`),
  ...[...ipProtocolNames.values()].map((name) => `${protocolPrefix}${name}`),
];

/** The number of a name such as `IANA.Port.HTTP`, in any case, or undefined. */
export function namedConstant(name: string): bigint | undefined {
  const number = numberBehind(name, portPrefix, portNamed) ?? numberBehind(name, protocolPrefix, ipProtocolNamed);
  return number === undefined ? undefined : BigInt(number);
}

function numberBehind(
  name: string,
  prefix: string,
  numberOf: (name: string) => number | undefined,
): number | undefined {
  return name.toLowerCase().startsWith(prefix.toLowerCase()) ? numberOf(name.slice(prefix.length)) : undefined;
}
