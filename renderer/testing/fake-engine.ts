/**
 * An engine without a trace: a few thousand made-up rows, so that the page can be seen and its logic tested without a
 * file. Its filters know only module names and `contains "text"`.
 */
import type {
  Contract,
  ContractError,
  EventDetail,
  FromEngine,
  Method,
  Row,
  ToEngine,
  TraceInfo,
  Transport,
} from '../../core/engine/contract.ts';
import { fakeDetail } from './fake-detail.ts';
import { fakeRow } from './fake-rows.ts';

export interface FakeEngineOptions {
  /** Events of every trace. */
  events: number;
  /** Steps in which a trace is read; each is one progress message. */
  steps: number;
  /** Milliseconds between two steps. 0: as fast as promises go. */
  pause: number;
  problems: TraceInfo['problems'];
  /** So many views are made before the engine has anything to show. */
  emptyViews: number;
}

/** What has been asked for, for tests. */
export interface FakeEngine {
  readonly transport: Transport;
  readonly requests: { method: Method; params: unknown }[];
  readonly openViews: ReadonlySet<number>;
  /** Behaves as if the engine had died. */
  die(reason: string): void;
}

interface FakeView {
  trace: number;
  rows: number[];
}

class Refusal extends Error {
  readonly details: ContractError;
  constructor(details: ContractError) {
    super(details.message);
    this.details = details;
  }
}

const defaults: FakeEngineOptions = { events: 5000, steps: 4, pause: 0, problems: [], emptyViews: 0 };

export function createFakeEngine(chosen: Partial<FakeEngineOptions> = {}): FakeEngine {
  const options = { ...defaults, ...chosen };
  const requests: FakeEngine['requests'] = [];
  const views = new Map<number, FakeView>();
  const openViews = new Set<number>();
  const read = new Map<number, number>();
  const files = new Map<number, string>();
  const cancelled = new Set<number>();
  const closeListeners: ((reason: string) => void)[] = [];
  let deliver: (message: FromEngine) => void = () => undefined;
  let lastNumber = 0;
  let { emptyViews } = options;

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, options.pause);
    });
  const stopIfCancelled = (id: number): void => {
    if (cancelled.has(id)) throw new Refusal({ name: 'Cancelled', message: 'Cancelled.' });
  };
  const info = (trace: number): TraceInfo => fakeInfo(trace, files.get(trace) ?? '', read.get(trace) ?? 0, options);

  const methods: { [M in Method]: (id: number, params: Contract[M]['params']) => Promise<Contract[M]['result']> } = {
    async open(id, params) {
      const trace = ++lastNumber;
      const file = params.files.join(', ');
      files.set(trace, file);
      if (file.includes('broken')) {
        await pause();
        throw new Refusal({
          name: 'OpenError',
          message: `${file} is a ZIP archive, not an event trace. Unpack it first and open the .etl inside.`,
        });
      }
      for (let step = 1; step <= options.steps; step++) {
        await pause();
        stopIfCancelled(id);
        const events = Math.floor((options.events * step) / options.steps);
        read.set(trace, events);
        const bytesTotal = options.events * 100;
        const bytesRead = Math.floor((bytesTotal * step) / options.steps);
        const stage = step === options.steps ? 'ordering' : 'reading';
        deliver({ kind: 'progress', id, progress: { trace, bytesRead, bytesTotal, events, stage } });
      }
      await pause();
      stopIfCancelled(id);
      return info(trace);
    },
    close: () => Promise.resolve(null),
    info: (_id, { trace }) => Promise.resolve(info(trace)),
    async view(id, { trace, filter }) {
      const events = emptyViews-- > 0 ? 0 : (read.get(trace) ?? 0);
      const accepts = filterOf(filter);
      const rows: number[] = [];
      for (let row = 0; row < events; row++) if (accepts(fakeRow(row))) rows.push(row);
      deliver({ kind: 'progress', id, progress: { scanned: events, total: events } });
      await Promise.resolve();
      stopIfCancelled(id);
      const view = ++lastNumber;
      views.set(view, { trace, rows });
      openViews.add(view);
      const notes = filter === 'SMB' ? ['SMB is not in this trace. Modules like it: none.'] : [];
      return { view, rows: rows.length, available: events, complete: events === options.events, notes };
    },
    closeView(_id, { view }) {
      views.delete(view);
      openViews.delete(view);
      return Promise.resolve(null);
    },
    rows(_id, { view, from, count }) {
      const found = views.get(view);
      if (!found) throw new Refusal({ name: 'BadRequest', message: `There is no view ${view}.` });
      return Promise.resolve({ from, rows: found.rows.slice(from, from + count).map(fakeRow) });
    },
    detail: (_id, { row }): Promise<EventDetail> => Promise.resolve(fakeDetail(row)),
    async export(id, { view }) {
      const rows = views.get(view)?.rows ?? [];
      const packets = rows.filter((row) => !fakeRow(row).module.startsWith('Microsoft'));
      for (let step = 1; step <= options.steps; step++) {
        await pause();
        stopIfCancelled(id);
        const rowsDone = Math.floor((rows.length * step) / options.steps);
        deliver({ kind: 'progress', id, progress: { rowsDone, rowsTotal: rows.length, bytesWritten: rowsDone * 90 } });
      }
      if (packets.length === 0) {
        throw new Refusal({
          name: 'ExportError',
          message: 'None of the rows on show holds a packet, so there is nothing to write.',
        });
      }
      return {
        packets: packets.length,
        interfaces: 3,
        bytes: packets.length * 98,
        skippedRows: rows.length - packets.length,
        notes: ['Two packets were cut at capture: their original length is kept.'],
      };
    },
  };

  const answer = async (message: Extract<ToEngine, { kind: 'request' }>): Promise<void> => {
    const { id, method, params } = message;
    requests.push({ method, params });
    try {
      const run = methods[method] as (id: number, params: unknown) => Promise<Contract[Method]['result']>;
      deliver({ kind: 'reply', id, result: await run(id, params) });
    } catch (error) {
      const details = error instanceof Refusal ? error.details : { name: 'InternalError', message: String(error) };
      deliver({ kind: 'failure', id, error: details });
    }
  };

  return {
    requests,
    openViews,
    transport: {
      send(message) {
        if (message.kind === 'cancel') cancelled.add(message.id);
        else void answer(message);
      },
      onMessage(listener) {
        deliver = listener;
      },
      onClose(listener) {
        closeListeners.push(listener);
      },
    },
    die(reason) {
      for (const listener of closeListeners) listener(reason);
    },
  };
}

function filterOf(text: string): (row: Row) => boolean {
  if (text === '') return () => true;
  const contained = /^\*?\w*\s*contains "(.*)"$/.exec(text);
  if (contained) return (row) => row.summary.toLowerCase().includes(contained[1].toLowerCase());
  if (text === 'Prt') {
    throw new Refusal({
      name: 'FilterError',
      message: '"Prt" is no module and no field that stands alone. Did you mean "*Port"?',
      start: 0,
      end: 3,
      suggestion: '*Port == 80',
    });
  }
  const module = text.split(/[. ]/)[0];
  return (row) => row.module === module;
}

function fakeInfo(trace: number, file: string, events: number, options: FakeEngineOptions): TraceInfo {
  const last = fakeRow(Math.max(0, events - 1));
  return {
    trace,
    file,
    size: options.events * 100,
    format: 'etl',
    complete: events === options.events,
    buffers: 118,
    compressedBuffers: 0,
    pointerSize: 8,
    startTime: '2024-06-10T12:03:00.1182043Z',
    endTime: `${new Date(last.milliseconds).toISOString().slice(0, -1)}0000Z`,
    utcOffsetMinutes: 120,
    processors: 16,
    osVersion: '10.0.20348',
    loggerName: 'PktMon',
    clock: 'QPC',
    clockFrequency: 10_000_000,
    eventsLost: file.includes('guest') ? 1280 : 0,
    buffersLost: file.includes('guest') ? 2 : 0,
    events,
    packets: Math.floor(events * 0.6),
    drops: Math.floor(events / 97),
    providers: [
      { guid: '{2ed6006e-4729-4609-b423-3ee7bcd678ef}', name: 'Microsoft-Windows-NDIS-PacketCapture', events: 3011 },
      { guid: '{67dc0d66-3695-47c0-9642-33f76f7bd7ad}', name: 'Microsoft-Windows-Hyper-V-VmSwitch', events: 1520 },
      { guid: '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}', name: 'Microsoft-Windows-PktMon', events: 402 },
      { guid: '{1f387cbc-6818-4530-9db6-5f1058cd7e86}', name: null, events: 67 },
    ],
    problems: options.problems,
  };
}
