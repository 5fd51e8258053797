import { scopeOf, type CommandScope } from './action.ts';
import { commandIds, menuOf, type CommandId } from './command-table.ts';
import { shortcutText } from './keys.ts';
import type { Offer } from './offer.ts';
import { isOffered, isOn, reasonOf, runCommand } from './run-command.ts';
import { commandStrings } from './strings.ts';

/** A command as menus and the palette show it. */
export function commandOffer(command: CommandId, scope: CommandScope): Offer {
  const enabled = isOffered(command, scope);
  return {
    id: command,
    category: commandStrings.menus[menuOf(command)],
    title: commandStrings.titles[command],
    keys: shortcutText(command),
    enabled,
    reason: enabled ? '' : reasonOf(command, scope),
    checked: isOn(command, scope) ?? null,
    run: () => {
      runCommand(command, scopeOf(scope.workspace));
    },
  };
}

/** Every command of the table. */
export function commandOffers(scope: CommandScope): Offer[] {
  return commandIds.map((command) => commandOffer(command, scope));
}
