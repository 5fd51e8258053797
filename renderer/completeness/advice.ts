/** Advice as the engine words it: sentences, with commands to type between backquotes. */
export interface AdvicePart {
  kind: 'words' | 'command';
  text: string;
}

/** The parts of an advice in order. A backquote without its partner is part of the words. */
export function adviceParts(advice: string): AdvicePart[] {
  const parts: AdvicePart[] = [];
  let rest = 0;
  for (const command of advice.matchAll(/`([^`]+)`/g)) {
    if (command.index > rest) parts.push({ kind: 'words', text: advice.slice(rest, command.index) });
    parts.push({ kind: 'command', text: command[1] });
    rest = command.index + command[0].length;
  }
  if (rest < advice.length) parts.push({ kind: 'words', text: advice.slice(rest) });
  return parts;
}
