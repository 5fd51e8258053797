/** One line of comma-separated values (RFC 4180), without its end. */
export function csvLine(values: readonly (string | number)[]): string {
  return values.map((value) => (typeof value === 'number' ? String(value) : textCell(value))).join(',');
}

function textCell(text: string): string {
  const cell = asPlainText(text);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** What a trace holds must not run as a formula in a spreadsheet: it gets an apostrophe in front, unless it is a number. */
function asPlainText(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
}
