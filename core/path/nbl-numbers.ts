import type { GlobalNumbers } from '../diagnosis/places.ts';
import { componentKey, type Segment } from '../trace/segment.ts';
import type { FriendlyName, NblNumbers, SegmentNbls } from './sighting-table.ts';

/**
 * A NIC's name in one spelling: `/DEVICE/{GUID}` and `\Device\{GUID}` are the GUID, and case means nothing.
 */
export function plainNicName(name: string): string {
  const guid = /^[\\/]device[\\/]\{?([0-9a-f-]{36})\}?$/i.exec(name)?.[1];
  return (guid ?? name.replace(/^\{([0-9a-f-]{36})\}$/i, '$1')).toUpperCase();
}

/** The GUID of an interface, or undefined when the trace does not tell it. */
type InterfaceGuids = (interfaceIndex: number, input: number) => string | undefined;

/** Numbers NICs and switches over all segments, by their names. */
export function numberNames(
  segments: readonly Segment[],
  nbls: readonly SegmentNbls[],
  { componentKeys }: GlobalNumbers,
  guidOf: InterfaceGuids,
): NblNumbers {
  const nics = new NameNumbers();
  const switches = new NameNumbers();
  const nicsOf = nbls.map((segment) => nics.numbersOf(segment.nics));
  const switchesOf = nbls.map((segment) => switches.numbersOf(segment.switches));
  const nicOfComponent = new Uint32Array(componentKeys.length);
  const componentNumbers = new Map(componentKeys.map((key, number) => [key, number]));
  for (const { components, input } of segments) {
    for (const component of components) {
      const number = componentNumbers.get(componentKey(component));
      if (number === undefined) continue;
      if (component.source === 'vmswitch' && component.nicName !== '')
        nicOfComponent[number] = nics.numberOf({ name: component.nicName, friendlyName: '' });
      // The switch names a NIC by the GUID of its interface.
      if (component.source === 'ndis') nicOfComponent[number] = nics.find(guidOf(component.miniportIfIndex, input));
    }
  }
  return { nics: nicsOf, switches: switchesOf, nicNames: nics.names, switchNames: switches.names, nicOfComponent };
}

/** Counts from 1. The first friendly name that is not empty is kept. */
class NameNumbers {
  readonly names: FriendlyName[] = [];
  private readonly byName = new Map<string, number>();

  numbersOf(names: readonly FriendlyName[]): Uint32Array {
    const numbers = new Uint32Array(new SharedArrayBuffer(names.length * 4));
    names.forEach((name, row) => {
      numbers[row] = this.numberOf(name);
    });
    return numbers;
  }

  /** 0 when no NIC is called so. */
  find(name: string | undefined): number {
    return name === undefined ? 0 : (this.byName.get(plainNicName(name)) ?? 0);
  }

  numberOf(name: FriendlyName): number {
    const key = plainNicName(name.name);
    const known = this.byName.get(key);
    if (known === undefined) {
      this.byName.set(key, this.names.push(name));
      return this.names.length;
    }
    if (this.names[known - 1].friendlyName === '')
      this.names[known - 1] = { ...this.names[known - 1], friendlyName: name.friendlyName };
    return known;
  }
}
