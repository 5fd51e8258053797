import type { ContractError, EngineClient, FromEngine, Method, ToEngine } from './contract.ts';

/** Answers the contract's messages with an engine's calls; `send` is the way back. Returns the way in. */
export function serveEngine(engine: EngineClient, send: (message: FromEngine) => void): (message: ToEngine) => void {
  const inFlight = new Map<number, AbortController>();

  async function answer(message: Extract<ToEngine, { kind: 'request' }>): Promise<void> {
    const { id } = message;
    const controller = new AbortController();
    inFlight.set(id, controller);
    try {
      const result = await engine.call<Method>(message.method, message.params, {
        signal: controller.signal,
        onProgress: (progress) => {
          send({ kind: 'progress', id, progress });
        },
      });
      send({ kind: 'reply', id, result });
    } catch (error) {
      send({ kind: 'failure', id, error: controller.signal.aborted ? cancelled : contractError(error) });
    } finally {
      inFlight.delete(id);
    }
  }

  return (message) => {
    if (message.kind === 'cancel') inFlight.get(message.id)?.abort();
    else void answer(message);
  };
}

const cancelled: ContractError = { name: 'Cancelled', message: 'Cancelled.' };

/** Errors the contract names cross as they are; anything else is a fault of ours and says so. */
const namedErrors = [
  'FilterError',
  'OpenError',
  'ExportError',
  'SchemaError',
  'NamesError',
  'ColumnError',
  'WorkerLost',
  'Cancelled',
  'BadRequest',
];

export function contractError(error: unknown): ContractError {
  if (!(error instanceof Error)) return { name: 'InternalError', message: String(error) };
  const name = namedErrors.includes(error.name) ? error.name : 'InternalError';
  const place = error as Partial<Pick<ContractError, 'start' | 'end' | 'suggestion'>>;
  return {
    name,
    message: name === 'InternalError' ? `Something went wrong inside Hopscope: ${error.message}` : error.message,
    ...(place.start === undefined ? {} : { start: place.start }),
    ...(place.end === undefined ? {} : { end: place.end }),
    ...(place.suggestion === undefined ? {} : { suggestion: place.suggestion }),
  };
}
