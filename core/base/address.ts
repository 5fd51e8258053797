/** Network addresses between their bytes and the texts people write. */

export function ipv4At(bytes: Uint8Array, offset: number): string {
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
}

/** Address of a number whose highest byte is the first octet. */
export function ipv4Text(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The number (highest byte first) of a dotted-quad text, or undefined when it is none. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) return undefined;
  return octets.reduce((value, octet) => value * 256 + Number(octet), 0);
}

/** The shortest text of RFC 5952: lower case, the longest run of two or more zero groups as `::`. */
export function ipv6At(bytes: Uint8Array, offset: number): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => (bytes[offset + index * 2] << 8) | bytes[offset + index * 2 + 1],
  );
  let longestStart = -1;
  let longestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > longestLength) {
      longestStart = start;
      longestLength = length;
    }
  }
  const words = groups.map((group) => group.toString(16));
  if (longestStart < 0) return words.join(':');
  return `${words.slice(0, longestStart).join(':')}::${words.slice(longestStart + longestLength).join(':')}`;
}

/** The 16 bytes of an IPv6 text, also with an embedded dotted quad, or undefined when it is none. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded) {
    const value = parseIpv4(embedded[2]);
    if (value === undefined) return undefined;
    return parseIpv6(`${embedded[1]}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const head = groupsOf(halves[0]);
  const tail = halves.length === 2 ? groupsOf(halves[1]) : [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const bytes = new Uint8Array(16);
  groups.forEach((group, index) => {
    const value = Number.parseInt(group, 16);
    bytes[index * 2] = value >> 8;
    bytes[index * 2 + 1] = value & 255;
  });
  return bytes;
}

/** A MAC address as Windows prints it: `00-15-5D-01-02-03`. */
export function macAt(bytes: Uint8Array, offset: number): string {
  return Array.from(bytes.subarray(offset, offset + 6), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  ).join('-');
}

/** The 6 bytes of a MAC text (`00-15-5D-..`, `00:15:5d:..`, `00155D......`), or undefined when it is none. */
export function parseMac(text: string): Uint8Array | undefined {
  if (!/^([0-9a-f]{2}([-:])?)(?:[0-9a-f]{2}\2?){4}[0-9a-f]{2}$/i.test(text)) return undefined;
  const digits = text.replace(/[-:]/g, '');
  if (digits.length !== 12) return undefined;
  return Uint8Array.from({ length: 6 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16));
}
