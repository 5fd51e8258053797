/**
 * PerfView-style dumps rebuild a manifest from what TDH tells, and leave out what their writer did not ask for:
 * out-types, fixed lengths, fixed counts and the members of structs (microsoft/perfview,
 * RegisteredTraceEventParser.cs). Here is what can still be said about a field.
 */
import type { InType, SchemaField } from '../event-schema.ts';
import { InType as In, OutType } from '../event-schema.ts';
import { isMacName } from '../in-types.ts';

/** A reading that a name suggests. `length` only where the dump gives none. */
interface Guess {
  readonly inType: InType;
  /** Fields this guess is for: with a length (in another field), without one, or integers, which have none. */
  readonly sized: boolean;
  readonly name: RegExp;
  /** Only in events that deal with IPv6. */
  readonly ipv6Event?: true;
  readonly outType: number;
  readonly length?: number;
  readonly meaning: string;
}

const endpoint = '(?:src|source|dst|dest|destination|local|remote|peer|client|server|gateway|target)';

/**
 * Tried in order; the first that fits holds. Where genuine manifests of the same fields exist (Microsoft-Windows-TCPIP,
 * -Kernel-Network, -HttpService), the table agrees with them; StartPort, PortNumber and the like are plain numbers there.
 */
const guesses: readonly Guess[] = [
  {
    inType: In.UInt32,
    sized: false,
    name: new RegExp(`^[sd]addr$|^${endpoint}?(?:ip)?addr(?:ess)?$|ipv4.*(?:addr|address|prefix)$|ipv4$`, 'i'),
    outType: OutType.Ipv4,
    meaning: 'an IPv4 address',
  },
  {
    inType: In.UInt16,
    sized: false,
    name: new RegExp(`^[sd]port$|^${endpoint}port$`, 'i'),
    outType: OutType.Port,
    meaning: 'a port in network byte order',
  },
  {
    inType: In.Binary,
    sized: true,
    name: /ipv6.*(?:addr|address|prefix)$|nexthopaddress$|destinationprefix$/i,
    outType: OutType.Ipv6,
    meaning: 'an IPv6 address',
  },
  {
    // A SOCKADDR names its family; bytes that are none keep being shown as bytes. Dl: data link.
    inType: In.Binary,
    sized: true,
    name: /(?<!dl)(?<!mac)addr(?:ess)?\d*$/i,
    outType: OutType.SocketAddress,
    meaning: 'a socket address',
  },
  {
    inType: In.Binary,
    sized: false,
    name: /ipv6.*(?:addr|address|prefix)$/i,
    outType: OutType.Ipv6,
    length: 16,
    meaning: 'an IPv6 address of 16 bytes',
  },
  {
    inType: In.Binary,
    sized: false,
    name: /(?<!dl)(?<!mac)addr(?:ess)?$/i,
    ipv6Event: true,
    outType: OutType.Ipv6,
    length: 16,
    meaning: 'an IPv6 address of 16 bytes',
  },
];

/** Longer names are nobody's, and would take the patterns long. */
const longestGuessedName = 100;

/** The field with the reading and length its name suggests, marked as doubtful; as it is when the name suggests none. */
export function guessedField(field: SchemaField, ipv6Event: boolean): SchemaField {
  if (field.map !== undefined || field.members !== undefined || field.name.length > longestGuessedName) return field;
  const guess = guesses.find(
    (candidate) =>
      candidate.inType === field.inType &&
      candidate.sized === (field.length !== undefined) &&
      (candidate.ipv6Event !== true || ipv6Event) &&
      candidate.name.test(field.name),
  );
  if (guess) {
    return {
      ...field,
      outType: guess.outType,
      ...(guess.length === undefined ? {} : { length: guess.length }),
      doubt: `The dump does not say how to read this field. Its name suggests ${guess.meaning}.`,
    };
  }
  if (field.inType === In.Binary && field.length === undefined && isMacName(field.name)) {
    return { ...field, length: 6, doubt: 'The dump gives no length. The name suggests a MAC address of 6 bytes.' };
  }
  return field;
}

/**
 * Whether a counted field of a template is a struct whose members are missing. TDH keeps a struct's first member in
 * the same two bytes as a plain field's in-type; the dump prints that number as if it were a type. Members stand behind
 * all top-level fields, so the number is at least their count.
 */
export function isMissingStruct(inType: InType, counted: boolean, topLevelFields: number): boolean {
  return counted && inType >= topLevelFields;
}

/** Whether an event, by its names, deals with IPv6. */
export function isAboutIpv6(names: readonly string[]): boolean {
  return names.some((name) => /ipv6|(?:tcp|udp|icmp)v6/i.test(name));
}
