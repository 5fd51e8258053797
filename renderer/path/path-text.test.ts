import { describe, expect, it } from 'vitest';
import { fakePath, storyRows } from '../testing/fake-paths.ts';
import { pathText } from './path-text.ts';

/** A made-up path as text, in UTC, so that it reads the same everywhere. */
function textOf(story: keyof typeof storyRows): string {
  const path = fakePath(storyRows[story]);
  if (!path) throw new Error(`No packet at row ${storyRows[story]}.`);
  return pathText(path, 0);
}

describe('a path as text', () => {
  it('goes from lane to lane with what each step took', () => {
    expect(textOf('container')).toBe(`TCP 10.0.0.50:52891 → 10.0.0.60:80 SYN   12:03:00.1180000 UTC

   Ethernet 2            Layered Ethernet      Container NIC fb5c285c
        ● 1  12:03:00.1180000  Frame in, 66 bytes
        |-------- 3 µs --------->○ 2  NBL received
                                 ● 3  Frame on the switch, 66 bytes  +2.5 µs
                                 ○ 4  NBL routed to Container NIC fb5c285c  +3.5 µs
                                 ● 5  Frame on the switch, 66 bytes  +3 µs
                                 |-------- 4 µs --------->○ 6  NBL delivered
                                                          ● 7  Frame at the container, 66 bytes  +8 µs !

   verdict: Attempt 1: answered after 412 µs                                                 total 24 µs
`);
  });
  it('says why and where a packet was dropped', () => {
    expect(textOf('dropped')).toBe(`TCP 10.0.0.50:52892 → 10.0.0.60:3389 SYN   12:03:00.1212963 UTC

   Ethernet 2            Layered Ethernet      Container NIC fb5c285c
        ● 1  12:03:00.1212963  Frame in, 66 bytes
        |-------- 3 µs --------->○ 2  NBL received
                                 ● 3  Frame on the switch, 66 bytes  +2.5 µs
                                 ○ 4  NBL routed to Container NIC fb5c285c  +3.5 µs
                                                          × 5  Dropped: Failed security policy (port ACL of Container NIC fb5c285c)  +2.8 µs

   verdict: Attempt 2: dropped by vSwitch “Layered Ethernet”: Failed security policy             total 11.8 µs
`);
  });
  it('draws inferred links with dots and says what they are inferred from', () => {
    expect(textOf('translated')).toBe(`ICMP 10.0.0.50 → 10.0.0.200 echo request   12:03:00.1498122 UTC

   Ethernet 2            Layered Ethernet      vEthernet (Layered Ethernet)   WinNAT                nat                   Ethernet of web01
        ● 1  12:03:00.1498122  Frame in, 74 bytes
        |------- 2.6 µs -------->○ 2  NBL received
                                 ○ 3  NBL routed  +4.5 µs -->|
                                                             ○ 4  NBL delivered  +3.2 µs
                                                             |. inferred 8.5 µs .>■ 5  Destination 10.0.0.200 became 172.28.16.4  inferred from what translation keeps
                                                                                 |. inferred 4.3 µs .>○ 6  NBL received  inferred from thread and time
                                                                                                     ○ 7  NBL routed  +3.5 µs --->|
                                                                                                                                  ○ 8  NBL delivered  +3.5 µs

   verdict: Attempt 5: answered after 1.21 ms                                                    total 30.1 µs
   uncertain: The address was translated on the way: 2 of 8 hops are linked by what stays the same.
`);
  });
  it('goes back from right to left', () => {
    expect(textOf('answer')).toBe(`TCP 10.0.0.60:80 → 10.0.0.50:52891 SYN-ACK   12:03:00.1561171 UTC

   Ethernet 2            Layered Ethernet      Container NIC fb5c285c
                                                          ● 1  12:03:00.1561171  Frame out, 66 bytes
                                 ○ 2 <----- 2.4 µs ------|  NBL received
                                 ● 3  Frame on the switch, 66 bytes  +2.2 µs
                                 ○ 4  NBL routed to Ethernet 2  (after hop 2)  +5.6 µs
        ○ 5  NBL delivered  +4.4 µs
        ● 6  Frame out, 66 bytes  +2.7 µs

   verdict: Attempt 1: answered after 412 µs                                           total 15.1 µs
`);
  });
  it('numbers lanes whose names would make it too wide, and says after which hop a branch begins', () => {
    expect(textOf('broadcast')).toBe(`UDP 10.0.0.50:52893 → 255.255.255.255:67   12:03:00.1245926 UTC

    [1] Ethernet 2 (Physical NIC)
    [2] Layered Ethernet (vSwitch)
    [3] VM web01 (VM NIC)
    [4] VM web02 (VM NIC)
    [5] VM web03 (VM NIC)
    [6] VM web04 (VM NIC)
    [7] VM web05 (VM NIC)
    [8] VM web06 (VM NIC)
    [9] VM web07 (VM NIC)
   [10] VM web08 (VM NIC)

   [1]               [2]               [3]               [4]               [5]               [6]               [7]               [8]               [9]               [10]
    ● 1  12:03:00.1245926  Frame in, 342 bytes
    |---- 2.8 µs ---->○ 2  NBL received
                      ○ 3  NBL routed to VM web01  +3.2 µs
                      ○ 4  NBL routed to VM web02  (after hop 2)  +3.6 µs
                      ○ 5  NBL routed  (after hop 2)  +4 µs --------------->|
                      ○ 6  NBL routed  (after hop 2)  +4.4 µs ------------------------------->|
                      ○ 7  NBL routed  (after hop 2)  +4.8 µs ------------------------------------------------->|
                      ○ 8  NBL routed  (after hop 2)  +5.2 µs ------------------------------------------------------------------->|
                      ○ 9  NBL routed  (after hop 2)  +5.6 µs ------------------------------------------------------------------------------------->|
                      ○ 10  NBL routed  (after hop 2)  +6 µs --------------------------------------------------------------------------------------------------------->|
                                        ○ 11  NBL delivered  (after hop 3)  +4.5 µs
                                                          ○ 12  NBL delivered  (after hop 4)  +5.2 µs
                                                                            ○ 13  NBL delivered  (after hop 5)  +5.9 µs
                                                                                              ○ 14  NBL delivered  (after hop 6)  +6.6 µs
                                                                                                                ○ 15  NBL delivered  (after hop 7)  +7.3 µs
                                                                                                                                  × 16  Dropped: VLAN mismatch (ingress port of VM web06)  (after hop 8)  +4 µs
                                                                                                                                                    ○ 17  NBL delivered  (after hop 9)  +8.7 µs
                                                                                                                                                                       ○ 18  NBL delivered  (after hop 10)  +9.4 µs

   verdict: Attempt 3: not answered; delivered at 7 of 8 ends                                    total 18.2 µs
`);
  });
});
