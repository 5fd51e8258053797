/**
 * The contract's messages as JSON text, for transports that carry text only (the local web host's WebSocket).
 * Byte strings travel as `{"$bytes": "<base64>"}`; everything else in the contract is plain JSON already.
 */

interface EncodedBytes {
  $bytes: string;
}

/** JSON text of a message of the contract. */
export function encodeMessage(message: object): string {
  return JSON.stringify(message, function (this: Record<string, unknown>, key: string, value: unknown): unknown {
    // `value` has been through toJSON, which Node's Buffer defines; the holder still has the bytes.
    const original = this[key];
    return original instanceof Uint8Array ? { $bytes: base64OfBytes(original) } : value;
  });
}

/** The message of a text made by `encodeMessage`. Throws a SyntaxError when the text is no JSON; checks nothing else. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names what the other side sends
export function decodeMessage<T>(text: string): T {
  return JSON.parse(text, (_key, value: unknown) => (isEncodedBytes(value) ? bytesOfBase64(value.$bytes) : value)) as T;
}

function isEncodedBytes(value: unknown): value is EncodedBytes {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$bytes' in value &&
    typeof value.$bytes === 'string' &&
    Object.keys(value).length === 1
  );
}

/** Kept below the number of arguments that engines accept in one call. */
const chunkLength = 0x8000;

/** Base64 of any number of bytes. */
export function base64OfBytes(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunkLength) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  }
  return btoa(binary);
}

function bytesOfBase64(text: string): Uint8Array {
  const binary = atob(text);
  return Uint8Array.from({ length: binary.length }, (_, index) => binary.charCodeAt(index));
}
