import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CapturePlan } from './capture-plan.ts';
import { caveats, caveatSeverities } from './caveats.ts';
import { arbitraryPlan } from './test-support/arbitrary-plan.ts';
import { examplePlan } from './test-support/example-plan.ts';

const tenGigabit = { gigabits: 10 };
const of = (change: Partial<CapturePlan>, link = tenGigabit) => caveats({ ...examplePlan, ...change }, link);
const severityOf = (id: string, change: Partial<CapturePlan>, link = tenGigabit): string | undefined =>
  of(change, link).find((caveat) => caveat.id === id)?.severity;
const wordsOf = (id: string, change: Partial<CapturePlan>, link = tenGigabit): string =>
  of(change, link).find((caveat) => caveat.id === id)?.words ?? '';

describe('what applies to a plan', () => {
  it.each<[string, string, Partial<CapturePlan>, Partial<CapturePlan>]>([
    ['network-path', 'stop', { file: '\\\\server\\share\\a.etl' }, { file: 'C:\\a.etl' }],
    ['network-path', 'stop', { file: '//server/share/a.etl' }, { file: '\\\\?\\C:\\a.etl' }],
    ['network-path', 'stop', { file: '\\\\?\\UNC\\server\\share\\a.etl' }, { file: '\\\\.\\C:\\a.etl' }],
    ['older-tools', 'note', { megabytes: 2048 }, { megabytes: 2047 }],
    ['no-limit', 'warning', { megabytes: 0 }, { megabytes: 1 }],
    ['circular', 'warning', { fileMode: 'circular' }, { fileMode: 'single' }],
    ['single', 'warning', { fileMode: 'single' }, { fileMode: 'single', tool: 'powershell' }],
    ['circular', 'warning', { fileMode: 'single', tool: 'pktmon' }, { fileMode: 'single' }],
    ['many-sightings', 'note', { tool: 'pktmon', adapters: ['Ethernet'] }, { packets: 'none', tool: 'pktmon' }],
    ['single', 'warning', { fileMode: 'single' }, { fileMode: 'circular' }],
    ['headers-cut', 'warning', { truncation: 64 }, { truncation: 128 }],
    ['payload-cut', 'note', { truncation: 128 }, { truncation: 0 }],
    ['whole-packets', 'note', { truncation: 0 }, { truncation: 128 }],
    ['many-sightings', 'note', { adapters: [] }, { adapters: ['Ethernet'] }],
    ['many-sightings', 'note', {}, { packets: 'none' }],
    ['switch-packets', 'warning', { sets: [] }, { packets: 'host' }],
    ['switch-packets', 'note', { sets: ['vswitch'] }, { tool: 'pktmon' }],
    ['switch-packets', 'note', { sets: ['container'] }, { packets: 'none' }],
    ['pktmon-defaults', 'note', { tool: 'pktmon' }, { tool: 'netsh' }],
    ['netsh-report', 'warning', { netshReport: true }, { netshReport: false }],
    ['netsh-report', 'warning', { netshReport: true }, { netshReport: true, tool: 'powershell' }],
    ['no-names', 'warning', { bundle: 'none' }, { bundle: 'folder' }],
    ['container-order', 'note', { sets: ['container'] }, { sets: ['vswitch'] }],
    ['filter-later', 'note', {}, { packets: 'none' }],
    ['write-rate', 'warning', {}, { packets: 'none' }],
  ])('%s: a %s where it applies, nothing where it does not', (id, severity, applies, not) => {
    expect(severityOf(id, applies)).toBe(severity);
    expect(severityOf(id, not)).toBeUndefined();
  });

  it('knows the vSwitch’s provider by its GUID too', () => {
    const providers = [{ provider: '67DC0D66-3695-47C0-9642-33F76F7BD7AD' }];
    expect(severityOf('switch-packets', { sets: [], providers })).toBe('note');
  });

  it('grows milder with a slower link', () => {
    const whole = { packets: 'host', adapters: ['Ethernet'], megabytes: 2048 } as const;
    expect(severityOf('write-rate', whole)).toBe('warning');
    expect(severityOf('write-rate', whole, { gigabits: 1 })).toBeUndefined();
    expect(severityOf('circular', { ...whole, truncation: 128 }, { gigabits: 1 })).toBe('note');
  });

  it('tells amounts of this plan', () => {
    const whole = { packets: 'host', adapters: ['Ethernet'], megabytes: 2048 } as const;
    expect(wordsOf('circular', whole)).toContain('At 10 Gb/s under full load, 2 GB lasts about 1.6 seconds.');
    expect(wordsOf('whole-packets', whole)).toContain('about 6.8 times as long');
    expect(wordsOf('write-rate', whole)).toContain(
      'about 1.3 GB/s here. Of common storage, only an NVMe SSD or a RAM disk',
    );
    expect(wordsOf('write-rate', whole, { gigabits: 100 })).toContain('more than any common storage takes');
    expect(wordsOf('pktmon-defaults', { tool: 'pktmon', truncation: 256, megabytes: 4096 })).toContain(
      'This plan sets 256 bytes and 4 GB.',
    );
  });

  it('always has the three that hold for every capture', () => {
    fc.assert(
      fc.property(arbitraryPlan, fc.double({ min: 0.1, max: 400, noNaN: true }), (plan, gigabits) => {
        const found = caveats(plan, { gigabits });
        const ids = found.map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(['administrator', 'one-capture', 'same-user']));
        expect(new Set(ids).size).toBe(ids.length);
        const ranks = found.map(({ severity }) => caveatSeverities.indexOf(severity));
        expect(ranks).toEqual([...ranks].sort());
        for (const { words, where } of found) {
          expect(words).toMatch(/^[\s\S]*[.]$/);
          expect(words).not.toMatch(/NaN|Infinity|undefined/);
          if (where !== undefined) expect(plan).toHaveProperty(where);
        }
      }),
      { numRuns: 300 },
    );
  });
});
