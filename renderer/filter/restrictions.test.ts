import { expect, it } from 'vitest';
import type { DiagnosisReport } from '../../core/engine/contract.ts';
import { newSession, type Session } from '../state/model.ts';
import { restrictionsOf } from './restrictions.ts';

const report: DiagnosisReport = {
  findings: [{ kind: 'reset', level: 'warning', title: 'Resets', explanation: '', packets: 2, sightings: 5 }],
  conversations: { tcp: 1, udp: 0, ip: 1 },
  packets: 10,
  repeatedSightings: 20,
  components: [{ key: 'a', name: 'Ethernet', packets: 7 }],
};

function sessionWith(filter: Partial<Session['filter']>): Session {
  const session = newSession(1, []);
  return { ...session, diagnosis: { kind: 'known', report }, filter: { ...session.filter, ...filter } };
}

it('names what keeps messages out of sight, and what each would let through alone', () => {
  const choice = { diagnosis: 'reset', component: 'a', sightings: 'first' } as const;
  expect(restrictionsOf(sessionWith({ applied: 'TCP', choice }))).toEqual([
    { part: 'filter', words: 'TCP', alone: undefined },
    { part: 'diagnosis', words: 'Only: Resets', alone: 5 },
    { part: 'component', words: 'Seen at Ethernet', alone: 7 },
    { part: 'sightings', words: 'First sightings only', alone: undefined },
  ]);
});

it('is empty when everything is on show', () => {
  expect(restrictionsOf(sessionWith({ draft: 'TCP', askedChoice: { sightings: 'first' } }))).toEqual([]);
});
