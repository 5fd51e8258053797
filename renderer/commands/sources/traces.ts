import { isFurtherView } from '../../state/model.ts';
import { explorerStrings } from '../../strings.ts';
import { plainOffer, type Offer, type OfferSource } from '../offer.ts';
import { commandStrings } from '../strings.ts';

/** The traces that were opened before. */
export const recentOffers: OfferSource = ({ workspace }) =>
  workspace.store.getState().recentFiles.map((file): Offer => ({
    ...plainOffer,
    id: `recent:${file.token}`,
    category: commandStrings.categories.recent,
    title: file.name,
    detail: file.folder,
    enabled: !file.missing,
    reason: commandStrings.missingTrace,
    run: () => void workspace.openFiles([file]),
  }));

/** The traces that are open, and further views of them; one that is alone is on show already. */
export const openTraceOffers: OfferSource = ({ workspace }) => {
  const { sessions, activeKey } = workspace.store.getState();
  if (sessions.length < 2) return [];
  return sessions.map((session): Offer => ({
    ...plainOffer,
    id: `trace:${session.key}`,
    category: commandStrings.categories.traces,
    title: session.name,
    ...(isFurtherView({ sessions }, session) && { detail: explorerStrings.viewOf(session.filter.asked) }),
    checked: session.key === activeKey,
    run: () => {
      workspace.activate(session.key);
    },
  }));
};
