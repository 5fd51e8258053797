import { hexWord, namedNumber, nameOrNumber } from './field-text.ts';
import { bigEndianAt, type HeaderReader } from './header-reader.ts';
import {
  cipherSuiteNames,
  ExtensionType,
  extensionNames,
  handshakeNames,
  HandshakeType,
  versionNames,
} from './tls-names.ts';

const messageHeader = 4;
/** Longer ones are taken for encrypted bytes. */
const longestMessage = 0x1_ffff;
const randomLength = 32;
/** What a server hello that asks for another client hello has in place of random bytes, its first four (RFC 8446, 4.1.3). */
const retryRandom = 0xcf21_ad74;

/** `TLS 1.2(0x0303)`, or `0x7F1C` for a draft. */
export function versionText(version: number): string {
  const name = versionNames.get(version);
  return name === undefined ? hexWord(version) : `${name}(${hexWord(version)})`;
}

/**
 * Reads the next handshake message of a record, or all that is left of the record when that looks encrypted. Gives its
 * name; what a hello tells is added to `facts`.
 */
export function readHandshake(record: HeaderReader, facts: Set<string>): string {
  const { frame } = record.input;
  const start = record.position;
  const isWhole = record.remaining >= messageHeader;
  const type = frame[start];
  const length = isWhole ? bigEndianAt(frame, start + 1, 3) : 0;
  if (!isWhole || !handshakeNames.has(type) || length > longestMessage) {
    record.bytes('EncryptedHandshake', record.remaining);
    return 'Encrypted Handshake Message';
  }
  let name = nameOrNumber(handshakeNames)(type);
  record.structure('Handshake', messageHeader + length, (message) => {
    message.number('Type', 1, namedNumber(handshakeNames));
    message.number('Length', 3);
    if (type === HandshakeType.ClientHello) readClientHello(message, facts);
    else if (type === HandshakeType.ServerHello && readServerHello(message, facts)) name = 'Hello Retry Request';
    else message.bytes('Body', message.remaining);
    return name;
  });
  return name;
}

/** What the extensions of a hello tell. */
interface Extensions {
  readonly versions: number[];
  readonly serverNames: string[];
  readonly protocols: string[];
}

function readClientHello(message: HeaderReader, facts: Set<string>): void {
  const version = readHelloStart(message);
  readCounted(message, 'CipherSuites', 2, (suites) => {
    while (suites.remaining > 0) suites.number('CipherSuite', 2, cipherSuiteText);
  });
  readCounted(message, 'CompressionMethods', 1, (list) => {
    while (list.remaining > 0) list.number('CompressionMethod', 1);
  });
  const { versions, serverNames, protocols } = readExtensions(message, true);
  const known = versions.filter((each) => versionNames.has(each));
  addVersion(facts, known.length > 0 ? Math.max(...known) : version);
  if (serverNames.length > 0) facts.add(`Server Name: ${serverNames.join(' ')}`);
  if (protocols.length > 0) facts.add(`ALPN: [${protocols.join(', ')}]`);
}

/** True when the hello asks for another client hello. */
function readServerHello(message: HeaderReader, facts: Set<string>): boolean {
  const { frame } = message.input;
  const randomAt = message.position + 2;
  const isRetry = message.remaining >= 2 + randomLength && bigEndianAt(frame, randomAt, 4) === retryRandom;
  const version = readHelloStart(message);
  const suite = message.number('CipherSuite', 2, cipherSuiteText);
  message.number('CompressionMethod', 1);
  const { versions, protocols } = readExtensions(message, false);
  addVersion(facts, versions.at(0) ?? version);
  if (suite !== undefined) facts.add(`Cipher Suite: ${cipherSuiteNames.get(suite) ?? hexWord(suite)}`);
  if (protocols.length > 0) facts.add(`ALPN: [${protocols.join(', ')}]`);
  return isRetry;
}

function addVersion(facts: Set<string>, version: number | undefined): void {
  if (version !== undefined) facts.add(`Version: ${versionNames.get(version) ?? hexWord(version)}`);
}

/** Version, random bytes and session: what both hellos begin with. Gives the version. */
function readHelloStart(message: HeaderReader): number | undefined {
  const version = message.number('Version', 2, versionText);
  message.bytes('Random', randomLength);
  const length = message.number('SessionIdLength', 1);
  message.bytes('SessionId', length ?? 0);
  return version;
}

function cipherSuiteText(suite: number): string {
  const name = cipherSuiteNames.get(suite);
  return name === undefined ? hexWord(suite) : `${name}(${hexWord(suite)})`;
}

/** A list behind its length of `lengthBytes` bytes, which is the list's first member. */
function readCounted(
  message: HeaderReader,
  name: string,
  lengthBytes: number,
  read: (list: HeaderReader) => void,
): void {
  const { frame } = message.input;
  const isTold = message.remaining >= lengthBytes;
  const length = isTold ? bigEndianAt(frame, message.position, lengthBytes) : 0;
  message.structure(name, lengthBytes + length, (list) => {
    list.number('Length', lengthBytes);
    read(list);
    return list.fields
      .slice(1)
      .map((field) => field.value)
      .join(', ');
  });
}

function readExtensions(message: HeaderReader, isClient: boolean): Extensions {
  const found: Extensions = { versions: [], serverNames: [], protocols: [] };
  // SSL 3.0 and early TLS have none.
  if (message.remaining === 0) return found;
  readCounted(message, 'Extensions', 2, (list) => {
    while (list.remaining > 0) readExtension(list, isClient, found);
  });
  return found;
}

function readExtension(list: HeaderReader, isClient: boolean, found: Extensions): void {
  const { frame } = list.input;
  const start = list.position;
  const length = list.remaining < 4 ? 0 : bigEndianAt(frame, start + 2, 2);
  list.structure('Extension', 4 + length, (extension) => {
    const type = extension.number('Type', 2, namedNumber(extensionNames));
    extension.number('Length', 2);
    if (type === ExtensionType.ServerName) readServerNames(extension, found);
    else if (type === ExtensionType.ApplicationProtocols) readProtocols(extension, found);
    else if (type === ExtensionType.SupportedVersions) readVersions(extension, isClient, found);
    extension.bytes('Data', extension.remaining);
    return type === undefined ? '' : nameOrNumber(extensionNames)(type);
  });
}

/** RFC 6066, 3. A server answers with an empty extension. */
function readServerNames(extension: HeaderReader, found: Extensions): void {
  if (extension.remaining === 0) return;
  readCounted(extension, 'ServerNameList', 2, (list) => {
    while (list.remaining > 0) {
      list.number('NameType', 1);
      const length = list.number('NameLength', 2) ?? 0;
      const name = list.utf8('ServerName', length);
      if (name !== undefined) found.serverNames.push(name);
    }
  });
}

/** RFC 7301, 3.1. */
function readProtocols(extension: HeaderReader, found: Extensions): void {
  readCounted(extension, 'ProtocolNameList', 2, (list) => {
    while (list.remaining > 0) {
      const length = list.number('NameLength', 1) ?? 0;
      const name = list.utf8('ProtocolName', length);
      if (name !== undefined) found.protocols.push(name);
    }
  });
}

/** A client offers a list, a server has chosen one (RFC 8446, 4.2.1). */
function readVersions(extension: HeaderReader, isClient: boolean, found: Extensions): void {
  const readOne = (list: HeaderReader): void => {
    const version = list.number('SupportedVersion', 2, versionText);
    if (version !== undefined) found.versions.push(version);
  };
  if (!isClient) {
    readOne(extension);
    return;
  }
  readCounted(extension, 'SupportedVersions', 1, (list) => {
    while (list.remaining > 0) readOne(list);
  });
}
