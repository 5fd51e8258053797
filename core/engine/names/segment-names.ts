import { NdisPacketCaptureEvent, ndisPacketCaptureProvider } from '../../provider/ndis-packet-capture.ts';
import { fragmentOfSwitch } from '../../provider/vmswitch-frame.ts';
import { NblStep, nblStepOf } from '../../provider/vmswitch-nbl.ts';
import { vmSwitchProvider } from '../../provider/vmswitch.ts';
import type { EventReader, EventRecord } from '../../trace/event-reader.ts';
import type { EventKind, Segment } from '../../trace/segment.ts';

/**
 * Events of one segment that name NICs, ports and switches, each wording of them once: what says the same again is only
 * counted. Plain data, as workers gather it.
 */
export interface SegmentNames {
  /** Numbers of the events inside the segment, and how many say the same. */
  readonly events: Uint32Array;
  readonly counts: Uint32Array;
  /** Events that were not looked at, because there were too many. */
  readonly leftOut: number;
}

export const noNames: SegmentNames = { events: new Uint32Array(0), counts: new Uint32Array(0), leftOut: 0 };

/** Different wordings that a segment may have: a rubbish trace could bring a new one with every event. */
const mostWordings = 20_000;

/** Whether events of this kind name NICs, ports or switches. */
export function namesSwitchThings({ family, provider, id }: EventKind): boolean {
  if (family !== 'manifest') return false;
  if (provider === vmSwitchProvider) return true;
  return provider === ndisPacketCaptureProvider && id === NdisPacketCaptureEvent.VmSwitchPacketFragment;
}

/** Reads at most `mostEvents` of a segment's events. `onRead` is called for each; what it throws ends the reading. */
export function gatherSegmentNames(
  segment: Segment,
  reader: EventReader,
  mostEvents: number,
  onRead: () => void,
): SegmentNames {
  const wanted = segment.schemas.map(namesSwitchThings);
  if (!wanted.includes(true)) return noNames;
  const wordings = new Map<string, number>();
  const events: number[] = [];
  const counts: number[] = [];
  let read = 0;
  let leftOut = 0;
  for (let event = 0; event < segment.events.length; event++) {
    const schema = segment.events.schema[event];
    if (!wanted[schema]) continue;
    if (read === mostEvents || events.length === mostWordings) {
      leftOut++;
      continue;
    }
    read++;
    onRead();
    const record = reader.read(segment, event);
    if (!record) continue;
    const wording = `${schema} ${wordingOf(segment.schemas[schema], record)}`;
    const known = wordings.get(wording);
    if (known === undefined) {
      wordings.set(wording, events.length);
      events.push(event);
      counts.push(1);
    } else counts[known]++;
  }
  return { events: Uint32Array.from(events), counts: Uint32Array.from(counts), leftOut };
}

/** Steps whose events end with the address of an NBL: it differs where the names are the same. */
const stepsWithAddress: readonly (NblStep | undefined)[] = [NblStep.Received, NblStep.Routed, NblStep.Delivered];

/** The bytes that hold the names, as text. */
function wordingOf({ provider, id }: EventKind, { bytes, view, userData, end, pointerSize }: EventRecord): string {
  const isFrame = provider === ndisPacketCaptureProvider;
  const shortened = stepsWithAddress.includes(nblStepOf(id)) ? end - pointerSize : end;
  const to = isFrame ? (fragmentOfSwitch(view, userData, end) ?? end) : Math.max(userData, shortened);
  return Buffer.from(bytes.buffer, bytes.byteOffset + userData, to - userData).toString('latin1');
}
