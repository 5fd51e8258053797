import { describe, expect, it } from 'vitest';
import type { PacketComponent } from '../trace/segment.ts';
import { plainNicName } from './nbl-numbers.ts';
import { Topology, type InterfaceFacts, type Whereabouts } from './topology.ts';
import { Side } from './verdicts.ts';

const physical = '5AA3FFAC-AB7F-41DA-BD02-A4404FCA9241';
const container = 'FB5C285C-3F1D-4B0E-9C55-7D2A6E8B1F40';
const nat = { name: 'D2FD9981-CB99-4866-9548-81F4ADEF178C', friendlyName: 'nat' };

const interfaces: (InterfaceFacts & { index: number; input: number })[] = [
  { index: 9, input: 0, alias: 'Ethernet', description: 'Intel(R) X550', guid: `{${physical.toLowerCase()}}`, mac: '' },
  {
    index: 17,
    input: 0,
    alias: 'vSwitch (nat)',
    description: 'Hyper-V Virtual Switch Extension Adapter',
    guid: '',
    mac: '',
  },
  {
    index: 34,
    input: 0,
    alias: 'vEthernet (fb5c285c)',
    description: 'Hyper-V Virtual Ethernet Container Adapter',
    guid: '',
    mac: '',
  },
];
const whereabouts: Whereabouts = {
  interfaceAt: (index, input) => interfaces.find((row) => row.index === index && row.input === input),
  interfaces: () => interfaces,
  interfaceName: () => '',
  nicName: (name) => (plainNicName(name) === physical ? 'Uplink' : ''),
  switchName: () => '',
  pktMonComponent: () => undefined,
};
const ndis = (index: number): PacketComponent => ({
  source: 'ndis',
  miniportIfIndex: index,
  lowerIfIndex: index,
  id: 0,
  portName: '',
  nicName: '',
  nicType: '',
});

describe('lanes', () => {
  const nics = [
    { nic: { name: `/DEVICE/{${physical}}`, friendlyName: 'Intel' }, switch: nat },
    { nic: { name: container, friendlyName: 'Container NIC fb5c285c' }, switch: nat },
  ];
  const topology = new Topology(whereabouts, nics, [nat], []);

  it('are one for an interface and its NIC in the switch, by GUID or by the name in brackets', () => {
    expect(topology.laneOf(ndis(9), 0)).toEqual(topology.laneOfNic(`\\Device\\{${physical.toLowerCase()}}`));
    expect(topology.laneOf(ndis(9), 0)).toMatchObject({ kind: 'physical-nic', name: 'Uplink' });
    expect(topology.laneOf(ndis(34), 0)).toMatchObject({ kind: 'container-nic', identifier: container });
  });

  it('are one for a switch, its adapter and the frames on its ports', () => {
    const port: PacketComponent = { ...ndis(17), source: 'vmswitch', id: 2, nicName: container, nicType: 'Internal' };
    expect(topology.laneOf(port, 0)).toEqual(topology.laneOfSwitch(nat.name));
    expect(topology.laneOf(ndis(17), 0)).toMatchObject({ kind: 'switch', name: 'nat' });
  });

  it('lie outside, in or inside the switch', () => {
    const lanes = [topology.laneOf(ndis(9), 0), topology.laneOfSwitch(nat.name), topology.laneOfNic(container)];
    expect(lanes.map((lane) => Topology.sideOf(lane))).toEqual([Side.Outside, Side.Switch, Side.Inside]);
  });

  it('are named by number where a trace tells nothing', () => {
    expect(topology.laneOf(ndis(5), 0)).toMatchObject({ name: 'interface 5', identifier: 'ifIndex 5' });
    expect(topology.laneOf(ndis(9), 1)).toMatchObject({ name: 'interface 9' });
  });
});
