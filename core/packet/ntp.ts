import { ipv4At } from '../base/address.ts';
import { filetimeToIso } from '../base/filetime.ts';
import { utf8At } from '../base/text.ts';
import type { Dissector } from './dissector.ts';
import { hexNumber, labelled, namedNumber, nameOrNumber, printable, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, type Delimited, numberField } from './header-reader.ts';

const modeNames = new Map([
  [0, 'Reserved'],
  [1, 'Symmetric Active'],
  [2, 'Symmetric Passive'],
  [3, 'Client'],
  [4, 'Server'],
  [5, 'Broadcast'],
  [6, 'Control'],
  [7, 'Private'],
]);
const leapNames = new Map([
  [0, 'No warning'],
  [1, 'Last minute has 61 seconds'],
  [2, 'Last minute has 59 seconds'],
  [3, 'Not synchronized'],
]);

/** Bytes up to and with the transmit timestamp. */
const packetLength = 48;
/** Control and private messages have a format of their own; only their first byte is read. */
const firstForeignMode = 6;
/** A key identifier alone, or with a digest of 16 or 20 bytes (RFC 7822), or of 68 bytes for Windows domains (MS-SNTP). */
const authenticatorLengths = [4, 20, 24, 72];

/** NTP, and SNTP (RFC 5905, 7.3). */
export const dissectNtp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const first = header.packed(1, (value) => [
    numberField('LeapIndicator', value >> 6, namedNumber(leapNames)),
    numberField('VersionNumber', versionOf(value)),
    numberField('Mode', modeOf(value), namedNumber(modeNames)),
  ]);
  const tail = first === undefined || modeOf(first) >= firstForeignMode ? [] : readClock(header);
  const summary = summaryOf([
    first === undefined ? undefined : nameOrNumber(modeNames)(modeOf(first)),
    labelled('Version', first, (value) => String(versionOf(value))),
    ...tail,
  ]);
  const layer = finishedLayer('NTP', header, { summary });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

/** Whether an NTP packet of versions 1 to 4 begins here. */
export function looksLikeNtp(bytes: Uint8Array, start: number, end: number): boolean {
  const version = versionOf(bytes[start]);
  const isLongEnough = end - start >= packetLength || modeOf(bytes[start]) >= firstForeignMode;
  return version >= 1 && version <= 4 && isLongEnough;
}

function versionOf(first: number): number {
  return (first >> 3) & 7;
}

function modeOf(first: number): number {
  return first & 7;
}

/** Reads everything behind the first byte; gives the parts of the summary. */
function readClock(header: HeaderReader): (string | undefined)[] {
  const stratum = header.number('Stratum', 1);
  readSignedByte(header, 'Poll');
  readSignedByte(header, 'Precision');
  readSeconds(header, 'RootDelay');
  readSeconds(header, 'RootDispersion');
  const reference = header.delimited('ReferenceIdentifier', (frame, start, limit) =>
    start + 4 > limit ? undefined : { value: referenceAt(frame, start, stratum ?? 0), next: start + 4 },
  );
  readTimestamp(header, 'ReferenceTimestamp');
  readTimestamp(header, 'OriginTimestamp');
  readTimestamp(header, 'ReceiveTimestamp');
  readTimestamp(header, 'TransmitTimestamp');
  if (authenticatorLengths.includes(header.remaining)) {
    header.number('KeyIdentifier', 4);
    header.bytes('MessageDigest', header.remaining);
  }
  return [labelled('Stratum', stratum), reference === '' ? undefined : labelled('Reference ID', reference)];
}

function readSignedByte(header: HeaderReader, name: string): void {
  header.packed(1, (value) => [numberField(name, (value << 24) >> 24)]);
}

/** 16 bits of seconds and 16 of their fractions. */
function readSeconds(header: HeaderReader, name: string): void {
  header.packed(4, (value) => [numberField(name, Number((value / 0x1_0000).toFixed(6)))]);
}

/** A primary server, and a kiss of death, have a code of four letters; others the address they take the time from. */
function referenceAt(frame: Uint8Array, start: number, stratum: number): string {
  if (stratum > 1) return ipv4At(frame, start);
  return printable(utf8At(frame, start, start + 4).replace(/\0+$/, ''));
}

function readTimestamp(header: HeaderReader, name: string): void {
  header.delimited(name, timestampAt);
}

/** Seconds between 1601, where FILETIME starts, and 1900, where NTP starts. */
const ntpEpochInFiletime = 9_435_484_800n;
/** Timestamps with a clear highest bit belong to the era that starts in 2036 (RFC 4330, 3). */
const eraSeconds = 1n << 32n;

/**
 * 32 bits of seconds and 32 of their fractions, as the instant and as they are. A timestamp of zero stands for an unknown
 * time.
 */
function timestampAt(frame: Uint8Array, start: number, limit: number): Delimited | undefined {
  const next = start + 8;
  if (next > limit) return undefined;
  const seconds = BigInt(bigEndianAt(frame, start, 4));
  const fraction = BigInt(bigEndianAt(frame, start + 4, 4));
  if (seconds === 0n && fraction === 0n) return { value: '0', next };
  const era = seconds < eraSeconds / 2n ? eraSeconds : 0n;
  const ticks = (ntpEpochInFiletime + era + seconds) * 10_000_000n + ((fraction * 10_000_000n) >> 32n);
  return {
    value: `${filetimeToIso(ticks)} (${hexNumber(Number(seconds), 8)}.${hexNumber(Number(fraction), 8).slice(2)})`,
    next,
  };
}
