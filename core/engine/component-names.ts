import { fileName } from '../base/file-name.ts';
import { componentKey, type PcapngInterface } from '../export/pcapng-export.ts';
import type { PacketComponent, Segment } from '../trace/segment.ts';
import { PktMonComponents, type PktMonComponent } from './pktmon-components.ts';
import type { TraceSession } from './trace-session.ts';

/** Names for every place where a packet of the trace was seen, as an exported file shows them. */
export function componentNames(session: TraceSession, segments: readonly Segment[]): PcapngInterface[] {
  const places = segments.flatMap(({ input, components }) => components.map((component) => ({ input, component })));
  const byKey = new Map(places.map((place) => [componentKey(place.component), place]));
  const hasPktMon = places.some(({ component }) => component.source === 'pktmon');
  const described = new PktMonComponents(session.reader, session.schemas.decoder, hasPktMon ? segments : []);
  return [...byKey].map(([key, { input, component }]) => ({
    key,
    ...nameOf(component, described.find(input, component.id), fileName(session.inputs[input].path)),
  }));
}

function nameOf(
  component: PacketComponent,
  described: PktMonComponent | undefined,
  file: string,
): Omit<PcapngInterface, 'key'> {
  const { miniportIfIndex, lowerIfIndex, id } = component;
  switch (component.source) {
    case 'pktmon': {
      const { name, description } = described ?? { name: '', description: '' };
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
    case 'ras':
      return {
        name: `RAS connection${component.nicName === '' ? '' : ` of ${component.nicName}`}`,
        description: component.portName === '' ? '' : `Routing domain ${component.portName}`,
      };
    case 'capture':
      return captureName(component, file);
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
function captureName({ id, interface: named }: PacketComponent, file: string): Omit<PcapngInterface, 'key'> {
  const name = named?.name ?? '';
  return {
    name: name === '' ? `${file}${id === 0 ? '' : ` interface ${id}`}` : name,
    description: named?.description ?? '',
  };
}
