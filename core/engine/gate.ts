import type { EngineAnswer, FromEngine, ToEngine, TraceId, Transport } from './contract.ts';
import { validateToEngine } from './validate.ts';

type Request = Extract<ToEngine, { kind: 'request' }>;

export interface GateOptions {
  /** The page's own way to the engine: `SharedEngine.connect()`, or an engine nobody else uses. */
  engine: Transport;
  /** The path behind a file token; undefined when this host never gave that token out. */
  resolveFile(token: string): string | undefined;
  /** The path behind an export target's token. */
  resolveTarget(token: string): string | undefined;
  /** To the page. */
  send(message: FromEngine): void;
  /** A trace has been opened whole, from these file tokens. */
  onOpened?(tokens: readonly string[]): void;
  /** The engine is gone; everything in flight has been answered. */
  onEngineGone?(reason: string): void;
}

export interface Gate {
  /** Takes one message of the page, whatever it may be. Never throws. */
  receive(raw: unknown): void;
  /** The page has gone: cancels what it asked for and closes its traces. */
  close(): void;
}

/**
 * Stands between one page and the engine. A page is not trusted: its messages are validated, it can only name files
 * that the host gave it tokens for, and nothing it opened outlives it.
 */
export function createGate(options: GateOptions): Gate {
  const { engine } = options;
  /** The page's requests as the page sent them, tokens and all, by id. */
  const inFlight = new Map<number, Request>();
  const traces = new Set<TraceId>();
  let pageGone = false;
  let engineGone: string | undefined;

  engine.onMessage((message) => {
    if (message.kind === 'notice') {
      if (!pageGone) options.send(message);
      return;
    }
    const request = inFlight.get(message.id);
    if (!request) return;
    if (message.kind !== 'progress') inFlight.delete(message.id);
    noteTraces(request, message, traces);
    if (!pageGone) {
      if (message.kind === 'reply' && request.method === 'open') options.onOpened?.(request.params.files);
      options.send(message);
    } else if (message.kind === 'reply') {
      closeTraces();
    }
  });

  engine.onClose((reason) => {
    engineGone = reason;
    const unanswered = [...inFlight.keys()];
    inFlight.clear();
    if (pageGone) return;
    for (const id of unanswered) fail(id, 'InternalError', reason);
    options.onEngineGone?.(reason);
  });

  function fail(id: number, name: 'BadRequest' | 'InternalError', message: string): void {
    options.send({ kind: 'failure', id, error: { name, message } });
  }

  /** Nobody waits for the answers, so any id that is not in flight will do. */
  function closeTraces(): void {
    let id = 0;
    for (const trace of traces) {
      do id += 1;
      while (inFlight.has(id));
      engine.send({ kind: 'request', id, method: 'close', params: { trace } });
    }
    traces.clear();
  }

  function forward(request: Request): void {
    if (engineGone !== undefined) {
      fail(request.id, 'InternalError', engineGone);
      return;
    }
    if (inFlight.has(request.id)) {
      fail(request.id, 'BadRequest', `The request number ${request.id} is already in use.`);
      return;
    }
    const translated = withPaths(request, options);
    if (translated === undefined) {
      fail(request.id, 'BadRequest', 'The host does not know this file (any more). Choose it again.');
      return;
    }
    inFlight.set(request.id, request);
    engine.send(translated);
  }

  return {
    receive(raw) {
      if (pageGone) return;
      const checked = validateToEngine(raw);
      if (!checked.ok) {
        if (checked.id !== undefined) fail(checked.id, 'BadRequest', checked.problem);
      } else if (checked.message.kind === 'request') {
        forward(checked.message);
      } else if (inFlight.has(checked.message.id)) {
        engine.send(checked.message);
      }
    },
    close() {
      if (pageGone) return;
      pageGone = true;
      if (engineGone !== undefined) return;
      for (const id of inFlight.keys()) engine.send({ kind: 'cancel', id });
      closeTraces();
    },
  };
}

/** Keeps the set of the page's open traces: one is in it as soon as the engine names it, until it is closed. */
function noteTraces(request: Request, message: EngineAnswer, traces: Set<TraceId>): void {
  if (request.method === 'open') {
    if (message.kind === 'progress' && 'trace' in message.progress) traces.add(message.progress.trace);
    if (message.kind === 'reply' && message.result !== null && 'trace' in message.result) {
      traces.add(message.result.trace);
    }
  }
  if (request.method === 'close' && message.kind === 'reply') traces.delete(request.params.trace);
}

/** The request with paths in the places of tokens; undefined when a token is not one of this host's. */
function withPaths(request: Request, options: GateOptions): Request | undefined {
  if (request.method === 'open' || request.method === 'importSchemas' || request.method === 'readNames') {
    const files = pathsOf(request.params.files, options);
    return files && { ...request, params: { files } };
  }
  if (request.method === 'importNames') {
    const files = pathsOf(request.params.files, options);
    return files && { ...request, params: { ...request.params, files } };
  }
  if (request.method === 'exportNames') {
    const target = options.resolveTarget(request.params.target);
    return target === undefined ? undefined : { ...request, params: { ...request.params, target } };
  }
  if (request.method === 'export') {
    const target = options.resolveTarget(request.params.target);
    return target === undefined ? undefined : { ...request, params: { ...request.params, target } };
  }
  return request;
}

/** Undefined when a token is not one of this host's. */
function pathsOf(tokens: readonly string[], options: GateOptions): string[] | undefined {
  const paths = tokens.map((token) => options.resolveFile(token)).filter((path) => path !== undefined);
  return paths.length === tokens.length ? paths : undefined;
}
