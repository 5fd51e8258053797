import * as v from 'valibot';
import { JsonFile } from './json-file.ts';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const coordinate = v.pipe(v.number(), v.integer());
const length = v.pipe(v.number(), v.integer(), v.minValue(1));
const stateSchema = v.object({
  bounds: v.object({ x: coordinate, y: coordinate, width: length, height: length }),
  maximized: v.boolean(),
  fullScreen: v.optional(v.boolean(), false),
  /** Chromium's: each step is 20 %, 0 is the size as drawn. */
  zoomLevel: v.optional(v.pipe(v.number(), v.minValue(-8), v.maxValue(9)), 0),
});
export type WindowState = v.InferOutput<typeof stateSchema>;

export const smallestWindow = { width: 800, height: 500 };
export const firstWindow = { width: 1440, height: 900 };

/** Where a window was when it was closed, kept in a file. */
export function windowStateFile(path: string): JsonFile<typeof stateSchema> {
  return new JsonFile(path, stateSchema);
}

/** The remembered place, if enough of it is still on one of today's screens to grab the window by. */
export function usablePlace(
  state: Pick<WindowState, 'bounds'> | undefined,
  screens: readonly Rectangle[],
): Rectangle | undefined {
  if (!state) return undefined;
  const { bounds } = state;
  const reachable = screens.some((screen) => {
    const width = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    return width >= 100 && bounds.y >= screen.y && bounds.y <= screen.y + screen.height - 50;
  });
  return reachable ? bounds : undefined;
}
