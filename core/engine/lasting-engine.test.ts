import { describe, expect, it } from 'vitest';
import type { FromEngine, ToEngine, Transport } from './contract.ts';
import { keepEngine } from './lasting-engine.ts';
import type { EngineThread } from './thread.ts';

interface MadeUpEngine {
  readonly isReplacement: boolean;
  readonly received: ToEngine[];
  closed: boolean;
  answer(message: FromEngine): void;
  die(reason: string): void;
}

function start() {
  const engines: MadeUpEngine[] = [];
  let time = 0;
  const lasting = keepEngine(
    (isReplacement) => {
      const engine: MadeUpEngine = {
        isReplacement,
        received: [],
        closed: false,
        answer: () => undefined,
        die: () => undefined,
      };
      engines.push(engine);
      const thread: EngineThread = {
        transport: {
          send: (message) => engine.received.push(message),
          onMessage: (listener) => (engine.answer = listener),
          onClose: (listener) => (engine.die = listener),
        },
        close: () => {
          engine.closed = true;
          return Promise.resolve();
        },
      };
      return thread;
    },
    () => time,
  );
  return { engines, lasting, wait: (milliseconds: number) => (time += milliseconds) };
}

function pageOf(transport: Transport) {
  const heard: FromEngine[] = [];
  const gone: string[] = [];
  transport.onMessage((message) => heard.push(message));
  transport.onClose((reason) => gone.push(reason));
  return { transport, heard, gone };
}

const ask = (id: number): ToEngine => ({ kind: 'request', id, method: 'schemas', params: {} });

describe('an engine that lasts', () => {
  it('has a successor by the time that pages are told', () => {
    const { engines, lasting } = start();
    const page = pageOf(lasting.connect());
    let enginesWhenTold = 0;
    lasting.connect().onClose(() => (enginesWhenTold = engines.length));
    engines[0].die('The engine stopped with code 70.');
    expect(page.gone).toEqual(['The engine stopped with code 70.']);
    expect(enginesWhenTold).toBe(2);
    expect(engines.map(({ isReplacement }) => isReplacement)).toEqual([false, true]);

    const reloaded = pageOf(lasting.connect());
    reloaded.transport.send(ask(7));
    expect(engines[0].received).toEqual([]);
    engines[1].answer({ kind: 'reply', id: 1, result: { entries: [], problems: [] } });
    expect(reloaded.heard).toEqual([{ kind: 'reply', id: 7, result: { entries: [], problems: [] } }]);
    expect(reloaded.gone).toEqual([]);
  });

  it('is given up when it is lost again and again, and says so to everybody who comes', async () => {
    const { engines, lasting } = start();
    for (let loss = 0; loss < 5; loss++) engines[loss].die('It stopped.');
    expect(engines).toHaveLength(5);
    expect(pageOf(lasting.connect()).gone[0]).toMatch(/^It stopped\. That happened 5 times within a minute/);
    await lasting.close();
    expect(engines[4].closed).toBe(true);
  });

  it('may be lost now and then', () => {
    const { engines, lasting, wait } = start();
    for (let loss = 0; loss < 12; loss++) {
      engines[loss].die('It stopped.');
      wait(20_000);
    }
    expect(engines).toHaveLength(13);
    expect(pageOf(lasting.connect()).gone).toEqual([]);
  });
});
