import { describe, expect, it } from 'vitest';
import { fakeInfo } from '../testing/fake-info.ts';
import { factGroups, formatOffset, sessionFacts, troubleCount } from './facts.ts';

const fake = { trace: 1, events: 5000, allEvents: 5000, problems: [], shift: 0, layoutsOfUnnamed: true };
const whole = fakeInfo({ ...fake, file: 'host.etl' });
const lossy = fakeInfo({ ...fake, file: 'guest.etl' });

/** Names of the facts that are marked as grave. */
const graveFacts = (info: typeof whole): string[] =>
  factGroups(info, 0).flatMap(({ facts }) => facts.filter(({ grave }) => grave).map(({ name }) => name));

describe('the facts of a trace', () => {
  it('are grave where something is missing, and only there', () => {
    expect(graveFacts(whole)).toEqual([]);
    expect(graveFacts(lossy)).toEqual([
      'Events lost',
      'Buffers lost',
      'Buffers missing in the sequence',
      'Buffers marked as following a loss',
    ]);
  });

  it('take no offence at space that was never written', () => {
    const problems = [{ offset: 0, kind: 'unwritten' as const, message: 'Reserved.' }];
    expect(troubleCount(problems)).toBe(0);
    expect(graveFacts({ ...whole, problems })).toEqual([]);
    expect(graveFacts({ ...whole, problems: [{ ...problems[0], kind: 'cut' }] })).toEqual(['Problems']);
  });

  it('leave out times that nobody knows', () => {
    const names = factGroups({ ...whole, startTime: '' }, 0)[0].facts.map(({ name }) => name);
    expect(names).not.toContain('First event');
    expect(names).toContain('Clock');
  });
});

describe('the facts of a session', () => {
  it('are in words, with a hint where it was not stopped', () => {
    const [session] = whole.files[0].sessions;
    const factsOf = (changed: object) =>
      Object.fromEntries(sessionFacts({ ...session, ...changed }, 0).map((fact) => [fact.name, fact]));
    expect(factsOf({})).toMatchObject({
      Windows: { value: '10.0.20348, 64-bit' },
      Clock: { value: 'QPC, 10,000,000 Hz' },
      Ended: { value: 'cleanly' },
      'Buffers written': { value: '118' },
    });
    expect(factsOf({ stoppedCleanly: false, buffersWritten: 0, clockFrequency: 0 })).toMatchObject({
      Clock: { value: 'QPC' },
      Ended: { value: 'not cleanly', hint: expect.stringContaining('header has no end') as string },
      'Buffers written': { value: 'not told' },
    });
  });
});

describe('an offset', () => {
  it('is shown in eight hexadecimal digits, or as many as it takes', () => {
    expect([0, 0x1f000, 0x1_2345_6789].map(formatOffset)).toEqual(['0x00000000', '0x0001f000', '0x123456789']);
  });
});
