import { describe, expect, it } from 'vitest';
import { fakeFile } from '../testing/fake-host.ts';
import { asKept, readKeptState, workspaceToKeep } from './kept-workspace.ts';
import { newSession, type Selection, type Session } from './model.ts';

const selection: Selection = {
  position: 7,
  row: 12,
  instant: { milliseconds: 1_714_572_187_118, hundredNanoseconds: 2043 },
  summary: 'SYN',
  diagnosisLevel: 'warning',
  origin: 'grid',
};

function session(key: number, name: string, change: Partial<Session> = {}): Session {
  return { ...newSession(key, [fakeFile(name)]), stage: 'ready', trace: key, ...change };
}

const host = session(1, 'host.etl');
const filtered = session(2, 'host.etl', {
  trace: 1,
  showing: 'connections',
  selection,
  sort: { by: 'Source', descending: true },
  timeReference: { row: 3, instant: selection.instant },
  filter: {
    ...host.filter,
    draft: 'TCP.Port == 44',
    box: 'TCP.Port == 443',
    stack: [{ text: 'IPv4', enabled: false }],
    askedChoice: { sightings: 'first', component: 'fb5c285c' },
  },
});
const guest = session(3, 'guest.etl', { stage: 'reading', trace: undefined });

describe('what is kept of a workspace', () => {
  it('are its traces, and each view as it was', () => {
    const kept = workspaceToKeep({ sessions: [host, filtered, guest], activeKey: 2 });
    expect(kept.traces.map(({ files }) => files.map(({ name }) => name))).toEqual([['host.etl'], ['guest.etl']]);
    const state = readKeptState(kept.state, kept.traces.length);
    expect(state?.active).toBe(1);
    expect(state?.views.map(({ trace, showing }) => [trace, showing])).toEqual([
      [0, 'messages'],
      [0, 'connections'],
      [1, 'messages'],
    ]);
    expect(state && asKept(newSession(9, filtered.files), state.views[1])).toMatchObject({
      showing: 'connections',
      sought: { ...selection, origin: 'command' },
      sort: { by: 'Source', descending: true },
      timeReference: { row: 3, instant: selection.instant },
      filter: { draft: 'TCP.Port == 44', asked: 'TCP.Port == 443', stack: [{ text: 'IPv4', enabled: false }] },
    });
    expect(state?.views[1].choice).toEqual({ sightings: 'first', component: 'fb5c285c' });
  });

  it('is nothing when nothing is open, or nothing could be opened', () => {
    const failed = session(4, 'broken.etl', { stage: 'failed', failure: { name: 'OpenError', message: 'A ZIP.' } });
    for (const sessions of [[], [failed]]) {
      expect(workspaceToKeep({ sessions, activeKey: undefined })).toEqual({ traces: [], state: '' });
    }
  });

  it('is also what was being read when the engine went', () => {
    const cut = session(5, 'large.etl', { stage: 'failed', failure: { name: 'Disconnected', message: 'Gone.' } });
    expect(workspaceToKeep({ sessions: [cut], activeKey: 5 }).traces).toHaveLength(1);
  });

  it('is never more than the host keeps', () => {
    const long = { ...host, filter: { ...host.filter, draft: 'x'.repeat(1_100_000) } };
    expect(workspaceToKeep({ sessions: [long], activeKey: 1 })).toMatchObject({ traces: [{}], state: '' });
  });
});

describe('a kept state that is not what it should be', () => {
  const view = { trace: 0, draft: 'TCP', box: 'TCP', stack: [], choice: {}, showing: 'names' };
  const read = (value: unknown) => readKeptState(JSON.stringify(value), 1);

  it('is refused as a whole', () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{"version":2,"views":[],"active":0}',
      '{"version":1,"views":{}}',
    ]) {
      expect(readKeptState(text, 1), text).toBeUndefined();
    }
    expect(read({ version: 1, views: [{ ...view, trace: 'first' }], active: 0 })).toBeUndefined();
  });

  it('loses only its damaged parts', () => {
    const damaged = {
      ...view,
      draft: 7,
      stack: [{ text: 'IPv4' }],
      choice: { sightings: 'third' },
      showing: 'statistics',
      selected: { row: -1 },
      sort: 'Source',
      timeReference: { row: 1 },
    };
    expect(read({ version: 1, views: [damaged], active: 'none' })).toEqual({
      views: [
        {
          trace: 0,
          draft: '',
          box: 'TCP',
          stack: [],
          choice: {},
          showing: 'messages',
          selected: undefined,
          sort: undefined,
          timeReference: undefined,
        },
      ],
      active: 0,
    });
  });

  it('loses views of traces that are not there', () => {
    expect(read({ version: 1, views: [view, { ...view, trace: 1 }], active: 5 })?.views).toHaveLength(1);
  });
});
