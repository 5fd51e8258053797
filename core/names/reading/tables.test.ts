import { describe, expect, it } from 'vitest';
import { readNames } from './read-names.ts';
import { shownThings } from './test-support/shown-names.ts';

const netAdapters = `
Name                      InterfaceDescription                    ifIndex Status       MacAddress             LinkSpeed
----                      --------------------                    ------- ------       ----------             ---------
Ethernet 2                Intel(R) Ethernet Controller X710            12 Up           3C-FD-FE-00-00-01        10 Gbps
vEthernet (Default Swi... Hyper-V Virtual Ethernet Adapter #2          98 Up           00-15-5D-71-E8-1D     866.7 Mbps
Network Con...2           Broadcom NetXtreme Gigabit Ether...#3       104 Disconnected                            0 bps

`;

describe('a table of Get-NetAdapter', () => {
  it('gives names, indexes, MACs; numbers stand at the right of their columns', () => {
    const read = readNames(netAdapters, 'adapters.txt');
    expect(read.contents).toEqual(['Get-NetAdapter (table), 3 adapters']);
    expect(shownThings(netAdapters)).toEqual([
      'interface “Ethernet 2” ifindex 12, mac 3C-FD-FE-00-00-01; Description: Intel(R) Ethernet Controller X710; Status: Up',
      'interface “vEthernet (Default Swi…” (cut) ifindex 98, mac 00-15-5D-71-E8-1D; Description: Hyper-V Virtual Ethernet Adapter #2; Status: Up',
      'interface “Network Con…2” (cut) ifindex 104; Description: Broadcom NetXtreme Gigabit Ether…#3; Status: Disconnected',
    ]);
  });

  it('says which names were cut and how to export them whole', () => {
    expect(readNames(netAdapters, 'adapters.txt').notes).toEqual([
      'Get-NetAdapter (table) in line 2 cut 2 names: “vEthernet (Default Swi…”, “Network Con…2”. Export it whole with: ' +
        'Get-NetAdapter | Format-List * (or Get-NetAdapter | ConvertTo-Json -Depth 4)',
      'Get-NetAdapter (table) in line 2: the column InterfaceGuid is missing, by which events of the vSwitch show it; its ' +
        'names are found by “ifIndex”, “MacAddress” only. This gives it: Get-NetAdapter -IncludeHidden | Format-List ' +
        'Name,InterfaceDescription,ifIndex,InterfaceGuid,MacAddress,PermanentAddress',
    ]);
  });

  it('is read with the ellipsis of PowerShell 7, in colours, indented, and with line ends of Windows', () => {
    const plain = shownThings(netAdapters);
    const coloured = netAdapters.replace('Name ', '\u001b[32;1mName\u001b[0m ').replaceAll(/\.{3}(\S*)/g, '…$1  ');
    expect(shownThings(coloured)).toEqual(plain);
    expect(shownThings(netAdapters.replaceAll('\n', '\n    '))).toEqual(plain);
    expect(shownThings(netAdapters.replaceAll('\n', '\r\n'))).toEqual(plain);
  });

  it('may have fewer columns, and GUIDs', () => {
    expect(
      shownThings(`
Name       ifIndex InterfaceGuid
----       ------- -------------
Ethernet 2       9 {5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}
Wi-Fi           17 {7f88b4c9-7ed6-4013-adba-4ce5a0c50487}`),
    ).toEqual([
      'interface “Ethernet 2” guid 5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241, ifindex 9',
      'interface “Wi-Fi” guid 7F88B4C9-7ED6-4013-ADBA-4CE5A0C50487, ifindex 17',
    ]);
  });

  it('says when the keys themselves were cut', () => {
    const { notes } = readNames(
      `
Name     ifIndex InterfaceGuid
----     ------- -------------
Ethernet       9 {5AA3FFAC-AB7F-4...`,
      '',
    );
    expect(notes[0]).toBe(
      'Get-NetAdapter (table) in line 2 cut values of “InterfaceGuid”, by which a trace would show them. Export it whole ' +
        'with: Get-NetAdapter | Format-List * (or Get-NetAdapter | ConvertTo-Json -Depth 4)',
    );
  });

  it('may have wrapped headings and wrapped cells', () => {
    expect(
      shownThings(`
Name       InterfaceDescr ifIndex MacAddress
           iption
----       -------------- ------- ----------
Ethernet 2 Intel(R)            12 3C-FD-FE-00-00-01
           Ethernet
           Controller
Ethernet 3 Broadcom            13 3C-FD-FE-00-00-02`),
    ).toEqual([
      'interface “Ethernet 2” ifindex 12, mac 3C-FD-FE-00-00-01; Description: Intel(R) Ethernet Controller',
      'interface “Ethernet 3” ifindex 13, mac 3C-FD-FE-00-00-02; Description: Broadcom',
    ]);
  });

  it('may have wide characters, drawn over two columns or counted as one', () => {
    const heading = ['Name       ifIndex MacAddress', '----       ------- ----------'];
    const thing = ['interface “以太网 2” ifindex 12, mac 3C-FD-FE-00-00-01'];
    expect(shownThings([...heading, '以太网 2        12 3C-FD-FE-00-00-01'].join('\n'))).toEqual(thing);
    expect(shownThings([...heading, '以太网 2           12 3C-FD-FE-00-00-01'].join('\n'))).toEqual(thing);
  });

  it('may have lost its blanks to tabs', () => {
    expect(
      shownThings('Name\t\tifIndex\tMacAddress\n----\t\t-------\t----------\nEthernet 2\t     12\t3C-FD-FE-00-00-01'),
    ).toEqual(['interface “Ethernet 2” ifindex 12, mac 3C-FD-FE-00-00-01']);
  });
});

describe('a table of Get-VMNetworkAdapter', () => {
  const rows = `
Name            IsManagementOs VMName SwitchName MacAddress   Status IPAddresses
----            -------------- ------ ---------- ----------   ------ -----------
Network Adapter False          web01  nat        00155D000A09 {Ok}   {10.0.0.50, fe80::215:5dff:fe00:a09}
Network Adapter False          web02  nat        00155D000A0A {Ok}   {10.0.0.51, fe80::215:5dff...
Management      True                  nat        00155D000A01 {Ok}
Network Adapter False          db01   nat        000000000000        {}
`;

  it('names NICs by their VM, and host vNICs as such', () => {
    expect(shownThings(rows)).toEqual([
      'nic “web01: Network Adapter” mac 00-15-5D-00-0A-09, ip 10.0.0.50, ip fe80::215:5dff:fe00:a09; VM: web01; Switch: nat',
      'nic “web02: Network Adapter” mac 00-15-5D-00-0A-0A, ip 10.0.0.51; VM: web02; Switch: nat',
      'nic “Management (host)” mac 00-15-5D-00-0A-01; Switch: nat',
      'nic “db01: Network Adapter” without keys; VM: db01; Switch: nat',
    ]);
  });

  it('says which NIC no trace can show, and what would tell it', () => {
    expect(readNames(rows, '').notes.at(-1)).toBe(
      'Get-VMNetworkAdapter (table) in line 2: for “db01: Network Adapter” there is no GUID, MAC address, IP address or ' +
        'interface index that a trace could show; the column Id is missing. This gives it: Get-VMNetworkAdapter -All | ' +
        'Format-List Name,VMName,VMId,Id,AdapterId,DeviceId,IsManagementOs,MacAddress,SwitchName,SwitchId,IPAddresses',
    );
  });
});

describe('any table', () => {
  it('of switches and VMs is read with the ids it has', () => {
    expect(
      shownThings(`
Name SwitchType NetAdapterInterfaceDescription
---- ---------- ------------------------------
nat  Internal
ext  External   Intel(R) Ethernet Controller X710

Name  State   CPUUsage(%) MemoryAssigned(M) Uptime           Status             Version
----  -----   ----------- ----------------- ------           ------             -------
web01 Running 0           1024              1.02:03:04.00000 Operating normally 10.0
`),
    ).toEqual([
      'switch “nat” without keys; Type: Internal',
      'switch “ext” without keys; Type: External; Adapter: Intel(R) Ethernet Controller X710',
      'vm “web01” without keys; State: Running',
    ]);
  });

  it('of an unknown command is read when a name stands beside a key', () => {
    const text = `
PS C:\\> Get-NetIPAddress | ft InterfaceAlias, ifIndex, IPAddress

InterfaceAlias ifIndex IPAddress
-------------- ------- ---------
Ethernet 2          12 10.0.0.1
Loopback             1 127.0.0.1
`;
    expect(readNames(text, '').contents).toEqual(['Get-NetIPAddress (table), 2 names']);
    expect(shownThings(text)).toEqual([
      'interface “Ethernet 2” ifindex 12, ip 10.0.0.1',
      'interface “Loopback” ifindex 1',
    ]);
  });

  it('of netsh has its own word for the index', () => {
    expect(
      shownThings(`
Idx     Met         MTU          State                Name
---  ----------  ----------  ------------  ---------------------------
  1          75  4294967295  connected     Loopback Pseudo-Interface 1
 12          25        1500  connected     Ethernet 2
`),
    ).toEqual(['interface “Loopback Pseudo-Interface 1” ifindex 1', 'interface “Ethernet 2” ifindex 12']);
  });

  it("does not take neighbours' addresses for an interface's own", () => {
    expect(
      shownThings(`
ifIndex InterfaceAlias IPAddress LinkLayerAddress  State
------- -------------- --------- ----------------  -----
     12 Ethernet 2     10.0.0.9  00-15-5D-00-0A-09 Reachable`),
    ).toEqual(['interface “Ethernet 2” ifindex 12']);
  });
});
