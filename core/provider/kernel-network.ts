import { EventTable } from './event-table.ts';
import { KernelClass } from './kernel-classes.ts';

/**
 * TCP and UDP of the kernel logger: Windows' MOF classes TcpIp_* and UdpIp_*. `size` is that of the data, `connid` has
 * that of a pointer. Of version 1 (before Windows Vista) one public description has `connid` and `seqnum`, another not.
 */
const abbreviations = {
  V4: 'PID:pid size:u32 daddr:ipv4 saddr:ipv4 dport:port sport:port',
  V6: 'PID:pid size:u32 daddr:ipv6 saddr:ipv6 dport:port sport:port',
  CONNECTION: 'seqnum:u32 connid:pointer',
  TIMES: 'startime:u32 endtime:u32',
  OPTIONS: 'mss:u16 sackopt:u16 tsopt:u16 wsopt:u16 rcvwin:u32 rcvwinscale:i16 sndwinscale:i16',
  OLDTCP: 'daddr:ipv4 saddr:ipv4 dport:port sport:port size:u32 PID:pid',
  OLDUDP: 'context:pointer saddr:ipv4 sport:port size:u16 daddr:ipv4 dport:port dsize:u16',
  OLDCONNECTION: 'connid:u32|none seqnum:u32|none',
  FAILURE: 'Proto:u16 FailureCode:u16',
};

export const tcpIpEvents = new EventTable({
  provider: KernelClass.TcpIp,
  providerName: 'TcpIp',
  isClass: true,
  abbreviations,
  rows: `
10@2 SendIPV4 | V4 TIMES CONNECTION
11@2 RecvIPV4 | V4 CONNECTION
12@2 ConnectIPV4 | V4 OPTIONS CONNECTION
13@2 DisconnectIPV4 | V4 CONNECTION
14@2 RetransmitIPV4 | V4 CONNECTION
15@2 AcceptIPV4 | V4 OPTIONS CONNECTION
16@2 ReconnectIPV4 | V4 CONNECTION
17@2 Fail | FAILURE
18@2 TCPCopyIPV4 | V4 CONNECTION
26@2 SendIPV6 | V6 TIMES CONNECTION
27@2 RecvIPV6 | V6 CONNECTION
28@2 ConnectIPV6 | V6 OPTIONS CONNECTION
29@2 DisconnectIPV6 | V6 CONNECTION
30@2 RetransmitIPV6 | V6 CONNECTION
31@2 AcceptIPV6 | V6 OPTIONS CONNECTION
32@2 ReconnectIPV6 | V6 CONNECTION
34@2 TCPCopyIPV6 | V6 CONNECTION
10@1 Send | V4 startime:u32|none endtime:u32|none OLDCONNECTION
11@1 Recv | V4 OLDCONNECTION
12@1 Connect | V4 OPTIONS connid:u32 seqnum:u32
12@1 Connect | V4
13@1 Disconnect | V4 OLDCONNECTION
14@1 Retransmit | V4 OLDCONNECTION
15@1 Accept | V4 OPTIONS connid:u32 seqnum:u32
15@1 Accept | V4
16@1 Reconnect | V4 OLDCONNECTION
17@1 Fail | Proto:u32
18@1 TCPCopy | V4 OLDCONNECTION
19@1 ARPCopy | V4 OLDCONNECTION
20@1 FullACK | V4 OLDCONNECTION
21@1 PartACK | V4 OLDCONNECTION
22@1 DupACK | V4 OLDCONNECTION
10@0 Send | OLDTCP
11@0 Recv | OLDTCP
12@0 Connect | OLDTCP
13@0 Disconnect | OLDTCP
14@0 Retransmit | OLDTCP
15@0 Accept | OLDTCP
`,
});

export const udpIpEvents = new EventTable({
  provider: KernelClass.UdpIp,
  providerName: 'UdpIp',
  isClass: true,
  abbreviations,
  rows: `
10@2 SendIPV4 | V4 CONNECTION
11@2 RecvIPV4 | V4 CONNECTION
17@2 Fail | FAILURE
26@2 SendIPV6 | V6 CONNECTION
27@2 RecvIPV6 | V6 CONNECTION
10@1 Send | V4
11@1 Recv | V4
10@0 Send | OLDUDP
11@0 Recv | OLDUDP
`,
});
