import { describe, expect, it } from 'vitest';
import type { ConnectionAttempt } from '../../core/engine/contract.ts';
import { fakeConnections } from '../testing/fake-paths.ts';
import { attemptFilter, attemptMenu } from './attempt-menu.ts';

const [first] = fakeConnections(5000, {}, () => true, 0, 1).attempts;
const attempt: ConnectionAttempt = {
  ...first,
  protocol: 'TCP',
  client: '10.0.0.50',
  clientPort: 52891,
  server: '10.0.0.60',
  serverPort: 80,
};

describe('the menu of an attempt', () => {
  it('asks for the messages of its connection', () => {
    expect(attemptFilter(attempt)).toBe(
      'TCP.Port == 52891 and TCP.Port == 80 and *Address == 10.0.0.50 and *Address == 10.0.0.60',
    );
    expect(attemptFilter({ ...attempt, protocol: 'ICMP' })).toBe(
      'ICMP and *Address == 10.0.0.50 and *Address == 10.0.0.60',
    );
  });

  it('does what it says, and compares only where two are selected', () => {
    const done: string[] = [];
    const items = attemptMenu(attempt, {
      showPath: (row) => done.push(`path of ${row}`),
      compare: undefined,
      copy: () => done.push('copied'),
      filter: (action, text) => done.push(`${action} ${text}`),
    });
    expect(items.find(({ testId }) => testId === 'attempt-compare')?.disabled).toBe(true);
    for (const item of items) if (item.disabled !== true) item.onChoose();
    expect(done).toEqual([
      `path of ${attempt.row}`,
      'copied',
      ...['add', 'exclude', 'replace', 'newTab', 'copy'].map((action) => `${action} ${attemptFilter(attempt)}`),
    ]);
  });
});
