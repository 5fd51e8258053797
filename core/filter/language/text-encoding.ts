/** Encodings that a filter may name, by the names that Message Analyzer gives them. */
export const textEncodings = ['ASCII', 'UTF7', 'UTF8', 'Unicode', 'UTF32', 'BigEndianUnicode', 'Base64'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/** The encoding of a name in any case, undefined for a name that is none. */
export function textEncodingNamed(name: string): TextEncoding | undefined {
  return textEncodings.find((encoding) => encoding.toLowerCase() === name.toLowerCase());
}
