/** Scripts and commands in parts that look different. It colours, it does not judge: every text comes out whole. */

export interface ScriptPart {
  readonly kind: ScriptPartKind;
  readonly text: string;
}
export type ScriptPartKind = 'plain' | 'comment' | 'text' | 'variable' | 'keyword' | 'command' | 'option';

/** In the order in which they are tried at a place. */
const kinds: readonly (readonly [ScriptPartKind, string])[] = [
  ['comment', String.raw`<#[\s\S]*?#>|(?<![^\s(){};])#[^\n]*`],
  ['text', String.raw`@'\n[\s\S]*?\n'@|@"\n[\s\S]*?\n"@|'[^'\n]*'|"(?:[^"\n\x60]|\x60.)*"`],
  ['variable', String.raw`\$\{[^}\n]*\}|\$[\w:]+|%[^%\s]+%`],
  [
    'keyword',
    String.raw`(?<![\w.$-])(?:function|param|if|elseif|else|switch|foreach|for|while|do|try|catch|finally|throw|return|exit|begin|process|end|in|default)(?![\w-])`,
  ],
  ['command', String.raw`(?<![\w.$-])(?:[A-Z][a-zA-Z]+-[A-Z]\w+|(?:netsh|pktmon|logman)(?:\.exe)?)(?![\w-])`],
  ['option', String.raw`(?<=\s)--?[A-Za-z][\w-]*`],
];
const pattern = new RegExp(kinds.map(([kind, source]) => `(?<${kind}>${source})`).join('|'), 'g');

/** The parts of a text, in its order; joined, they are the text. */
export function scriptParts(text: string): ScriptPart[] {
  const parts: ScriptPart[] = [];
  let end = 0;
  const takeTo = (to: number): void => {
    if (to > end) parts.push({ kind: 'plain', text: text.slice(end, to) });
  };
  for (const match of text.matchAll(pattern)) {
    takeTo(match.index);
    const kind = kinds.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? 'plain';
    parts.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  takeTo(text.length);
  return parts;
}
