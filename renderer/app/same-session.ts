import type { Session } from '../state/model.ts';

/** Whether whoever does not show how far the reading is would draw the same: that alone changes ten times a second. */
export function isSameButProgress(before: { session: Session }, after: { session: Session }): boolean {
  const names = Object.keys(after.session) as (keyof Session)[];
  return names.every((name) => isProgress(name) || before.session[name] === after.session[name]);
}

function isProgress(name: keyof Session): boolean {
  return name === 'eventsRead' || name === 'bytesRead';
}
