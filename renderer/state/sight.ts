/** Which messages the grid shows just now, for whoever draws where that is; too quick for the workspace's own state. */
import type { Row } from '../../core/engine/contract.ts';
import { createStore } from 'zustand/vanilla';
import type { Instant } from '../format/time.ts';
import type { SessionKey } from './model.ts';

export interface Sight {
  readonly session: SessionKey;
  /** Positions in the view. */
  readonly first: number;
  readonly last: number;
  /** Times of those two rows; undefined while they are being read. */
  readonly firstTime: Instant | undefined;
  readonly lastTime: Instant | undefined;
}

export const sightStore = createStore<{ sight: Sight | undefined }>(() => ({ sight: undefined }));

export function showSight(
  session: SessionKey,
  first: number,
  last: number,
  rowAt: (position: number) => Row | undefined,
) {
  const instantAt = (position: number): Instant | undefined => {
    const row = rowAt(position);
    return row && { milliseconds: row.milliseconds, hundredNanoseconds: row.hundredNanoseconds };
  };
  sightStore.setState({
    sight: { session, first, last, firstTime: instantAt(first), lastTime: instantAt(last) },
  });
}
