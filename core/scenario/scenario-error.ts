/** A place in a scenario's text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A scenario that cannot be understood. The message starts with the place: `Line 3, column 12: …`. */
export class ScenarioError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(message: string, place: Place) {
    super(`Line ${place.line}, column ${place.column}: ${message}`);
    this.name = 'ScenarioError';
    this.line = place.line;
    this.column = place.column;
  }
}
