import type { Dissector } from './dissector.ts';
import { dissectMessage, looksLikeMessage, messageDissector, shortestMessage, type Dialect } from './domain-message.ts';
import { domainNameAt } from './domain-name.ts';
import { operationNames, recordClassNames, recordTypeNames, responseCodeNames } from './domain-names.ts';
import { domainRecords } from './domain-records.ts';
import { byteCount } from './field-text.ts';
import { bigEndianAt, HeaderReader } from './header-reader.ts';

const dns: Dialect = {
  module: 'DNS',
  flags: [
    ['AuthoritativeAnswer', 0x0400],
    ['Truncation', 0x0200],
    ['RecursionDesired', 0x0100],
    ['RecursionAvailable', 0x0080],
    ['AuthenticData', 0x0020],
    ['CheckingDisabled', 0x0010],
  ],
  operations: operationNames,
  responseCodes: responseCodeNames,
  types: recordTypeNames,
  classes: recordClassNames,
  nameAt: domainNameAt,
  records: domainRecords,
};

/** Multicast DNS takes a bit from the class: answer me alone, or forget what others said (RFC 6762, 18.12 and 18.13). */
const mdns: Dialect = {
  ...dns,
  module: 'MDNS',
  classFlags: { question: 'UnicastResponse', record: 'CacheFlush' },
};

/** Link-local multicast name resolution has flags of its own (RFC 4795, 2.1.1). */
const llmnr: Dialect = {
  ...dns,
  module: 'LLMNR',
  flags: [
    ['Conflict', 0x0400],
    ['Truncation', 0x0200],
    ['Tentative', 0x0100],
  ],
};

/** DNS in datagrams (RFC 1035). */
export const dissectDns: Dissector = messageDissector(dns);
/** DNS in a stream (RFC 1035, 4.2.2). */
export const dissectDnsStream: Dissector = streamDissector(dns);
/** MDNS (RFC 6762). */
export const dissectMdns: Dissector = messageDissector(mdns);
/** LLMNR in datagrams (RFC 4795). */
export const dissectLlmnr: Dissector = messageDissector(llmnr);
/** LLMNR in a stream, for answers that are too long for a datagram (RFC 4795, 2.5). */
export const dissectLlmnrStream: Dissector = streamDissector(llmnr);

/** Whether a datagram may be a message of DNS, MDNS or LLMNR; these have the same operations. */
export function looksLikeDns(bytes: Uint8Array, start: number, end: number): boolean {
  return looksLikeMessage(dns, bytes, start, end);
}

/** Bytes before a message in a stream: its length. */
const lengthPrefix = 2;

/**
 * Whether a message of DNS or LLMNR may begin here behind its length, and not bytes from the middle of one: the length
 * has room for what the header counts.
 */
export function looksLikeDnsStream(bytes: Uint8Array, start: number, end: number): boolean {
  const message = start + lengthPrefix;
  if (message >= end || !looksLikeMessage(dns, bytes, message, end)) return false;
  return bigEndianAt(bytes, start, lengthPrefix) >= shortestMessage(bytes, message);
}

/** Reads the first message of a segment. What follows it is left as bytes, which are the next messages. */
function streamDissector(dialect: Dialect): Dissector {
  return (input) => {
    const { frame, start, end } = input;
    const length = Math.min(end, frame.length) - start < lengthPrefix ? 0 : bigEndianAt(frame, start, lengthPrefix);
    const messageEnd = start + lengthPrefix + length;
    const header = new HeaderReader({ ...input, end: Math.min(end, messageEnd) });
    header.number('Length', lengthPrefix);
    const goesOn =
      messageEnd > end ? `The message goes on in the next segment: it has ${byteCount(length)}.` : undefined;
    const { layer, payload } = dissectMessage(dialect, header, [goesOn]);
    return payload === undefined ? { layer } : { layer, payload: { ...payload, end } };
  };
}
