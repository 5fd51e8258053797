import { settingsStrings } from '../../settings/strings.ts';
import { changeSetting, settingsStore, themeChoices } from '../../state/settings.ts';
import { plainOffer, type OfferSource } from '../offer.ts';
import { commandStrings } from '../strings.ts';

export const themeOffers: OfferSource = () =>
  themeChoices.map((theme) => ({
    ...plainOffer,
    id: `theme:${theme}`,
    category: commandStrings.menus.view,
    title: commandStrings.themeTitle(settingsStrings.themes[theme]),
    checked: settingsStore.getState().theme === theme,
    run: () => {
      changeSetting('theme', theme);
    },
  }));
