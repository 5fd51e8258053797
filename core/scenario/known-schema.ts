import { builtInSchema } from '../provider/built-in-schemas.ts';
import type { EventSchema } from '../schema/event-schema.ts';
import { ScenarioError, type Place } from './scenario-error.ts';

/** The built-in schema of an event; ScenarioError when there is none, for then nobody can say where a field lies. */
export function knownSchema(provider: string, id: number, place: Place): EventSchema {
  const schema = builtInSchema({ provider, id, version: 0 });
  if (!schema)
    throw new ScenarioError(`the fields of event ${id} of ${provider} are not known; give it payload=`, place);
  return schema;
}
