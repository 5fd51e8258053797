/** The commands that tell names with all the keys a trace may show, ready to paste into PowerShell. */
export const fetchCommands = {
  'Get-NetAdapter':
    'Get-NetAdapter -IncludeHidden | Format-List Name,InterfaceDescription,ifIndex,InterfaceGuid,MacAddress,PermanentAddress',
  'Get-VMNetworkAdapter':
    'Get-VMNetworkAdapter -All | Format-List Name,VMName,VMId,Id,AdapterId,DeviceId,IsManagementOs,MacAddress,SwitchName,SwitchId,IPAddresses',
  'Get-VMSwitch': 'Get-VMSwitch | Format-List Name,Id,SwitchType,NetAdapterInterfaceDescription',
  'Get-VM': 'Get-VM | Format-List Name,Id',
  'Get-HnsEndpoint':
    'Get-HnsEndpoint | Format-List ID,Name,MacAddress,IPAddress,VirtualNetwork,VirtualNetworkName,SharedContainers',
  'Get-HnsNetwork': 'Get-HnsNetwork | Format-List ID,Name,Type',
  'pktmon list': 'pktmon list --all',
} as const;

export type FetchCommand = keyof typeof fetchCommands;
