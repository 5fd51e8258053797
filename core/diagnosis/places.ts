import { WordInterner } from '../base/word-interner.ts';
import { sharedWords } from '../base/words.ts';
import { componentKey, type Segment } from '../trace/segment.ts';

/** Numbers that hold for the whole trace: of components and of IPv6 addresses, by segment and number inside it. */
export interface GlobalNumbers {
  /** componentKey's, by number. */
  readonly componentKeys: readonly string[];
  readonly components: readonly Uint16Array[];
  readonly ipv6Addresses: readonly Uint32Array[];
}

/** Numbers of a place have 16 bits, two of which are the direction. What comes behind the last shares its number. */
const mostComponents = 1 << 14;

export function globalNumbers(segments: readonly Segment[]): GlobalNumbers {
  const keys = new Map<string, number>();
  const components = segments.map((segment) =>
    Uint16Array.from(segment.components, (component) => {
      const key = componentKey(component);
      const known = keys.get(key) ?? Math.min(keys.size, mostComponents - 1);
      keys.set(key, known);
      return known;
    }),
  );
  const addresses = new WordInterner(4);
  const ipv6Addresses = segments.map((segment) => {
    const words = new Uint32Array(segment.ipv6Addresses.slice().buffer);
    const numbers = sharedWords(words.length / 4);
    for (let number = 0; number < numbers.length; number++) {
      addresses.key.set(words.subarray(number * 4, number * 4 + 4));
      numbers[number] = addresses.intern();
    }
    return numbers;
  });
  return { componentKeys: [...keys.keys()], components, ipv6Addresses };
}

/** A place is a component and a direction: 0 unknown, 1 in, 2 out (PacketTrait's lowest bits). */
export function placeOf(component: number, traits: number): number {
  return component * 4 + (traits & 3);
}

export function componentOfPlace(place: number): number {
  return place >>> 2;
}
