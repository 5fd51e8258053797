import { describe, expect, it } from 'vitest';
import type { FromEngine, OpenProgress, ToEngine, TraceInfo } from '../core/engine/contract.ts';
import { FileTokens } from '../core/engine/file-tokens.ts';
import { shareEngine } from '../core/engine/shared-engine.ts';
import { createEngineBridge, type BridgePage } from './engine-bridge.ts';

function start() {
  const toEngine: ToEngine[] = [];
  const engine: { answer: (message: FromEngine) => void; leave: (reason: string) => void } = {
    answer: () => undefined,
    leave: () => undefined,
  };
  const shared = shareEngine({
    send: (message) => toEngine.push(message),
    onMessage: (listener) => (engine.answer = listener),
    onClose: (listener) => (engine.leave = listener),
  });
  const tokens = new FileTokens();
  const opened: string[][] = [];
  const bridge = createEngineBridge({ engine: shared, tokens, onOpened: (paths) => opened.push(paths) });
  return { bridge, engine, toEngine, tokens, opened };
}

function pageNumber(id: number) {
  const heard: unknown[][] = [];
  const progress: (number | undefined)[] = [];
  const page: BridgePage = {
    id,
    send: (...values) => heard.push(values),
    showProgress: (fraction) => progress.push(fraction),
  };
  return { page, heard, progress };
}

const open = (id: number, token: string): ToEngine => ({
  kind: 'request',
  id,
  method: 'open',
  params: { files: [token] },
});
const read = (bytesRead: number, bytesTotal: number): OpenProgress => ({
  trace: 1,
  bytesRead,
  bytesTotal,
  events: 0,
  stage: 'reading',
});
const trace = { trace: 1 } as TraceInfo;

describe('the bridge between windows and the engine', () => {
  it('answers to the load of the page that asked', () => {
    const { bridge, engine, toEngine, tokens, opened } = start();
    const { page, heard } = pageNumber(7);
    bridge.receive(page, 'first-load', open(1, tokens.tokenOf('/traces/a.etl')));
    expect(toEngine).toEqual([open(1, '/traces/a.etl')]);
    engine.answer({ kind: 'reply', id: 1, result: trace });
    expect(heard).toEqual([['hopscope:engine', 'first-load', { kind: 'reply', id: 1, result: trace }]]);
    expect(opened).toEqual([['/traces/a.etl']]);
  });

  it('shows how far the openings have come, and clears it at the end', () => {
    const { bridge, engine, tokens } = start();
    const { page, progress } = pageNumber(7);
    bridge.receive(page, 'load', open(1, tokens.tokenOf('/traces/a.etl')));
    bridge.receive(page, 'load', open(2, tokens.tokenOf('/traces/b.etl')));
    progress.length = 0;
    engine.answer({ kind: 'progress', id: 1, progress: read(50, 100) });
    engine.answer({ kind: 'progress', id: 2, progress: read(0, 100) });
    engine.answer({ kind: 'reply', id: 1, result: trace });
    engine.answer({ kind: 'failure', id: 2, error: { name: 'Cancelled', message: 'Cancelled.' } });
    expect(progress).toEqual([0.5, 0.25, 0, undefined]);
  });

  it('drops what an earlier load of the page asked for', () => {
    const { bridge, engine, toEngine, tokens } = start();
    const { page, heard } = pageNumber(7);
    const token = tokens.tokenOf('/traces/a.etl');
    bridge.receive(page, 'first-load', open(1, token));
    bridge.receive(page, 'second-load', open(1, token));
    expect(toEngine.map((message) => [message.kind, message.id])).toEqual([
      ['request', 1],
      ['cancel', 1],
      ['request', 2],
    ]);
    engine.answer({ kind: 'failure', id: 1, error: { name: 'Cancelled', message: 'Cancelled.' } });
    expect(heard).toEqual([]);
  });

  it('cancels when the window goes, and tells every page when the engine does', () => {
    const { bridge, engine, toEngine, tokens } = start();
    const [gone, there] = [pageNumber(1), pageNumber(2)];
    const token = tokens.tokenOf('/traces/a.etl');
    bridge.receive(gone.page, 'load', open(1, token));
    bridge.receive(there.page, 'load', { kind: 'cancel', id: 9 });
    bridge.leave(1);
    expect(toEngine.at(-1)).toEqual({ kind: 'cancel', id: 1 });
    engine.leave('The engine stopped.');
    expect(gone.heard).toEqual([]);
    expect(there.heard).toEqual([['hopscope:engine-gone', 'load', 'The engine stopped.']]);
  });

  it('ignores a message without a proper session', () => {
    const { bridge, toEngine, tokens } = start();
    const { page, heard } = pageNumber(1);
    for (const session of [undefined, 5, '', 'x'.repeat(65)]) {
      bridge.receive(page, session, open(1, tokens.tokenOf('/traces/a.etl')));
    }
    expect([toEngine, heard]).toEqual([[], []]);
  });
});
