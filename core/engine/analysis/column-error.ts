/** Why a column cannot be shown, sorted or grouped by, in words for a person. */
export class ColumnError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ColumnError';
  }
}
