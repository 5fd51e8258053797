/** The menu bar: commands of the table and what is there now, in groups. The page's own bar and native menus show it. */
import type { HostMenu } from '../../core/engine/host.ts';
import type { CommandScope } from './action.ts';
import { commandOffer, commandOffers } from './command-offers.ts';
import { menuGroups, menuNames, type MenuName } from './command-table.ts';
import type { Offer, OfferSource } from './offer.ts';
import { libraryFilterOffers } from './sources/library-filters.ts';
import { themeOffers } from './sources/themes.ts';
import { openTraceOffers, recentOffers } from './sources/traces.ts';
import { viewOffers } from './sources/views.ts';
import { commandStrings } from './strings.ts';

export interface OfferMenu {
  readonly name: MenuName;
  readonly label: string;
  readonly groups: readonly (readonly Offer[])[];
}

/** What is offered besides commands, and where menus show it: behind the commands of its menu. */
const sources: readonly { source: OfferSource; menu?: MenuName }[] = [
  { source: viewOffers, menu: 'go' },
  { source: openTraceOffers, menu: 'trace' },
  { source: recentOffers, menu: 'file' },
  { source: libraryFilterOffers },
  { source: themeOffers },
];

/** Recent traces in a menu; the palette and the welcome page have them all. */
const longestGroup = 10;

/** A menu as it is now. */
export function offerMenu(name: MenuName, scope: CommandScope): OfferMenu {
  return { name, label: commandStrings.menus[name], groups: groupsOf(name, scope) };
}

/** All menus, in their order. */
export function offerMenus(scope: CommandScope): OfferMenu[] {
  return menuNames.map((name) => offerMenu(name, scope));
}

function groupsOf(name: MenuName, scope: CommandScope): Offer[][] {
  const inMenu = sources.filter(({ menu }) => menu === name);
  const commands = menuGroups(name).map((group) => group.map((command) => commandOffer(command, scope)));
  const offers = inMenu.map(({ source }) => source(scope).slice(0, longestGroup));
  return [...commands, ...offers].filter((group) => group.length > 0);
}

/** Everything that the palette can find. */
export function allOffers(scope: CommandScope): Offer[] {
  return [...commandOffers(scope), ...sources.flatMap(({ source }) => source(scope))];
}

/** Carries out what a native menu tells by its id; false where nothing of that id is offered now. */
export function runOffer(id: string, scope: CommandScope): boolean {
  const offer = allOffers(scope).find((candidate) => candidate.id === id);
  if (offer?.enabled !== true) return false;
  offer.run();
  return true;
}

/** The menus as a host's native menu bar takes them. */
export function hostMenus(menus: readonly OfferMenu[]): HostMenu[] {
  return menus.map(({ label, groups }) => ({
    label,
    groups: groups.map((group) =>
      group.map(({ id, title, keys, enabled, checked }) => ({ command: id, label: title, keys, enabled, checked })),
    ),
  }));
}
