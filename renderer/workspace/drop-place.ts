/** Where a tab that is dragged over a group of panes would land. */
import type { Side } from './layout.ts';

export type DropZone = Side | 'tab';

/** Share of a group's width and height, at each side, that stands for "beside it". */
const edge = 0.25;

/** `x` and `y` from the upper left corner of the group's body, in pixels. */
export function dropZone(x: number, y: number, width: number, height: number): DropZone {
  const distances: [zone: DropZone, share: number][] = [
    ['left', x / width],
    ['right', 1 - x / width],
    ['top', y / height],
    ['bottom', 1 - y / height],
  ];
  const [zone, share] = distances.reduce((nearest, other) => (other[1] < nearest[1] ? other : nearest));
  return share < edge ? zone : 'tab';
}
