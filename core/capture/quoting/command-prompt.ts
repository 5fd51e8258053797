/**
 * Texts as somebody types them at the command prompt. cmd fills in %VARIABLES% everywhere, inside quotes too; between quotes
 * all else stands for itself, outside ^ & | < > ( ) do not. The program then takes its line apart by the rules of
 * CommandLineToArgvW: quotes group, a backslash before a quote belongs to it.
 */

const plain = /^[\w.:\\/{}@+~#$-]+$/;

/** A value behind `name=`, or an argument: as it stands, in quotes where it needs them. %VARIABLES% are left to no one. */
export function commandPromptValue(text: string): string {
  if (plain.test(text)) return text;
  // Outside quotes, ^ parts the % from what cmd would take for a variable's name.
  return `"${withTrailingBackslashes(text).replaceAll('%', '"^%"')}"`;
}

/** A path whose %VARIABLES% cmd fills in, in quotes where one of them may bring a blank: a computer's name has none. */
export function commandPromptPath(path: string): string {
  return plain.test(path.replaceAll(/%computername%/gi, '')) ? path : `"${withTrailingBackslashes(path)}"`;
}

/** In quotes always, as netsh's providers are usually written. */
export function commandPromptQuoted(text: string): string {
  return `"${withTrailingBackslashes(text).replaceAll('%', '"^%"')}"`;
}

/** A backslash before the closing quote would make it a part of the text. */
function withTrailingBackslashes(text: string): string {
  return text.replace(/\\+$/, '$&$&');
}
