import { expect, it } from 'vitest';
import { failureText } from './failure-report.ts';

const now = new Date(Date.UTC(2026, 2, 1, 12, 30));

it('says what happened, to which file, where, in which version and when', () => {
  const error = { name: 'OpenError', message: 'Buffer 31 at offset 0x1f0000 is cut.', start: 3, end: 5 };
  const text = failureText(
    {
      heading: 'host.etl could not be opened',
      sentences: [error.message, ''],
      error,
      files: [{ token: 't', name: 'host.etl', size: 1_241_800 }],
    },
    { app: '0.1.0', parts: ['Electron 45.4.1'] },
    now,
  );
  expect(text.split('\n')).toEqual([
    'host.etl could not be opened',
    'Buffer 31 at offset 0x1f0000 is cut.',
    'Error: OpenError',
    'Place in the text: 3 to 5',
    'File: host.etl (1,241,800 bytes)',
    'Hopscope 0.1.0',
    'Electron 45.4.1',
    'Time: 2026-03-01T12:30:00.000Z',
  ]);
});

it('does without what is not known', () => {
  expect(failureText({ heading: 'The engine is gone', sentences: [] }, undefined, now)).toBe(
    'The engine is gone\nTime: 2026-03-01T12:30:00.000Z',
  );
});
