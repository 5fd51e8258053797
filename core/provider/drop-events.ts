import { PktMonEvent, pktMonProvider } from './pktmon.ts';
import { VmSwitchEvent, vmSwitchProvider } from './vmswitch.ts';

/**
 * Events that report one dropped packet each. pktmon's 190, 240 and 260 only add to a drop that another event reports.
 */
const dropEvents: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  [
    vmSwitchProvider,
    [VmSwitchEvent.Dropped, VmSwitchEvent.DroppedAtNic, VmSwitchEvent.DroppedAtNicToo, VmSwitchEvent.ExtensionDropped],
  ],
  [pktMonProvider, [140, 150, PktMonEvent.DroppedFrame, 210, 230]],
]);

/** Does this kind of event report a dropped packet? */
export function isDropEvent(provider: string, id: number): boolean {
  return dropEvents.get(provider)?.includes(id) ?? false;
}
