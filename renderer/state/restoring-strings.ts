/** English words about opening again what was open. */
export const restoringStrings = {
  missing: 'Not everything could be opened again',
  missingDetail: (names: readonly string[]) =>
    names.length === 1
      ? `${names[0]} is not where it was.`
      : `These files are not where they were: ${names.join(', ')}.`,
  missingAdvice: (files: number) =>
    files === 1 ? 'Open it from where it is now, or drop it on this window.' : 'Open them from where they are now.',
} as const;

export const recentStrings = {
  failed: 'The list of recent traces could not be changed',
} as const;
