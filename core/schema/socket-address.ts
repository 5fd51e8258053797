import { ipv4At, ipv6At, parseIpv4, parseIpv6 } from '../base/address.ts';

/** Address families of Windows' SOCKADDR (ws2def.h), and the bytes each structure takes. */
const internet = { family: 2, size: 16 };
const internet6 = { family: 23, size: 28 };

/** A SOCKADDR as `192.0.2.1:80` or `[2001:db8::1]:80`, or undefined when the bytes are none that we know. */
export function socketAddressAt(bytes: Uint8Array, offset: number, end: number): string | undefined {
  if (end - offset < 8) return undefined;
  const family = bytes[offset] | (bytes[offset + 1] << 8);
  const port = (bytes[offset + 2] << 8) | bytes[offset + 3];
  if (family === internet.family) return `${ipv4At(bytes, offset + 4)}:${port}`;
  if (family !== internet6.family || end - offset < internet6.size) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, internet6.size);
  const scope = view.getUint32(24, true);
  return `[${ipv6At(bytes, offset + 8)}${scope === 0 ? '' : `%${scope}`}]:${port}`;
}

/** The SOCKADDR of such a text, or undefined when it is none. */
export function socketAddressBytes(text: string): Uint8Array | undefined {
  const match = /^(?:\[([^\]%]+)(?:%(\d+))?\]|([\d.]+)):(\d{1,5})$/.exec(text);
  if (!match) return undefined;
  const ipv6Text = match.at(1);
  const ipv4Text = match.at(3);
  const ipv4 = ipv4Text === undefined ? undefined : parseIpv4(ipv4Text);
  const ipv6 = ipv6Text === undefined ? undefined : parseIpv6(ipv6Text);
  if (ipv4 === undefined && !ipv6) return undefined;
  const bytes = new Uint8Array(ipv6 ? internet6.size : internet.size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, ipv6 ? internet6.family : internet.family, true);
  view.setUint16(2, Number(match[4]));
  if (ipv6) {
    bytes.set(ipv6, 8);
    view.setUint32(24, Number(match.at(2) ?? 0), true);
  } else view.setUint32(4, ipv4 ?? 0);
  return bytes;
}
