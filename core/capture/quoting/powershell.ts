/**
 * Texts as PowerShell takes them. Besides ' and " it reads the typographic marks as quotes, so these are doubled too
 * (about_Quoting_Rules).
 */

const singleQuotes = /['\u2018-\u201b]/g;
const doubleQuotes = /["\u201c-\u201e]/g;
/** What can be typed as an argument without quotes: nothing that PowerShell gives a meaning. */
const plain = /^[\w.:\\/=-]+$/;
const variable = /%([^%\\/:}`]+)%/g;

/** `'it''s'`: taken as it stands. */
export function powerShellLiteral(text: string): string {
  return `'${text.replaceAll(singleQuotes, '$&$&')}'`;
}

/** The shortest way to write an argument that is to arrive as this text. */
export function powerShellArgument(text: string): string {
  return plain.test(text) && !text.startsWith('-') ? text : powerShellLiteral(text);
}

/** A path whose %VARIABLES% Windows fills in: `"C:\${env:COMPUTERNAME}.etl"`, or as short as an argument can be. */
export function powerShellPath(path: string, before = ''): string {
  if (path.search(variable) < 0) return powerShellArgument(before + path);
  const parts = (before + path)
    .split(variable)
    .map((part, index) => (index % 2 === 1 ? `\${env:${part}}` : escaped(part)));
  return `"${parts.join('')}"`;
}

function escaped(text: string): string {
  return text.replaceAll(/[`$]/g, '`$&').replaceAll(doubleQuotes, '`$&');
}

/** One line of a comment: nothing in it ends the comment or the line. */
export function powerShellComment(text: string): string {
  return `# ${text.replaceAll(/\s+/g, ' ').replaceAll('#>', '# >')}`;
}
