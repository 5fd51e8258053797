import { readTokens, type Token } from './lexer.ts';
import { edited, replacing } from './problem.ts';

/**
 * The text with straight quotation marks where typographic ones, pasted from a document, hold its texts; null when there
 * are none. Both are read alike, so that this is advice and no mistake.
 */
export function typographicQuotes(text: string): string | null {
  const { tokens, problems } = readTokens(text);
  if (problems.length > 0) return null;
  const corrected = edited(
    text,
    tokens.filter(isText).map((token) => replacing(token, straightened(text.slice(token.start, token.end)))),
  );
  return corrected === text ? null : corrected;
}

function isText(token: Token): boolean {
  return token.kind === 'literal' && token.value.type === 'text';
}

/** `"…"` and `@"…"`, whatever the marks are. */
function straightened(quoted: string): string {
  const opening = quoted.startsWith('@') ? '@"' : '"';
  return `${opening}${quoted.slice(opening.length, -1)}"`;
}
