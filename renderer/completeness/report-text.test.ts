import { describe, expect, it } from 'vitest';
import { fakeInfo, type FakeTrace } from '../testing/fake-info.ts';
import { reportText } from './report-text.ts';

const whole: FakeTrace = {
  trace: 1,
  file: 'host.etl',
  events: 5000,
  allEvents: 5000,
  problems: [],
  shift: 0,
  layoutsOfUnnamed: true,
};

describe('the report as text', () => {
  it('says so where there is nothing to tell', () => {
    const text = reportText(fakeInfo(whole), 0);
    expect(text).toMatch(/^Completeness of host\.etl\nNothing is missing/);
    expect(text).toContain('\n\nProblems\n  Nothing was skipped');
    expect(text).toContain('\n\nGaps in the sequence of buffers\n  No buffer is missing');
  });

  it('holds what the page shows: findings, facts, sessions, providers with advice, problems, gaps', () => {
    const problems = [{ offset: 0x1f000, kind: 'cut' as const, message: 'The file ends inside buffer 31.' }];
    const text = reportText(fakeInfo({ ...whole, file: 'guest.etl', problems, layoutsOfUnnamed: false }), 120);
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines).toContain(
      '- Lost in the capture: Windows lost 1,280 events and 2 buffers while it captured: they never reached the file.',
    );
    expect(lines).toContain('Events lost                         1,280');
    expect(lines).toContain('First event  2024-06-10 14:03:00.1180000 +02:00');
    expect(lines).toContain('guest.etl, 488.3 KiB, time shift 0');
    expect(
      lines.some((line) => line.startsWith('no name known') && line.endsWith('{1f387cbc-6818-4530-9db6-5f1058cd7e86}')),
    ).toBe(true);
    expect(lines.some((line) => line.startsWith('- {1f387cbc') && line.includes('logman query providers'))).toBe(true);
    expect(lines).toContain('0x0001f000  Cut off  The file ends inside buffer 31.');
    expect(lines.some((line) => /^guest\.etl {2}41 +2 +2024-06-10 14:03/.test(line))).toBe(true);
  });

  it('has no blanks at the ends of its lines', () => {
    expect(reportText(fakeInfo({ ...whole, file: 'guest.etl' }), 0)).not.toMatch(/ +$/m);
  });
});
