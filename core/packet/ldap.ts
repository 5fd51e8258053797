import { Application, elementAt, readInteger, nextElement, readElement, Tag, textIn } from './asn1.ts';
import type { Dissector } from './dissector.ts';
import { labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { HeaderReader } from './header-reader.ts';
import { readMessages, streamDissection } from './stream-layer.ts';

/** Bits of an element's tag that are no number: an operation is an application's, of either form. */
const primitiveApplication = 0x40;

interface Operation {
  readonly name: string;
  /** Reads what stands at the operation's start, and gives parts of the summary. */
  readonly read?: (operation: HeaderReader) => (string | undefined)[];
}

const scopeNames = new Map([
  [0, 'baseObject'],
  [1, 'singleLevel'],
  [2, 'wholeSubtree'],
]);

/** Result codes (RFC 4511, appendix A). */
const resultNames = new Map([
  [0, 'success'],
  [1, 'operationsError'],
  [2, 'protocolError'],
  [3, 'timeLimitExceeded'],
  [4, 'sizeLimitExceeded'],
  [5, 'compareFalse'],
  [6, 'compareTrue'],
  [7, 'authMethodNotSupported'],
  [8, 'strongerAuthRequired'],
  [10, 'referral'],
  [11, 'adminLimitExceeded'],
  [12, 'unavailableCriticalExtension'],
  [13, 'confidentialityRequired'],
  [14, 'saslBindInProgress'],
  [16, 'noSuchAttribute'],
  [17, 'undefinedAttributeType'],
  [18, 'inappropriateMatching'],
  [19, 'constraintViolation'],
  [20, 'attributeOrValueExists'],
  [21, 'invalidAttributeSyntax'],
  [32, 'noSuchObject'],
  [33, 'aliasProblem'],
  [34, 'invalidDNSyntax'],
  [36, 'aliasDereferencingProblem'],
  [48, 'inappropriateAuthentication'],
  [49, 'invalidCredentials'],
  [50, 'insufficientAccessRights'],
  [51, 'busy'],
  [52, 'unavailable'],
  [53, 'unwillingToPerform'],
  [54, 'loopDetect'],
  [64, 'namingViolation'],
  [65, 'objectClassViolation'],
  [66, 'notAllowedOnNonLeaf'],
  [67, 'notAllowedOnRDN'],
  [68, 'entryAlreadyExists'],
  [69, 'objectClassModsProhibited'],
  [71, 'affectsMultipleDSAs'],
  [80, 'other'],
]);

function readBind(operation: HeaderReader): (string | undefined)[] {
  const version = readInteger(operation, 'Version');
  const name = readElement(operation, 'Name', textIn);
  return [labelled('Version', version), labelled('Name', name === '' ? undefined : name)];
}

function readSearch(operation: HeaderReader): (string | undefined)[] {
  const base = readElement(operation, 'BaseObject', textIn);
  const scope = readInteger(operation, 'Scope', namedNumber(scopeNames));
  return [labelled('BaseObject', base === '' ? '(root)' : base), labelled('Scope', scope, nameOrNumber(scopeNames))];
}

function readObject(operation: HeaderReader): (string | undefined)[] {
  return [labelled('ObjectName', readElement(operation, 'ObjectName', textIn))];
}

/** What every answer but an entry begins with (RFC 4511, 4.1.9). */
function readResult(operation: HeaderReader): (string | undefined)[] {
  const code = readInteger(operation, 'ResultCode', namedNumber(resultNames));
  readElement(operation, 'MatchedDN', textIn);
  readElement(operation, 'DiagnosticMessage', textIn);
  return [labelled('ResultCode', code, nameOrNumber(resultNames))];
}

function readExtended(operation: HeaderReader): (string | undefined)[] {
  return [labelled('RequestName', readElement(operation, 'RequestName', textIn))];
}

/** Operations by their application tag (RFC 4511, 4.2 to 4.13). */
const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0, { name: 'Bind Request', read: readBind }],
  [1, { name: 'Bind Response', read: readResult }],
  [2, { name: 'Unbind Request' }],
  [3, { name: 'Search Request', read: readSearch }],
  [4, { name: 'Search Result Entry', read: readObject }],
  [5, { name: 'Search Result Done', read: readResult }],
  [6, { name: 'Modify Request', read: readObject }],
  [7, { name: 'Modify Response', read: readResult }],
  [8, { name: 'Add Request', read: readObject }],
  [9, { name: 'Add Response', read: readResult }],
  [10, { name: 'Delete Request' }],
  [11, { name: 'Delete Response', read: readResult }],
  [12, { name: 'Modify DN Request', read: readObject }],
  [13, { name: 'Modify DN Response', read: readResult }],
  [14, { name: 'Compare Request', read: readObject }],
  [15, { name: 'Compare Response', read: readResult }],
  [16, { name: 'Abandon Request' }],
  [19, { name: 'Search Result Reference' }],
  [23, { name: 'Extended Request', read: readExtended }],
  [24, { name: 'Extended Response', read: readResult }],
  [25, { name: 'Intermediate Response' }],
]);

/** Whether a message may begin here: a sequence of a number and one of the operations. */
export function looksLikeLdap(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end || bytes[start] !== Tag.Sequence) return false;
  const message = elementAt(bytes, start, end);
  const id = message && elementAt(bytes, message.contentStart, end);
  if (id?.tag !== Tag.Integer || id.end - id.contentStart > 4 || id.end >= end) return false;
  return operationAt(bytes, id.end) !== undefined;
}

function operationAt(bytes: Uint8Array, at: number): Operation | undefined {
  const kind = bytes[at] & 0xe0;
  return kind === Application || kind === primitiveApplication ? operations.get(bytes[at] & 0x1f) : undefined;
}

/** LDAP (RFC 4511): the messages of one segment or datagram, each with its operation and the outcome. */
export const dissectLdap: Dissector = (input) => {
  const header = new HeaderReader(input);
  const messages: string[] = [];
  const end = readMessages(header, looksLikeLdap, () => readMessage(header, messages));
  return streamDissection('LDAP', header, messages.join('; '), end);
};

/** Reads one message, and gives where it ends. */
function readMessage(header: HeaderReader, messages: string[]): number {
  const { frame } = header.input;
  const message = nextElement(header);
  const end = message?.end ?? header.position + header.remaining;
  header.structure('Message', end - header.position, (part) => {
    part.skip((message?.contentStart ?? end) - part.position);
    const id = readInteger(part, 'MessageId');
    const operation = part.remaining > 0 ? operationAt(frame, part.position) : undefined;
    const summary = summaryOf([
      operation?.name,
      labelled('MessageId', id),
      ...(operation ? readOperation(part, operation) : []),
    ]);
    messages.push(summary);
    return summary;
  });
  return end;
}

function readOperation(part: HeaderReader, { name, read }: Operation): (string | undefined)[] {
  const element = nextElement(part);
  if (element === undefined) return [];
  let facts: (string | undefined)[] = [];
  part.structure('Operation', element.end - part.position, (operation) => {
    operation.skip(element.contentStart - operation.position);
    facts = read?.(operation) ?? [];
    return name;
  });
  return facts;
}
