import { describe, expect, it } from 'vitest';
import { LinkType, sniffEthernetOrRawIp, sniffWifiOrEthernet } from './link-type.ts';
import {
  arpRequest,
  beacon,
  bytesOf,
  destinationMac,
  ethernet,
  ipv4,
  ipv6,
  snap,
  sourceMac,
  udp,
  wifiData,
} from './test-frames.ts';

const packet = ipv4(17, udp(''));
const sniff = (text: string): LinkType => {
  const bytes = bytesOf(`ff ff ff ${text} ff ff`);
  return sniffWifiOrEthernet(bytes, 3, bytes.length - 2);
};

describe('a frame that pktmon calls WiFi', () => {
  it('is Ethernet when an EtherType stands where Ethernet has it', () => {
    expect(sniff(ethernet(0x0800, packet))).toBe(LinkType.Ethernet);
    expect(sniff(ethernet(0x86dd, ipv6(17, udp(''))))).toBe(LinkType.Ethernet);
    expect(sniff(ethernet(0x0806, arpRequest))).toBe(LinkType.Ethernet);
    expect(sniff(ethernet(0x888e, '02 03 00 5f'))).toBe(LinkType.Ethernet);
  });

  it('is 802.11 when LLC stands behind its header', () => {
    expect(sniff(wifiData(snap(0x0800, packet)))).toBe(LinkType.WiFi);
    expect(sniff(`08 00 0000 ${destinationMac} ${sourceMac} ${destinationMac} 0000 ${snap(0x0800, packet)}`)).toBe(
      LinkType.WiFi,
    );
  });

  it('is 802.11 even if a MAC address looks like an EtherType, as long as there is LLC', () => {
    expect(sniff(`08 00 0000 ${destinationMac} 00 15 08 00 0b 0c ${destinationMac} 0000 ${snap(0x0800, packet)}`)).toBe(
      LinkType.WiFi,
    );
  });

  it('is 802.11 in all other cases, also when it is too short to tell', () => {
    expect(sniff(beacon)).toBe(LinkType.WiFi);
    expect(sniff(ethernet(0x88cc, '00'))).toBe(LinkType.WiFi);
    expect(sniff('')).toBe(LinkType.WiFi);
    expect(sniff(`${destinationMac} ${sourceMac} 08`)).toBe(LinkType.WiFi);
  });
});

describe('a frame of a tunnel interface', () => {
  const sniffTunnel = (text: string): LinkType => {
    const bytes = bytesOf(`ff ff ff ${text} ff ff`);
    return sniffEthernetOrRawIp(bytes, 3, bytes.length - 2);
  };
  /** A MAC address that begins like an IPv4 header. */
  const likeIp = (frame: string): string => `45${frame.slice(2)}`;

  it('is Ethernet when an EtherType announces what follows, whatever the address begins with', () => {
    expect(sniffTunnel(ethernet(0x0800, packet))).toBe(LinkType.Ethernet);
    expect(sniffTunnel(likeIp(ethernet(0x0800, packet)))).toBe(LinkType.Ethernet);
    expect(sniffTunnel(likeIp(ethernet(0x86dd, ipv6(17, udp('')))))).toBe(LinkType.Ethernet);
    expect(sniffTunnel(likeIp(ethernet(0x0806, arpRequest)))).toBe(LinkType.Ethernet);
    expect(sniffTunnel(ethernet(0x9999, '00'))).toBe(LinkType.Ethernet);
  });

  it('is bare IP otherwise, also when its address looks like an EtherType', () => {
    expect(sniffTunnel(packet)).toBe(LinkType.RawIp);
    expect(sniffTunnel(ipv6(17, udp('')))).toBe(LinkType.RawIp);
    expect(sniffTunnel(packet.replace('0a000004', '08000004'))).toBe(LinkType.RawIp);
    expect(sniffTunnel('')).toBe(LinkType.RawIp);
    expect(sniffTunnel('45 00 00')).toBe(LinkType.RawIp);
  });
});
