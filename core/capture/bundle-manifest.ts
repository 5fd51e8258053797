import * as v from 'valibot';
import type { BundleMachine, BundleManifest } from './bundle-layout.ts';

/** A part of a bundle that cannot be read, with the reason in a sentence that does not name it. */
export class BundleError extends Error {}

/** Texts of other machines are shown, never trusted: each has an end. */
const shortText = v.pipe(v.string(), v.maxLength(1000));
const path = v.pipe(v.string(), v.maxLength(1000));

const manifestSchema = v.object({
  format: v.literal('hopscope-bundle'),
  version: v.number(),
  tool: v.fallback(v.picklist(['netsh', 'powershell', 'pktmon']), 'netsh'),
  started: v.fallback(shortText, ''),
  stopped: v.fallback(shortText, ''),
  traces: v.pipe(v.array(path), v.maxLength(1000)),
  parts: v.pipe(
    v.array(
      v.object({
        file: path,
        command: v.fallback(shortText, ''),
        state: v.picklist(['gathered', 'absent', 'failed']),
        error: v.optional(v.fallback(v.string(), '')),
      }),
    ),
    v.maxLength(1000),
  ),
});

const machineSchema = v.object({
  computer: v.fallback(shortText, ''),
  system: v.fallback(shortText, ''),
  build: v.fallback(shortText, ''),
  timeZone: v.fallback(shortText, ''),
  utcOffsetMinutes: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(-1000), v.maxValue(1000)), 0),
});

/** Of any version: a newer one has the same beginnings. */
export type ReadManifest = Omit<BundleManifest, 'version'> & { readonly version: number };

/** Throws a BundleError. */
export function readBundleManifest(text: string): ReadManifest {
  const read = v.safeParse(manifestSchema, jsonOf(text));
  if (!read.success) throw new BundleError(`It is no list of a bundle: ${read.issues[0].message}.`);
  return {
    ...read.output,
    parts: read.output.parts.map(({ error, ...part }) => ({ ...part, ...(error ? { error: error.slice(0, 300) } : {}) })),
  };
}

/** Throws a BundleError. */
export function readBundleMachine(text: string): BundleMachine {
  const read = v.safeParse(machineSchema, jsonOf(text));
  if (!read.success) throw new BundleError(`It does not tell of a machine: ${read.issues[0].message}.`);
  return read.output;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new BundleError('It is cut off, or no JSON.');
  }
}
