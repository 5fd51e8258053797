import type {
  Contract,
  ContractError,
  EngineAnswer,
  EngineClient,
  EngineNotice,
  Method,
  Transport,
} from './contract.ts';

/** A failure of the engine, carrying what the contract says about it. */
export class EngineError extends Error {
  readonly details: ContractError;
  constructor(details: ContractError) {
    super(details.message);
    this.name = details.name;
    this.details = details;
  }
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: EngineError): void;
  onProgress: ((progress: never) => void) | undefined;
}

/** Speaks the contract over a transport: request ids, progress, cancellation, errors. Notices go to `onNotice`. */
export function createClient(
  transport: Transport,
  onNotice: (notice: EngineNotice) => void = () => undefined,
): EngineClient {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let closed: string | undefined;

  transport.onMessage((message) => {
    if (message.kind === 'notice') onNotice(message.notice);
    else deliver(pending, message);
  });
  transport.onClose((reason) => {
    closed = reason;
    for (const call of pending.values()) call.reject(new EngineError({ name: 'Disconnected', message: reason }));
    pending.clear();
  });

  return {
    call<M extends Method>(
      method: M,
      params: Contract[M]['params'],
      options: { onProgress?: (progress: Contract[M]['progress']) => void; signal?: AbortSignal } = {},
    ) {
      const id = ++lastId;
      return new Promise<Contract[M]['result']>((resolve, reject) => {
        if (closed !== undefined) {
          reject(new EngineError({ name: 'Disconnected', message: closed }));
          return;
        }
        if (options.signal?.aborted) {
          reject(new EngineError({ name: 'Cancelled', message: 'Cancelled before it began.' }));
          return;
        }
        const cancel = (): void => {
          transport.send({ kind: 'cancel', id });
        };
        const settled = (): void => options.signal?.removeEventListener('abort', cancel);
        pending.set(id, {
          resolve: (result) => {
            settled();
            resolve(result as Contract[M]['result']);
          },
          reject: (error) => {
            settled();
            reject(error);
          },
          onProgress: options.onProgress,
        });
        options.signal?.addEventListener('abort', cancel, { once: true });
        transport.send({ kind: 'request', id, method, params } as Parameters<Transport['send']>[0]);
      });
    },
  };
}

function deliver(pending: Map<number, Pending>, message: EngineAnswer): void {
  const call = pending.get(message.id);
  if (!call) return;
  if (message.kind === 'progress') {
    call.onProgress?.(message.progress as never);
    return;
  }
  pending.delete(message.id);
  if (message.kind === 'reply') call.resolve(message.result);
  else call.reject(new EngineError(message.error));
}
