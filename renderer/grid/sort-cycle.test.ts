import { expect, it } from 'vitest';
import { nextOrder } from './sort-cycle.ts';

it('sorts ascending, then descending, then by time again', () => {
  const first = nextOrder(undefined, 'Source');
  expect(first).toEqual({ by: 'Source', descending: false });
  const second = nextOrder(first, 'Source');
  expect(second).toEqual({ by: 'Source', descending: true });
  expect(nextOrder(second, 'Source')).toBeUndefined();
});

it('begins anew with another column', () => {
  expect(nextOrder({ by: 'Source', descending: true }, 'TCP.SrcPort')).toEqual({
    by: 'TCP.SrcPort',
    descending: false,
  });
});
