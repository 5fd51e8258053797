import { ipProtocolNamed, ipProtocolNames } from '../packet/ip-protocols.ts';
import { portNamed, wellKnownPorts } from '../packet/well-known-ports.ts';
import { DiagnosisType } from './vocabulary.ts';

/** Numbers that a filter may write by name, as Message Analyzer calls them. */
interface ConstantFamily {
  readonly prefix: string;
  readonly names: readonly string[];
  readonly numberOf: (name: string) => number | undefined;
}

/** Standard.DiagnosisLevel of Message Analyzer. */
export const DiagnosisLevelNumber = { Error: 1, Warning: 2, Information: 4 } as const;

const families: readonly ConstantFamily[] = [
  { prefix: 'IANA.Port.', names: [...wellKnownPorts.values()], numberOf: portNamed },
  { prefix: 'IANA.ProtocolType.', names: [...ipProtocolNames.values()], numberOf: ipProtocolNamed },
  enumeration('Standard.DiagnosisLevel.', DiagnosisLevelNumber),
  enumeration('Standard.DiagnosisType.', DiagnosisType),
];

function enumeration(prefix: string, numbers: Readonly<Record<string, number>>): ConstantFamily {
  const byName = new Map(Object.entries(numbers).map(([name, number]) => [name.toLowerCase(), number]));
  return { prefix, names: Object.keys(numbers), numberOf: (name) => byName.get(name.toLowerCase()) };
}

/** Every name, for suggestions. */
export const constantNames: readonly string[] = families.flatMap(({ prefix, names }) =>
  names.map((name) => `${prefix}${name}`),
);

/** The number of a name such as `IANA.Port.HTTP`, in any case, or undefined. */
export function namedConstant(name: string): bigint | undefined {
  const family = families.find(({ prefix }) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  const number = family?.numberOf(name.slice(family.prefix.length));
  return number === undefined ? undefined : BigInt(number);
}

/** Whether a path that begins so can only be a constant. */
export function beginsConstant(firstName: string): boolean {
  return families.some(({ prefix }) => prefix.toLowerCase().startsWith(`${firstName.toLowerCase()}.`));
}
