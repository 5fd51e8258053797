import type { Dissector } from './dissector.ts';
import { hexWord, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader, numberField, flagField } from './header-reader.ts';

const authentication = 0;
const key = 3;
const typeNames = new Map([
  [authentication, 'EAP Packet'],
  [1, 'Start'],
  [2, 'Logoff'],
  [key, 'Key'],
  [4, 'Encapsulated ASF Alert'],
  [5, 'MKA'],
]);
const codeNames = new Map([
  [1, 'Request'],
  [2, 'Response'],
  [3, 'Success'],
  [4, 'Failure'],
]);
/** IANA, Extensible Authentication Protocol Registry. */
const methodNames = new Map([
  [1, 'Identity'],
  [2, 'Notification'],
  [3, 'Nak'],
  [4, 'MD5-Challenge'],
  [6, 'GTC'],
  [13, 'TLS'],
  [18, 'SIM'],
  [21, 'TTLS'],
  [23, 'AKA'],
  [25, 'PEAP'],
  [26, 'MSCHAPv2'],
  [43, 'FAST'],
  [50, 'AKA-Prime'],
  [52, 'PWD'],
  [55, 'TEAP'],
]);

/** EAP over LANs: how a station logs in to a port or an access point (IEEE 802.1X, 11; IEEE 802.11-2020, 12.7.2). */
export const dissectEapol: Dissector = (input) => {
  const header = new HeaderReader(input);
  header.number('ProtocolVersion', 1);
  const type = header.number('PacketType', 1, namedNumber(typeNames));
  const length = header.number('PacketBodyLength', 2);
  const tail = length === undefined ? undefined : readBody(header, type);
  const summary = summaryOf([type === undefined ? undefined : nameOrNumber(typeNames)(type), tail]);
  const end = length === undefined ? input.end : Math.min(input.end, input.start + 4 + length);
  const layer = finishedLayer('EAPOL', header, { summary, end });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end } };
};

function readBody(header: HeaderReader, type: number | undefined): string | undefined {
  if (type === authentication) return readAuthentication(header);
  return type === key ? readKey(header) : undefined;
}

/** A packet of EAP (RFC 3748, 4); only requests and responses have a method. */
function readAuthentication(header: HeaderReader): string | undefined {
  const code = header.number('Code', 1, namedNumber(codeNames));
  header.number('Identifier', 1);
  header.number('Length', 2);
  const method = code === 1 || code === 2 ? header.number('Method', 1, namedNumber(methodNames)) : undefined;
  if (code === undefined) return undefined;
  return summaryOf([nameOrNumber(codeNames)(code), labelled('Method', method, nameOrNumber(methodNames))]);
}

const descriptorNames = new Map([
  [2, 'RSN'],
  [254, 'WPA'],
]);

function readKey(header: HeaderReader): string | undefined {
  header.number('DescriptorType', 1, namedNumber(descriptorNames));
  const information = header.packed(2, (value) => [
    numberField('KeyInformation', value, hexWord, [
      numberField('KeyDescriptorVersion', value & 7),
      flagField('Pairwise', (value & 0x0008) !== 0),
      flagField('Install', (value & 0x0040) !== 0),
      flagField('KeyACK', (value & 0x0080) !== 0),
      flagField('KeyMIC', (value & 0x0100) !== 0),
      flagField('Secure', (value & 0x0200) !== 0),
      flagField('Error', (value & 0x0400) !== 0),
      flagField('EncryptedKeyData', (value & 0x1000) !== 0),
    ]),
  ]);
  header.number('KeyLength', 2);
  header.bytes('ReplayCounter', 8);
  header.bytes('KeyNonce', 32);
  header.bytes('KeyIV', 16);
  header.bytes('KeyRSC', 8);
  header.bytes('Reserved', 8);
  header.bytes('KeyMICValue', 16);
  const dataLength = header.number('KeyDataLength', 2);
  if (dataLength !== undefined) header.bytes('KeyData', dataLength);
  return information === undefined ? undefined : handshakeText(information);
}

/** Which message of the handshake the flags announce (IEEE 802.11-2020, 12.7.6 and 12.7.7). */
function handshakeText(information: number): string {
  const isPairwise = (information & 0x0008) !== 0;
  const isAnswerWanted = (information & 0x0080) !== 0;
  const isSecure = (information & 0x0200) !== 0;
  if (!isPairwise) return `Group Key Message ${isAnswerWanted ? 1 : 2} of 2`;
  if (isAnswerWanted) return `Message ${isSecure ? 3 : 1} of 4`;
  return `Message ${isSecure ? 4 : 2} of 4`;
}
