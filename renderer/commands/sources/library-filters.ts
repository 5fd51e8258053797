import { shippedFilters } from '../../filter/library/shipped-filters.ts';
import { savedFiltersStore } from '../../state/saved-filters.ts';
import { plainOffer, type OfferSource } from '../offer.ts';
import { commandStrings } from '../strings.ts';

/** The filters of the library, own ones first; choosing one applies it in place of the box's. */
export const libraryFilterOffers: OfferSource = ({ workspace, session }) =>
  [...savedFiltersStore.getState().own, ...shippedFilters].map(({ category, name, text }) => ({
    ...plainOffer,
    id: `filter:${category}/${name}`,
    category: commandStrings.categories.library,
    title: `${category}: ${name}`,
    detail: text,
    enabled: session?.view !== undefined,
    reason: session ? commandStrings.reasons.noRows : commandStrings.reasons.noTrace,
    run: () => {
      workspace.setDraft(text);
      void workspace.applyFilter(text);
    },
  }));
