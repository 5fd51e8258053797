/** Words of the notes pane. */

export const noteFailures = {
  change: 'The note was not kept.',
};
