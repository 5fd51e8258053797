import { expect, it } from 'vitest';
import { newSession, type Session } from '../state/model.ts';
import { fakeFile } from '../testing/fake-host.ts';
import { neighbourView, viewsOfTrace, viewTitle } from './view-tabs.ts';

const session = (key: number, trace: number | undefined, asked = ''): Session => {
  const fresh = newSession(key, [fakeFile('host.etl')]);
  return { ...fresh, trace, filter: { ...fresh.filter, asked } };
};
const sessions = [session(1, 1), session(2, 1, 'TCP'), session(3, 2), session(4, 1), session(5, undefined)];

it('a trace’s views are its tabs, walked in a circle', () => {
  expect(viewsOfTrace({ sessions }, sessions[1]).map(({ key }) => key)).toEqual([1, 2, 4]);
  expect([1, -1].map((step) => neighbourView({ sessions }, sessions[3], step as 1 | -1))).toEqual([1, 2]);
  expect(neighbourView({ sessions }, sessions[2], 1)).toBe(3);
});

it('a trace without an id is alone', () => {
  expect(viewsOfTrace({ sessions: [...sessions, session(6, undefined)] }, sessions[4])).toEqual([sessions[4]]);
});

it('a view is called by its filter', () => {
  expect([sessions[0], sessions[1]].map(viewTitle)).toEqual(['All messages', 'TCP']);
});
