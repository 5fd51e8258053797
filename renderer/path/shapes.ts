/** A diagram as plain shapes. The page draws them as elements, and copying writes the same ones as a file. */
import { markRadius, type Diagram, type DiagramLabel, type DiagramMark } from './layout.ts';

/** Classes name how a shape looks; styles/path.css and svg-text.ts give them colours. */
export type Shape =
  | { kind: 'rect'; className: string; x: number; y: number; width: number; height: number; radius: number }
  | { kind: 'circle'; className: string; x: number; y: number; radius: number }
  | { kind: 'path'; className: string; data: string }
  | { kind: 'text'; className: string; x: number; y: number; anchor: 'start' | 'middle' | 'end'; text: string };

/** Boxes and lanes, behind everything. */
export function groundShapes({ groups, lanes, height }: Pick<Diagram, 'groups' | 'lanes' | 'height'>): Shape[] {
  return [
    ...groups.map(({ x, width }): Shape => ({
      kind: 'rect',
      className: 'path-group',
      x,
      y: -8,
      width,
      height: height + 4,
      radius: 4,
    })),
    ...lanes.flatMap(({ x, fadesAt }): Shape[] => {
      const end = fadesAt ?? height;
      const alive: Shape = { kind: 'path', className: 'path-lane-line', data: `M${x} 0V${end}` };
      const faded: Shape = {
        kind: 'path',
        className: 'path-lane-line path-lane-faded',
        data: `M${x} ${end}V${height}`,
      };
      return [...(end > 0 ? [alive] : []), ...(fadesAt === undefined ? [] : [faded])];
    }),
  ];
}

export function arrowShapes({ arrows }: Pick<Diagram, 'arrows'>): Shape[] {
  return arrows.flatMap(({ points, hasHead, isInferred, tone }): Shape[] => {
    const data = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
    const line: Shape = {
      kind: 'path',
      className: `path-arrow path-tone-${tone}${isInferred ? ' path-inferred' : ''}`,
      data,
    };
    if (!hasHead || points.length < 2) return [line];
    const { x, y } = points[points.length - 1];
    const back = x - Math.sign(x - points[points.length - 2].x) * 7;
    return [
      line,
      { kind: 'path', className: `path-head path-tone-${tone}`, data: `M${x} ${y}L${back} ${y - 4}V${y + 4}Z` },
    ];
  });
}

/** The marks of one hop, drawn over all lines. */
export function markShapes({ x, y, number, shape, tone }: DiagramMark): Shape[] {
  const className = `path-mark path-${shape} path-tone-${tone}`;
  if (shape === 'cross') {
    const arm = markRadius - 3;
    const data = `M${x - arm} ${y - arm}L${x + arm} ${y + arm}M${x + arm} ${y - arm}L${x - arm} ${y + arm}`;
    return [
      { kind: 'circle', className: 'path-mark path-cross-ground', x, y, radius: markRadius },
      { kind: 'path', className: 'path-mark path-cross', data },
    ];
  }
  const half = Math.max(markRadius, number.length * 3.6 + 2.5);
  const numberShape: Shape = {
    kind: 'text',
    className: `path-number path-on-${shape} path-tone-${tone}`,
    x,
    y: y + 4,
    anchor: 'middle',
    text: number,
  };
  const box = { x: x - half, y: y - markRadius, width: half * 2, height: markRadius * 2 };
  if (shape === 'square') return [{ kind: 'rect', className, ...box, radius: 2 }, numberShape];
  if (half > markRadius) return [{ kind: 'rect', className, ...box, radius: markRadius }, numberShape];
  return [{ kind: 'circle', className, x, y, radius: markRadius }, numberShape];
}

/** A text over the lines; a slow one begins with a warning sign. */
export function labelShapes({ x, y, anchor, text, look }: DiagramLabel): Shape[] {
  if (look !== 'slow') return [{ kind: 'text', className: `path-label path-label-${look}`, x, y, anchor, text }];
  const width = text.length * 6.6;
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 - 8 : x - width - 16;
  return [
    { kind: 'path', className: 'path-warning-sign', data: `M${left + 6} ${y - 9.5}L${left + 12} ${y + 0.5}H${left}Z` },
    {
      kind: 'path',
      className: 'path-warning-stroke',
      data: `M${left + 6} ${y - 6.5}V${y - 3}M${left + 6} ${y - 1.9}V${y - 1}`,
    },
    { kind: 'text', className: 'path-label path-label-slow', x: left + 16, y, anchor: 'start', text },
  ];
}

/** Everything under the headings, from back to front. */
export function diagramShapes(diagram: Diagram): Shape[] {
  return [
    ...groundShapes(diagram),
    ...arrowShapes(diagram),
    ...diagram.labels.flatMap(labelShapes),
    ...diagram.marks.flatMap(markShapes),
  ];
}
