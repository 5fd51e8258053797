/** The medium a frame was captured on. Numbers are ours (a column); pcap numbers are the tcpdump registry's. */
export const LinkType = { Unknown: 0, Ethernet: 1, RawIp: 2, WiFi: 3 } as const;
export type LinkType = (typeof LinkType)[keyof typeof LinkType];

/** LINKTYPE_* numbers as pcap and pcapng write them. */
export const pcapLinkType: Readonly<Record<LinkType, number | undefined>> = {
  [LinkType.Unknown]: undefined,
  [LinkType.Ethernet]: 1,
  [LinkType.RawIp]: 101,
  [LinkType.WiFi]: 105,
};
