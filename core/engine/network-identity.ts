import type { DecodedField } from '../schema/decode.ts';

/** What a trace tells of one network interface or pktmon component; what it does not tell is empty. */
export interface Identity {
  name: string;
  description: string;
  /** Six bytes, where they are. */
  mac: Uint8Array;
  /** Four bytes each, and sixteen. */
  readonly ipv4: Uint8Array[];
  readonly ipv6: Uint8Array[];
}

export function unknownIdentity(): Identity {
  return { name: '', description: '', mac: new Uint8Array(0), ipv4: [], ipv6: [] };
}

export function textOf(value: DecodedField['raw'] | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Six bytes, or none: tunnels have fewer, and other media more. */
export function macOf(value: DecodedField['raw'] | undefined): Uint8Array {
  const isMac = value instanceof Uint8Array && value.length >= 6 && value.some((byte) => byte !== 0);
  return isMac ? value.slice(0, 6) : new Uint8Array(0);
}
