import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Row } from '../../core/engine/contract.ts';
import { createFakeHost, fakeFile } from '../testing/fake-host.ts';
import { fakeRow } from '../testing/fake-rows.ts';
import { shownSession } from '../testing/shown-session.ts';
import { conversationFilter } from './conversation.ts';
import { inTurn, noteOf } from './mark-rows.ts';
import type { Session } from './model.ts';
import { runsOf } from './previous-times.ts';
import { countSelected, selectedRanges } from './row-selection.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
const session = (): Session => shownSession(workspace);
const selected = (): number[] =>
  selectedRanges(session()).flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  );

beforeEach(async () => {
  workspace = createWorkspace(createFakeHost({ events: 1000 }));
  await workspace.openFiles([fakeFile('host.etl')]);
});

describe('several selected messages', () => {
  it('reach from the first selected one, whose details stay, to another', async () => {
    await workspace.selectPosition(10);
    await workspace.extendSelection(14);
    expect(selected()).toEqual([10, 11, 12, 13, 14]);
    await workspace.extendSelection(8);
    expect(selected()).toEqual([8, 9, 10]);
    expect(session().selection?.position).toBe(10);
    await workspace.extendSelection(Number.POSITIVE_INFINITY);
    expect(countSelected(session())).toBe(990);
  });

  it('are taken in and out one by one; when the first goes, the next one is the first', async () => {
    await workspace.selectPosition(10);
    await workspace.toggleSelected(20);
    await workspace.toggleSelected(30);
    expect(selected()).toEqual([10, 20, 30]);
    await workspace.toggleSelected(10);
    expect(selected()).toEqual([20, 30]);
    expect(session().selection?.position).toBe(20);
    await workspace.toggleSelected(20);
    await workspace.toggleSelected(30);
    expect(selected()).toEqual([30]);
  });

  it('are one again when another one is selected, and when other rows come on show', async () => {
    await workspace.selectAll();
    expect(countSelected(session())).toBe(1000);
    await workspace.selectPosition(5);
    expect(selected()).toEqual([5]);
    workspace.selectRow(7, fakeRow(7));
    expect(selected()).toEqual([7]);
    await workspace.extendSelection(9);
    await workspace.applyFilter('TCP');
    expect(countSelected(session())).toBeLessThan(2);
  });

  it('are read in blocks, so many at most', async () => {
    await workspace.selectAll();
    const rows = await workspace.readSelected(session().key, 700, { columns: ['TCP.SrcPort'] });
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 700 }, (_, index) => index));
    expect(rows[0].columns).toHaveLength(1);
  });
});

describe('marks', () => {
  it('are set on all selected messages, and taken when all have one', async () => {
    await workspace.selectPosition(3);
    await workspace.extendSelection(5);
    await workspace.toggleMarks();
    expect(session().notes.book?.notes.map(({ row }) => row)).toEqual([3, 4, 5]);
    expect(noteOf(session()).marked).toBe(true);
    await workspace.toggleMarks();
    expect(session().notes.book?.notes).toEqual([]);
  });

  it('are gone through in a circle, those that are on show', async () => {
    for (const row of [20, 400, 600]) {
      await workspace.selectPosition(row);
      workspace.selectRow(row, fakeRow(row));
      await workspace.toggleMarks();
    }
    const walked: (number | undefined)[] = [];
    for (let step = 0; step < 4; step++) {
      await workspace.goToMark('forward');
      walked.push(session().selection?.row);
    }
    expect(walked).toEqual([20, 400, 600, 20]);
    await workspace.goToMark('backward');
    expect(session().selection?.row).toBe(600);
  });

  it('are tried in their order from the current message on', () => {
    expect(inTurn([9, 1, 5], 5, 'forward')).toEqual([9, 1]);
    expect(inTurn([9, 1, 5], 5, 'backward')).toEqual([1, 9]);
    expect(inTurn([9, 1, 5], undefined, 'forward')).toEqual([1, 5, 9]);
  });

  it('may be all that is on show', async () => {
    await workspace.selectPosition(3);
    await workspace.toggleMarks();
    await workspace.choose({ marked: true });
    expect(session().view?.rows).toBe(1);
    expect(session().filter.choice).toEqual({ marked: true });
    await workspace.showEverything();
    expect(session().view?.rows).toBe(1000);
  });
});

describe('the time reference', () => {
  it('is the selected message, until it is taken back', async () => {
    await workspace.selectPosition(12);
    workspace.toggleTimeReference();
    expect(session().timeReference?.row).toBe(12);
    await workspace.selectPosition(13);
    workspace.toggleTimeReference();
    expect(session().timeReference?.row).toBe(13);
    workspace.toggleTimeReference();
    expect(session().timeReference).toBeUndefined();
  });
});

describe('times of the messages before', () => {
  it('are those of the trace, also where a filter hides them', async () => {
    await workspace.applyFilter('UDP');
    const rows = await workspace.rows(session().key, 0, 20);
    const times = await workspace.previousTimes(session().key, rows, new AbortController().signal);
    for (const { row } of rows.filter((each) => each.row > 0)) {
      expect(times.get(row - 1)?.hundredNanoseconds).toBe(fakeRow(row - 1).hundredNanoseconds);
    }
  });

  it('are asked for together where they are near', () => {
    expect(runsOf([5, 3, 4, 100, 110, 5000])).toEqual([
      { from: 3, count: 3 },
      { from: 100, count: 11 },
      { from: 5000, count: 1 },
    ]);
    expect(runsOf([])).toEqual([]);
    const all = runsOf(Array.from({ length: 2500 }, (_, index) => index));
    expect(all.every(({ count }) => count <= 1000)).toBe(true);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(2500);
  });
});

describe('a conversation', () => {
  const row = (source: string, destination: string, columns: string[]): Row => ({
    ...fakeRow(0),
    source,
    destination,
    columns,
  });

  it('is of both directions, with ports where there are some', () => {
    expect(conversationFilter(row('10.0.0.1', '10.0.0.2', ['50000', 'HTTP(80)', '', '']))).toBe(
      '*Address == 10.0.0.1 and *Address == 10.0.0.2 and TCP.Port == 50000 and TCP.Port == 80',
    );
    expect(conversationFilter(row('fe80::1', 'ff02::2', ['', '', '546', '547']))).toBe(
      '*Address == fe80::1 and *Address == ff02::2 and UDP.Port == 546 and UDP.Port == 547',
    );
    expect(conversationFilter(row('10.0.0.1', '10.0.0.2', []))).toBe('*Address == 10.0.0.1 and *Address == 10.0.0.2');
  });

  it('is none where there are no IP addresses', () => {
    expect(conversationFilter(row('NBL 0xFFFF9C0F1A2B3040', 'pNIC1', []))).toBeUndefined();
    expect(conversationFilter(row('', '', []))).toBeUndefined();
  });
});

describe('the hops of a packet', () => {
  it('are walked without leaving the way', async () => {
    await workspace.selectPosition(0);
    await workspace.goAlongPath('backward');
    expect(session().selection?.row).toBe(0);
    await workspace.goAlongPath('forward');
    const second = session().selection?.row ?? 0;
    expect(second).toBeGreaterThan(0);
    await workspace.goAlongPath('backward');
    expect(session().selection?.row).toBe(0);
  });
});

describe('messages that were selected', () => {
  it('are gone back to, and forward again', async () => {
    vi.useFakeTimers();
    try {
      for (const position of [5, 50, 500]) {
        await workspace.selectPosition(position);
        vi.advanceTimersByTime(1000);
      }
      await workspace.history.go('back');
      expect(session().selection?.row).toBe(50);
      await workspace.history.go('back');
      expect(session().selection?.row).toBe(5);
      expect(workspace.history.canGo('back')).toBe(false);
      await workspace.history.go('forward');
      expect(session().selection?.row).toBe(50);
      await workspace.selectPosition(7);
      vi.advanceTimersByTime(1000);
      expect(workspace.history.canGo('forward')).toBe(false);
      await workspace.history.go('back');
      expect(session().selection?.row).toBe(50);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are left out when the selection only ran over them', async () => {
    vi.useFakeTimers();
    try {
      await workspace.selectPosition(5);
      vi.advanceTimersByTime(1000);
      for (let position = 6; position < 20; position++) await workspace.selectPosition(position);
      vi.advanceTimersByTime(1000);
      await workspace.history.go('back');
      expect(session().selection?.row).toBe(5);
    } finally {
      vi.useRealTimers();
    }
  });
});
