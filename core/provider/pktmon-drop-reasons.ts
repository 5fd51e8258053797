import type { ValueMap } from '../schema/event-schema.ts';
import { valueMap } from './event-table.ts';

/**
 * Why a packet was dropped, as pktmon numbers it: DropReason of events 120 to 260. 0 to 38 are also the drop reasons of
 * the virtual switch. Source: the Windows SDK's pktmon header; texts as Windows 11 writes them into traces (201 to 204
 * meant something else on Windows 10 1809, whose traces carry their own map).
 */
export const dropReasonMap: ValueMap = valueMap(
  'DropReason',
  `
0 Unspecified
1 Invalid Data
2 Invalid Packet
3 Insufficient resources
4 Adapter not ready
5 Media Disconnected
6 Not accepted
7 Device busy
8 Filtered
9 Filtered VLAN
10 Unauthorized VLAN
11 Unauthorized MAC
12 Failed security policy
13 Failed pVlan setting
14 QoS drop
15 IPSec drop
16 Spoofed MAC address is not allowed
17 Failed DHCP guard
18 Failed Router Guard
19 Bridge is not allowed inside VM
20 Virtual Subnet ID does not match
21 Required vSwitch extension is missing
22 Creating vSwitch over another vSwitch is not allowed
23 MTU mismatch
24 Native forwarding required
25 Invalid VLAN format
26 Invalid destination MAC
27 Invalid source MAC
28 First NB too small
29 Windows Network Virtualization error
30 Storm limit exceeded
31 ICMP request injected by switch
32 Failed to update destination list
33 Destination NIC is disabled
34 Packet does not match destination NIC packet filter
35 vSwitch data flow is disabled
36 Port isolation setting does not allow untagged traffic
37 Invalid PD queue
38 Adapter is in low power state
201 Adapter paused
202 Adapter reset in progress
203 Send aborted
204 Unsupported EtherType
205 General failure
206 Invalid frame length
207 Host out of memory
208 Frame too long
209 Frame too short
210 Frame length error
211 Cyclic Redundancy Check (CRC) error
212 Frame checksum error
213 Frame check sequence (FCS) error
214 Frame symbol error
215 Head of queue timeout
216 Stalled state discard
217 Receive queue full
218 Physical layer error
219 DMA error
220 Firmware error
221 Decryption error
222 Bad signature
223 Coalescing error
225 VLAN anti-spoofing failure
226 Unallowed EtherType
227 VPort down
228 Steering mismatch
401 Microport error
402 VF not ready
403 Microport not ready
404 VMBus error
601 Loopback Ethernet packet
602 Invalid SNAP header
603 Invalid Ethernet type
604 Invalid packet length
605 Header not contiguous
606 Invalid destination type
607 Interface not ready
608 Provider not ready
609 Invalid LSO information
610 Invalid USO information
611 Invalid medium type
612 Invalid ARP header
613 No interface available to receive packets for an isolation ID
614 NetBufferList cannot contain more than one NetBuffer
701 Failed ARP Guard
702 Invalid ARP Pkt Limiter
703 Invalid DHCP Pkt Limiter
704 Broadcast Blocked
705 Block Non-IP Pkt
706 Invalid ARP Filter
707 Failed IPv4 Guard
708 Failed IPv6 Guard
709 Failed MAC Guard
710 No Broadcast destination ports available
711 No Unicast destination ports available
712 Unicast port not ready
713 Switch callback failed
714 Invalid ICMPV6 limiter
715 Intercept Pkt Drop
716 Intercept Blocked
717 Failed NDP Guard
718 Port Blocked
719 NIC Suspended
801 HTTP: WSK Receive Suppressed
901 Bad source address
902 Not locally destined
903 Protocol unreachable
904 Port unreachable
905 Bad length
906 Malformed header
907 No route available
908 Beyond scope
909 Inspection drop
910 Too many decapsulations
911 Administratively prohibited
912 Bad checksum
913 Max receive path discard reason
914 Hop limit exceeded
915 Address unreachable
916 RSC packet
917 Max forward path discard reason
918 Arbitration unhandled
919 Inspection absorb
920 Fragment MTU exceeded
921 Buffer length exceeded
922 Address resolution timeout
923 Address resolution failure
924 IPsec failure
925 Extension headers failure
926 IPSNPI client drop
927 Unsupported offload
928 Routing failure
929 Ancillary data failure
930 Raw data failure
931 Session state failure
932 IPSNPI: modified but not forwarded
933 IPSNPI: no next hop specified
934 IPSNPI: compartment not found
935 IPSNPI: interface not found
936 IPSNPI: subinterface not found
937 IPSNPI: disabled interface
938 IPSNPI: segmentation failed
939 IPSNPI: No Ethernet header
940 IPSNPI: unexpected fragment
941 IPSNPI: unsupported interface type
942 IPSNPI: invalid LSO info
943 IPSNPI: invalid USO info
944 Unexpected internal error
945 Administratively configured setting
946 Bad option
947 This type of packet is not accepted over loopback
948 Scope of address is too limited
949 Full queue
950 Disabled interface
951 ICMP: general failure
952 ICMP: truncated header
953 ICMP: invalid checksum
954 ICMP: inspection drop
955 ICMP: rejecting loopback neighbor discovery
956 ICMP: unknown type/code
957 ICMP: truncated IP header
958 ICMP: oversized IP header
959 ICMP: no handler
960 ICMP: not responding with error for error
961 ICMP: invalid source
962 ICMP: interface rate limit
963 ICMP: path rate limit
964 ICMP: no route
965 ICMP: no matching request
966 ICMP: buffer too small
967 ICMP: failed to obtain ancillary data
968 ICMP: incorrect hop limit
969 ICMP: unknown code
970 ICMP: source not linklocal
971 ICMP: truncated ND header
972 ICMP: invalid ND option SourceLinkAddr
973 ICMP: invalid ND option MTU
974 ICMP: invalid ND option PrefixInformation
975 ICMP: invalid ND option RouteInformation
976 ICMP: invalid ND option RDNSS
977 ICMP: invalid ND option DNSSL
978 ICMP: packet parsing failure
979 ICMP: disallowed by the current configuration
980 ICMP: invalid router advertisement
981 ICMP: source address is not on the same link as this interface
982 ICMP: invalid destination or target address for redirect message
983 ICMP: invalid neighbor discovery target
984 ICMP: invalid neighbor advertisement - the solicited flag cannot be set if the destination address is multicast
985 ICMP: the link layer address belongs to this interface
986 ICMP: duplicate echo request
987 ICMP: router advertisement came from a router that is not part of the potential router list
988 ICMP: router advertisement came from a router that is not part of the potential router list
989 ICMP: router advertisement came from a router that is not part of the potential router list
990 ICMP: router advertisement came from a router that is not part of the potential router list
991 ICMP: not locally destined
992 ARP: invalid source
993 ARP: invalid target
994 ARP: the source address in the DL header belongs to the local interface
995 ARP: not locally destined
996 NL client discard
997 IPSNPI: URO segment size exceeds forward interface MTU
998 ICMP: packet was fragmented
1000 Source violation
1001 ICMP: packet is jumbogram
1002 Sw Uso failure
1200 INET: source unspecified
1201 INET: destination is multicast
1202 INET: header is invalid
1203 INET: checksum is invalid
1204 INET: transport endpoint was not found
1205 INET: connected path error
1206 INET: session state error
1207 INET: receive inspection
1208 INET: invalid ACK in SYN_SENT state
1209 INET: expected SYN
1210 INET: received RST
1211 INET: received SYN while in SYN_RCVD state
1212 INET: simultaneous connect
1213 INET: PAWS failed
1214 INET: land attack
1215 INET: missed RST
1216 INET: outside receive window
1217 INET: duplicate segment
1218 INET: closed window
1219 INET: TCB removed
1220 INET: FIN-WAIT2
1221 INET: reassembly conflict
1222 INET: FIN received
1223 INET: listener received segment with invalid flags
1224 INET: TCB was not inserted in TCB table
1225 INET: TIME-WAIT TCB received RST outside receive window
1226 INET: TIME-WAIT TCB received segment with SYN and other flags set
1227 INET: packet dropped by TIME_WAIT TCB
1228 INET: SYN+ACK with fastopen cookie request
1229 INET: listener dropped SYN because SO_PAUSE_ACCEPT was set
1230 INET: listener dropped SYN to reduce memory pressure
1231 INET: accept inspection
1232 INET: accept redirection
1301 SlbMux: Parsing failure
1302 SluMux: First packet for the fragmented datagram is not at offset 0
1303 SlbMux: Failed to parse or validate the IP packet contained in the ICMP error message payload
1304 SlbMux: IP packet contained in the ICMP error message payload does not match any existing session
1305 SlbMux: Failed to find a nexthop for external hairpinning
1306 SlbMux: No matching static mapping exists to let the packet in
1307 SlbMux: Failed to acquire a reference on the nexthop object
1308 SlbMux: Failed to clone the packet
1309 SlbMux: Failed to translate the packet
1310 SlbMux: Hop limit exceeded
1311 SlbMux: Packet is larger than nexthop MTU and cannot be fragmented
1312 SlbMux: Unexpected route lookup failure
1313 SlbMux: No route to packet destination was found
1314 SlbMux: Failed to create a session object
1315 SlbMux: The interface over which the packet is to be routed is not a SLBMUX external interface
1316 SlbMux: The interface over which the packet is to be routed does not have a matching SLBMUX instancee
1317 SlbMux: SLBMUX device itself is not allowed to be an internal host at the same time
1318 SlbMux: Packet is routable in its own arrival compartment
1319 SlbMux: Packet transport protocol is not supported by SLBMUX
1320 SlbMux: Packet is destined to SLBMUX itself
1321 SlbMux: Packet destination address and port do not fall within any SLBMUX external address port range
1322 SlbMux: SLBMUX rejected the packet
1323 SlbMux: SLBMUX failed to find the Vip/Dip configuration
1324 SlbMux: SLBMUX failed to send the encapsulated packet
1325 SlbMux: SLBMUX found invalid reachability encap type for diagnostic packet
1326 SlbMux: SLBMUX received redirect packet as the diagnostic packet
1327 SlbMux: SLBMUX unable to handle redirect packet
1401 IPSEC: The SPI in the packet does not match a valid IPsec SA
1402 IPSEC: Packet was received on an IPsec SA whose lifetime has expired
1403 IPSEC: Packet was received on an IPsec SA that does not match the packet characteristics
1404 IPSEC: Packet sequence number replay check failed
1405 IPSEC: IPsec header and/or trailer in the packet is invalid
1406 IPSEC: IPsec integrity check failed
1407 IPSEC: IPsec dropped a clear text packet
1408 IPSEC: IPsec dropped an incoming ESP packet in authenticated firewall mode
1409 IPSEC: IPsec dropped a packet due to DoS throttling
1410 IPSEC: IPsec DoS Protection matched an explicit block rule
1411 IPSEC: IPsec DoS Protection received an IPsec specific multicast packet which is not allowed
1412 IPSEC: IPsec DoS Protection received an incorrectly formatted packet
1413 IPSEC: IPsec DoS Protection failed to look up state
1414 IPSEC: IPsec DoS Protection failed to create state because the maximum number of entries allowed by policy has been reached
1415 IPSEC: IPsec DoS Protection received an IPsec negotiation packet for a keying module which is not allowed by policy
1416 IPSEC: IPsec DoS Protection failed to create a per internal IP rate limit queue because the maximum number of queues allowed by policy has been reached
1417 IPSEC: Failed to allocate memory
1418 IPSEC: Operation was unsuccessful
1501 NETCX: Failed to parse NetPacket Layout correctly
1502 NETCX: Failed to calculate NetBuffer software checksum
1503 NETCX: Queue is being stopped or destroyed
1504 NETCX: Invalid NetBuffer size
1505 NETCX: Large Send Offload (LSO) failure
1506 NETCX: UDP Segmentation Offload (USO) failure
1507 NETCX: NetBuffer bounce operation failed
3000 HTTP: Begin (Internal Placeholder)
3001 HTTP: Error Begin (Internal Placeholder)
3002 HTTP: Error. More specific error is unavailable
3003 HTTP: Error. Invalid Verb
3004 HTTP: Error. Invalid Url
3005 HTTP: Error. Invalid Header
3006 HTTP: Error. Invalid Host. The host is not found. Check the URL to make sure it is valid.
3007 HTTP: Error. Invalid Number
3008 HTTP: Error. Invalid Field Length
3009 HTTP: Error. Invalid Request Length
3010 HTTP: Error. Unauthorized
3011 HTTP: Error. Forbidden Url. Access is denied to this URL.
3012 HTTP: Error. Requested Resource Not Found. Check the path to make sure it is valid.
3013 HTTP: Error. Invalid Content Length
3014 HTTP: Error. Precondition Failed
3015 HTTP: Error. Entity Too Large
3016 HTTP: Error. Invalid Url Length
3017 HTTP: Error. Range Not Satisfiable
3018 HTTP: Error. Misdirected Request. The host and SNI info do not match.
3019 HTTP: Error. Internal Server failure. This is a general failure processing the request.
3020 HTTP: Error. Not Implemented
3021 HTTP: Error. This usually means that the listener is unavailable. Make sure that the listener is running.
3022 HTTP: Error. Connection Limit Reached
3023 HTTP: Error. Rapid Fail Protection
3024 HTTP: Error. Request Queue Full. The listener is not processing requests fast enough.
3025 HTTP: Error. Delivering requests is disabled by the admin.
3026 HTTP: Error. Delivering requests is disabled by the listener.
3027 HTTP: Error. Job Object Fired
3028 HTTP: Error. App Pool Busy
3029 HTTP: Error. Invalid version
3030 HTTP: Error End (Internal Placeholder)
3400 HTTP: Fault Begin (Internal Placeholder)
3401 HTTP: Fault. User Abort
3402 HTTP: Fault. Internal error in collection processing
3403 HTTP: Fault. Client Reset Stream
3404 HTTP: Fault. Method Not Found
3405 HTTP: Fault. Scheme Mismatch
3406 HTTP: Fault. Scheme Not Found
3407 HTTP: Fault. Data After End
3408 HTTP: Fault. Path Not Found
3409 HTTP: Fault. Half Closed Local
3410 HTTP: Fault. Incompabible Auth
3411 HTTP: Fault. Deprecated 3
3412 HTTP: Fault. Client Cert Blocked
3413 HTTP: Fault. Header Name Empty
3414 HTTP: Fault. Illegal Send
3415 HTTP: Fault. Push Upper Attach
3416 HTTP: Fault. Stream Upper Attach
3417 HTTP: Fault. Active Stream Limit
3418 HTTP: Fault. Authority Not Found
3419 HTTP: Fault. Unexpected Tail
3420 HTTP: Fault. Truncated
3421 HTTP: Fault. Response Hold
3422 HTTP: Fault. Invalid Request Chunked
3423 HTTP: Fault. Invalid Request Content Length
3424 HTTP: Fault. Invalid Response Chunked
3425 HTTP: Fault. Invalid Response Content Length
3426 HTTP: Fault. Invalid Response Transfer Encoding
3427 HTTP: Fault. Invalid Response Line
3428 HTTP: Fault. Invalid Response Header
3429 HTTP: Fault. Invalid Connect
3430 HTTP: Fault. Invalid Chunk Start
3431 HTTP: Fault. Invalid Chunk Length
3432 HTTP: Fault. Invalid Chunk Stop
3433 HTTP: Fault. Headers After Trailers
3434 HTTP: Fault. Headers After End
3435 HTTP: Fault. Endless Trailer
3436 HTTP: Fault. Invalid Transfer Encoding
3437 HTTP: Fault. Multiple Transfer Codings
3438 HTTP: Fault. Push Body
3439 HTTP: Fault. Stream Abandoned
3440 HTTP: Fault. Malformed Host
3441 HTTP: Fault. Decompression Overflow
3442 HTTP: Fault. Illegal Header Name
3443 HTTP: Fault. Illegal Header Value
3444 HTTP: Fault. ConnHeader Disallowed
3445 HTTP: Fault. ConnHeader Malformed
3446 HTTP: Fault. Cookie Reassembly Failure
3447 HTTP: Fault. Invalid Status Header
3448 HTTP: Fault. Scheme Disallowed
3449 HTTP: Fault. Path Disallowed
3450 HTTP: Fault. Invalid Push Host
3451 HTTP: Fault. Goaway Received
3452 HTTP: Fault. Abort Legacy App
3453 HTTP: Fault. Upgrade Header Disallowed
3454 HTTP: Fault. Response Upgrade Header
3455 HTTP: Fault. Keep Alive Header Disallowed
3456 HTTP: Fault. Response Keep Alive Header
3457 HTTP: Fault. Conn Header Disallowed
3458 HTTP: Fault. Response Proxy ConnHeader
3459 HTTP: Fault. Connection Going Away
3460 HTTP: Fault. Transfer Encoding Disallowed
3461 HTTP: Fault. Content Length Disallowed
3462 HTTP: Fault. Trailer Disallowed
3463 HTTP: Fault End (Internal Placeholder)
3600 HTTP: WSK Receive Suppressed
3800 HTTP: Generic. More specific error unavailable.
3801 HTTP: Invalid Parameter
3802 HTTP: Insufficient Resources
3803 HTTP: Invalid Handle
3804 HTTP: The requested operation is not supported.
3805 HTTP: The network path/target name is bad.
3806 HTTP: An internal error occurred.
3807 HTTP/SECURITY: No such security package exists.
3808 HTTP/SECURITY: The operation does not hold the necessary privilege.
3809 HTTP/SECURITY: The operation cannot impersonate.
3810 HTTP/SECURITY: Logon failure
3811 HTTP/SECURITY: The credentials for this session are invalid.
3812 HTTP: Access is denied.
3813 HTTP/SECURITY: No logon servers are available.
3814 HTTP/SECURITY: There is a time difference at the domain controller.
4000 HTTP: End (Internal Placeholder)
`,
);
