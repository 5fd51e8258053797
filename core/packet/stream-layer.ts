import type { Dissection } from './dissector.ts';
import { byteCount } from './field-text.ts';
import { finishedLayer, type HeaderReader } from './header-reader.ts';
import type { ApplicationModule } from './module.ts';

/** Whether a message begins in bytes[start..end); see `Application` in applications.ts. */
type LooksLike = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * Reads the messages of a payload one behind the other, while what follows looks like one; the first one does. `readOne`
 * gives the byte behind its message by the message's length, and so does this of the last.
 */
export function readMessages(header: HeaderReader, looksLike: LooksLike, readOne: () => number): number {
  let end = readOne();
  while (header.remaining > 0 && looksLike(header.input.frame, header.position, header.position + header.remaining))
    end = readOne();
  return end;
}

/** The layer of an application's messages, the last of which ends at `end`: there, or in a later segment. */
export function streamDissection(
  module: ApplicationModule,
  header: HeaderReader,
  summary: string,
  end: number,
): Dissection {
  const { input } = header;
  const missing = end - input.end;
  // Such bytes are not missing from the frame.
  if (missing > 0) header.cut = false;
  const notes = [missing > 0 ? `The last message goes on in the next segment, for ${byteCount(missing)}.` : undefined];
  const layer = finishedLayer(module, header, { summary, notes });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
}
