import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BundleError, readBundleMachine, readBundleManifest } from './bundle-manifest.ts';

const manifest = {
  format: 'hopscope-bundle',
  version: 1,
  tool: 'pktmon',
  started: '2026-11-29T10:00:00+01:00',
  stopped: '',
  traces: ['host.etl'],
  parts: [{ file: 'ipconfig.txt', command: 'ipconfig /all', state: 'failed', error: 'x'.repeat(5000) }],
};

it('reads the list of a bundle, and bounds what other machines say', () => {
  const read = readBundleManifest(`\uFEFF${JSON.stringify(manifest)}`);
  expect(read.traces).toEqual(['host.etl']);
  expect(read.parts[0].error).toHaveLength(300);
});

it('lets facts be absent, but not what the list is for', () => {
  const without = (...names: string[]): string =>
    JSON.stringify(manifest, (key, value: unknown) => (names.includes(key) ? undefined : value));
  expect(readBundleManifest(without('tool', 'started')).started).toBe('');
  expect(() => readBundleManifest(without('traces'))).toThrow(BundleError);
  expect(() => readBundleManifest(JSON.stringify({ ...manifest, format: 'other' }))).toThrow(BundleError);
});

it('throws nothing but BundleError, whatever is read', () => {
  const readers = [readBundleManifest, readBundleMachine];
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constant(JSON.stringify(manifest).slice(0, 90))), (text) => {
      for (const read of readers) {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(BundleError);
        }
      }
    }),
  );
});
