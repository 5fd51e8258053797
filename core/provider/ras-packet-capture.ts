import { EventTable } from './event-table.ts';

/** What the remote access service captures of VPN and dial-up connections: NdisWan, above PPP. */
export const rasPacketCaptureProvider = '{d84521f7-2235-4237-a7c0-14e3a9676286}';
export const rasPacketCaptureProviderName = 'Microsoft-Windows-Ras-NdisWanPacketCapture';

/** Ids of the events that carry a frame. */
export const RasPacketCaptureEvent = { Sent: 5001, Received: 5002 } as const;

/** The frames are Ethernet; a connection is told by its routing domain, a GUID as text, and its user's name. */
export const rasPacketCaptureEvents = new EventTable({
  provider: rasPacketCaptureProvider,
  providerName: rasPacketCaptureProviderName,
  abbreviations: {
    CONNECTION: 'RoutingDomainID:wstr RRASUserName:wstr',
    FRAGMENT: 'FragmentSize:u32 Fragment:bytes[FragmentSize]',
  },
  rows: `
5001 | CONNECTION FRAGMENT | RAS Packet Sent, User: %2, Routing Domain: %1, FragmentSize: %3 | Verbose | rras_ndiswan_sendpath
5002 | CONNECTION FRAGMENT | RAS Packet Received, User: %2, Routing Domain: %1, FragmentSize: %3 | Verbose | rras_ndiswan_recvpath
5003 | param1:wstr | %1 | Verbose
`,
});
