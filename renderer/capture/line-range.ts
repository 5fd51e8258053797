/** Where a line of a text, counted from 1, begins and ends; the end of the text where there is no such line. */
export function lineRange(text: string, line: number): [start: number, end: number] {
  const lines = text.split('\n');
  if (line > lines.length) return [text.length, text.length];
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [start, start + lines[line - 1].length];
}
