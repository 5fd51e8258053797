import { powerShellLiteral } from '../quoting/powershell.ts';
import { splitCommandPrompt } from './command-prompt-words.ts';
import { logicalLines, type LogicalLine } from './logical-lines.ts';
import { splitPowerShell } from './powershell-words.ts';
import { programOf, type Piece, type Shell, type ShellCommand, type ShellWord, type Variables } from './shell-words.ts';

/** Commands of a script that are read; a longer one is no capture script. */
const mostCommands = 20_000;

/** What the text has given values to. */
interface Known {
  readonly variables: Map<string, string>;
  /** Arrays, by their names in lower case. */
  readonly lists: Map<string, readonly ShellWord[]>;
}

/**
 * The commands of a text, one after another as they are written: branches and loops are not followed. Variables that are
 * given a constant, or a list of constants, keep it from there on.
 */
export function commandsOf(text: string): ShellCommand[] {
  const known: Known = { variables: new Map(), lists: new Map() };
  const commands: ShellCommand[] = [];
  for (const line of logicalLines(text)) {
    const statement = line.shell === 'cmd' ? takeSet(line, known.variables) : takeVariable(line, known);
    for (const piece of piecesOf(statement.text, line.shell, known.variables)) {
      const words = piece.words.flatMap((word) => listed(word, known)).slice(0, mostWords);
      commands.push(...unwrapped({ ...piece, words, shell: line.shell, line: line.line }, known.variables, 3));
      if (commands.length >= mostCommands) return commands;
    }
  }
  return commands;
}

/** Words of a command that are read. */
const mostWords = 1000;

/** `@words` and `$words` stand for the words of a list. */
function listed(word: ShellWord, { lists }: Known): readonly ShellWord[] {
  const name = /^[@$](\w+)$/.exec(word.raw)?.[1].toLowerCase();
  return (name === undefined ? undefined : lists.get(name)) ?? [word];
}

function piecesOf(text: string, shell: Shell, variables: Variables): Piece[] {
  return shell === 'cmd' ? splitCommandPrompt(text, variables) : splitPowerShell(text, variables);
}

function takeSet(line: LogicalLine, variables: Map<string, string>): LogicalLine {
  const set = /^@?\s*set\s+(?:"([^"=/]+)=([^"]*)"|([^"=/\s][^"=/]*)=(.*))\s*$/i.exec(line.text);
  if (!set) return line;
  const [, quotedName, quotedValue, plainName, plainValue] = set as (string | undefined)[];
  const name = (quotedName ?? plainName ?? '').trim().toLowerCase();
  const value = quotedValue ?? plainValue ?? '';
  // A value that holds another variable keeps its value of now.
  const known = value.replace(
    /%([^%\s]{1,200})%/g,
    (whole, inner: string) => variables.get(inner.toLowerCase()) ?? whole,
  );
  variables.set(name, known.slice(0, longestValue));
  return { ...line, text: '' };
}

/** A script that doubles a value again and again must not fill the memory. */
const longestValue = 4096;

/** What is left of a statement that assigns no constant may be a command whose result is assigned. */
function takeVariable(line: LogicalLine, { variables, lists }: Known): LogicalLine {
  const assignment =
    /^(?:(?:param\s*)?\(?\s*)(?:\[[^\]]{0,100}\]\s*)*\$(?:(?:script|global|local|private):)?(\w+)\s*=(?!=)\s*/i.exec(
      line.text,
    );
  if (!assignment) return line;
  const name = assignment[1].toLowerCase();
  const rest = line.text.slice(assignment[0].length);
  const list = listOfConstants(rest, variables);
  const value = list ? undefined : constantOf(rest, variables);
  lists.delete(name);
  variables.delete(name);
  if (list) lists.set(name, list);
  if (value !== undefined) variables.set(name, value.slice(0, longestValue));
  return { ...line, text: list || value !== undefined ? '' : rest };
}

/** `@('a', 'b')`; undefined for anything that has to be run. */
function listOfConstants(text: string, variables: Variables): readonly ShellWord[] | undefined {
  const inner = /^@\(([\s\S]*)\)$/.exec(text.trim())?.[1];
  const pieces = inner === undefined ? [] : splitPowerShell(inner, variables);
  if (pieces.length !== 1 || !pieces[0].words.every((word) => isConstant(word))) return undefined;
  return pieces[0].words.flatMap(elementsOf).slice(0, mostWords);
}

/** `'a','b'` is one word for the shell, and two elements. */
function elementsOf(word: ShellWord): ShellWord[] {
  if (!/['"]\s*,\s*['"]/.test(word.raw)) return [word];
  return word.value.split(',').map((value) => ({ ...word, value, raw: value }));
}

/** The value of a constant expression: one word, words added up, or paths joined. */
function constantOf(text: string, variables: Variables): string | undefined {
  const expanded = /^\[(?:System\.)?Environment\]::ExpandEnvironmentVariables\(([\s\S]*)\)$/i.exec(text.trim());
  const pieces = splitPowerShell((expanded?.[1] ?? text).replace(/,\s*$/, ''), variables);
  if (pieces.length !== 1) return undefined;
  const words = pieces[0].words;
  if (words.some((word) => word.isUnknown)) return undefined;
  if (words[0].value.toLowerCase() === 'join-path') return joinedPath(words.slice(1));
  const parts = words.filter((_word, index) => index % 2 === 0);
  const signs = words.filter((_word, index) => index % 2 === 1);
  if (!signs.every(({ raw }) => raw === '+') || parts.length !== signs.length + 1) return undefined;
  return parts.every(isConstant) ? parts.map(({ value }) => value).join('') : undefined;
}

function isConstant(word: ShellWord): boolean {
  return word.isQuoted || word.raw.startsWith('$') || /^(?:0x[0-9a-f]+|\d+(?:[kmgt]b)?)$/i.test(word.value);
}

function joinedPath(words: readonly ShellWord[]): string | undefined {
  const parts = words.filter(({ raw }) => !/^-\w/.test(raw)).map(({ value }) => value);
  if (parts.length !== 2) return undefined;
  return `${parts[0].replace(/[\\/]+$/, '')}\\${parts[1].replace(/^[\\/]+/, '')}`;
}

const programs = new Set(['netsh', 'pktmon', 'logman', 'wpr', 'tracelog', 'xperf']);
const printing = new Set(['echo', 'write-host', 'write-output', 'write-verbose', 'write-warning', 'rem', 'title']);

/** A command that starts another one becomes that one: `cmd /c`, `Start-Process`, `if … netsh …`. */
function unwrapped(command: ShellCommand, variables: Variables, depth: number): ShellCommand[] {
  const { words, line } = command;
  const program = programOf(words[0]);
  if (depth === 0 || programs.has(program) || printing.has(program)) return [command];
  const inner = innerOf(program, words);
  if (inner)
    return piecesOf(inner.text, inner.shell, variables).flatMap((piece) =>
      unwrapped({ ...piece, shell: inner.shell, line }, variables, depth - 1),
    );
  const start = words.findIndex((word, index) => index > 0 && programs.has(programOf(word)) && !word.isQuoted);
  const isLeadIn = /^(?:if|else|elseif|for|do|call|start|sudo|runas|psexec\w*|timeout|try|finally|return|while)$/.test(
    program,
  );
  return start > 0 && isLeadIn ? [{ ...command, words: words.slice(start) }] : [command];
}

function innerOf(program: string, words: readonly ShellWord[]): { text: string; shell: Shell } | undefined {
  const rest = (from: number): string =>
    words
      .slice(from)
      .map((word) => (words.length === from + 1 ? word.value : word.raw))
      .join(' ');
  const optionAt = (pattern: RegExp): number => words.findIndex(({ value }) => pattern.test(value));
  if (program === 'cmd') {
    const at = optionAt(/^\/[ck]$/i);
    return at > 0 ? { text: rest(at + 1), shell: 'cmd' } : undefined;
  }
  if (program === 'powershell' || program === 'pwsh') {
    const at = optionAt(/^[-/]c(?:o(?:m(?:m(?:a(?:n(?:d)?)?)?)?)?)?$/i);
    return at > 0 ? { text: rest(at + 1), shell: 'powershell' } : undefined;
  }
  if (program === 'invoke-expression' || program === 'iex') return { text: rest(1), shell: 'powershell' };
  return program === 'start-process' || program === 'saps' ? startedProcess(words) : namedProgram(words);
}

/** A function of a script that is given a program and its words: `Invoke-Program -Program 'netsh.exe' -Words 'trace', 'stop'` */
function namedProgram(words: readonly ShellWord[]): { text: string; shell: Shell } | undefined {
  const at = words.findIndex(({ raw }) => /^-(?:program|file|filepath|exe|executable|command)$/i.test(raw));
  const option = words.at(at + 2)?.raw ?? '';
  if (at < 0 || !programs.has(programOf(words.at(at + 1))) || !/^-(?:words|arg\w*)$/i.test(option)) return undefined;
  const given = words.slice(at + 3).flatMap(elementsOf);
  return {
    text: [words[at + 1], ...given].map(({ value }) => powerShellLiteral(value)).join(' '),
    shell: 'powershell',
  };
}

/** `Start-Process [-FilePath] netsh [-ArgumentList] 'trace', 'start'` */
function startedProcess(words: readonly ShellWord[]): { text: string; shell: Shell } | undefined {
  const positional: string[] = [];
  const named = new Map<string, string>();
  for (let index = 1; index < words.length; index++) {
    const option = /^-(\w+)$/.exec(words[index].raw)?.[1].toLowerCase();
    if (option === undefined) positional.push(words[index].value);
    else if (/^(?:f|filepath|a|args|argumentlist|verb|workingdirectory|windowstyle|redirect\w+)$/.test(option))
      named.set(
        option.startsWith('f') ? 'file' : option.startsWith('a') ? 'arguments' : option,
        words[++index]?.value ?? '',
      );
  }
  const file = named.get('file') ?? positional.shift();
  const given = named.get('arguments') ?? positional.shift() ?? '';
  if (file === undefined) return undefined;
  return { text: `"${file}" ${given.replace(/,(?=\S)/g, ' ')}`, shell: 'cmd' };
}
