import type { FromEngine, Transport } from './contract.ts';

export interface SharedEngine {
  /** A way to the engine for one page, with request ids of its own. */
  connect(): Transport;
}

interface Connection {
  onMessage: (message: FromEngine) => void;
  onClose: (reason: string) => void;
  /** The page's request id -> the engine's, while the request is in flight. */
  numbers: Map<number, number>;
}

/** Lets several pages use one engine: requests are renumbered, so that two pages may choose the same ids. */
export function shareEngine(engine: Transport): SharedEngine {
  const calls = new Map<number, { connection: Connection; id: number }>();
  const connections: Connection[] = [];
  let lastNumber = 0;
  let closed: string | undefined;

  engine.onMessage((message) => {
    if (message.kind === 'notice') {
      for (const connection of connections) connection.onMessage(message);
      return;
    }
    const call = calls.get(message.id);
    if (!call) return;
    if (message.kind !== 'progress') {
      calls.delete(message.id);
      call.connection.numbers.delete(call.id);
    }
    call.connection.onMessage({ ...message, id: call.id });
  });
  engine.onClose((reason) => {
    closed = reason;
    calls.clear();
    for (const connection of connections) connection.onClose(reason);
  });

  function request(connection: Connection, id: number): number {
    lastNumber += 1;
    connection.numbers.set(id, lastNumber);
    calls.set(lastNumber, { connection, id });
    return lastNumber;
  }

  return {
    connect() {
      const connection: Connection = { onMessage: ignore, onClose: ignore, numbers: new Map() };
      connections.push(connection);
      return {
        send(message) {
          const { id } = message;
          const number = message.kind === 'request' ? request(connection, id) : connection.numbers.get(id);
          if (number !== undefined) engine.send({ ...message, id: number });
        },
        onMessage(listener) {
          connection.onMessage = listener;
        },
        onClose(listener) {
          connection.onClose = listener;
          if (closed !== undefined) listener(closed);
        },
      };
    },
  };
}

function ignore(): void {
  /* Until the page's listener is there. */
}
