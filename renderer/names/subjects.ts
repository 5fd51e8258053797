/** What the names page says of a name book, without React. */
import type { NameBook, NamedSubject, NameSource } from '../../core/engine/contract.ts';

/** Which subjects a person looks at. */
export type SubjectChoice = 'all' | 'nameless' | 'conflicts';
export const subjectChoices = ['all', 'nameless', 'conflicts'] as const satisfies readonly SubjectChoice[];

export function chosenSubjects(subjects: readonly NamedSubject[], choice: SubjectChoice): NamedSubject[] {
  switch (choice) {
    case 'all':
      return [...subjects];
    case 'nameless':
      return subjects.filter(({ name }) => name === null);
    case 'conflicts':
      return subjects.filter(({ conflict }) => conflict !== null);
  }
}

/** Subjects that show all words of a text somewhere: in what the trace shows, a name, or a fact. */
export function subjectsWith(subjects: readonly NamedSubject[], text: string): NamedSubject[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return subjects.filter((subject) => {
    const shown = shownText(subject);
    return words.every((word) => shown.includes(word));
  });
}

function shownText({ text, name, candidates, facts, seenIn }: NamedSubject): string {
  const names = candidates.map((candidate) => candidate.name);
  return [text, name ?? '', seenIn, ...names, ...facts.map(({ value }) => value)].join('\n').toLowerCase();
}

/** Nameless subjects by the command that fetches their names, the one that helps most first; and those without one. */
export function namelessByCommand(subjects: readonly NamedSubject[]): {
  commands: { command: string; subjects: NamedSubject[] }[];
  withoutCommand: NamedSubject[];
} {
  const nameless = subjects.filter(({ name }) => name === null);
  const commands = [...new Set(nameless.map(({ command }) => command))].filter((command) => command !== null);
  const groups = commands.map((command) => ({
    command,
    subjects: nameless.filter((subject) => subject.command === command),
  }));
  return {
    commands: groups.sort((first, second) => second.subjects.length - first.subjects.length),
    withoutCommand: nameless.filter(({ command }) => command === null),
  };
}

/** What a source says of this trace, and what it names besides. */
export function namesOfSource(book: NameBook, source: string): { matched: NamedSubject[]; unmatched: NamedSubject[] } {
  const says = ({ candidates }: NamedSubject): boolean => candidates.some((candidate) => candidate.source === source);
  return { matched: book.subjects.filter(says), unmatched: book.others.filter(says) };
}

/** What a source calls a subject. */
export function nameFrom({ candidates, name }: NamedSubject, source: string): string {
  return candidates.find((candidate) => candidate.source === source)?.name ?? name ?? '';
}

export function sourceOf(book: NameBook, id: string): NameSource | undefined {
  return book.sources.find((source) => source.id === id);
}

/** The name that a person gave; undefined where nobody did. */
export function nameByHand(book: NameBook, { candidates }: NamedSubject): string | undefined {
  return candidates.find(({ source }) => sourceOf(book, source)?.kind === 'hand')?.name;
}

/** How well a trace is named: what page, explorer and status bar tell. */
export function namesVerdict({ subjects, named, conflicts }: NameBook): 'none' | 'nameless' | 'conflicts' | 'good' {
  if (subjects.length === 0) return 'none';
  if (named < subjects.length) return 'nameless';
  return conflicts > 0 ? 'conflicts' : 'good';
}
