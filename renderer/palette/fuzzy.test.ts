import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy.ts';

function best(typed: string, texts: readonly string[]): string | undefined {
  return texts
    .map((text) => ({ text, score: fuzzyMatch(typed, text)?.score ?? Number.NEGATIVE_INFINITY }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((a, b) => b.score - a.score)
    .at(0)?.text;
}

/** The text with the meant letters in brackets. */
function marked(typed: string, text: string): string | undefined {
  const places = fuzzyMatch(typed, text)?.places;
  return places && Array.from(text, (letter, place) => (places.includes(place) ? `[${letter}]` : letter)).join('');
}

describe('fuzzy search', () => {
  it('finds letters in their order, whatever their case and however far apart', () => {
    expect(marked('gtm', 'Go to message…')).toBe('[G]o [t]o [m]essage…');
    expect(fuzzyMatch('mtg', 'Go to message…')).toBeUndefined();
  });

  it('prefers letters that stand together and begin words', () => {
    expect(marked('pane', 'Path pane')).toBe('Path [p][a][n][e]');
    expect(best('ex', ['Next pane', 'Export…'])).toBe('Export…');
    expect(best('find', ['Filter: Capture of the network stack (NDIS)', 'Edit: Find previous'])).toBe(
      'Edit: Find previous',
    );
    expect(best('fl', ['Filter library…', 'First message', 'Refill'])).toBe('Filter library…');
  });

  it('finds the words of a question in any order, and all of them', () => {
    expect(marked('rules color', 'View: Color rules…')).toBe('View: [C][o][l][o][r] [r][u][l][e][s]…');
    expect(fuzzyMatch('color paint', 'View: Color rules…')).toBeUndefined();
  });

  it('prefers the shorter of two texts that match as well', () => {
    expect(best('find', ['Find previous', 'Find next', 'Find…'])).toBe('Find…');
  });

  it('lets everything through when nothing is typed', () => {
    expect(fuzzyMatch('  ', 'Open…')?.places).toEqual([]);
  });

  it('is quick on a long text that repeats one letter', () => {
    const started = performance.now();
    fuzzyMatch('a'.repeat(40), 'a'.repeat(400));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
