import {
  Application,
  Context,
  elementAt,
  insideOf,
  nextElement,
  numberIn,
  readElement,
  readInteger,
  Tag,
  textIn,
  type Element,
} from './asn1.ts';
import type { Dissector } from './dissector.ts';
import { labelled, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader } from './header-reader.ts';
import { streamDissection } from './stream-layer.ts';
import { errorName, errorText } from './kerberos-errors.ts';

/** Bytes in front of a message in a stream: its length (RFC 4120, 7.2.2). */
const lengthPrefix = 4;
const longestMessage = 0xff_ffff;

/** Messages by their application tag, which is their type (RFC 4120, 5.10). */
const messageNames = new Map([
  [10, 'AS Request'],
  [11, 'AS Response'],
  [12, 'TGS Request'],
  [13, 'TGS Response'],
  [14, 'AP Request'],
  [15, 'AP Response'],
  [20, 'KRB_SAFE'],
  [21, 'KRB_PRIV'],
  [22, 'KRB_CRED'],
  [30, 'KRB_ERROR'],
]);

/** Whether a datagram begins with a message of Kerberos. */
export function looksLikeKerberos(bytes: Uint8Array, start: number, end: number): boolean {
  const element = elementAt(bytes, start, end);
  return element !== undefined && messageNames.has(numberIn(element, Application) ?? 0);
}

/** Whether a segment begins with the length of a Kerberos message, and with the message. */
export function looksLikeKerberosStream(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + lengthPrefix > end || bigEndianAt(bytes, start, lengthPrefix) > longestMessage) return false;
  return looksLikeKerberos(bytes, start + lengthPrefix, end);
}

/** Kerberos in datagrams (RFC 4120): which message it is, about whom, and why not. */
export const dissectKerberos: Dissector = (input) => {
  const header = new HeaderReader(input);
  const layer = finishedLayer('KerberosV5', header, { summary: readMessage(header) });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

/** Kerberos in a stream. */
export const dissectKerberosStream: Dissector = (input) => {
  const header = new HeaderReader(input);
  const length = header.number('RecordLength', lengthPrefix) ?? 0;
  const end = header.position + length;
  return streamDissection('KerberosV5', header, readMessage(header), end);
};

/** What a message says of itself, in the summary's order. */
interface Facts {
  error?: string;
  client?: string;
  realm?: string;
  server?: string;
}

function readMessage(header: HeaderReader): string {
  const message = nextElement(header);
  const type = message && numberIn(message, Application);
  if (message === undefined || type === undefined) return summaryOf([]);
  const facts: Facts = {};
  const name = nameOrNumber(messageNames)(type);
  header.structure('Message', message.end - header.position, (part) => {
    readSequence(part, membersOf.get(type) ?? replyHead, facts);
    return name;
  });
  return summaryOf([
    name,
    facts.error,
    labelled('Cname', facts.client),
    labelled('Realm', facts.realm),
    labelled('Sname', facts.server),
  ]);
}

/** Reads a member, whose element is given; the reader stands before it. */
type Member = (part: HeaderReader, element: Element, facts: Facts) => void;
/** Members of a sequence by their context tag. */
type Members = ReadonlyMap<number, Member>;

/** Goes through the element around a sequence, and reads its members. Those in no table are skipped. */
function readSequence(part: HeaderReader, members: Members, facts: Facts): void {
  let element = nextElement(part);
  while (element && (numberIn(element, Application) !== undefined || numberIn(element, Context) !== undefined)) {
    part.skip(element.contentStart - part.position);
    element = nextElement(part);
  }
  if (element?.tag !== Tag.Sequence) return;
  part.skip(element.contentStart - part.position);
  for (let member = nextElement(part); member !== undefined; member = nextElement(part)) {
    const read = members.get(numberIn(member, Context) ?? -1);
    if (read) read(part, member, facts);
    else part.skip(member.end - part.position);
  }
}

const integer =
  (name: string, text: (value: number) => string = String): Member =>
  (part) => {
    readInteger(part, name, text);
  };

const text =
  (name: string, fact?: keyof Facts): Member =>
  (part, _, facts) => {
    const value = readElement(part, name, (frame, element) => textIn(frame, insideOf(frame, element)));
    if (fact && value !== undefined) facts[fact] ??= value;
  };

const principal =
  (name: string, fact: keyof Facts): Member =>
  (part, _, facts) => {
    const value = readElement(part, name, principalText);
    if (value !== undefined) facts[fact] ??= value;
  };

/** `krbtgt/CONTOSO.COM`: the strings of the second member of a principal's name (RFC 4120, 5.2.2). */
function principalText(frame: Uint8Array, element: Element): string {
  const sequence = insideOf(frame, element);
  const strings: string[] = [];
  for (const member of childrenOf(frame, sequence)) {
    if (numberIn(member, Context) !== 1) continue;
    for (const string of childrenOf(frame, insideOf(frame, member))) strings.push(textIn(frame, string));
  }
  return strings.join('/');
}

function childrenOf(frame: Uint8Array, parent: Element): Element[] {
  const children: Element[] = [];
  let child = elementAt(frame, parent.contentStart, parent.end);
  while (child && child.end <= parent.end) {
    children.push(child);
    child = elementAt(frame, child.end, parent.end);
  }
  return children;
}

const errorCode: Member = (part, _, facts) => {
  const code = readInteger(part, 'ErrorCode', errorText);
  if (code !== undefined) facts.error = errorName(code);
};

const sequence =
  (name: string, members: Members): Member =>
  (part, element, facts) => {
    part.structure(name, element.end - part.position, (inner) => {
      readSequence(inner, members, facts);
      return name;
    });
  };

const messageType = integer('MessageType');
const version = integer('ProtocolVersion');

const ticket = sequence(
  'Ticket',
  new Map<number, Member>([
    [0, integer('TicketVersion')],
    [1, text('Realm', 'realm')],
    [2, principal('ServerName', 'server')],
  ]),
);

const requestBody = sequence(
  'RequestBody',
  new Map<number, Member>([
    [1, principal('ClientName', 'client')],
    [2, text('Realm', 'realm')],
    [3, principal('ServerName', 'server')],
  ]),
);

const request: Members = new Map<number, Member>([
  [1, version],
  [2, messageType],
  [4, requestBody],
]);

const replyHead: Members = new Map<number, Member>([
  [0, version],
  [1, messageType],
]);

const reply: Members = new Map<number, Member>([
  ...replyHead,
  [3, text('ClientRealm', 'realm')],
  [4, principal('ClientName', 'client')],
  [5, ticket],
]);

const authentication: Members = new Map<number, Member>([...replyHead, [3, ticket]]);

const failure: Members = new Map<number, Member>([
  ...replyHead,
  [4, text('ServerTime')],
  [6, errorCode],
  [7, text('ClientRealm')],
  [8, principal('ClientName', 'client')],
  [9, text('Realm', 'realm')],
  [10, principal('ServerName', 'server')],
  [11, text('ErrorText')],
]);

const membersOf = new Map<number, Members>([
  [10, request],
  [11, reply],
  [12, request],
  [13, reply],
  [14, authentication],
  [30, failure],
]);
