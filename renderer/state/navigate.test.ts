import { describe, expect, it } from 'vitest';
import type { EngineClient, Row, TraceInstant, ViewInfo, ViewPlace } from '../../core/engine/contract.ts';
import { createStore } from 'zustand/vanilla';
import type { Context } from './context.ts';
import { initialState } from './model.ts';
import { relocate, selectionOf } from './navigate.ts';

const second = 10_000_000;
const rowAt = (row: number, milliseconds: number, summary: string): Row => ({
  row,
  milliseconds,
  hundredNanoseconds: 0,
  timeElapsed: 0,
  source: '',
  destination: '',
  module: '',
  summary,
  mark: 'none',
  diagnosis: '',
  diagnosisLevel: 'none',
  sighting: 0,
  colorRule: -1,
  marked: false,
  comment: '',
});

/** A context whose engine knows one view. */
function contextOf(rows: Row[]): { context: Context; view: ViewInfo } {
  const placeOfTime = ({ milliseconds }: TraceInstant): ViewPlace => {
    const behind = rows.findIndex((row) => row.milliseconds >= milliseconds);
    const position = behind < 0 ? rows.length - 1 : behind;
    const { row, milliseconds: found } = rows[position];
    return { position, row, exact: found === milliseconds };
  };
  const client = {
    call: (method: string, params: { from: number; count: number; time: TraceInstant }) =>
      Promise.resolve(
        method === 'placeOfTime'
          ? placeOfTime(params.time)
          : { from: params.from, rows: rows.slice(params.from, params.from + params.count) },
      ),
  } as unknown as EngineClient;
  const context = { client, store: createStore(() => initialState) } as unknown as Context;
  return { context, view: { view: 1, rows: rows.length, available: rows.length, complete: true, notes: [] } };
}

describe('the selection of a trace of two files, one of which was moved by a second', () => {
  // Host events at 0 and 2000 ms; guest events at 500 and 1500 ms were moved to 1500 and 2500 ms.
  const moved = contextOf([
    rowAt(0, 0, 'host 1'),
    rowAt(1, 1500, 'guest 1'),
    rowAt(2, 2000, 'host 2'),
    rowAt(3, 2500, 'guest 2'),
  ]);
  const find = (row: Row) =>
    relocate(moved.context, moved.view, selectionOf(row.row, row, 'grid'), { kind: 'instant', movedBy: second });

  it('follows an event that was moved', async () => {
    expect(await find(rowAt(1, 500, 'guest 1'))).toMatchObject({ row: 1, instant: { milliseconds: 1500 } });
    expect(await find(rowAt(2, 1500, 'guest 2'))).toMatchObject({ row: 3 });
  });

  it('finds an event of the other file where it was', async () => {
    expect(await find(rowAt(3, 2000, 'host 2'))).toMatchObject({ row: 2 });
  });

  it('ends when its event is not there any more', async () => {
    expect(await find(rowAt(3, 2000, 'gone'))).toBeUndefined();
  });
});
