import type {
  ConnectionAttempt,
  ConnectionBlock,
  Contract,
  EngineClient,
  Method,
  PacketPath,
  PathHop,
  PathLane,
} from '../../core/engine/contract.ts';

/** Answers calls as an engine would, without one; a method that nobody answers fails. */
export type Answers = {
  [M in Method]?: (params: Contract[M]['params']) => Contract[M]['result'];
};

export interface AnsweringEngine {
  readonly engine: EngineClient;
  /** What was asked, in order. */
  readonly calls: [method: string, params: unknown][];
}

export function engineAnswering(answers: Answers): AnsweringEngine {
  const calls: [string, unknown][] = [];
  return {
    calls,
    engine: {
      call(method, params) {
        calls.push([method, params]);
        const answer = answers[method];
        if (!answer) return Promise.reject(new Error(`Nobody answers ${method}.`));
        return Promise.resolve(answer(params));
      },
    },
  };
}

/** Half past two in the afternoon of the first of May 2024, UTC. */
const start = Date.UTC(2024, 4, 1, 14, 30);

export function madeUpAttempt(number: number, different: Partial<ConnectionAttempt> = {}): ConnectionAttempt {
  return {
    number,
    protocol: 'TCP',
    row: number * 10,
    milliseconds: start + number,
    hundredNanoseconds: 25,
    client: '10.0.0.50',
    clientPort: 50_000 + number,
    server: '10.0.0.60',
    serverPort: 80,
    verdict: 'answered',
    verdictText: 'answered after 412 µs',
    verdictRow: number * 10 + 3,
    retransmissions: 0,
    hops: 3,
    firstLatency: 9,
    totalLatency: 80,
    roundTrip: 4120,
    strip: [
      { kind: 'physical-nic', name: 'Ethernet', isDrop: false },
      { kind: 'container-nic', name: 'Container NIC', isDrop: false },
    ],
    isInferred: false,
    ...different,
  };
}

export function madeUpBlock(attempts: ConnectionAttempt[], different: Partial<ConnectionBlock> = {}): ConnectionBlock {
  return {
    total: attempts.length,
    available: attempts.length,
    verdicts: [{ kind: 'answered', attempts: attempts.length }],
    attempts,
    notes: [],
    ...different,
  };
}

export function madeUpLane(different: Partial<PathLane> & { key: string }): PathLane {
  return { kind: 'physical-nic', name: different.key, identifier: '', within: null, facts: [], ...different };
}

export function madeUpHop(row: number, lane: number, different: Partial<PathHop> = {}): PathHop {
  return {
    row,
    milliseconds: start,
    hundredNanoseconds: row,
    after: null,
    latency: 0,
    isSlow: false,
    lane,
    from: null,
    to: null,
    sighting: 'frame',
    step: 'frame',
    direction: 'in',
    text: 'Frame in, 66 bytes',
    link: { by: '', isInferred: false, text: '' },
    drop: null,
    nbl: '',
    process: 4,
    thread: 88,
    processor: 1,
    ...different,
  };
}

export function madeUpPath(row: number, hops: PathHop[], lanes: PathLane[]): PacketPath {
  return {
    row,
    title: `TCP 10.0.0.50:${50_000 + row} → 10.0.0.60:80 SYN`,
    lanes,
    hops,
    branches: 1,
    totalLatency: 80,
    attempt: null,
    answerRow: null,
    questionRow: null,
    retransmissionRows: [],
    notes: [],
  };
}
