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

/** Numbers NICs and switches over all segments, by their names. */
export function numberNames(
  segments: readonly Segment[],
  nbls: readonly SegmentNbls[],
  { componentKeys }: GlobalNumbers,
): NblNumbers {
  const nics = new NameNumbers();
  const switches = new NameNumbers();
  const nicsOf = nbls.map((segment) => nics.numbersOf(segment.nics));
  const switchesOf = nbls.map((segment) => switches.numbersOf(segment.switches));
  const nicOfComponent = new Uint32Array(new SharedArrayBuffer(componentKeys.length * 4));
  const componentNumbers = new Map(componentKeys.map((key, number) => [key, number]));
  for (const { components } of segments) {
    for (const component of components) {
      const number = componentNumbers.get(componentKey(component));
      if (component.source !== 'vmswitch' || component.nicName === '' || number === undefined) continue;
      nicOfComponent[number] = nics.numberOf({ name: component.nicName, friendlyName: '' });
    }
  }
  return {
    nics: nicsOf,
    switches: switchesOf,
    nicNames: nics.names,
    switchNames: switches.names,
    nicOfComponent,
  };
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
