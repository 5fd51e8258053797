import { PktMonEvent, pktMonProvider } from './pktmon.ts';
import { VmSwitchEvent, vmSwitchProvider } from './vmswitch.ts';

/**
 * Events that report a dropped packet, in groups. pktmon reports one drop in up to four ways, each by itself and as the
 * session's flags ask for it: the groups of one provider are about the same packets.
 */
const dropEvents: ReadonlyMap<string, readonly (readonly number[])[]> = new Map<string, readonly (readonly number[])[]>(
  [
    [
      vmSwitchProvider,
      [
        [
          VmSwitchEvent.Dropped,
          VmSwitchEvent.DroppedAtNic,
          VmSwitchEvent.DroppedAtNicToo,
          VmSwitchEvent.ExtensionDropped,
        ],
      ],
    ],
    [
      pktMonProvider,
      [
        [PktMonEvent.DroppedFrame, PktMonEvent.DroppedIpv4Payload, PktMonEvent.DroppedIpv6Payload],
        [PktMonEvent.DroppedParsedIpv4, PktMonEvent.DroppedParsedIpv6],
        [PktMonEvent.DroppedNblInformation],
        [PktMonEvent.DroppedContext],
      ],
    ],
  ],
);

/** Says again what another event reported. */
const repeatedDrops: ReadonlyMap<string, number> = new Map([[pktMonProvider, PktMonEvent.DuplicateDrop]]);

/** Does this kind of event report a dropped packet, be it for the second time? */
export function isDropEvent(provider: string, id: number): boolean {
  const isReport = dropEvents.get(provider)?.some((group) => group.includes(id)) ?? false;
  return isReport || repeatedDrops.get(provider) === id;
}

/** How many packets were dropped, by how many events of each kind there are: of each provider, what its best group tells. */
export function countDrops(
  kinds: Iterable<{ readonly provider: string; readonly id: number; readonly events: number }>,
): number {
  const tallies = new Map([...dropEvents].map(([provider, groups]) => [provider, groups.map(() => 0)]));
  for (const { provider, id, events } of kinds) {
    const group = dropEvents.get(provider)?.findIndex((ids) => ids.includes(id)) ?? -1;
    const tally = tallies.get(provider);
    if (tally && group >= 0) tally[group] += events;
  }
  return [...tallies.values()].reduce((sum, tally) => sum + Math.max(...tally), 0);
}
