/** How well a text is meant by what somebody typed: each typed word's letters, in their order, somewhere in the text. */

export interface FuzzyMatch {
  /** The greater the better. */
  readonly score: number;
  /** Places of the letters in the text, ascending. */
  readonly places: readonly number[];
}

const reward = {
  letter: 1,
  /** A letter right behind the one before it. */
  run: 6,
  /** A letter that begins a word. */
  wordStart: 5,
  /** The whole text begins with what was typed. */
  textStart: 4,
  /** All letters stand together. */
  whole: 10,
} as const;
/** For each letter between two that were meant, up to `mostSkipped` letters. */
const skipCost = 0.2;
const mostSkipped = 10;

/** The match of all typed words, or undefined where one of them is not in the text. Nothing typed matches everything. */
export function fuzzyMatch(typed: string, text: string): FuzzyMatch | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const places = new Set<number>();
  let score = 0;
  for (const word of words) {
    const match = matchWord(word, text);
    if (!match) return undefined;
    score += match.score;
    for (const place of match.places) places.add(place);
  }
  // Of two texts that match as well, the shorter one says less besides.
  return { score: score - text.length / 200, places: [...places].sort((a, b) => a - b) };
}

interface Trail {
  score: number;
  place: number;
  before: Trail | undefined;
}

/** The best way through the text, letter by letter: for each place, the best trail that ends there. */
function matchWord(word: string, text: string): FuzzyMatch | undefined {
  const lower = text.toLowerCase();
  let trails: Trail[] = [];
  for (const [index, letter] of Array.from(word).entries()) {
    const next: Trail[] = [];
    for (let place = lower.indexOf(letter); place >= 0; place = lower.indexOf(letter, place + 1)) {
      const alone = reward.letter + startReward(text, place);
      if (index === 0) {
        next.push({ score: alone, place, before: undefined });
        continue;
      }
      const before = bestBefore(trails, place);
      if (before) next.push({ score: alone + before.score + stepReward(before.place, place), place, before });
    }
    trails = next;
    if (trails.length === 0) return undefined;
  }
  const best = trails.reduce((first, second) => (second.score > first.score ? second : first));
  const places = placesOf(best);
  const isWhole = places.length > 1 && places[places.length - 1] - places[0] === places.length - 1;
  return { score: best.score + (isWhole ? reward.whole : 0), places };
}

function bestBefore(trails: readonly Trail[], place: number): Trail | undefined {
  let best: Trail | undefined;
  for (const trail of trails) {
    if (trail.place >= place) break;
    if (!best || trail.score + stepReward(trail.place, place) >= best.score + stepReward(best.place, place))
      best = trail;
  }
  return best;
}

function stepReward(from: number, to: number): number {
  const skipped = to - from - 1;
  return skipped === 0 ? reward.run : -skipCost * Math.min(skipped, mostSkipped);
}

function startReward(text: string, place: number): number {
  if (place === 0) return reward.wordStart + reward.textStart;
  const isInWord = /[\p{L}\p{N}]/u.test(text[place - 1]);
  return isInWord ? 0 : reward.wordStart;
}

function placesOf(trail: Trail): number[] {
  const places: number[] = [];
  for (let at: Trail | undefined = trail; at; at = at.before) places.unshift(at.place);
  return places;
}
