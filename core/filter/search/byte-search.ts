import { textEncodingNamed, textEncodings } from '../language/text-encoding.ts';
import { certainPlaces, distinctNeedles, exactNeedle, isNeedleAt, type Needle } from './needle.ts';
import { needlesIn, needlesInAnyEncoding } from './text-needles.ts';

export type BytePattern = { readonly text: string } | { readonly bytes: Uint8Array };
export interface ByteSearchOptions {
  /** Bytes and Base64 are always compared as they are. */
  readonly caseSensitive: boolean;
  /** One of `textEncodings` in any case, null for all of them; nothing to bytes. */
  readonly encoding: string | null;
}

/** A search for bytes, made once and used for many messages. */
export interface ByteSearch {
  /** Says whether the bytes from `from` to before `to` hold the pattern. */
  find(haystack: Uint8Array, from?: number, to?: number): boolean;
  /** Why the pattern cannot be anywhere, a sentence for the filter's author; null when it can. */
  readonly impossible: string | null;
}

/** A search for a text in one or all encodings, or for bytes. An empty pattern is in every message. */
export function compileByteSearch(pattern: BytePattern, options: ByteSearchOptions): ByteSearch {
  if ('bytes' in pattern) return searchForAnyOf([exactNeedle(pattern.bytes)]);
  if (pattern.text === '') return searchForAnyOf([[]]);
  if (options.encoding === null) return searchForAnyOf(needlesInAnyEncoding(pattern.text, options.caseSensitive));
  const encoding = textEncodingNamed(options.encoding);
  if (encoding === undefined) {
    return searchForNothing(`“${options.encoding}” is no encoding; there are ${textEncodings.join(', ')}.`);
  }
  const needles = needlesIn(encoding, pattern.text, options.caseSensitive);
  if (needles.length === 0) {
    return searchForNothing(`“${pattern.text}” cannot be written in ${encoding}, so no message holds it that way.`);
  }
  return searchForAnyOf(needles);
}

function searchForNothing(impossible: string): ByteSearch {
  return { impossible, find: () => false };
}

function searchForAnyOf(needles: readonly Needle[]): ByteSearch {
  if (needles.some((needle) => needle.length === 0)) return { impossible: null, find: () => true };
  const sampling = samplingFor(distinctNeedles(needles));
  return {
    impossible: null,
    find: (haystack, from = 0, to = haystack.length) => findSampled(sampling, haystack, from, to),
  };
}

/**
 * How several needles are found in one pass that looks at few bytes. The pass samples a pair of neighbouring bytes every
 * `stride` bytes. Wherever a needle lies, a sample falls on one of its places of each remainder modulo `stride`; which remainder
 * is chance. So for each remainder the needle picks the place whose pair is rarest in traffic, and only a pair that was
 * picked makes the pass compare whole needles. The stride is odd, because zeros stand at even distances in UTF-16 and UTF-32:
 * with an even stride a remainder could hold nothing but zeros.
 */
interface Sampling {
  readonly stride: number;
  /** Index into `suspects` by the pair (first byte lowest), 0 for a pair that nobody picked. */
  readonly suspectsOfPair: Uint16Array;
  readonly suspects: readonly (readonly Suspect[])[];
  /** A needle of one byte picks a byte alone, whatever follows. The last byte of a haystack has no pair. */
  readonly singleBytes: boolean;
}
/** The needle may be here, with the sampled pair at its place `place`. */
interface Suspect {
  readonly needle: Needle;
  readonly place: number;
}

/** A wider stride would save few looks and have more pairs picked. */
const widestStride = 15;

function samplingFor(needles: readonly Needle[]): Sampling {
  const placesOfNeedle = needles.map(certainPlaces);
  const shortest = Math.min(...placesOfNeedle.map((places) => places.length));
  const singleBytes = shortest === 1;
  const stride = Math.min(widestStride, largestOddUpTo(Math.max(1, shortest - 1)));
  const suspectsOfPair = new Uint16Array(0x10000);
  const suspects: Suspect[][] = [[]];
  needles.forEach((needle, index) => {
    const places = placesOfNeedle[index];
    for (const place of pickedPlaces(places, stride, singleBytes)) {
      for (const pair of pairsAt(places, place, singleBytes)) {
        if (suspectsOfPair[pair] === 0) suspectsOfPair[pair] = suspects.push([]) - 1;
        suspects[suspectsOfPair[pair]].push({ needle, place });
      }
    }
  });
  return { stride, suspectsOfPair, suspects, singleBytes };
}

function largestOddUpTo(limit: number): number {
  return limit % 2 === 1 ? limit : limit - 1;
}

/** For each remainder modulo `stride` the place of the rarest pair. */
function pickedPlaces(places: readonly (readonly number[])[], stride: number, singleBytes: boolean): number[] {
  const lastPlace = places.length - (singleBytes ? 1 : 2);
  const frequencies = places.map((bytes) => bytes.reduce((sum, byte) => sum + typicalFrequency(byte), 0));
  const frequencyAt = (place: number) => frequencies[place] * (singleBytes ? 1 : frequencies[place + 1]);
  return Array.from({ length: stride }, (_, remainder) => {
    let rarest = remainder;
    for (let place = remainder; place <= lastPlace; place += stride) {
      if (frequencyAt(place) < frequencyAt(rarest)) rarest = place;
    }
    return rarest;
  });
}

const everyByte = Array.from({ length: 0x100 }, (_, byte) => byte);

function pairsAt(places: readonly (readonly number[])[], place: number, singleBytes: boolean): number[] {
  const seconds = singleBytes ? everyByte : places[place + 1];
  return places[place].flatMap((first) => seconds.map((second) => first | (second << 8)));
}

/** How often a byte is met in network traces, in rough relative numbers: only their order matters. */
function typicalFrequency(byte: number): number {
  if (byte === 0) return 50;
  if (byte === 0xff || byte === 0x20) return 8;
  if (byte < 0x20 || byte === 0x80) return 3;
  const letter = ' etaoinsrhldcumfpgwybvkxjqz'.indexOf(String.fromCharCode(byte).toLowerCase());
  if (letter > 0) return byte >= 0x61 ? 1 + (27 - letter) / 4 : 1 + (27 - letter) / 20;
  return byte < 0x80 ? 2 : 1;
}

function findSampled(sampling: Sampling, haystack: Uint8Array, from: number, to: number): boolean {
  const start = Math.max(0, from);
  const end = Math.min(haystack.length, to);
  const found =
    sampling.stride === 1
      ? isFoundAtEveryPair(sampling, haystack, start, end)
      : isFoundAtStrides(sampling, haystack, start, end);
  if (found) return true;
  return sampling.singleBytes && start < end && isFoundAt(sampling, haystack, end - 1, haystack[end - 1], start, end);
}

// Both loops look at four pairs a turn: their speed hangs on one branch for four.

/** Stride 1 has a loop of its own, because neighbouring pairs share their bytes. */
function isFoundAtEveryPair(sampling: Sampling, haystack: Uint8Array, from: number, to: number): boolean {
  const { suspectsOfPair } = sampling;
  let at = from;
  for (; at < to - 4; at += 4) {
    const second = haystack[at + 1];
    const third = haystack[at + 2];
    const fourth = haystack[at + 3];
    const picked =
      suspectsOfPair[haystack[at] | (second << 8)] |
      suspectsOfPair[second | (third << 8)] |
      suspectsOfPair[third | (fourth << 8)] |
      suspectsOfPair[fourth | (haystack[at + 4] << 8)];
    if (picked !== 0 && isFoundAtSamples(sampling, haystack, at, at + 3, from, to)) return true;
  }
  return isFoundAtSamples(sampling, haystack, at, to - 2, from, to);
}

function isFoundAtStrides(sampling: Sampling, haystack: Uint8Array, from: number, to: number): boolean {
  const { stride, suspectsOfPair } = sampling;
  let at = from;
  for (const last = to - 1 - 3 * stride; at < last; at += 4 * stride) {
    const second = at + stride;
    const third = second + stride;
    const fourth = third + stride;
    const picked =
      suspectsOfPair[haystack[at] | (haystack[at + 1] << 8)] |
      suspectsOfPair[haystack[second] | (haystack[second + 1] << 8)] |
      suspectsOfPair[haystack[third] | (haystack[third + 1] << 8)] |
      suspectsOfPair[haystack[fourth] | (haystack[fourth + 1] << 8)];
    if (picked !== 0 && isFoundAtSamples(sampling, haystack, at, fourth, from, to)) return true;
  }
  return isFoundAtSamples(sampling, haystack, at, to - 2, from, to);
}

/** Looks at the samples from `first` to `last`, both included. */
function isFoundAtSamples(
  sampling: Sampling,
  haystack: Uint8Array,
  first: number,
  last: number,
  from: number,
  to: number,
): boolean {
  for (let at = first; at <= last; at += sampling.stride) {
    if (isFoundAt(sampling, haystack, at, haystack[at] | (haystack[at + 1] << 8), from, to)) return true;
  }
  return false;
}

function isFoundAt(
  sampling: Sampling,
  haystack: Uint8Array,
  at: number,
  pair: number,
  from: number,
  to: number,
): boolean {
  const index = sampling.suspectsOfPair[pair];
  if (index === 0) return false;
  for (const { needle, place } of sampling.suspects[index]) {
    if (at - place >= from && isNeedleAt(needle, haystack, at - place, to)) return true;
  }
  return false;
}
