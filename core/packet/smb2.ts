import type { Dissector } from './dissector.ts';
import { hexNumber, hexWord, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, HeaderReader, littleEndianAt, numberField, flagField } from './header-reader.ts';
import { readMessages, streamDissection } from './stream-layer.ts';
import { commandNames, oldCommandNames, statusNames } from './smb2-names.ts';

/** The four bytes in front of every message: 0, and the message's length in three (MS-SMB2 2.1). */
const sessionHeader = 4;
const messageHeader = 64;

const Protocol = { Smb1: 0xff534d42, Smb2: 0xfe534d42, Encrypted: 0xfd534d42, Compressed: 0xfc534d42 } as const;
const protocolNames = new Map<number, string>([
  [Protocol.Smb1, 'SMB'],
  [Protocol.Smb2, 'SMB2'],
  [Protocol.Encrypted, 'SMB2 encrypted'],
  [Protocol.Compressed, 'SMB2 compressed'],
]);

const Flag = {
  ServerToRedir: 1,
  AsyncCommand: 2,
  RelatedOperations: 4,
  Signed: 8,
  DfsOperations: 0x1000_0000,
} as const;

/** Whether a message of SMB may begin here, behind its length: whichever of the four headers it has. */
export function looksLikeSmb2(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + sessionHeader + 4 > end || bytes[start] !== 0 || bigEndianAt(bytes, start, 4) < 4) return false;
  return protocolNames.has(bigEndianAt(bytes, start + sessionHeader, 4));
}

/** SMB 2 and 3: the headers of the messages in one segment (MS-SMB2 2.2.1, 2.2.41). SMB 1 is recognised by its command. */
export const dissectSmb2: Dissector = (input) => {
  const header = new HeaderReader(input);
  const messages: string[] = [];
  const end = readMessages(header, looksLikeSmb2, () => readSessionMessage(header, messages));
  return streamDissection('SMB2', header, messages.join('; '), end);
};

/** Reads the messages behind one length: several when they are compounded. Gives where the last one ends. */
function readSessionMessage(header: HeaderReader, messages: string[]): number {
  header.skip(1);
  const length = header.number('StreamProtocolLength', 3) ?? 0;
  const end = header.position + length;
  while (header.position < end && header.remaining > 0) {
    const next = nextCommandOf(header, end);
    header.structure('Message', next > 0 ? next : end - header.position, (message) => {
      const summary = readMessage(message);
      messages.push(summary);
      return summary;
    });
  }
  return end;
}

/** Distance to the next message of a compound; 0 for the last one, and for nonsense. */
function nextCommandOf(header: HeaderReader, end: number): number {
  const { frame } = header.input;
  const { position } = header;
  if (header.remaining < messageHeader || bigEndianAt(frame, position, 4) !== Protocol.Smb2) return 0;
  const next = littleEndianAt(frame, position + 20, 4);
  return next >= messageHeader && position + next < end ? next : 0;
}

/** Reads the header of one message and gives its summary. The body is not taken apart. */
function readMessage(message: HeaderReader): string {
  const protocol = message.number('ProtocolId', 4, (value) => protocolNames.get(value) ?? hexNumber(value, 8));
  switch (protocol) {
    case Protocol.Smb2:
      return readPlainMessage(message);
    case Protocol.Smb1:
      return readOldMessage(message);
    case Protocol.Encrypted:
      return readEncryptedMessage(message);
    default:
      return protocolNames.get(protocol ?? 0) ?? 'Unknown';
  }
}

function readPlainMessage(message: HeaderReader): string {
  const { frame } = message.input;
  const isHere = message.remaining >= messageHeader - 4;
  const flagsHere = isHere ? littleEndianAt(frame, message.position + 12, 4) : 0;
  const isResponse = (flagsHere & Flag.ServerToRedir) !== 0;
  number(message, 'StructureSize', 2);
  number(message, 'CreditCharge', 2);
  // A request of SMB 3 says here which of its channels it is; older ones leave it 0.
  const status = isResponse ? number(message, 'Status', 4, statusText) : undefined;
  if (!isResponse) {
    number(message, 'ChannelSequence', 2);
    message.skip(2);
  }
  const command = number(message, 'Command', 2, namedNumber(commandNames));
  number(message, isResponse ? 'CreditResponse' : 'CreditRequest', 2);
  readFlags(message);
  number(message, 'NextCommand', 4);
  const id = long(message, 'MessageId', String);
  if (flagsHere & Flag.AsyncCommand) long(message, 'AsyncId', hexLong);
  else {
    message.skip(4);
    number(message, 'TreeId', 4, (value) => hexNumber(value, 8));
  }
  const session = long(message, 'SessionId', hexLong);
  message.bytes('Signature', 16);
  return summaryOf([
    command === undefined ? undefined : `${nameOrNumber(commandNames)(command)} ${isResponse ? 'Response' : 'Request'}`,
    labelled('Status', status, (value) => statusNames.get(value) ?? hexNumber(value, 8)),
    labelled('MessageId', id),
    labelled('SessionId', session),
  ]);
}

function readFlags(message: HeaderReader): void {
  message.packedLittleEndian(4, (value) => [
    numberField(
      'Flags',
      value,
      (bits) => hexNumber(bits, 8),
      Object.entries(Flag).map(([name, bit]) => flagField(name, (value & bit) !== 0)),
    ),
  ]);
}

function readOldMessage(message: HeaderReader): string {
  const command = message.number('Command', 1, namedNumber(oldCommandNames));
  const status = number(message, 'Status', 4, statusText);
  const flags = message.number('Flags', 1, (value) => hexNumber(value, 2));
  if (command === undefined) return 'SMB 1';
  const isResponse = ((flags ?? 0) & 0x80) !== 0;
  return summaryOf([
    `SMB 1 ${nameOrNumber(oldCommandNames)(command)} ${isResponse ? 'Response' : 'Request'}`,
    isResponse ? labelled('Status', status, (value) => statusNames.get(value) ?? hexNumber(value, 8)) : undefined,
  ]);
}

function readEncryptedMessage(message: HeaderReader): string {
  message.bytes('Signature', 16);
  message.bytes('Nonce', 16);
  const size = number(message, 'OriginalMessageSize', 4);
  message.skip(2);
  number(message, 'Flags', 2, hexWord);
  const session = long(message, 'SessionId', hexLong);
  return summaryOf(['Encrypted', labelled('OriginalMessageSize', size), labelled('SessionId', session)]);
}

function statusText(status: number): string {
  const name = statusNames.get(status);
  return name === undefined ? hexNumber(status, 8) : `${name}(${hexNumber(status, 8)})`;
}

/** A number of 1 to 4 bytes, lowest byte first. */
function number(
  message: HeaderReader,
  name: string,
  length: number,
  text: (value: number) => string = String,
): number | undefined {
  return message.packedLittleEndian(length, (value) => [numberField(name, value, text)]);
}

/** A number of 8 bytes, lowest byte first. */
function long(message: HeaderReader, name: string, text: (value: bigint) => string): string | undefined {
  return message.delimited(name, (frame, start, limit) => {
    if (start + 8 > limit) return undefined;
    const high = BigInt(littleEndianAt(frame, start + 4, 4));
    const raw = (high << 32n) | BigInt(littleEndianAt(frame, start, 4));
    return { value: text(raw), raw, next: start + 8 };
  });
}

function hexLong(value: bigint): string {
  return `0x${value.toString(16).toUpperCase().padStart(16, '0')}`;
}
