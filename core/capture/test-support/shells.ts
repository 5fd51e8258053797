/** Small models of how Windows takes a typed line apart, to hold generated commands against. Written after the rules' documentation. */

/** cmd at its prompt: variables that exist are filled in, then ^ and quotes are read. Throws where & | < > would end the command. */
export function commandPromptLine(typed: string, variables: ReadonlyMap<string, string>): string {
  const filled = filledIn(typed, variables);
  let line = '';
  let isQuoted = false;
  for (let at = 0; at < filled.length; at++) {
    const character = filled[at];
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && '&|<>'.includes(character)) throw new Error(`cmd ends the command at ${filled.slice(at)}`);
    if (!isQuoted && character === '^') {
      at++;
      line += filled[at] ?? '';
    } else line += character;
  }
  return line;
}

/** At the prompt, a name between two % that is no variable stands as it is, and its second % may begin the next. */
function filledIn(typed: string, variables: ReadonlyMap<string, string>): string {
  let line = '';
  let at = 0;
  while (at < typed.length) {
    const end = typed[at] === '%' ? typed.indexOf('%', at + 1) : -1;
    const value = end > at + 1 ? variables.get(typed.slice(at + 1, end).toUpperCase()) : undefined;
    line += value ?? typed[at];
    at = value === undefined ? at + 1 : end + 1;
  }
  return line;
}

/** CommandLineToArgvW, for the arguments behind the program's name. */
export function programArguments(line: string): string[] {
  const found: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (backslashes > 0 && line[at + backslashes] === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(backslashes / 2));
      at += backslashes;
      if (backslashes % 2 === 1) current += '"';
      else isQuoted = !isQuoted;
    } else if (line[at] === '"') {
      current ??= '';
      isQuoted = !isQuoted;
    } else if (!isQuoted && /[ \t]/.test(line[at])) {
      if (current !== undefined) found.push(current);
      current = undefined;
    } else current = (current ?? '') + line[at];
  }
  if (isQuoted) throw new Error(`A quote stays open in ${line}`);
  if (current !== undefined) found.push(current);
  return found;
}

/** The words of a simple PowerShell command. Throws for what would be more than a word. */
export function powerShellWords(typed: string, variables: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < typed.length) {
    if (/\s/.test(typed[at])) {
      at++;
      continue;
    }
    let word = '';
    while (at < typed.length && !/\s/.test(typed[at])) {
      const [text, next] = piece(typed, at, variables);
      word += text;
      at = next;
    }
    found.push(word);
  }
  return found;
}

const single = /['\u2018-\u201b]/;
const double = /["\u201c-\u201e]/;

function piece(typed: string, at: number, variables: ReadonlyMap<string, string>): [text: string, next: number] {
  if (single.test(typed[at])) return singleQuoted(typed, at + 1);
  if (double.test(typed[at])) return doubleQuoted(typed, at + 1, variables);
  if (/[`$(){};|&<>,@#]/.test(typed[at])) throw new Error(`PowerShell gives a meaning to ${typed.slice(at)}`);
  return [typed[at], at + 1];
}

function singleQuoted(typed: string, from: number): [text: string, next: number] {
  let text = '';
  for (let at = from; at < typed.length; at++) {
    if (!single.test(typed[at])) text += typed[at];
    else if (single.test(typed[at + 1] ?? '')) text += typed[at++];
    else return [text, at + 1];
  }
  throw new Error(`A quote stays open in ${typed}`);
}

function doubleQuoted(
  typed: string,
  from: number,
  variables: ReadonlyMap<string, string>,
): [text: string, next: number] {
  let text = '';
  for (let at = from; at < typed.length; at++) {
    if (typed[at] === '`') text += typed[++at];
    else if (typed[at] === '$') {
      const name = /^\$\{env:([^}]+)\}/.exec(typed.slice(at));
      if (!name) throw new Error(`PowerShell gives a meaning to ${typed.slice(at)}`);
      text += variables.get(name[1].toUpperCase()) ?? '';
      at += name[0].length - 1;
    } else if (double.test(typed[at])) return [text, at + 1];
    else text += typed[at];
  }
  throw new Error(`A quote stays open in ${typed}`);
}

/** How Windows PowerShell hands words to a program: in quotes where they hold a blank, whatever else they hold. */
export function nativeLine(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? `"${word.replace(/\\+$/, '$&$&')}"` : word)).join(' ');
}
