import { tracesToJoin } from '../../state/model.ts';
import type { Actions } from '../action.ts';
import { commandStrings } from '../strings.ts';

export const traceActions: Actions<'read-together'> = {
  'read-together': {
    isOffered: ({ workspace }) => tracesToJoin(workspace.store.getState()).length > 1,
    reason: commandStrings.reasons.oneTrace,
    run: ({ workspace }) => void workspace.readTogether(),
  },
};
