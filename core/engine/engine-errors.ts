import { EngineError } from './client.ts';

/** The caller asked for what is not there, or not possible. */
export function badRequest(message: string): EngineError {
  return new EngineError({ name: 'BadRequest', message });
}

export function cancelled(): EngineError {
  return new EngineError({ name: 'Cancelled', message: 'Cancelled.' });
}
