import { describe, expect, it } from 'vitest';
import { limits, validateToEngine } from './validate.ts';

const request = (method: string, params: unknown, id: unknown = 7): unknown => ({
  kind: 'request',
  id,
  method,
  params,
});

function problemOf(raw: unknown): string {
  const checked = validateToEngine(raw);
  return checked.ok ? '' : checked.problem;
}

describe('a message from a page', () => {
  it.each([
    ['open', { files: ['token'] }],
    ['close', { trace: 1 }],
    ['info', { trace: 1 }],
    ['view', { trace: 1, filter: 'TCP and *Port == 80' }],
    ['view', { trace: 1, filter: '', choice: { sightings: 'first', diagnosis: 'any', component: 'ndis/9/9/0' } }],
    ['diagnosis', { trace: 1 }],
    ['closeView', { view: 2 }],
    ['rows', { view: 2, from: 0, count: 1000 }],
    ['detail', { view: 1, row: 466 }],
    ['text', { view: 2, format: 'jsonl', from: 1000, count: 1000 }],
    ['export', { view: 2, format: 'pcapng', target: 'token' }],
    ['export', { view: 2, format: 'xml', target: 'token' }],
    ['export', { view: 2, format: 'cap', target: 'token', options: { events: true, splitByLinkType: true } }],
    ['export', { view: 2, format: 'parquet', target: 'token', options: {} }],
    ['shiftTime', { trace: 1, file: 63, hundredNanoseconds: -2_500_000 }],
    ['schemas', {}],
    ['importSchemas', { files: ['token', 'another'] }],
    ['removeSchemas', { id: 'imported-1' }],
    ['harvestSchemas', { trace: 1 }],
  ])('is let through when it is a proper %s', (method, params) => {
    expect(validateToEngine(request(method, params))).toEqual({
      ok: true,
      message: { kind: 'request', id: 7, method, params },
    });
  });

  it('may be a cancel', () => {
    expect(validateToEngine({ kind: 'cancel', id: 3 })).toEqual({ ok: true, message: { kind: 'cancel', id: 3 } });
  });

  it.each([null, undefined, 5, 'text', [], {}, { kind: 'reply', id: 1 }, { kind: 'cancel', id: -1 }])(
    'that is no message at all is refused: %j',
    (raw) => {
      expect(problemOf(raw)).toBe('This is no message of the engine’s contract.');
    },
  );

  it.each([-1, 1.5, Number.NaN, 2 ** 53, '1', null])('needs a whole, safe, non-negative id, not %s', (id) => {
    expect(validateToEngine(request('close', { trace: 1 }, id))).toMatchObject({ ok: false, id: undefined });
  });

  it('is refused with its id, so that the asker hears of it', () => {
    expect(validateToEngine(request('close', { trace: 'x' }))).toEqual({
      ok: false,
      id: 7,
      problem: 'The parameter “trace” of “close” must be a whole number.',
    });
  });

  it('may not call what the engine does not offer', () => {
    expect(problemOf(request('toString', {}))).toBe('The engine has no method called “toString”.');
    expect(problemOf(request('__proto__', {}))).toBe('The engine has no method called “__proto__”.');
  });

  it('is held to the limits', () => {
    const tooMany = Array.from({ length: limits.files + 1 }, () => 'token');
    expect(problemOf(request('open', { files: tooMany }))).toBe(
      'The parameter “files” of “open” must not name more than 64 files.',
    );
    expect(problemOf(request('open', { files: [] }))).toBe('The parameter “files” of “open” must name a file.');
    expect(problemOf(request('view', { trace: 1, filter: 'x'.repeat(limits.filterText + 1) }))).toBe(
      'The parameter “filter” of “view” must not be longer than 100,000 characters.',
    );
    expect(problemOf(request('rows', { view: 1, from: 0, count: 1001 }))).toBe(
      'The parameter “count” of “rows” must not be more than 1,000.',
    );
    expect(problemOf(request('rows', { view: 1, from: -1, count: 10 }))).toBe(
      'The parameter “from” of “rows” must not be negative.',
    );
    expect(problemOf(request('export', { view: 1, format: 'exe', target: 't' }))).toBe(
      'The parameter “format” of “export” must be one of pcapng, pcap, cap, txt, csv, jsonl, xml, parquet.',
    );
    expect(problemOf(request('export', { view: 1, format: 'pcap', target: 't', options: { events: 1 } }))).toBe(
      'The parameter “options.events” of “export” must be true or false.',
    );
    expect(problemOf(request('text', { view: 1, format: 'pcapng', from: 0, count: 1 }))).toBe(
      'The parameter “format” of “text” must be one of txt, csv, jsonl, xml.',
    );
    expect(problemOf(request('text', { view: 1, format: 'csv', from: 0, count: 1001 }))).toBe(
      'The parameter “count” of “text” must not be more than 1,000.',
    );
    expect(problemOf(request('shiftTime', { trace: 1, file: 64, hundredNanoseconds: 0 }))).toBe(
      'The parameter “file” of “shiftTime” must not be more than 63.',
    );
    expect(problemOf(request('shiftTime', { trace: 1, file: 0, hundredNanoseconds: 0.5 }))).toBe(
      'The parameter “hundredNanoseconds” of “shiftTime” must be a whole number.',
    );
    expect(problemOf(request('importSchemas', { files: tooMany }))).toBe(
      'The parameter “files” of “importSchemas” must not name more than 64 files.',
    );
    expect(problemOf(request('removeSchemas', { id: 'x'.repeat(limits.schemaId + 1) }))).toBe(
      'The parameter “id” of “removeSchemas” must not be longer than 200 characters.',
    );
    expect(problemOf(request('removeSchemas', { id: '' }))).toBe(
      'The parameter “id” of “removeSchemas” must not be empty.',
    );
  });

  it('may carry nothing that does not belong to it', () => {
    expect(problemOf(request('close', { trace: 1, path: '/etc/passwd' }))).toBe(
      'The parameter “path” of “close” is missing or does not belong here.',
    );
    expect(problemOf(request('close', null))).toBe('The parameters of “close” must be an object.');
  });
});
