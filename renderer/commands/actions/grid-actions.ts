import type { Actions } from '../action.ts';

/** What is done with the grid of messages: its order, its columns, its times. */
export const gridActions: Actions<'sort-by-time'> = {
  'sort-by-time': {
    isOffered: ({ session }) => session?.sort !== undefined,
    run: ({ workspace }) => void workspace.sortBy(undefined),
  },
};
