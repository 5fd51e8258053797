import { beforeAll, describe, expect, it } from 'vitest';
import { applications } from './applications.ts';
import { corpus, judges } from './test-support/corpus.ts';
import { isTsharkInstalled, judge, type Comparison, type Judgement } from './test-support/tshark-judge.ts';

const fieldOf = ({ module, path }: Pick<Comparison, 'module' | 'path'>): string => `${module}.${path}`;
const textOf = (comparison: Comparison): string =>
  `${fieldOf(comparison)} of "${comparison.frame}": ${comparison.ours.join(' | ')} <> ${comparison.theirs.join(' | ')}`;

describe.skipIf(!isTsharkInstalled())('tshark and the dissectors', () => {
  let judgement: Judgement;
  beforeAll(() => {
    judgement = judge(corpus, judges);
  });
  const explained = Object.entries(judges).flatMap(([module, { differences = {} }]) =>
    Object.entries(differences).map(([path, difference]) => ({ field: `${module}.${path}`, ...difference })),
  );

  it('agree in every field but where a difference is explained', () => {
    const isExplained = (comparison: Comparison): boolean =>
      explained.some(({ field, frames }) => field === fieldOf(comparison) && frames.includes(comparison.frame));
    expect(judgement.disagreements.filter((each) => !isExplained(each)).map(textOf)).toEqual([]);
  });

  it('differ where a difference is explained', () => {
    const isDiffering = (field: string, frame: string): boolean =>
      judgement.disagreements.some((each) => fieldOf(each) === field && each.frame === frame);
    for (const { field, why, frames } of explained) {
      expect(frames.filter((frame) => !isDiffering(field, frame))).toEqual([]);
      console.info(`tshark sees ${field} differently: ${why}.`);
    }
  });

  it('have a word on every field that was read', () => {
    expect(judgement.unjudged).toEqual([]);
  });

  it('meet in every pair of fields and in every application at least once', () => {
    const met = new Set([...judgement.agreements, ...judgement.disagreements].map(fieldOf));
    const pairs = Object.entries(judges).flatMap(([module, { pairs: ofModule }]) =>
      Object.keys(ofModule).map((path) => `${module}.${path}`),
    );
    expect(pairs.filter((field) => !met.has(field))).toEqual([]);
    expect(applications.map(({ module }) => module).filter((module) => !(module in judges))).toEqual([]);
  });
});
