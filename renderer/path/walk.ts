/** Walking the hops of a diagram with the keyboard. */
import type { DiagramContent, HopPlace } from './tracks.ts';

/** All hops from top to bottom; compared ones on one line from left to right. */
export function placesOf({ lines }: Pick<DiagramContent, 'lines'>): HopPlace[] {
  return lines.flatMap((line) => (line.kind === 'hops' ? line.hops : []));
}

/** The hop of a row of the trace; undefined when no hop is of that row. */
export function placeOfRow(content: DiagramContent, row: number | undefined): HopPlace | undefined {
  return placesOf(content).find(({ track, hop }) => content.tracks[track].path.hops[hop].row === row);
}

/** Up and down go through all hops; left to the hop that a hop came from, right to the first that comes after it. */
export function placeAfterKey(key: string, from: HopPlace, content: DiagramContent): HopPlace | undefined {
  const places = placesOf(content);
  const index = places.findIndex((place) => samePlace(place, from));
  const { hops } = content.tracks[from.track].path;
  switch (key) {
    case 'ArrowDown':
      return places.at(Math.min(index + 1, places.length - 1));
    case 'ArrowUp':
      return places.at(Math.max(index - 1, 0));
    case 'Home':
      return places.at(0);
    case 'End':
      return places.at(-1);
    case 'ArrowLeft':
      return { track: from.track, hop: hops[from.hop].after ?? from.hop };
    case 'ArrowRight': {
      const next = hops.findIndex((hop) => hop.after === from.hop);
      return { track: from.track, hop: next < 0 ? from.hop : next };
    }
    default:
      return undefined;
  }
}

export function samePlace(first: HopPlace | undefined, second: HopPlace | undefined): boolean {
  return first?.track === second?.track && first?.hop === second?.hop;
}

/** Names a hop's elements on the page. */
export function placeName({ track, hop }: HopPlace): string {
  return `${track}-${hop}`;
}
