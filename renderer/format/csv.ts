/** One line of comma-separated values (RFC 4180), without its end. */
export function csvLine(values: readonly (string | number)[]): string {
  return values.map((value) => quotedWhereNeeded(String(value))).join(',');
}

function quotedWhereNeeded(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
