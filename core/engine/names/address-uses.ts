import { ipv4Text, ipv6At, macAt, parseIpv4 } from '../../base/address.ts';
import { nameKeyText } from '../../names/name-key.ts';
import type { NameKey } from '../../names/named-thing.ts';
import { moduleBit } from '../../packet/module.ts';
import type { Segment } from '../../trace/segment.ts';

/** How many packets of a trace have each of these MACs and IP addresses; what none has is left out. By nameKeyText. */
export function addressUses(segments: readonly Segment[], wanted: readonly NameKey[]): Map<string, number> {
  const uses = new Map<string, number>();
  const texts = new Set(wanted.map(nameKeyText));
  const ipv4 = new Map<number, number>();
  for (const { kind, value } of wanted) {
    const address = kind === 'ip' ? parseIpv4(value) : undefined;
    if (address !== undefined) ipv4.set(address, 0);
  }
  if (texts.size === 0) return uses;
  const count = (text: string, packets: number): void => {
    if (packets > 0 && texts.has(text)) uses.set(text, (uses.get(text) ?? 0) + packets);
  };
  for (const { packets, macPairs, ipv6Addresses } of segments) {
    const pairUses = new Uint32Array(macPairs.length / 12 + 1);
    const ipv6Uses = new Uint32Array(ipv6Addresses.length / 16);
    for (let packet = 0; packet < packets.length; packet++) {
      pairUses[packets.macPair[packet]]++;
      const modules = packets.modules[packet];
      const [source, destination] = [packets.sourceAddress[packet], packets.destinationAddress[packet]];
      if ((modules & moduleBit.IPv6) !== 0) {
        ipv6Uses[source]++;
        if (destination !== source) ipv6Uses[destination]++;
      } else if ((modules & moduleBit.IPv4) !== 0) {
        const [from, to] = [ipv4.get(source), ipv4.get(destination)];
        if (from !== undefined) ipv4.set(source, from + 1);
        if (to !== undefined && destination !== source) ipv4.set(destination, (ipv4.get(destination) ?? 0) + 1);
      }
    }
    for (let pair = 1; pair < pairUses.length; pair++) {
      const [destination, source] = [0, 6].map((at) => `mac ${macAt(macPairs, (pair - 1) * 12 + at)}`);
      count(source, pairUses[pair]);
      if (destination !== source) count(destination, pairUses[pair]);
    }
    ipv6Uses.forEach((packetsOf, number) => {
      count(`ip ${ipv6At(ipv6Addresses, number * 16)}`, packetsOf);
    });
  }
  for (const [address, packets] of ipv4) count(`ip ${ipv4Text(address)}`, packets);
  return uses;
}
