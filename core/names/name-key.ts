import { ipv4Text, ipv6At, macAt, parseIpv4, parseIpv6, parseMac } from '../base/address.ts';
import { emptyGuid, parseGuid } from '../base/guid.ts';
import type { NameKey } from './named-thing.ts';

/**
 * The key that a text spells, in its normal form, or undefined when the text spells none that could tell things apart:
 * empty, all zeros, a broadcast or loopback address. `label` is the column or property the text was found in.
 *
 * Every usual spelling counts: GUIDs in braces or without, behind `\Device\` or `/DEVICE/`; a NIC as
 * `VMGUID--ADAPTERGUID`, `Microsoft:VMGUID\ADAPTERGUID`; MACs with `-`, `:`, `.`, or nothing between; addresses with a
 * prefix length, a zone, or a remark in parentheses; numbers in decimal or `0x` hexadecimal.
 */
export function nameKey(kind: NameKey['kind'], text: string, label: string): NameKey | undefined {
  const value = text.length > longestSpelling ? undefined : normalForms[kind](text.trim());
  return value === undefined ? undefined : { kind, value, label };
}

/** The key of a NIC by the name the vSwitch gives it: two GUIDs, or one. */
export function switchNicKey(nicName: string, label: string): NameKey | undefined {
  return nameKey('nic', nicName, label) ?? nameKey('guid', nicName, label);
}

/** What tells keys apart: their labels do not. */
export function nameKeyText({ kind, value }: NameKey): string {
  return `${kind} ${value}`;
}

/** Two GUIDs with all that may stand around them are shorter; patterns need not look at more. */
const longestSpelling = 200;

const normalForms: Readonly<Record<NameKey['kind'], (text: string) => string | undefined>> = {
  guid: guidForm,
  nic: nicForm,
  ifindex: (text) => numberForm(text, 0xffff_ffff),
  component: (text) => numberForm(text, 0xffff),
  mac: macForm,
  ip: addressForm,
};

/** What a GUID stands behind where it is part of a path or an id, `\Device\NPF_{…}` too. */
const guidPrefix = /^(?:[\\/]{1,2}(?:device|\?\?|[.?])[\\/](?:\w+_)?|Microsoft:)/i;
const nicParts = /^(?:Microsoft:)?([^-\\][^\\]*?)(?:--|\\{1,2})([^\\]+)$/i;

function guidForm(text: string): string | undefined {
  const guid = parseGuid(text.replace(guidPrefix, ''));
  return guid === undefined || guid === emptyGuid ? undefined : guid.slice(1, -1).toUpperCase();
}

function nicForm(text: string): string | undefined {
  const [machine, adapter] = nicParts.exec(text)?.slice(1).map(guidForm) ?? [];
  return machine === undefined || adapter === undefined ? undefined : `${machine}--${adapter}`;
}

function numberForm(text: string, highest: number): string | undefined {
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return undefined;
  const value = Number(text);
  return value > 0 && value <= highest ? String(value) : undefined;
}

function macForm(text: string): string | undefined {
  const plain = text.replace(/^0x/i, '').replace(/^([0-9a-f]{4})\.([0-9a-f]{4})\.([0-9a-f]{4})$/i, '$1$2$3');
  const bytes = parseMac(plain);
  const isNobodys = bytes?.every((byte) => byte === bytes[0] && (byte === 0 || byte === 255)) ?? true;
  return bytes === undefined || isNobodys ? undefined : macAt(bytes, 0);
}

/** Windows prints `fe80::1%12`, `10.0.0.1(Preferred)`; docker and HNS `10.0.0.1/24`. */
function addressForm(text: string): string | undefined {
  const plain = text
    .replace(/\s*\([^()]*\)$/, '')
    .replace(/\/\d{1,3}$/, '')
    .replace(/%[\w.-]+$/, '');
  const ipv4 = parseIpv4(plain);
  if (ipv4 !== undefined) return isOneMachines(ipv4) ? ipv4Text(ipv4) : undefined;
  const ipv6 = plain.includes(':') ? parseIpv6(plain) : undefined;
  const isUnspecifiedOrLoopback = ipv6?.subarray(0, 15).every((byte) => byte === 0) && ipv6[15] <= 1;
  return ipv6 === undefined || isUnspecifiedOrLoopback === true ? undefined : ipv6At(ipv6, 0);
}

/** Neither unspecified, nor loopback (RFC 1122), nor multicast or broadcast. */
function isOneMachines(ipv4: number): boolean {
  const first = ipv4 >>> 24;
  return ipv4 !== 0 && first !== 127 && first < 224;
}
