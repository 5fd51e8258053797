import { describe, expect, it } from 'vitest';
import { judges } from '../../../packet/test-support/corpus.ts';
import { fields, findings, protocols } from './correspondences.ts';

/** What the judge of the dissectors, who compares values and not names, holds for one field. */
const judged = Object.entries(judges).flatMap(([module, { pairs }]) =>
  Object.entries(pairs).flatMap(([path, pair]) => {
    const names = typeof pair === 'string' ? pair : pair.tshark;
    return (typeof names === 'string' ? [names] : names).map((tshark) => ({ ours: `${module}.${path}`, tshark }));
  }),
);

/** Those that follow from the packets before, or that the judge knows bit by bit only. */
const notJudged = ['TCP.RelativeSequenceNumber', 'TCP.RelativeAcknowledgmentNumber', 'TCP.Flags', 'TCP.WindowScaled'];

function isJudged(wireshark: string, ours: string): boolean {
  const [module, ...names] = ours.split('.');
  return judged.some((pair) => {
    return pair.tshark === wireshark && pair.ours.startsWith(`${module}.`) && pair.ours.endsWith(`.${names.join('.')}`);
  });
}

describe('the table of corresponding fields', () => {
  it('says what the dissectors are judged by', () => {
    const unknown = fields
      .filter(({ either, wireshark, ours }) => !either && !isJudged(wireshark, ours))
      .map(({ ours }) => ours);
    expect(unknown).toEqual(notJudged);
  });

  it('has both parts of the names that stand for two fields', () => {
    const names = new Set(fields.filter(({ either }) => !either).map(({ wireshark }) => wireshark));
    for (const { either } of fields) expect((either ?? []).filter((name) => !names.has(name))).toEqual([]);
  });

  it('has each name of Wireshark once', () => {
    const names = [...fields, ...protocols, ...findings].map(({ wireshark }) => wireshark);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
