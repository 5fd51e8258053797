import { describe, expect, it } from 'vitest';
import type { FromEngine, ToEngine, TraceInfo, Transport } from './contract.ts';
import { createGate } from './gate.ts';
import { shareEngine } from './shared-engine.ts';

/** An engine that answers only what a test tells it to. */
class ScriptedEngine implements Transport {
  readonly received: ToEngine[] = [];
  answer: (message: FromEngine) => void = () => undefined;
  leave: (reason: string) => void = () => undefined;
  send(message: ToEngine): void {
    this.received.push(message);
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.answer = listener;
  }
  onClose(listener: (reason: string) => void): void {
    this.leave = listener;
  }
}

const openedTrace = (trace: number): TraceInfo => ({ trace }) as TraceInfo;
const open = (id: number, ...files: string[]): ToEngine => ({ kind: 'request', id, method: 'open', params: { files } });
const closeOf = (id: number, trace: number): ToEngine => ({ kind: 'request', id, method: 'close', params: { trace } });

function pageAt(engine: Transport) {
  const heard: FromEngine[] = [];
  const opened: (readonly string[])[] = [];
  const gone: string[] = [];
  const gate = createGate({
    engine,
    resolveFile: (token) => (token.startsWith('file-') ? `/traces/${token}.etl` : undefined),
    resolveTarget: (token) => (token.startsWith('target-') ? `/exports/${token}.pcapng` : undefined),
    send: (message) => heard.push(message),
    onOpened: (tokens) => opened.push(tokens),
    onEngineGone: (reason) => gone.push(reason),
  });
  return { gate, heard, opened, gone };
}

function start() {
  const engine = new ScriptedEngine();
  return { engine, ...pageAt(engine) };
}

const unknownFile = {
  kind: 'failure',
  id: 1,
  error: { name: 'BadRequest', message: 'The host does not know this file (any more). Choose it again.' },
};

describe('the gate', () => {
  it('gives the engine paths where the page gave tokens', () => {
    const { engine, gate } = start();
    gate.receive(open(1, 'file-a', 'file-b'));
    gate.receive({
      kind: 'request',
      id: 2,
      method: 'export',
      params: { view: 1, format: 'pcapng', target: 'target-c' },
    });
    expect(engine.received).toEqual([
      open(1, '/traces/file-a.etl', '/traces/file-b.etl'),
      {
        kind: 'request',
        id: 2,
        method: 'export',
        params: { view: 1, format: 'pcapng', target: '/exports/target-c.pcapng' },
      },
    ]);
  });

  it('gives the engine paths of manifests too, which are no opened traces', () => {
    const { engine, gate, opened } = start();
    const importOf = (...files: string[]): ToEngine => ({
      kind: 'request',
      id: 1,
      method: 'importSchemas',
      params: { files },
    });
    gate.receive(importOf('file-a'));
    expect(engine.received).toEqual([importOf('/traces/file-a.etl')]);
    engine.answer({ kind: 'reply', id: 1, result: { added: [], notes: [], failures: [] } });
    expect(opened).toEqual([]);
    gate.receive(importOf('/etc/passwd'));
    gate.receive(importOf('target-c'));
    expect(engine.received).toHaveLength(1);
  });

  it.each<ToEngine>([
    { kind: 'request', id: 1, method: 'harvestSchemas', params: { trace: 3 } },
    { kind: 'request', id: 1, method: 'removeSchemas', params: { id: 'x' } },
    { kind: 'request', id: 1, method: 'schemas', params: {} },
    { kind: 'request', id: 1, method: 'text', params: { view: 1, format: 'csv', from: 0, count: 10 } },
    { kind: 'request', id: 1, method: 'shiftTime', params: { trace: 3, file: 0, hundredNanoseconds: -5 } },
  ])('passes on what names no file as it is: $method', (request) => {
    const { engine, gate } = start();
    gate.receive(request);
    expect(engine.received).toEqual([request]);
  });

  it('refuses paths, and tokens of the other kind', () => {
    const { engine, gate, heard } = start();
    gate.receive(open(1, '/etc/passwd'));
    gate.receive(open(1, 'file-a', 'target-c'));
    gate.receive({ kind: 'request', id: 1, method: 'export', params: { view: 1, format: 'pcapng', target: 'file-a' } });
    expect(engine.received).toEqual([]);
    expect(heard).toEqual([unknownFile, unknownFile, unknownFile]);
  });

  it('answers what is no proper request, and ignores what cannot be answered', () => {
    const { engine, gate, heard } = start();
    gate.receive({ kind: 'request', id: 4, method: 'format disk', params: {} });
    for (const noise of [null, 'open', 17, { kind: 'cancel', id: 99 }, { kind: 'request' }]) gate.receive(noise);
    expect(engine.received).toEqual([]);
    expect(heard).toEqual([
      {
        kind: 'failure',
        id: 4,
        error: { name: 'BadRequest', message: 'The engine has no method called “format disk”.' },
      },
    ]);
  });

  it('refuses a request number that is still in use, and takes it again afterwards', () => {
    const { engine, gate, heard } = start();
    gate.receive(closeOf(1, 5));
    gate.receive(closeOf(1, 6));
    engine.answer({ kind: 'reply', id: 1, result: null });
    gate.receive(closeOf(1, 6));
    expect(engine.received).toEqual([closeOf(1, 5), closeOf(1, 6)]);
    expect(heard.map((message) => message.kind)).toEqual(['failure', 'reply']);
  });

  it('passes on progress, replies and cancels, and tells which files were opened', () => {
    const { engine, gate, heard, opened } = start();
    gate.receive(open(1, 'file-a'));
    const progress = { trace: 3, bytesRead: 1, bytesTotal: 2, events: 0, stage: 'reading' } as const;
    engine.answer({ kind: 'progress', id: 1, progress });
    gate.receive({ kind: 'cancel', id: 1 });
    expect(opened).toEqual([]);
    engine.answer({ kind: 'reply', id: 1, result: openedTrace(3) });
    expect(engine.received[1]).toEqual({ kind: 'cancel', id: 1 });
    expect(heard.map((message) => message.kind)).toEqual(['progress', 'reply']);
    expect(opened).toEqual([['file-a']]);
  });

  it('cancels what is in flight and closes what is open when the page goes', () => {
    const { engine, gate, heard } = start();
    gate.receive(open(1, 'file-a'));
    engine.answer({ kind: 'reply', id: 1, result: openedTrace(8) });
    gate.receive(open(2, 'file-b'));
    gate.receive(open(3, 'file-c'));
    engine.answer({ kind: 'reply', id: 3, result: openedTrace(9) });
    gate.receive(closeOf(4, 9));
    engine.answer({ kind: 'reply', id: 4, result: null });
    engine.received.length = 0;
    heard.length = 0;

    gate.close();
    expect(engine.received).toEqual([{ kind: 'cancel', id: 2 }, closeOf(1, 8)]);
    engine.received.length = 0;
    engine.answer({ kind: 'reply', id: 2, result: openedTrace(10) });
    expect(engine.received).toEqual([closeOf(1, 10)]);
    gate.receive(open(5, 'file-a'));
    gate.close();
    expect(engine.received).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  it('fails everything in flight, and all that follows, when the engine is gone', () => {
    const { engine, gate, heard, gone } = start();
    gate.receive(open(1, 'file-a'));
    engine.leave('The engine stopped.');
    gate.receive(open(2, 'file-a'));
    const error = { name: 'InternalError', message: 'The engine stopped.' };
    expect(heard).toEqual([
      { kind: 'failure', id: 1, error },
      { kind: 'failure', id: 2, error },
    ]);
    expect(gone).toEqual(['The engine stopped.']);
    expect(engine.received).toHaveLength(1);
  });
});

describe('an engine shared by two pages', () => {
  it('keeps their request numbers apart', () => {
    const engine = new ScriptedEngine();
    const shared = shareEngine(engine);
    const first = pageAt(shared.connect());
    const second = pageAt(shared.connect());
    first.gate.receive(open(1, 'file-a'));
    second.gate.receive(open(1, 'file-b'));
    expect(engine.received.map((message) => message.id)).toEqual([1, 2]);

    second.gate.receive({ kind: 'cancel', id: 1 });
    expect(engine.received[2]).toEqual({ kind: 'cancel', id: 2 });
    engine.answer({ kind: 'reply', id: 2, result: openedTrace(4) });
    expect(first.heard).toEqual([]);
    expect(second.heard).toEqual([{ kind: 'reply', id: 1, result: openedTrace(4) }]);
  });

  it('tells both when it is gone, and those who come later', () => {
    const engine = new ScriptedEngine();
    const shared = shareEngine(engine);
    const pages = [pageAt(shared.connect()), pageAt(shared.connect())];
    engine.leave('It ended.');
    pages.push(pageAt(shared.connect()));
    expect(pages.map((page) => page.gone)).toEqual([['It ended.'], ['It ended.'], ['It ended.']]);
  });
});
