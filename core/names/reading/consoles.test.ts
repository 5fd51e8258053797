import { describe, expect, it } from 'vitest';
import { readNames } from './read-names.ts';
import { shownThings } from './test-support/shown-names.ts';

const adapterTable = `Name       ifIndex MacAddress
----       ------- ----------
Ethernet 2       9 3C-FD-FE-00-00-01
`;
const adapterThing = 'interface “Ethernet 2” ifindex 9, mac 3C-FD-FE-00-00-01';

describe('several outputs in one text', () => {
  it('are told apart at prompts, empty lines, and by their form', () => {
    const text = `
PS C:\\Users\\me> Get-NetAdapter | ft Name, ifIndex, MacAddress

${adapterTable}
PS C:\\Users\\me> Get-VM | select Name, Id

Name  Id
----  --
web01 6859057b-7070-4426-8777-0c55181d8d90


[host02]: PS C:\\> Get-VMSwitch | fl Name, Id

Name : nat
Id   : d2fd9981-cb99-4866-9548-81f4adef178c



[host02]: PS C:\\> Get-NetAdapter | ConvertTo-Json
{
    "Name":  "Wi-Fi",
    "ifIndex":  17
}
C:\\> pktmon list

Network Adapters:
   Id MAC Address       Name
   -- -----------       ----
  595 38-00-20-09-00-2A Dell Giga Ethernet
   10 D0-00-10-07-00-8A Intel(R) Wi-Fi 6 AX201 160MHz
PS C:\\Users\\me>
`;
    const { contents, things, notes } = readNames(text, 'console.txt');
    expect(contents).toEqual([
      'Get-NetAdapter (table), 1 adapter',
      'Get-VM (table), 1 VM',
      'Get-VMSwitch (list), 1 switch',
      'Get-NetAdapter (JSON), 1 adapter',
      'pktmon list (table), 2 components',
    ]);
    expect(things).toHaveLength(6);
    expect(shownThings(text)).toEqual([
      adapterThing,
      'vm “web01” guid 6859057B-7070-4426-8777-0C55181D8D90',
      'switch “nat” guid D2FD9981-CB99-4866-9548-81F4ADEF178C',
      'interface “Wi-Fi” ifindex 17',
      'pktmon-component “Dell Giga Ethernet” component 595, mac 38-00-20-09-00-2A',
      'pktmon-component “Intel(R) Wi-Fi 6 AX201 160MHz” component 10, mac D0-00-10-07-00-8A',
    ]);
    expect(notes.filter((note) => note.includes('passed over'))).toEqual([]);
  });

  it('stand in transcripts, whose headers are no outputs', () => {
    const border = '*'.repeat(22);
    const text = `${border}
Windows PowerShell transcript start
Start time: 20240402102705
Username: HOST01\\me
Machine: HOST01 (Microsoft Windows NT 10.0.20348.0)
${border}
Transcript started, output file is C:\\t.txt
${border}
Command start time: 20240402102707
${border}
PS C:\\>Get-NetAdapter

${adapterTable}
${border}
Windows PowerShell transcript end
End time: 20240402102710
${border}
`;
    const read = readNames(text, '');
    expect(shownThings(text)).toEqual([adapterThing]);
    expect(read.notes.at(-1)).toBe(
      '1 line was passed over as no known output, line 7: “Transcript started, output file is C:\\t.txt”',
    );
  });

  it('tell one thing once', () => {
    expect(shownThings(`${adapterTable}\n${adapterTable}`)).toEqual([adapterThing]);
  });
});

describe('ipconfig /all', () => {
  it('in English has adapters, and addresses that are their own', () => {
    expect(
      shownThings(`
Windows IP Configuration

   Host Name . . . . . . . . . . . . : HOST01
   Primary Dns Suffix  . . . . . . . : example.com
   DNS Suffix Search List. . . . . . : example.com

Ethernet adapter vEthernet (Default Switch):

   Connection-specific DNS Suffix  . :
   Description . . . . . . . . . . . : Hyper-V Virtual Ethernet Adapter
   Physical Address. . . . . . . . . : 00-15-5D-71-E8-1D
   DHCP Enabled. . . . . . . . . . . : No
   Autoconfiguration Enabled . . . . : Yes
   Link-local IPv6 Address . . . . . : fe80::7c03:2de1:59f7:f74%53(Preferred)
   IPv4 Address. . . . . . . . . . . : 172.17.128.1(Preferred)
   Subnet Mask . . . . . . . . . . . : 255.255.240.0
   Default Gateway . . . . . . . . . : 172.17.128.254
   DHCPv6 IAID . . . . . . . . . . . : 60578958
   DHCPv6 Client DUID. . . . . . . . : 00-01-00-01-1E-44-87-39-9C-5C-8E-33-16-79
   DNS Servers . . . . . . . . . . . : 172.20.11.5
                                       172.16.11.4
   NetBIOS over Tcpip. . . . . . . . : Enabled

Wireless LAN adapter Wi-Fi:

   Media State . . . . . . . . . . . : Media disconnected
   Connection-specific DNS Suffix  . :
   Description . . . . . . . . . . . : Intel(R) Wi-Fi 6 AX201 160MHz
   Physical Address. . . . . . . . . : D0-00-10-07-00-8A

Tunnel adapter isatap.example.com:

   Media State . . . . . . . . . . . : Media disconnected
   Description . . . . . . . . . . . : Microsoft ISATAP Adapter
   Physical Address. . . . . . . . . : 00-00-00-00-00-00-00-E0
`),
    ).toEqual([
      'interface “vEthernet (Default Switch)” mac 00-15-5D-71-E8-1D, ip fe80::7c03:2de1:59f7:f74, ip 172.17.128.1; Description: Hyper-V Virtual Ethernet Adapter',
      'interface “Wi-Fi” mac D0-00-10-07-00-8A; Description: Intel(R) Wi-Fi 6 AX201 160MHz',
      'interface “isatap.example.com” without keys',
    ]);
  });

  const thing =
    'interface “Ethernet 2” mac 3C-FD-FE-00-00-01, ip fe80::1234, ip 10.0.0.5; Description: Intel(R) Ethernet';

  it('in German', () => {
    expect(
      shownThings(`
Windows-IP-Konfiguration

   Hostname  . . . . . . . . . . . . : HOST01

Ethernet-Adapter Ethernet 2:

   Verbindungsspezifisches DNS-Suffix:
   Beschreibung. . . . . . . . . . . : Intel(R) Ethernet
   Physische Adresse . . . . . . . . : 3C-FD-FE-00-00-01
   DHCP aktiviert. . . . . . . . . . : Ja
   Verbindungslokale IPv6-Adresse  . : fe80::1234%12(Bevorzugt)
   IPv4-Adresse  . . . . . . . . . . : 10.0.0.5(Bevorzugt)
   Subnetzmaske  . . . . . . . . . . : 255.255.255.0
   Standardgateway . . . . . . . . . : 10.0.0.1
   DNS-Server  . . . . . . . . . . . : 10.0.0.2
`),
    ).toEqual([thing]);
  });

  it('in French', () => {
    expect(
      shownThings(`
Configuration IP de Windows

Carte Ethernet Ethernet 2 :

   Suffixe DNS propre à la connexion. . . :
   Description. . . . . . . . . . . . . . : Intel(R) Ethernet
   Adresse physique . . . . . . . . . . . : 3C-FD-FE-00-00-01
   DHCP activé. . . . . . . . . . . . . . : Oui
   Adresse IPv6 de liaison locale. . . . .: fe80::1234%12(préféré)
   Adresse IPv4. . . . . . . . . . . . . .: 10.0.0.5(préféré)
   Masque de sous-réseau. . . . . . . . . : 255.255.255.0
   Passerelle par défaut. . . . . . . . . : 10.0.0.1
   Serveurs DNS. . .  . . . . . . . . . . : 10.0.0.2

Carte réseau sans fil Wi-Fi :

   Statut du média. . . . . . . . . . . . : Média déconnecté
   Description. . . . . . . . . . . . . . : Intel(R) Wi-Fi
   Adresse physique . . . . . . . . . . . : D0-00-10-07-00-8A
`),
    ).toEqual([thing, 'interface “Wi-Fi” mac D0-00-10-07-00-8A; Description: Intel(R) Wi-Fi']);
  });

  it('in Spanish', () => {
    expect(
      shownThings(`
Configuración IP de Windows

Adaptador de Ethernet Ethernet 2:

   Sufijo DNS específico para la conexión. . :
   Descripción . . . . . . . . . . . . . . . : Intel(R) Ethernet
   Dirección física. . . . . . . . . . . . . : 3C-FD-FE-00-00-01
   Vínculo: dirección IPv6 local. . . : fe80::1234%12(Preferido)
   Dirección IPv4. . . . . . . . . . . . . . : 10.0.0.5(Preferido)
   Puerta de enlace predeterminada . . . . . : 10.0.0.1
`),
    ).toEqual([thing]);
  });

  it('in Chinese, without its indentation', () => {
    expect(
      shownThings(`
以太网适配器 Ethernet 2:

连接特定的 DNS 后缀 . . . . . . . :
描述. . . . . . . . . . . . . . . : Intel(R) Ethernet
物理地址. . . . . . . . . . . . . : 3C-FD-FE-00-00-01
本地链接 IPv6 地址. . . . . . . . : fe80::1234%12(首选)
IPv4 地址 . . . . . . . . . . . . : 10.0.0.5(首选)
默认网关. . . . . . . . . . . . . : 10.0.0.1
DNS 服务器 . . . . . . . . . . . : 10.0.0.2
10.0.0.3
`),
    ).toEqual([thing]);
  });

  it('in a language without rules has the whole heading for a name', () => {
    expect(
      shownThings(
        'Sovitin Ethernet 2:\n\n   Fyysinen osoite . . . . . : 3C-FD-FE-00-00-01\n   IPv4-osoite. . . . . . . : 10.0.0.5\n',
      ),
    ).toEqual(['interface “Sovitin Ethernet 2” mac 3C-FD-FE-00-00-01, ip 10.0.0.5']);
  });
});

describe('pktmon', () => {
  it('lists components with numbers, MACs, drivers', () => {
    expect(
      shownThings(`
Network Adapters:
   Id MAC Address       Name
   -- -----------       ----
    9 40-8D-5C-B5-46-51 Intel(R) Ethernet Connection (2) I219-V #2
  104 00-15-5D-D1-5A-30 433db3ea-0acd-457a-9c86-55bb7fa27391

Other components:
   Id Driver       Name
   -- ------       ----
   12 tcpip.sys    TCP/IP (IPv4)
`),
    ).toEqual([
      'pktmon-component “Intel(R) Ethernet Connection (2) I219-V #2” component 9, mac 40-8D-5C-B5-46-51',
      'pktmon-component “TCP/IP (IPv4)” component 12; Driver: tcpip.sys',
    ]);
  });

  it('as JSON has groups, and properties in pairs', () => {
    const groups = [
      {
        Group: 'vEthernet (nat)',
        Components: [
          {
            Name: 'vEthernet (nat)',
            Type: 'HostVNic',
            Id: 80,
            Properties: [
              { Name: 'MAC Address', Value: '00-15-5D-AD-8B-40' },
              { Name: 'ifIndex', Value: 26 },
              { Name: 'VMSwitch Name', Value: 'nat' },
            ],
          },
          { Name: 'WFP 802.3 MAC Layer LightWeight Filter', Type: 'Filter', Id: 81, Properties: [] },
        ],
      },
    ];
    expect(readNames(JSON.stringify(groups), '').contents).toEqual(['pktmon list (JSON), 2 components']);
    expect(shownThings(JSON.stringify(groups))).toEqual([
      'pktmon-component “vEthernet (nat)” component 80, ifindex 26, mac 00-15-5D-AD-8B-40; Group: vEthernet (nat); Type: HostVNic; Switch: nat',
      'pktmon-component “WFP 802.3 MAC Layer LightWeight Filter” component 81; Group: vEthernet (nat); Type: Filter',
    ]);
  });

  const event = (text: string): string =>
    `[00]425C.34D8::2024-04-02 10:27:05.458537400 [Microsoft-Windows-PktMon] ${text} `;

  it('etl2txt describes components in lines of their own, in any order', () => {
    const text = [
      event('Property: Component 135, PhysAddress  = 0x00155D3AAA31'),
      event('Property: Component 135, IfIndex  = 26'),
      event('Property: Component 135, VMSwitchName  = nat'),
      event('Drop Counters: Component 135, Direction In = Egress , Packets In 0, Bytes In 0'),
      event('Component 135, Type VmsMiniport , Name vmswitch.sys, cbr0_ep'),
      event('PktGroupId 8444249301423149, PktNumber 1, Appearance 0, Direction Rx , Type IP , Component 135'),
      '       ip: 192.168.5.88.50005 > 192.168.5.68.50005: UDP, length 374',
      event('Component 9, Type Miniport , Name netvsc.sys'),
      event('Property: Component 10, IfIndex  = 9'),
    ].join('\n');
    expect(shownThings(text)).toEqual([
      'pktmon-component “cbr0_ep” component 135, ifindex 26, mac 00-15-5D-3A-AA-31; Type: VmsMiniport; Driver: vmswitch.sys; Switch: nat',
      'pktmon-component “netvsc.sys” component 9; Type: Miniport',
    ]);
    expect(readNames(text, '').notes).toEqual([
      'pktmon component 10 is described without a name; pktmon list --all tells it.',
      '1 line of pktmon etl2txt tells of packets, which know their components by number only. Names stand in the output of: pktmon list --all',
    ]);
  });
});

describe('events of the vSwitch', () => {
  const nic = '6859057B-7070-4426-8777-0C55181D8D90--FC785225-9131-5661-AC0C-3A157C61AE15';
  const pNic = '/DEVICE/{5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241}';
  const switchId = 'D2FD9981-CB99-4866-9548-81F4ADEF178C';
  const things = [
    `nic “Microsoft Hyper-V Network Adapter” guid 5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241`,
    `nic “Container NIC fb5c285c” nic ${nic}`,
    `switch “Layered Ethernet” guid ${switchId}`,
  ];

  it('as messages have friendly names beside what they name', () => {
    expect(
      shownThings(
        `NBL 0xffff9383cbf21490 routed from Nic ${pNic} (Friendly Name: Microsoft Hyper-V Network Adapter) to Nic ${nic} ` +
          `(Friendly Name: Container NIC fb5c285c) on switch ${switchId} (Friendly Name: Layered Ethernet)`,
      ),
    ).toEqual(things);
  });

  it('as XML and as fields have pairs of them', () => {
    const fields = [
      ['SrcNicName', pNic],
      ['SrcNicFName', 'Microsoft Hyper-V Network Adapter'],
      ['DestNicName', nic],
      ['DestNicFName', 'Container NIC fb5c285c'],
      ['SwitchName', switchId],
      ['SwitchFName', 'Layered Ethernet'],
    ];
    const data = fields.map(([name, value]) => `<Data Name='${name}'>${value}</Data>`).join('');
    expect(
      shownThings(
        `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>57</EventID></System><EventData>${data}</EventData></Event>`,
      ),
    ).toEqual(things);
    expect(shownThings(`EventData: ${fields.map(([name, value]) => `${name}="${value}"`).join(', ')}`)).toEqual(things);
  });

  it('whose friendly names are empty are refused with what would tell them', () => {
    expect(() => readNames(`EventData: NicNameLen=74, NicName=${nic}, NicFNameLen=0, NicFName=""`, '')).toThrow(
      `It holds no names. An event of the vSwitch shows ${nic} without a friendly name. This gives it: Get-VMNetworkAdapter -All |`,
    );
  });
});
