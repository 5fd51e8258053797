import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodePayload, undecodedName, type DecodedField } from '../decode.ts';
import { OutType } from '../event-schema.ts';
import { importManifest } from './import-manifest.ts';
import type { ImportedManifest } from './imported-manifest.ts';
import { traceEvents } from './test-support/trace-events.ts';

/** Manifests and traces nobody here made; they lie beside the project, not in it. */
const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const present = existsSync(`${shared}manifests`) && existsSync(`${shared}etl`);
if (!present) console.warn(`The real manifests (${shared}) are absent: their tests are skipped.`);

function bytesOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(`${shared}${file}`));
}

function imported(file: string): ImportedManifest {
  return importManifest(bytesOf(`manifests/${file}`), file);
}

const warning = expect.stringMatching(/^This is a PerfView dump\./) as string;

describe.skipIf(!present)('real manifests', () => {
  it.each([
    ['HTTP_Server.man', 'manifest', 85, []],
    ['eventing.man', 'manifest', 3, []],
    ['tcp.man', 'manifest', 211, []],
    ['perfview-dump-Kernel-Network-Win7.xml', 'perfview-dump', 22, [warning]],
    ['perfview-dump-TCPIP-Win10-17134.xml', 'perfview-dump', 480, [warning]],
    [
      'perfview-dump-NDIS-PacketCapture-Win10-18990.xml',
      'perfview-dump',
      20,
      [
        warning,
        'Event 1003 (template “task_01003Args”): “Destination” is a struct whose members the dump left out. What follows in the payload stays undecoded.',
        'Event 5101 (template “task_05101Args”): “LayerInfo” is a struct whose members the dump left out. What follows in the payload stays undecoded.',
      ],
    ],
  ])('%s is imported whole', (file, format, events, notes) => {
    const manifest = imported(file);
    expect(manifest.format).toBe(format);
    expect(manifest.providers.map(({ schemas }) => schemas.length)).toEqual([events]);
    expect(manifest.notes).toEqual(notes);
  });

  it('the guesses for a dump agree with the genuine manifest of the same provider', () => {
    const genuine = new Map(
      imported('tcp.man').providers[0].schemas.flatMap(({ id, fields }) =>
        fields.map((field) => [`${id}/${field.name.replaceAll(' ', '')}`, field.outType]),
      ),
    );
    const guessed = imported('perfview-dump-TCPIP-Win10-17134.xml').providers[0].schemas.flatMap(({ id, fields }) =>
      fields.filter(({ doubt }) => doubt !== undefined).map((field) => [`${id}/${field.name}`, field.outType] as const),
    );
    const both = guessed.filter(([key]) => genuine.has(key));
    const differing = both.filter(([key, outType]) => genuine.get(key) !== outType);
    expect(both.length).toBeGreaterThan(50);
    expect(differing).toEqual([]);
    const addresses = new Set<number>([OutType.Ipv4, OutType.Ipv6, OutType.SocketAddress]);
    const dumped = new Map(
      imported('perfview-dump-TCPIP-Win10-17134.xml').providers[0].schemas.flatMap(({ id, fields }) =>
        fields.map((field) => [`${id}/${field.name}`, field.outType]),
      ),
    );
    const missed = [...genuine].filter(([key, outType]) => addresses.has(outType) && dumped.get(key) === 0);
    expect(missed).toEqual([]);
  });
});

describe.skipIf(!present)('KernelNetwork.etl by the dump of its provider', () => {
  const valueOf = (fields: readonly DecodedField[], name: string): string =>
    fields.find((field) => field.name === name)?.value ?? '';

  it('has readable addresses, ports and sizes in all events', () => {
    const [{ schemas }] = imported('perfview-dump-Kernel-Network-Win7.xml').providers;
    const layouts = new Map(schemas.map((schema) => [schema.id, schema]));
    const counts: Record<number, number> = {};
    const firsts: Record<number, string> = {};
    for (const { id, payload, pointerSize } of traceEvents(bytesOf('etl/tx/KernelNetwork.etl'))) {
      const schema = layouts.get(id);
      const { fields } = schema ? decodePayload(schema, payload, 0, payload.length, pointerSize) : { fields: [] };
      const value = (name: string): string => valueOf(fields, name);
      counts[id] = (counts[id] ?? 0) + 1;
      firsts[id] ??= `${value('size')}: ${value('saddr')} ${value('sport')} -> ${value('daddr')} ${value('dport')}`;
      // Windows' own manifest calls connid a UInt32, but 64-bit Windows logs a pointer.
      expect(fields.slice(-2).map(({ name, length }) => [name, length])).toEqual([
        ['connid', 4],
        [undecodedName, 4],
      ]);
    }
    expect(counts).toEqual({ 10: 575, 11: 7968, 26: 26, 27: 134, 29: 2, 42: 8, 43: 149, 59: 61 });
    expect(firsts).toEqual({
      10: '77: 10.121.106.118 61739 -> 157.56.244.38 443',
      11: '4101: 10.121.106.118 61740 -> 157.56.244.38 443',
      26: '37: 2001:4898:0:fff:0:5efe:a79:6a76 3389 -> 2001:4898:0:fff:0:5efe:af6:60d 24485',
      27: '37: 2001:4898:0:fff:0:5efe:a79:6a76 3389 -> 2001:4898:0:fff:0:5efe:af6:60d 24485',
      29: '0: 2001:4898:0:fff:0:5efe:a79:6a76 61786 -> 2001:4898:a8:6006:6ab5:99ff:feb0:5d4c 49155',
      42: '388: 10.121.106.118 500 -> 157.56.244.38 500',
      43: '30: 10.121.106.186 59880 -> 224.0.0.252 5355',
      59: '30: fe80::d2d:5c45:da2f:47a7 58909 -> ff02::1:3 5355',
    });
  });
});
