import { describe, expect, it } from 'vitest';
import type { DiagnosisReport } from '../../core/engine/contract.ts';
import { chosenParts, countAlone, sameChoice, withChoice } from './view-choice.ts';

describe('a choice', () => {
  it('changes part by part', () => {
    const first = withChoice({}, { sightings: 'first' });
    const both = withChoice(first, { component: 'ndis:9:9' });
    expect(both).toEqual({ sightings: 'first', component: 'ndis:9:9' });
    expect(withChoice(both, { component: undefined })).toEqual({ sightings: 'first' });
  });

  it('holds nothing that leaves nothing out', () => {
    expect(withChoice({ sightings: 'first' }, { sightings: 'all' })).toEqual({});
    expect(chosenParts(withChoice({ sightings: 'all' }, {}))).toEqual([]);
  });

  it('names its parts, the narrowest first', () => {
    expect(chosenParts({ sightings: 'first', component: 'a', diagnosis: 'reset' })).toEqual([
      'diagnosis',
      'component',
      'sightings',
    ]);
  });

  it('is told from another', () => {
    expect(sameChoice({ diagnosis: 'reset' }, { diagnosis: 'reset' })).toBe(true);
    expect(sameChoice({ diagnosis: 'reset' }, { diagnosis: 'any' })).toBe(false);
    expect(sameChoice({}, { sightings: 'first' })).toBe(false);
  });
});

it('knows how many messages a part lets through alone', () => {
  const report: DiagnosisReport = {
    findings: [{ kind: 'reset', level: 'warning', title: 'Resets', explanation: '', packets: 2, sightings: 5 }],
    conversations: { tcp: 1, udp: 0, ip: 1 },
    packets: 10,
    repeatedSightings: 20,
    components: [{ key: 'a', name: 'A', packets: 7 }],
  };
  expect(countAlone('diagnosis', { diagnosis: 'reset' }, report)).toBe(5);
  expect(countAlone('diagnosis', { diagnosis: 'half-open' }, report)).toBeUndefined();
  expect(countAlone('component', { component: 'a' }, report)).toBe(7);
  expect(countAlone('sightings', { sightings: 'first' }, report)).toBeUndefined();
});
