import { shareEngine, type SharedEngine } from './shared-engine.ts';
import type { EngineThread } from './thread.ts';

/** The engine of a host, as long as the host runs: one that is lost gets a successor at once. */
export interface LastingEngine extends SharedEngine {
  /** Ends the engine for good. */
  close(): Promise<void>;
}

/** An engine that is lost so often within `lossWindow` milliseconds is not replaced any more: it would go on like that. */
const mostLosses = 5;
const lossWindow = 60_000;

/**
 * Starts an engine, and another whenever one is lost. Pages that were connected to the lost one are told that it is gone, when
 * the next one runs already: whoever connects from then on gets that.
 */
export function keepEngine(
  start: (isReplacement: boolean) => EngineThread,
  now: () => number = Date.now,
): LastingEngine {
  let losses: number[] = [];
  let current = begin(false);

  function begin(isReplacement: boolean): { thread: EngineThread; shared: SharedEngine } {
    const thread = start(isReplacement);
    const { transport } = thread;
    const shared = shareEngine({
      send: (message) => {
        transport.send(message);
      },
      onMessage: (listener) => {
        transport.onMessage(listener);
      },
      onClose: (listener) => {
        transport.onClose((reason) => {
          listener(replace() ? reason : `${reason} ${gaveUp}`);
        });
      },
    });
    return { thread, shared };
  }

  /** False when engines are lost too often: the last one stays, closed, and tells why. */
  function replace(): boolean {
    losses = [...losses.filter((time) => now() - time < lossWindow), now()];
    if (losses.length >= mostLosses) return false;
    current = begin(true);
    return true;
  }

  return {
    connect: () => current.shared.connect(),
    close: () => current.thread.close(),
  };
}

const gaveUp = `That happened ${mostLosses} times within a minute, so no other was started. Start Hopscope again.`;
