/** A mistake in how the program was called. */
export class UsageError extends Error {}

/** Values of the options as they were given, and the files. */
export interface Arguments {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly filter: string;
  readonly limit: number;
  readonly format: string;
  readonly output: string;
  readonly port: number;
}
