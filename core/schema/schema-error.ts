/** A schema that cannot be used, or a value that a schema cannot hold. The message is a sentence for a person. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}
