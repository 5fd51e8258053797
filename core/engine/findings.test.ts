import { describe, expect, it } from 'vitest';
import { findingsOf, type CompletenessFacts } from './findings.ts';

const whole: CompletenessFacts = {
  events: 467,
  packets: 114,
  buffers: 3,
  eventsLost: 0,
  buffersLost: 0,
  buffersWritten: 3,
  packetsLost: 0,
  hasBuffers: true,
  missingBuffers: 0,
  gaps: [],
  overwrittenBuffers: 0,
  buffersMarkedLoss: 0,
  skippedBuffers: 0,
  skippedBytes: 0,
  truncatedPackets: 0,
  incompletePackets: 0,
  undescribedEvents: 0,
  undescribedProviders: 0,
  stoppedCleanly: true,
  cutBuffers: 0,
  damagedBuffers: 0,
  doubtfulBuffers: 0,
  unwrittenSpace: false,
  rangesLeftOut: 0,
};
const findings = (facts: Partial<CompletenessFacts>): string[] =>
  findingsOf({ ...whole, ...facts }).map(({ level, text }) => `${level}: ${text}`);

describe('findings', () => {
  it('say that nothing is missing when nothing is', () => {
    expect(findings({})).toEqual([
      'good: Nothing is missing. Everything that could be read is shown: 467 events in 3 buffers. Windows counted no losses.',
    ]);
  });

  it('tell what the capture lost from what the file lost, the damage first', () => {
    const [first, second, third, last] = findings({
      eventsLost: 3,
      skippedBuffers: 1,
      skippedBytes: 65_536,
      missingBuffers: 2,
    });
    expect(first).toMatch(/^defect: No buffer could be read at 1 place of the file \(65,536 bytes\)/);
    expect(second).toMatch(/^loss: The capture lost 3 events/);
    expect(third).toMatch(/^loss: 2 buffers are missing in the numbering/);
    expect(last).toMatch(/^good: Everything that could be read is shown/);
  });

  it('miss the buffers that the session wrote and the file does not hold, but not those a ring overwrote', () => {
    expect(findings({ buffersWritten: 10 })[0]).toMatch(
      /wrote 10 buffers, but the file holds 3: 7 buffers went missing/,
    );
    expect(findings({ buffersWritten: 10, overwrittenBuffers: 7 })[0]).toMatch(/^good: Nothing is missing/);
    expect(findings({ buffersWritten: 10, overwrittenBuffers: 7 })[1]).toMatch(/^note: The file is circular/);
  });

  it('count notes beside a whole trace', () => {
    expect(findings({ undescribedEvents: 1, undescribedProviders: 1, truncatedPackets: 5 })).toEqual([
      expect.stringMatching(/^good: Nothing is missing/),
      expect.stringMatching(/^note: Of 5 packets, among 114, only the beginning/),
      expect.stringMatching(/^note: The layout of 1 event of 1 provider is not known/),
    ]);
  });

  it('trust a mark on a buffer only where the header counts nothing', () => {
    expect(findings({ buffersMarkedLoss: 2 })[0]).toMatch(/^loss: Windows marked 2 buffers/);
    expect(findings({ buffersMarkedLoss: 2, eventsLost: 9 }).filter((text) => text.includes('marked'))).toEqual([]);
  });

  it('say that Hopscope left something out, and blame neither file nor capture for it', () => {
    const told = findings({
      rangesLeftOut: 1,
      skippedBuffers: 1,
      skippedBytes: 1 << 20,
      missingBuffers: 16,
      buffersWritten: 19,
    });
    expect(told[0]).toMatch(/^defect: Hopscope could not read 1 range of the file \(1,048,576 bytes\)/);
    expect(told[1]).toMatch(/^good: Everything that could be read is shown/);
    expect(told).toHaveLength(2);
  });
});
