/** What stands between outputs when a console was copied, or a session transcribed. */
import { quoted } from '../../schema/manifest/notes.ts';

const prompts = [
  /^(?:\[[^\]]{1,100}\]: )?PS(?: [^>]{0,260})?>+ ?(.*)$/, // PS C:\>, [host01]: PS C:\>
  /^[A-Za-z]:\\[^>|"<]{0,260}>(.*)$/, // C:\Users\me>
];
/** The command alone, as people write it above its output. */
const bareCommand = /^(Get-(?:NetAdapter|VM\w*|Hns\w+|Net\w+)|ipconfig|pktmon|docker)\b[^:=]*$/i;

/** The cmdlet whose output follows, empty when none can be told; undefined when the line is no prompt. */
export function promptCommand(line: string): string | undefined {
  if (line.length > longestLine) return undefined;
  const typed = prompts.map((prompt) => prompt.exec(line)?.[1]).find((command) => command !== undefined);
  if (typed === undefined && !bareCommand.test(line)) return undefined;
  return cmdletOf(typed ?? line);
}

const longestLine = 2000;

/** Of a pipeline, the last that gets anything; of several commands in a line nobody knows which printed what. */
function cmdletOf(command: string): string {
  if (command.includes(';')) return '';
  const cmdlets = command.match(/\bGet-\w+|\bipconfig\b|\bpktmon list\b|\bdocker network inspect\b/gi);
  return cmdlets?.at(-1) ?? '';
}

/** What a cmdlet says that failed: to the next empty line. PowerShell 7 writes no blank in front of the colon. */
export function readFailure(lines: readonly string[], at: number): { next: number; note: string } | undefined {
  const match = lines[at].length > longestLine ? null : /^(Get-\w+) ?: (\S.*)$/.exec(lines[at]);
  if (!match) return undefined;
  const [, cmdlet, message] = match;
  let next = at + 1;
  while (next < lines.length && /\S/.test(lines[next])) next++;
  return { next, note: `${cmdlet} in line ${at + 1} did not succeed: ${quoted(message)}` };
}

const headerLines = 40;

/** The line behind the header that begins here: `Start-Transcript` writes it between two lines of asterisks. */
export function readTranscriptHeader(lines: readonly string[], at: number): number | undefined {
  if (!isBorder(lines[at])) return undefined;
  const end = lines.slice(at + 1, at + 1 + headerLines).findIndex(isBorder);
  return end < 0 ? at + 1 : at + end + 2;
}

function isBorder(line: string): boolean {
  return /^\*{10,}\s*$/.test(line);
}
