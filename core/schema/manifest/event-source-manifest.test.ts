import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePayload } from '../decode.ts';
import { EventSourceManifests, eventSourceManifestId } from './event-source-manifest.ts';
import { manifestText, testGuid } from './test-support/manifest-text.ts';
import { traceEvents } from './test-support/trace-events.ts';

const text = manifestText(
  '<events><event value="1" level="win:Error" template="T"/></events><templates><template tid="T"><data name="dataSize" inType="win:UInt32"/><data name="data" inType="win:Binary" length="dataSize"/></template></templates>',
);

function chunks(manifest: string, count: number): Uint8Array[] {
  const bytes = new TextEncoder().encode(manifest);
  const size = Math.ceil(bytes.length / count);
  return Array.from({ length: count }, (_, number) => {
    const piece = bytes.subarray(number * size, (number + 1) * size);
    return Uint8Array.of(1, 1, 0, 0x5b, count, 0, number, 0, ...piece);
  });
}

function event(
  payload: Uint8Array,
  process = 1,
  provider = testGuid,
): { provider: string; process: number; payload: Uint8Array } {
  return { provider, process, payload };
}

describe('an EventSource manifest', () => {
  it('in one event gives its provider', () => {
    const manifests = new EventSourceManifests();
    const provider = manifests.take(event(chunks(text, 1)[0]));
    expect(provider?.schemas[0]).toMatchObject({
      provider: testGuid,
      id: 1,
      level: 'Error',
      source: 'file',
      origin: 'EventSource manifest in the trace',
      fields: [{ name: 'dataSize' }, { name: 'data', length: { field: 'dataSize' } }],
    });
    expect(manifests.problems()).toEqual([]);
    expect(manifests.unfinished()).toEqual([]);
  });

  it('is put together from pieces in any order, each once or more often, of several processes at a time', () => {
    const pieces = chunks(text, 5);
    const parts = [1, 2].flatMap((process) => pieces.map((payload) => ({ process, payload })));
    fc.assert(
      fc.property(fc.shuffledSubarray([...parts, ...parts], { minLength: 20, maxLength: 20 }), (events) => {
        const manifests = new EventSourceManifests();
        const taken = events.map(({ process, payload }) => manifests.take(event(payload, process)));
        expect(taken.filter((provider) => provider !== undefined)).toHaveLength(1);
        expect(manifests.problems()).toEqual([]);
      }),
    );
  });

  it('whose pieces are missing is named', () => {
    const manifests = new EventSourceManifests();
    for (const payload of chunks(text, 4).slice(1)) expect(manifests.take(event(payload, 77))).toBeUndefined();
    expect(manifests.unfinished()).toEqual([
      `Of the EventSource manifest of ${testGuid} in process 77, 1 of 4 pieces are not in the trace; its events stay undecoded.`,
    ]);
  });

  it('that begins anew forgets what came before', () => {
    const manifests = new EventSourceManifests();
    const [old] = chunks(text.replace('dataSize', 'lostSize'), 3);
    manifests.take(event(old));
    const [provider] = chunks(text, 3).flatMap((payload) => manifests.take(event(payload)) ?? []);
    expect(provider.schemas[0].fields[0].name).toBe('dataSize');
  });

  it('is read once, however many processes log it, and again when it changed', () => {
    const manifests = new EventSourceManifests();
    const [one] = chunks(text, 1);
    const [other] = chunks(text.replace('win:Error', 'win:Warning'), 1);
    const taken = [one, one, other].map((payload, process) => manifests.take(event(payload, process)));
    expect(taken.map((provider) => provider?.schemas[0].level)).toEqual(['Error', undefined, 'Warning']);
  });

  it('of another provider than the one that logged it is not used', () => {
    const manifests = new EventSourceManifests();
    const other = testGuid.replace('9abc', '0000');
    expect(manifests.take(event(chunks(text, 1)[0], 5, other))).toBeUndefined();
    expect(manifests.problems()).toEqual([
      `The EventSource manifest of ${other} in process 5: It does not describe the provider that logged it, so it was not used.`,
    ]);
  });

  it.each([
    ['too short', [1, 1, 0], 'it has only 3 bytes'],
    ['unmarked', [1, 1, 0, 0x5c, 1, 0, 0, 0], 'it does not have the mark of a manifest'],
    ['of an unknown format', [2, 1, 0, 0x5b, 1, 0, 0, 0], 'its format 2 is unknown'],
    ['beyond its own number of pieces', [1, 1, 0, 0x5b, 2, 0, 2, 0], 'it says to be piece 3 of 2'],
  ])('piece that is %s is left out, with the reason', (_, payload, reason) => {
    const manifests = new EventSourceManifests();
    expect(manifests.take(event(Uint8Array.from(payload)))).toBeUndefined();
    expect(manifests.problems()).toEqual([
      `A piece of the EventSource manifest of ${testGuid} in process 1 was left out: ${reason}.`,
    ]);
  });

  it('never throws, whatever the bytes are', () => {
    const [whole] = chunks(text, 1);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(whole.length),
        (changes, length) => {
          const payload = whole.slice(0, length);
          for (const [at, value] of changes) if (at < length) payload[at] = value;
          new EventSourceManifests().take(event(payload));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('waits in bounded memory', () => {
    const manifests = new EventSourceManifests();
    const large = new Uint8Array(0xff00);
    large.set([1, 1, 0, 0x5b, 0xff, 0xff, 0, 0]);
    for (let process = 0; process < 1200; process++) manifests.take(event(large, process));
    expect(manifests.problems()[0]).toMatch(/was given up: too many bytes of manifests wait for their missing pieces/);
  });
});

const folder = fileURLToPath(new URL('../../../../shared/etl/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`The real traces (${folder}) are absent: their tests are skipped.`);

describe.skipIf(!present)('real traces with EventSource manifests', () => {
  function read(file: string): {
    manifests: EventSourceManifests;
    schemas: Map<string, [number, number]>;
  } {
    const events = traceEvents(new Uint8Array(readFileSync(`${folder}${file}`)));
    const manifests = new EventSourceManifests();
    const providers = events
      .filter(({ id }) => id === eventSourceManifestId)
      .flatMap((logged) => manifests.take(logged) ?? []);
    const schemas = new Map<string, [number, number]>();
    for (const { name, provider, schemas: own } of providers) {
      const layouts = new Map(own.map((schema) => [`${schema.id}/${schema.version}`, schema]));
      const mine = events.filter((logged) => logged.provider === provider && logged.id !== eventSourceManifestId);
      const exact = mine.filter(({ id, version, payload, pointerSize }) => {
        const schema = layouts.get(`${id}/${version}`);
        return schema && decodePayload(schema, payload, 0, payload.length, pointerSize).note === undefined;
      });
      schemas.set(`${name} (${own.length})`, [exact.length, mine.length]);
    }
    return { manifests, schemas };
  }

  it('BondEtwSample.etl describes all of its events', () => {
    const { manifests, schemas } = read('tx/BondEtwSample.etl');
    expect([...schemas]).toEqual([['MSOpenTech-Tx-BinaryEventSource (5)', [11, 11]]]);
    expect(manifests.problems()).toEqual([]);
    expect(manifests.unfinished()).toEqual([]);
  });

  it('net.4.5.2.x64.etl describes three sources, one of them several times', () => {
    const { manifests, schemas } = read('perfview/net.4.5.2.x64.etl');
    // Two events of PerfView's own have four bytes more than PerfView itself declares.
    expect([...schemas]).toEqual([
      ['System.Threading.Tasks.TplEventSource (12)', [7, 7]],
      ['System.Diagnostics.Eventing.FrameworkEventSource (128)', [5, 5]],
      ['PerfView (23)', [104, 106]],
    ]);
    expect(manifests.problems()).toEqual([]);
    expect(manifests.unfinished()).toEqual([]);
  });
});
