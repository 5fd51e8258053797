import { expect, it } from 'vitest';
import type { TraceInfo } from '../../core/engine/contract.ts';
import { fakeInfo } from '../testing/fake-info.ts';
import { openReport } from './open-report.ts';

const info = (change: Partial<TraceInfo>): TraceInfo => ({
  ...fakeInfo({
    trace: 1,
    file: 'host.etl',
    events: 5000,
    allEvents: 5000,
    problems: [],
    shift: 0,
    layoutsOfUnnamed: false,
  }),
  buffers: 118,
  eventsLost: 0,
  buffersLost: 0,
  ...change,
});
const finding = (level: 'good' | 'note' | 'loss' | 'defect') => ({ level, text: '' });
const withFindings = (...levels: ('good' | 'note' | 'loss' | 'defect')[]): Pick<TraceInfo, 'completeness'> => {
  const { completeness } = info({});
  return { completeness: { ...completeness, findings: levels.map(finding) } };
};

it('says what was lost, beside what was read', () => {
  const words = openReport(info({ ...withFindings('loss'), eventsLost: 1280, buffersLost: 1 }));
  expect(words).toMatch(/^5,000 events, \d+ providers, 118 buffers; 1,280 events were lost, 1 buffer was lost\.$/);
  const damaged = { ...withFindings('defect'), problems: [{ offset: 1, kind: 'cut' as const, message: 'Cut.' }] };
  expect(openReport(info(damaged))).toContain('; 1 place of the file could not be read.');
});

it('says nothing where nothing is missing, or while it is being read', () => {
  expect(openReport(info(withFindings('good', 'note')))).toBeUndefined();
  expect(openReport(info({ ...withFindings('loss'), eventsLost: 3, complete: false }))).toBeUndefined();
});
