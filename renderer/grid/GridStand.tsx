/**
 * The grid is made once, while nothing else is to do, and then goes from trace to trace: making it takes longer than a person
 * should wait while a trace is opened. Where no trace is on show it waits in a stand, out of sight.
 */
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useActiveSession } from '../app/use-workspace.ts';
import { newSession, type Session } from '../state/model.ts';
import { MessageGrid } from './MessageGrid.tsx';

/** The element that holds the grid, wherever it stands. */
const HostContext = createContext<HTMLElement | undefined>(undefined);

/** Milliseconds after which the grid is made even if the page was never idle. */
const longestWait = 2000;
const noSession = -1;

export function GridStand({ children }: { children: ReactNode }) {
  const [host] = useState(createHost);
  return (
    <HostContext value={host}>
      {children}
      <KeptGrid host={host} />
    </HostContext>
  );
}

/** Where the grid is to be seen. */
export function GridPlace() {
  const host = useContext(HostContext);
  const place = useCallback(
    (element: HTMLElement | null) => {
      if (!element || !host) return undefined;
      const stand = host.parentElement;
      element.append(host);
      return () => stand?.append(host);
    },
    [host],
  );
  return <div className="grid-place" ref={place} />;
}

function KeptGrid({ host }: { host: HTMLElement }) {
  const session = useActiveSession();
  const isMade = useIdleTurn(session !== undefined);
  const [nobody] = useState<Session>(() => newSession(noSession, []));
  const stand = useCallback(
    (element: HTMLElement | null) => {
      if (element && !host.isConnected) element.append(host);
    },
    [host],
  );
  return (
    <>
      <div className="grid-stand" inert aria-hidden ref={stand} />
      {isMade && createPortal(<MessageGrid session={session ?? nobody} />, host)}
    </>
  );
}

function createHost(): HTMLElement {
  const host = document.createElement('div');
  host.className = 'grid-host';
  return host;
}

/** True from the first idle moment on; from the next task on where somebody waits. */
function useIdleTurn(isHurried: boolean): boolean {
  const [hasCome, setCome] = useState(false);
  useEffect(() => {
    if (hasCome) return undefined;
    const come = (): void => {
      setCome(true);
    };
    if (isHurried) {
      const timer = setTimeout(come, 0);
      return () => {
        clearTimeout(timer);
      };
    }
    const idle = requestIdleCallback(come, { timeout: longestWait });
    return () => {
      cancelIdleCallback(idle);
    };
  }, [isHurried, hasCome]);
  return hasCome;
}
