/** What a right click on an attempt offers. */
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import type { MenuItem } from '../app/Menu.tsx';
import { quickFilterItems, type QuickFilterDoer } from '../quick-filter/quick-filter-items.ts';
import { sameEnds } from '../state/conversation.ts';
import { connectionsStrings } from '../strings.ts';

/** Lets through the messages between an attempt's two ends; of TCP and UDP those of its two ports. */
export function attemptFilter({ protocol, client, clientPort, server, serverPort }: ConnectionAttempt): string {
  const addresses = sameEnds('*Address', client, server);
  if (protocol === 'ICMP') return `ICMP and ${addresses}`;
  return `${sameEnds(`${protocol}.Port`, String(clientPort), String(serverPort))} and ${addresses}`;
}

interface AttemptDeeds {
  showPath: (row: number) => void;
  compare: (() => void) | undefined;
  copy: () => void;
  filter: QuickFilterDoer;
}

export function attemptMenu(attempt: ConnectionAttempt, { showPath, compare, copy, filter }: AttemptDeeds): MenuItem[] {
  const { showPath: show, compare: compareBoth, copyRows } = connectionsStrings.menu;
  const filters = quickFilterItems([{ text: attemptFilter(attempt) }], filter);
  return [
    {
      label: show,
      keys: 'Enter',
      testId: 'attempt-path',
      onChoose: () => {
        showPath(attempt.row);
      },
    },
    {
      label: compareBoth,
      keys: 'Ctrl+Enter',
      testId: 'attempt-compare',
      disabled: compare === undefined,
      onChoose: () => compare?.(),
    },
    { label: copyRows, keys: 'Ctrl+C', testId: 'attempt-copy', onChoose: copy },
    ...filters.map((item, index) => (index === 0 ? { ...item, separated: true } : item)),
  ];
}
