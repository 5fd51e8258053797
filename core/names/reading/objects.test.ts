import { describe, expect, it } from 'vitest';
import { readNames } from './read-names.ts';
import { shownThings } from './test-support/shown-names.ts';

const machine = '6859057B-7070-4426-8777-0C55181D8D90';
const adapter = 'FC785225-9131-5661-AC0C-3A157C61AE15';
const switchId = 'D2FD9981-CB99-4866-9548-81F4ADEF178C';
const interfaceGuid = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241';

const vmNic =
  `nic “web01: Network Adapter” nic ${machine}--${adapter}, guid ${adapter}, mac 00-15-5D-00-0A-09, ` +
  'ip 10.0.0.50, ip fe80::215:5dff:fe00:a09; VM: web01; Switch: nat';
const vmThings = [vmNic, `vm “web01” guid ${machine}`, `switch “nat” guid ${switchId}`];

describe('a list', () => {
  const list = `
Name           : Network Adapter
VMName         : web01
VMId           : ${machine.toLowerCase()}
Id             : Microsoft:${machine}\\${adapter}
AdapterId      : ${adapter}
IsManagementOs : False
MacAddress     : 00155D000A09
SwitchName     : nat
SwitchId       : ${switchId.toLowerCase()}
IPAddresses    : {10.0.0.50, fe80::215:5dff:fe00:a09}
VlanSetting    : Microsoft.HyperV.PowerShell.VMNetworkAdapterVlanSetting
PoolName       :


Name           : Management
VMName         :
Id             : Microsoft:2F2D7F36-0000-4000-8000-000000000001\\70EBEFF6-10CD-400D-A29F-C6B4C0515E98
IsManagementOs : True
MacAddress     : 00155D0DDE3A
DeviceId       : {70EBEFF6-10CD-400D-A29F-C6B4C0515E98}
SwitchName     : nat
`;

  it('of Get-VMNetworkAdapter gives every key, and the VM and switch it names', () => {
    expect(shownThings(list)).toEqual([
      ...vmThings,
      'nic “Management (host)” nic 2F2D7F36-0000-4000-8000-000000000001--70EBEFF6-10CD-400D-A29F-C6B4C0515E98, ' +
        'guid 70EBEFF6-10CD-400D-A29F-C6B4C0515E98, mac 00-15-5D-0D-DE-3A; Switch: nat',
    ]);
    expect(readNames(list, '').notes).toEqual([]);
    expect(readNames(list, '').contents).toEqual(['Get-VMNetworkAdapter (list), 2 virtual adapters']);
  });

  it('may have lost its empty lines, or have only one object', () => {
    const compact = list.replaceAll(/\n{2,}/g, '\n');
    expect(shownThings(compact)).toEqual(shownThings(list));
    expect(shownThings(list.slice(0, list.indexOf('\n\n')))).toEqual(vmThings);
  });

  it('wraps long values beneath their beginning', () => {
    expect(
      shownThings(`
ID                 : 5e6298c2-4638-494e-be6b-ff6fef942c06
Name               : default-test_nat, an endpoint whose name is longer
                     than the console is wide
Resources          : @{AdditionalParams=; ID=4503493F-861A-4175-A476-A8ED2F0940A2;
                     PortOperationTime=0; parentId=0A78ECBD-F5C7-4831-80BF-B242B16B191C}
VirtualNetwork     : 76177bd4-a2b5-43a6-9cb8-a37d9d903123
VirtualNetworkName : nat
MacAddress         : 00-15-5D-CD-BE-47
IPAddress          : 172.27.148.101
GatewayAddress     : 172.27.144.1
SharedContainers   : {6465a0fa29446f9b, e19f978e4b01a662...}
`),
    ).toEqual([
      'nic “default-test_nat, an endpoint whose name is longer than the console is wide” ' +
        'guid 5E6298C2-4638-494E-BE6B-FF6FEF942C06, mac 00-15-5D-CD-BE-47, ip 172.27.148.101; Network: nat; ' +
        'Containers: 6465a0fa29446f9b',
      'network “nat” guid 76177BD4-A2B5-43A6-9CB8-A37D9D903123',
    ]);
  });

  it('joins a word that was broken where the line was full', () => {
    expect(
      shownThings(`
Name                 : Ethernet
InterfaceDescription : Microsoft Hyper-V Netwo
                       rk Adapter
ifIndex              : 9
`),
    ).toEqual(['interface “Ethernet” ifindex 9; Description: Microsoft Hyper-V Network Adapter']);
  });

  it('of Get-NetAdapter has GUIDs in several places', () => {
    expect(
      shownThings(`
ifAlias           : Ethernet 2
InterfaceGuid     : {${interfaceGuid}}
DeviceName        : \\Device\\{${interfaceGuid}}
ifIndex           : 9
MacAddress        : 3C-FD-FE-00-00-01
PermanentAddress  : 3CFDFE000002
InstanceID        : PCI\\VEN_8086&DEV_1572
PSComputerName    : host01
`),
    ).toEqual([
      `interface “Ethernet 2” guid ${interfaceGuid}, ifindex 9, mac 3C-FD-FE-00-00-01, mac 3C-FD-FE-00-00-02; Computer: host01`,
    ]);
  });

  it('of networks of the host network service names networks', () => {
    expect(
      shownThings(`
ActivityId             : 2D5B4A5C-40C8-4707-9DD9-62AA866A3B7C
CurrentEndpointCount   : 1
Extensions             : {@{Id=E7C3B2F0-F3C5-48DF-AF2B-10FED6D72E7A; IsEnabled=False; Name=Microsoft Windows Filtering Platform},
                         @{Id=430BDADD-BAB0-41AB-A369-94B67FA5BE0A; IsEnabled=True; Name=Microsoft NDIS Capture}}
ID                     : 85D61148-49EF-40BB-A450-3BEBE951D838
ManagementIP           : 172.27.144.1
Name                   : nat
Type                   : nat
`),
    ).toEqual(['network “nat” guid 85D61148-49EF-40BB-A450-3BEBE951D838; Type: nat; Management address: 172.27.144.1']);
  });

  it('calls an endpoint without a name as the switch does', () => {
    expect(
      shownThings('ID             : fb5c285c-4638-494e-be6b-ff6fef942c06\nName           :\nVirtualNetwork : \n'),
    ).toEqual(['nic “Container NIC fb5c285c” guid FB5C285C-4638-494E-BE6B-FF6FEF942C06']);
  });

  it('of an unknown command is read when it has a name and a key', () => {
    expect(
      shownThings(`
\`\`\`
PS C:\\> Get-NetIPConfiguration |
>> Format-List

InterfaceAlias       : Ethernet
InterfaceIndex       : 9
InterfaceDescription : Microsoft Hyper-V Network Adapter
NetProfile.Name      : Network
IPv4Address          : 10.0.0.4
IPv4DefaultGateway   : 10.0.0.1
DNSServer            : 10.0.0.2
                       10.0.0.3
\`\`\`
`),
    ).toEqual(['interface “Ethernet” ifindex 9, ip 10.0.0.4; Description: Microsoft Hyper-V Network Adapter']);
  });

  it('of two properties is told by the command that was typed', () => {
    expect(shownThings(`PS C:\\> Get-VM | Format-List Name, Id\n\nName : web01\nId   : ${machine}\n`)).toEqual([
      `vm “web01” guid ${machine}`,
    ]);
  });

  it('has names in messages of events', () => {
    expect(
      shownThings(`
TimeCreated : 11/28/2026 8:00:00 PM
Id          : 232
Message     : NIC ${machine}--${adapter} (Friendly Name: Network Adapter) successfully connected to port
              C2CE06CC-0A77-4A84-B77A-BECD5B97AB9F (Friendly Name: Dynamic Ethernet Switch Port) on switch
              ${switchId}(Friendly Name: vSwitch (external)).
`),
    ).toEqual([
      `nic “Network Adapter” nic ${machine}--${adapter}`,
      'port “Dynamic Ethernet Switch Port” guid C2CE06CC-0A77-4A84-B77A-BECD5B97AB9F',
      `switch “vSwitch (external)” guid ${switchId}`,
    ]);
  });
});

describe('CSV', () => {
  const heading = '"Name","InterfaceDescription","ifIndex","InterfaceGuid","MacAddress"';
  const row = `"Ethernet ""2"", left","Intel(R), X710","9","{${interfaceGuid}}","3C-FD-FE-00-00-01"`;
  const thing = `interface “Ethernet "2", left” guid ${interfaceGuid}, ifindex 9, mac 3C-FD-FE-00-00-01; Description: Intel(R), X710`;

  it('is read with commas and quotes, with and without the line of types', () => {
    expect(shownThings(`${heading}\n${row}\n`)).toEqual([thing]);
    expect(
      shownThings(
        `#TYPE Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/MSFT_NetAdapter\r\n${heading}\r\n${row}\r\n`,
      ),
    ).toEqual([thing]);
  });

  it('is read with semicolons, and with tabs', () => {
    expect(shownThings(`Name;ifIndex;MacAddress\nEthernet 2;9;3C-FD-FE-00-00-01`)).toEqual([
      'interface “Ethernet 2” ifindex 9, mac 3C-FD-FE-00-00-01',
    ]);
    expect(shownThings(`Name\tifIndex\tMacAddress\nEthernet 2\t9\t3C-FD-FE-00-00-01`)).toEqual([
      'interface “Ethernet 2” ifindex 9, mac 3C-FD-FE-00-00-01',
    ]);
  });

  it('may have a line end inside quotes, and says which rows are wrong', () => {
    const read = readNames('Name,ifIndex\n"Ethernet\n2",9\nEthernet 3,10,more\nEthernet 4,11\n', '');
    expect(read.things.map(({ name }) => name)).toEqual(['Ethernet 2', 'Ethernet 4']);
    expect(read.notes[0]).toBe('Line 4 has 3 cells below 2 headings; it was passed over.');
  });

  it('says when lists are only their types', () => {
    const { notes } = readNames(
      'VMName,Name,MacAddress,SwitchName,IPAddresses,Id\n' +
        `web01,Network Adapter,00155D000A09,nat,System.String[],Microsoft:${machine}\\${adapter}`,
      '',
    );
    expect(notes).toEqual([
      'Get-VMNetworkAdapter (CSV) in line 1 has only the type of the list in “IPAddresses”; ConvertTo-Json -Depth 4 writes its members.',
    ]);
  });
});

describe('JSON', () => {
  const nic = {
    Name: 'Network Adapter',
    VMName: 'web01',
    VMId: machine.toLowerCase(),
    Id: `Microsoft:${machine}\\${adapter}`,
    AdapterId: adapter,
    IsManagementOs: false,
    MacAddress: '00155D000A09',
    SwitchName: 'nat',
    SwitchId: switchId,
    IPAddresses: ['10.0.0.50', 'fe80::215:5dff:fe00:a09'],
    CimClass: { CimSuperClassName: 'x' },
    VlanSetting: { ParentAdapter: null },
  };

  it('is one object, a list of objects, or what Windows PowerShell writes for a list', () => {
    expect(shownThings(JSON.stringify(nic))).toEqual(vmThings);
    expect(shownThings(JSON.stringify([nic], null, 4))).toEqual(vmThings);
    expect(shownThings(JSON.stringify({ value: [nic], Count: 1 }))).toEqual(vmThings);
  });

  it('may have lists that were flattened because -Depth was too small', () => {
    expect(shownThings(JSON.stringify({ ...nic, IPAddresses: '10.0.0.50 fe80::215:5dff:fe00:a09' }))).toEqual(vmThings);
  });

  it('of Get-VM holds its adapters', () => {
    const vm = { Name: 'web01', VMId: machine, VMName: 'web01', State: 2, ProcessorCount: 2, NetworkAdapters: [nic] };
    expect(shownThings(JSON.stringify([vm]))).toEqual([`vm “web01” guid ${machine}`, vmNic, vmThings[2]]);
  });

  it('of Get-NetAdapter and Get-VMSwitch has numbers and names of types', () => {
    expect(
      shownThings(
        JSON.stringify([
          { ifAlias: 'Ethernet 2', InterfaceDescription: 'Intel', ifIndex: 9, InterfaceGuid: `{${interfaceGuid}}` },
        ]),
      ),
    ).toEqual([`interface “Ethernet 2” guid ${interfaceGuid}, ifindex 9; Description: Intel`]);
    expect(shownThings(JSON.stringify({ Name: 'nat', Id: switchId, SwitchType: 1, AllowManagementOS: true }))).toEqual([
      `switch “nat” guid ${switchId}; Type: Internal`,
    ]);
  });

  it('of docker names networks and containers', () => {
    const networks = [
      {
        Name: 'nat',
        Id: 'f2d0e9',
        Driver: 'nat',
        Containers: {
          a1b2: {
            Name: 'web',
            EndpointID: 'c3',
            MacAddress: '00:15:5d:cd:be:47',
            IPv4Address: '172.27.148.101/20',
            IPv6Address: '',
          },
        },
        Options: { 'com.docker.network.windowsshim.hnsid': '76177bd4-a2b5-43a6-9cb8-a37d9d903123' },
      },
    ];
    expect(readNames(JSON.stringify(networks), '').contents).toEqual([
      'docker network inspect, 1 network, 1 container',
    ]);
    expect(shownThings(JSON.stringify(networks))).toEqual([
      'network “nat” guid 76177BD4-A2B5-43A6-9CB8-A37D9D903123; Driver: nat',
      'nic “web” mac 00-15-5D-CD-BE-47, ip 172.27.148.101; Network: nat',
    ]);
  });

  it('that is cut off is read as far as its objects are whole', () => {
    const whole = JSON.stringify([nic, { ...nic, Name: 'Second' }], null, 2);
    const read = readNames(whole.slice(0, whole.indexOf('"Second"') + 3), '');
    expect(read.things[0].name).toBe('web01: Network Adapter');
    expect(read.notes[0]).toBe('The JSON that begins in line 1 is cut off; what stands whole before was read.');
    expect(() => readNames(JSON.stringify(nic).slice(0, -9), '')).toThrow(
      'The JSON that begins in line 1 is damaged or cut off',
    );
  });

  it('brings in no control characters, and no marks that turn text around', () => {
    const [{ name }] = readNames(JSON.stringify({ Name: 'Eth\u0007\u202eer\nnet', ifIndex: 9 }), '').things;
    expect(name).toBe('Eth er net');
  });
});

describe('CLIXML', () => {
  const object = (props: string, reference = 0): string =>
    `<Obj RefId="${reference}"><TN RefId="${reference}"><T>Microsoft.HyperV.PowerShell.VMNetworkAdapter</T><T>System.Object</T></TN>` +
    `<ToString>VMNetworkAdapter (Name = 'Network Adapter')</ToString><Props>${props}</Props></Obj>`;
  const props =
    '<S N="Name">Network Adapter</S><S N="VMName">web01</S>' +
    `<G N="VMId">${machine.toLowerCase()}</G><S N="Id">Microsoft:${machine}\\${adapter}</S><S N="AdapterId">${adapter}</S>` +
    '<B N="IsManagementOs">false</B><S N="MacAddress">00155D000A09</S><S N="SwitchName">nat</S>' +
    `<G N="SwitchId">${switchId}</G><Nil N="PoolName" />` +
    '<Obj N="IPAddresses" RefId="7"><TN RefId="8"><T>System.String[]</T></TN><LST><S>10.0.0.50</S><S>fe80::215:5dff:fe00:a09</S></LST></Obj>';
  const document = (inside: string): string =>
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${inside}\n</Objs>`;

  it('of Export-Clixml gives what the object has', () => {
    expect(shownThings(document(object(props)))).toEqual(vmThings);
    expect(readNames(`#< CLIXML\n${document(object(props))}`, '').contents).toEqual([
      'Get-VMNetworkAdapter (CLIXML), 1 virtual adapter',
    ]);
  });

  it('refers back to types, and may hold one list of objects', () => {
    const second = `<Obj RefId="9"><TNRef RefId="0" /><Props><S N="Name">Second</S><S N="VMName">web02</S><S N="MacAddress">00155D000A0B</S></Props></Obj>`;
    const list = `<Obj RefId="20"><TN RefId="20"><T>System.Object[]</T></TN><LST>${object(props)}${second}</LST></Obj>`;
    const expected = [...vmThings, 'nic “web02: Second” mac 00-15-5D-00-0A-0B; VM: web02'];
    expect(shownThings(document(object(props) + second))).toEqual(expected);
    expect(shownThings(document(list))).toEqual(expected);
  });

  it('writes characters in escapes, and its entities are never expanded', () => {
    const text = document(
      object('<S N="Name">a_x000D__x000A_b &amp; &bomb;</S><S N="VMName">w</S><S N="MacAddress">00155D000A09</S>'),
    );
    const bomb = `<!DOCTYPE x [<!ENTITY bomb "boom">]>`;
    const [{ name }] = readNames(text.replace('<Obj RefId', `${bomb}<Obj RefId`), '').things;
    expect(name).toBe('w: a b & &bomb;');
  });

  it('that is cut off is read as far as it goes', () => {
    const text = document(object(props));
    const read = readNames(text.slice(0, text.indexOf('<G N="SwitchId"')), '');
    expect(read.things[0].name).toBe('web01: Network Adapter');
    expect(read.notes[0]).toContain('The file ends inside');
  });
});
