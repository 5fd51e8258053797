import { describe, expect, it } from 'vitest';
import type { LayerField } from './layer.ts';
import { dissectFrame } from './dissect.ts';
import { bytesOf } from './test-frames.ts';
import { corpus } from './test-support/corpus.ts';
import { rareFields } from './test-support/rare-fields.ts';

const leaves = Object.values({ ...corpus, ...rareFields }).flatMap(({ text, linkType }) =>
  dissectFrame(bytesOf(text), linkType).flatMap(({ module, fields }) => leavesOf(fields, [module])),
);

describe('the value of a field', () => {
  it('is there wherever no member has one, in every frame of the corpus', () => {
    const valueless = leaves.filter(({ field }) => field.raw === undefined);
    expect(valueless.map(({ path }) => path.join('.'))).toEqual([]);
  });

  it('is the number or the truth that is shown, and for all addresses their bytes', () => {
    const differing = leaves.filter(({ field }) => isShownOtherwise(field));
    expect(differing.map(({ path, field }) => `${path.join('.')}: ${field.value} <> ${String(field.raw)}`)).toEqual([]);
    const valueOf = (wanted: string) => leaves.find(({ path }) => path.join('.') === wanted)?.field.raw;
    expect(valueOf('IPv4.SourceAddress')).toEqual(Uint8Array.of(10, 0, 0, 4));
    expect(valueOf('Ethernet.DestinationAddress')).toEqual(Uint8Array.of(0, 0x15, 0x5d, 1, 2, 3));
    expect(valueOf('TCP.Flags.SYN')).toBe(true);
    expect(valueOf('WiFi.Timestamp')).toBe(0x0807_0605_0403_0201n);
    expect(valueOf('HTTP.StatusCode')).toBe(404);
    expect(valueOf('KerberosV5.Message.ErrorCode')).toBe(25);
  });

  it('goes on in a list', () => {
    const routers = leaves.find(({ path, field }) => path.at(-1) === 'Router' && field.more !== undefined)?.field;
    expect(routers).toMatchObject({ raw: Uint8Array.of(10, 0, 0, 254), more: [Uint8Array.of(10, 0, 0, 253)] });
  });
});

interface Leaf {
  readonly path: readonly string[];
  readonly field: LayerField;
}

function leavesOf(fields: readonly LayerField[], path: readonly string[]): Leaf[] {
  return fields.flatMap((field) => {
    const here = [...path, field.name];
    return field.members === undefined ? [{ path: here, field }] : leavesOf(field.members, here);
  });
}

/** Whether a field shows a plain number, a number behind its name, or a truth, and that is not its value. */
function isShownOtherwise({ value, raw }: LayerField): boolean {
  if (typeof raw === 'boolean') return value !== String(raw);
  if (value.includes(', ')) return false;
  const shown = /^(-?\d+(?:\.\d+)?)(?:\(B\))?$/.exec(value)?.[1] ?? /\((\d+)\)$/.exec(value)?.[1];
  return shown !== undefined && (typeof raw === 'number' || typeof raw === 'bigint') && String(raw) !== shown;
}
