import type { Shell } from './shell-words.ts';

/** A line as the shell sees it: continued lines joined, prompts and comments gone. */
export interface LogicalLine {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly text: string;
  readonly shell: Shell;
}

const powerShellPrompt = /^\s*(?:\[[^\]\n]{0,100}\]:? ?)?PS(?: [^>\n]{0,260})?> ?/;
const commandPrompt = /^\s*[A-Za-z]:\\(?:[^>\n"|<]{0,260}[^>\n"|<\s])?> ?/;
/** `netsh>`, `netsh trace>`: what is typed there goes on from these words. */
const netshPrompt = /^\s*(netsh(?: \w+)*)> ?/;

/**
 * The lines of a script, or of what was copied from a window: there, only what stands behind a prompt was typed, and all
 * else is output.
 */
export function logicalLines(text: string): LogicalLine[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return lines.some((line) => promptOf(line) !== undefined) ? typedLines(lines) : scriptLines(lines, shellOf(text));
}

interface Prompt {
  readonly shell: Shell;
  readonly typed: string;
}

function promptOf(line: string): Prompt | undefined {
  const inNetsh = netshPrompt.exec(line);
  if (inNetsh) return { shell: 'cmd', typed: `${inNetsh[1]} ${line.slice(inNetsh[0].length)}` };
  const inPowerShell = powerShellPrompt.exec(line);
  if (inPowerShell) return { shell: 'powershell', typed: line.slice(inPowerShell[0].length) };
  const inCommandPrompt = commandPrompt.exec(line);
  return inCommandPrompt ? { shell: 'cmd', typed: line.slice(inCommandPrompt[0].length) } : undefined;
}

/** Continued at `>>` in PowerShell, at `More?` in cmd. */
function typedLines(lines: readonly string[]): LogicalLine[] {
  const typed: LogicalLine[] = [];
  for (const [index, line] of lines.entries()) {
    const prompt = promptOf(line);
    const before = typed.at(-1);
    if (prompt) typed.push({ line: index + 1, text: prompt.typed, shell: prompt.shell });
    else if (before && isContinued(before.text, before.shell))
      typed[typed.length - 1] = { ...before, text: joinedLines(before, line.replace(/^\s*(?:>>|More\?) ?/, '')) };
  }
  return typed.map((one) => ({ ...one, text: withoutComment(one.text, one.shell) })).filter(({ text }) => text !== '');
}

function scriptLines(lines: readonly string[], shell: Shell): LogicalLine[] {
  const shown = shell === 'powershell' ? withoutBlocks(lines) : lines;
  const found: LogicalLine[] = [];
  let open: { line: number; parts: string[] } | undefined;
  for (const [index, text] of shown.entries()) {
    open ??= { line: index + 1, parts: [] };
    const isInList = shell === 'powershell' && open.parts.length < longestList && isOpenList(open.parts[0] ?? text);
    const continues = isInList ? !/^\s*\)/.test(text) : isContinued(text, shell);
    open.parts.push(continues ? withoutContinuation(text, shell) : text);
    if (continues && index < shown.length - 1) continue;
    found.push({ line: open.line, text: withoutComment(open.parts.join(' '), shell), shell });
    open = undefined;
  }
  return found.filter(({ text }) => text !== '');
}

/** `$words = @(` with an element on each line behind it. */
function isOpenList(line: string): boolean {
  return /^\s*\$\w+\s*=\s*@\(\s*$/.test(line);
}

/** Lines that one list may take: where it is not closed, what stands behind it is read all the same. */
const longestList = 500;

function isContinued(line: string, shell: Shell): boolean {
  if (shell === 'cmd') return /(?:^|[^^])(?:\^\^)*\^\s*$/.test(line) && !/^\s*(?:@?rem\b|::)/i.test(line);
  return /(?:^|\s)`\s*$|[^\s`]`$|[,|]\s*$/.test(line) && !/^\s*#/.test(line);
}

function withoutContinuation(line: string, shell: Shell): string {
  return shell === 'cmd' ? line.replace(/\^\s*$/, '') : line.replace(/`\s*$/, '');
}

function joinedLines(before: LogicalLine, next: string): string {
  return `${withoutContinuation(before.text, before.shell)} ${next}`;
}

/** PowerShell's own comments end where the words are read, since `#` may stand in quotes. */
function withoutComment(text: string, shell: Shell): string {
  const plain = text.trim();
  return shell === 'cmd' && /^(?:@?\s*rem(?:\s|$)|::)/i.test(plain) ? '' : plain;
}

/** Lines inside `<# #>` and here-strings are emptied, so that those that remain keep their numbers. */
function withoutBlocks(lines: readonly string[]): string[] {
  let end: RegExp | undefined;
  return lines.map((line) => {
    if (end) {
      const found = end.exec(line);
      if (!found) return '';
      end = undefined;
      return line.slice(found.index + found[0].length);
    }
    const comment = withoutClosedComments(line);
    const opened = /<#/.exec(comment);
    if (opened) {
      end = /#>/;
      return comment.slice(0, opened.index);
    }
    const hereString = /@(['"])\s*$/.exec(comment);
    if (!hereString) return comment;
    end = hereString[1] === "'" ? /^'@/ : /^"@/;
    return `${comment.slice(0, hereString.index)}''`;
  });
}

/** By hand, because a pattern would look for the end of each `<#` again. */
function withoutClosedComments(line: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const start = line.indexOf('<#', from);
    const end = start < 0 ? -1 : line.indexOf('#>', start + 2);
    if (end < 0) return kept + line.slice(from);
    kept += line.slice(from, start);
    from = end + 2;
  }
}

const powerShellSigns = [
  /^\s*&\s*['"]/m,
  /(?:^|[\s=])'[^'\n]{0,300}'/m,
  /^\s*(?:\[[\w.]+\])?\$[\w:]+\s*\+?=/m,
  /\$env:/i,
  /\b(?:New|Add|Start|Stop|Remove|Get|Set|Out|Write|Invoke|Import|Test|Join|ConvertTo)-[A-Z]\w+/i,
  /^\s*(?:param\s*\(|function\s|#)/im,
  /`\s*$/m,
  /<#/,
];
const commandPromptSigns = [
  /^\s*@?echo\b/im,
  /^\s*@?(?:rem\s|::|set\s+"?\w+=|goto\s|setlocal|pause\b|call\s)/im,
  /%\w+%/,
  /\^\s*$/m,
  /%~/,
  />\s*nul\b/i,
];

/** Which shell a script without prompts is for; one that fits both reads the same in both. */
function shellOf(text: string): Shell {
  const count = (signs: readonly RegExp[]): number => signs.filter((sign) => sign.test(text)).length;
  return count(powerShellSigns) >= Math.max(1, count(commandPromptSigns)) ? 'powershell' : 'cmd';
}
