import { SystemConfigExOpcode, systemConfigExClass } from '../../provider/event-metadata.ts';
import type { EventReader } from '../../trace/event-reader.ts';
import type { EventKind, Segment } from '../../trace/segment.ts';
import { decodedEvents } from '../decoded-events.ts';
import type { EventDecoder } from '../event-decoder.ts';
import { macOf, textOf } from '../network-identity.ts';

/** A network interface as a merge wrote it into the file; what is not told is empty. */
export interface InterfaceRow {
  readonly input: number;
  readonly index: number;
  readonly alias: string;
  readonly description: string;
  /** In braces, lower case. */
  readonly guid: string;
  /** Six bytes, where they are. */
  readonly mac: Uint8Array;
}

function isInterface({ family, provider, opcode }: EventKind): boolean {
  return family === 'classic' && provider === systemConfigExClass && opcode === SystemConfigExOpcode.NetworkInterface;
}

/** The interfaces of the machines that the trace was taken on, in file order. */
export function readInterfaceRows(
  segments: readonly Segment[],
  reader: EventReader,
  decoder: EventDecoder,
): InterfaceRow[] {
  const rows: InterfaceRow[] = [];
  for (const { segment, fields } of decodedEvents(segments, reader, decoder, isInterface)) {
    const raws = new Map(fields.map(({ name, raw }) => [name, raw]));
    const index = raws.get('InterfaceIndex');
    if (typeof index !== 'number') continue;
    rows.push({
      input: segment.input,
      index,
      alias: textOf(raws.get('Alias')),
      description: textOf(raws.get('Description')),
      guid: textOf(raws.get('InterfaceGuid')),
      mac: macOf(raws.get('PhysicalAddress')),
    });
  }
  return rows;
}
