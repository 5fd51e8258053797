import { byteCount, hexWord } from './field-text.ts';
import type { HeaderReader } from './header-reader.ts';

/** One type of ICMP or ICMPv6 message. */
export interface ControlMessage {
  readonly name: string;
  /** What its codes say; a message without codes ignores them. */
  readonly codes?: readonly string[];
  /** Reads the fields behind the checksum. What it returns ends the summary. */
  readonly read?: (header: HeaderReader) => string | undefined;
}

/** The fields that every ICMP and ICMPv6 message starts with. */
export interface ControlHeader {
  readonly type: number | undefined;
  readonly code: number | undefined;
}

export function readControlHeader(header: HeaderReader, messages: ReadonlyMap<number, ControlMessage>): ControlHeader {
  const type = header.number('Type', 1, (value) => {
    const name = messages.get(value)?.name;
    return name === undefined ? String(value) : `${name}(${value})`;
  });
  const code = header.number('Code', 1);
  header.number('Checksum', 2, hexWord);
  return { type, code };
}

/** The message's name and, where its codes mean something, what this code says. */
export function controlMessageName(message: ControlMessage, code: number | undefined): string {
  if (message.codes === undefined || code === undefined) return message.name;
  return `${message.name}, ${message.codes[code] ?? `Code: Unknown (${code})`}`;
}

/** The field of messages that quote the packet they complain about. */
export function readQuotedPacket(header: HeaderReader, unused: number): void {
  header.skip(unused);
  const length = header.remaining;
  if (length > 0) header.group('OriginalDatagram', length, () => ({ value: byteCount(length), members: [] }));
}
