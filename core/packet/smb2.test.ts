import { describe, expect, it } from 'vitest';
import { topOf } from './test-support/corpus.ts';

describe('the summary of SMB', () => {
  it.each([
    ['SMB2 request', 'Echo Request, MessageId: 5, SessionId: 0x0000400000000001'],
    ['SMB2 response', 'Echo Response, Status: STATUS_ACCESS_DENIED, MessageId: 5, SessionId: 0x0000400000000001'],
    ['SMB3 encrypted', 'Encrypted, OriginalMessageSize: 8, SessionId: 0x0000000000000009'],
    ['SMB negotiate of both kinds', 'SMB 1 Negotiate Request'],
  ])('%s', (name, summary) => {
    expect(topOf(name)).toMatchObject({ module: 'SMB2', summary });
  });
});

it('compounded messages are all there', () => {
  const { fields, summary } = topOf('SMB2 compounded');
  expect(summary.split('; ')).toHaveLength(2);
  expect(fields.map(({ name, length }) => `${name} ${length}`)).toEqual([
    'StreamProtocolLength 3',
    'Message 72',
    'Message 68',
  ]);
});

it('a message of an asynchronous answer has no tree', () => {
  const names = topOf('SMB2 pending response').fields[1].members?.map(({ name }) => name);
  expect(names).toContain('AsyncId');
  expect(names).not.toContain('TreeId');
});

it('a message that is cut by the capture is shown as far as it goes', () => {
  const layer = topOf('SMB2 request', 14 + 20 + 20 + 4 + 16);
  expect(layer.summary).toBe('Echo Request');
  expect(layer.note).toMatch(/^The frame ends inside/);
});
