import { fileName } from '../base/file-name.ts';
import { componentKey, type PcapngInterface } from '../export/pcapng-export.ts';
import { PktMonEvent, pktMonProvider } from '../provider/pktmon.ts';
import type { PacketComponent, Segment } from '../trace/segment.ts';
import type { TraceSession } from './trace-session.ts';

/** Names for every place where a packet of the trace was seen, as an exported file shows them. */
export function componentNames(session: TraceSession, segments: readonly Segment[]): PcapngInterface[] {
  const files = session.inputs.map((input) => fileName(input.path));
  const components = new Map(
    segments.flatMap((segment) => segment.components).map((component) => [componentKey(component), component]),
  );
  const hasPktMon = [...components.values()].some((component) => component.source === 'pktmon');
  const pktMonNames = hasPktMon ? readPktMonNames(session, segments) : new Map<number, string[]>();
  return [...components].map(([key, component]) => ({ key, ...nameOf(component, pktMonNames, files) }));
}

function nameOf(
  component: PacketComponent,
  pktMonNames: ReadonlyMap<number, string[]>,
  files: readonly string[],
): Omit<PcapngInterface, 'key'> {
  const { miniportIfIndex, lowerIfIndex, id } = component;
  switch (component.source) {
    case 'pktmon': {
      const [name = '', description = ''] = pktMonNames.get(id) ?? [];
      return { name: `pktmon ${id}${name === '' ? '' : ` ${name}`}`, description };
    }
    case 'vmswitch': {
      const { nicType, nicName, portName } = component;
      return {
        name: `vSwitch port ${id}${nicName === '' ? '' : ` ${nicName}`}`,
        description: [nicType, portName, `miniport ${miniportIfIndex}, lower ${lowerIfIndex}`]
          .filter((part) => part !== '')
          .join(', '),
      };
    }
    case 'capture':
      return captureName(component, files);
    case 'ndis':
      return miniportIfIndex === lowerIfIndex
        ? { name: `interface ${miniportIfIndex}`, description: `Miniport with interface index ${miniportIfIndex}` }
        : {
            name: `interface ${miniportIfIndex} above ${lowerIfIndex}`,
            description: `Filter layer with interface index ${lowerIfIndex} over miniport ${miniportIfIndex}`,
          };
  }
}

/** As the file names it, so that names survive being written again; else by the file, for it is all that is known. */
function captureName(
  { id, interface: named }: PacketComponent,
  files: readonly string[],
): Omit<PcapngInterface, 'key'> {
  if (!named) return { name: `interface ${id}`, description: '' };
  const { name, description, input } = named;
  return { name: name === '' ? `${files[input]}${id === 0 ? '' : ` interface ${id}`}` : name, description };
}

/** Component id -> name and description. */
function readPktMonNames(session: TraceSession, segments: readonly Segment[]): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (const segment of segments) {
    const wanted = segment.schemas.map(
      (kind) => kind.provider === pktMonProvider && kind.id === PktMonEvent.ComponentInfo,
    );
    if (!wanted.includes(true)) continue;
    for (let event = 0; event < segment.events.length; event++) {
      const kindNumber = segment.events.schema[event];
      if (!wanted[kindNumber]) continue;
      const record = session.reader.read(segment, event);
      const decoded = record && session.schemas.decoder.decode(segment.schemas[kindNumber], record);
      if (!decoded) continue;
      const [id, , name, description] = decoded.fields.map((field) => field.raw);
      if (typeof id === 'number') names.set(id, [String(name ?? ''), String(description ?? '')]);
    }
  }
  return names;
}
