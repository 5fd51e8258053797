import type { FromEngine } from '../core/engine/contract.ts';
import type { FileTokens } from '../core/engine/file-tokens.ts';
import { createGate, type Gate } from '../core/engine/gate.ts';
import type { SharedEngine } from '../core/engine/shared-engine.ts';
import { channels } from './channels.ts';

/** A window's page, as the bridge needs it. */
export interface BridgePage {
  /** Stays the same when the page is loaded again. */
  readonly id: number;
  send(channel: string, ...values: unknown[]): void;
  /** 0..1 in the taskbar; undefined when nothing is under way. */
  showProgress(fraction: number | undefined): void;
}

export interface EngineBridge {
  /** One message from a page whose sender has been checked. A new session means that the page was loaded anew. */
  receive(page: BridgePage, session: unknown, message: unknown): void;
  /** The page or its window has gone. */
  leave(pageId: number): void;
}

/** Joins the windows' pages to the engine, each through a gate of its own. */
export function createEngineBridge(options: {
  engine: SharedEngine;
  tokens: FileTokens;
  onOpened(paths: string[]): void;
}): EngineBridge {
  const { engine, tokens } = options;
  const pages = new Map<number, { session: string; gate: Gate }>();

  function leave(pageId: number): void {
    pages.get(pageId)?.gate.close();
    pages.delete(pageId);
  }

  function join(page: BridgePage, session: string): Gate {
    leave(page.id);
    page.showProgress(undefined);
    const noteProgress = openingProgress(page);
    const gate = createGate({
      engine: engine.connect(),
      resolveFile: (token) => tokens.pathOf(token),
      resolveTarget: (token) => tokens.targetPathOf(token),
      send: (message) => {
        noteProgress(message);
        page.send(channels.engine, session, message);
      },
      onOpened: (opened) => {
        options.onOpened(opened.map((token) => tokens.pathOf(token)).filter((path) => path !== undefined));
      },
      onEngineGone: (reason) => {
        page.send(channels.engineGone, session, reason);
      },
    });
    pages.set(page.id, { session, gate });
    return gate;
  }

  return {
    receive(page, session, message) {
      if (typeof session !== 'string' || session.length === 0 || session.length > 64) return;
      const joined = pages.get(page.id);
      const gate = joined?.session === session ? joined.gate : join(page, session);
      gate.receive(message);
    },
    leave,
  };
}

/** Shows how far the openings under way have come, all together. */
function openingProgress(page: BridgePage): (message: FromEngine) => void {
  const openings = new Map<number, { bytesRead: number; bytesTotal: number }>();
  return (message) => {
    if (message.kind === 'notice') return;
    if (message.kind === 'progress') {
      if (!('bytesRead' in message.progress)) return;
      openings.set(message.id, message.progress);
    } else if (!openings.delete(message.id)) {
      return;
    }
    page.showProgress(fractionOf([...openings.values()]));
  };
}

function fractionOf(openings: { bytesRead: number; bytesTotal: number }[]): number | undefined {
  if (openings.length === 0) return undefined;
  const read = openings.reduce((sum, opening) => sum + opening.bytesRead, 0);
  const total = openings.reduce((sum, opening) => sum + opening.bytesTotal, 0);
  return total === 0 ? 0 : Math.min(1, read / total);
}
