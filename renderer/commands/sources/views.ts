import { views } from '../../app/views.ts';
import { explorerStrings } from '../../strings.ts';
import { plainOffer, type OfferSource } from '../offer.ts';
import { commandStrings } from '../strings.ts';

/** The ways to look at the trace on show. */
export const viewOffers: OfferSource = ({ workspace, session }) =>
  views.map(({ name }) => ({
    ...plainOffer,
    id: `view:${name}`,
    category: commandStrings.categories.views,
    title: explorerStrings.viewNames[name],
    enabled: session !== undefined && session.stage !== 'failed',
    reason: session
      ? commandStrings.reasons.notOpened
      : workspace.store.getState().capturePage.open
        ? commandStrings.reasons.capturePage
        : commandStrings.reasons.noTrace,
    checked: session?.showing === name,
    run: () => {
      if (session) workspace.show(session.key, name);
    },
  }));
