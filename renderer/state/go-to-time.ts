/** Going to a time: the first message of the view at it or behind it. */
import type { TraceInstant } from '../../core/engine/contract.ts';
import { callEngine, type Context } from './context.ts';
import { activeSession } from './model.ts';
import { selectPosition } from './navigate.ts';

/** 'later': no message was at that time, and the next one is selected; 'last': all were earlier. */
export type GoToTimeResult = 'found' | 'later' | 'last' | 'nothing';

/** Selects the first row of the view on show at a time or behind it; the last one where all are earlier. */
export async function goToTime(context: Context, time: TraceInstant): Promise<GoToTimeResult> {
  const view = activeSession(context.store.getState())?.view;
  if (!view || view.rows === 0) return 'nothing';
  const place = await callEngine(context, 'placeOfTime', { view: view.view, time });
  if (!place || activeSession(context.store.getState())?.view?.view !== view.view) return 'nothing';
  await selectPosition(context, place.position);
  if (place.exact) return 'found';
  return place.position === view.rows - 1 ? 'last' : 'later';
}
