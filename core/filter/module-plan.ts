import { parseGuid } from '../base/guid.ts';
import { guidNumber } from './field-values.ts';
import { constant } from './logic.ts';
import { anyEvent, applicationIs, carries, eventKind, packetModulesAre, type FilterPlan } from './plan.ts';
import { unionOf } from './ranges.ts';
import type { Module } from './vocabulary.ts';

/** Events that have the module in their stack. */
export function moduleExists({ presence, bits, application, providers }: Module): FilterPlan {
  if (presence === 'every event') return constant(true);
  return anyEvent([
    bits === 0 ? constant(false) : carries(packetModulesAre(bits, 0), false),
    application === 0 ? constant(false) : carries(applicationIs(application), false),
    providersAre(providers),
  ]);
}

export function providersAre(guids: readonly string[]): FilterPlan {
  const numbers = guids
    .map((guid) => parseGuid(guid))
    .filter((guid) => guid !== undefined)
    .map(guidNumber);
  return eventKind('provider', unionOf(numbers.map((number) => [number, number])));
}
