import { expect, it } from 'vitest';
import { plainOffer, type Offer } from '../commands/offer.ts';
import { longestRecent, markedParts, rankOffers, withChosen } from './ranking.ts';

function offer(id: string, change: Partial<Offer> = {}): Offer {
  return { ...plainOffer, id, category: 'Edit', title: id, run: () => undefined, ...change };
}
const titles = (offers: readonly Offer[], typed: string, recent: readonly string[] = []): string[] =>
  rankOffers(offers, typed, recent).map((ranked) => ranked.offer.title);

it('keeps the order of the table until something is typed or chosen', () => {
  expect(titles([offer('Find'), offer('Close'), offer('About')], '')).toEqual(['Find', 'Close', 'About']);
  expect(titles([offer('Find'), offer('Close'), offer('About')], '', ['About'])).toEqual(['About', 'Find', 'Close']);
});

it('puts what cannot be done now at the end, however well it matches', () => {
  expect(titles([offer('Find next', { enabled: false }), offer('Refine')], 'fin')).toEqual(['Refine', 'Find next']);
});

it('prefers what was chosen a moment ago among what matches as well', () => {
  expect(titles([offer('Find next'), offer('Find last')], 'find', ['Find last'])).toEqual(['Find last', 'Find next']);
});

it('searches the category and the detail too', () => {
  const filter = offer('Refused', { category: 'Filter', detail: 'TCP.Flags.RST == true' });
  expect(titles([offer('Close'), filter], 'filter rst')).toEqual(['Refused']);
});

it('remembers what was chosen, the last first, each once', () => {
  expect(withChosen(['a', 'b'], 'b')).toEqual(['b', 'a']);
  const many = Array.from({ length: longestRecent }, (_, index) => String(index));
  expect(withChosen(many, 'new')).toHaveLength(longestRecent);
});

it('cuts a text where the marks begin and end', () => {
  expect(markedParts('Find', [1, 2])).toEqual([
    { text: 'F', marked: false },
    { text: 'in', marked: true },
    { text: 'd', marked: false },
  ]);
});
