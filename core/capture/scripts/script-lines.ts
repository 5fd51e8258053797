/** A script is lines; a function of it is its head, its body two levels deep, and its end. */
export type Lines = readonly string[];

/** Stands for an empty list of lines until its line is taken away. */
const nothing = '\u0000';

/**
 * Lines of a template, without its first and last line break and with its least indentation taken away. A line with nothing but
 * an empty list is none.
 */
export function lines(template: TemplateStringsArray, ...values: readonly (string | Lines)[]): string[] {
  const text = template.raw.reduce((all, part, index) => {
    const value = values[index - 1];
    const indent = /(^|\n)( *)$/.exec(all)?.[2] ?? '';
    return all + (typeof value === 'string' ? value : value.length === 0 ? nothing : value.join(`\n${indent}`)) + part;
  });
  const rows = text.replace(/^\n/, '').replace(/\n *$/, '').split('\n');
  const kept = rows.filter((row) => row.trim() !== nothing);
  const indents = kept.filter((row) => row.trim() !== '').map((row) => row.search(/\S/));
  const least = Math.min(...indents);
  return kept.map((row) => row.slice(Math.min(least, row.length)).trimEnd());
}
