import type { Dissector } from './dissector.ts';
import { EtherType, etherTypeText } from './ethertypes.ts';
import { labelled, summaryOf } from './field-text.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';

const operationNames = new Map([
  [1, 'Request'],
  [2, 'Reply'],
  [3, 'Reverse Request'],
  [4, 'Reverse Reply'],
  [8, 'Inverse Request'],
  [9, 'Inverse Reply'],
]);

/** ARP and its reverse (RFC 826, RFC 903), for any lengths of addresses. */
export const dissectArp: Dissector = (input) => {
  const header = new HeaderReader(input);
  header.number('HardwareType', 2, (value) => (value === 1 ? 'Ethernet(1)' : String(value)));
  const protocolType = header.number('ProtocolType', 2, etherTypeText);
  const hardwareLength = header.number('HardwareAddressLength', 1) ?? 0;
  const protocolLength = header.number('ProtocolAddressLength', 1) ?? 0;
  const operation = header.number('Operation', 2, operationText);
  const isIpv4 = protocolType === EtherType.IPv4 && protocolLength === 4;
  const readHardware = (name: string) =>
    readAddress(header, name, hardwareLength, hardwareLength === 6 ? 'mac' : 'bytes');
  const readProtocol = (name: string) => readAddress(header, name, protocolLength, isIpv4 ? 'ipv4' : 'bytes');
  readHardware('SenderHardwareAddress');
  const sender = readProtocol('SenderProtocolAddress');
  readHardware('TargetHardwareAddress');
  const target = readProtocol('TargetProtocolAddress');
  const summary = summaryOf([
    operation === undefined ? undefined : (operationNames.get(operation) ?? `Operation ${operation}`),
    labelled(isIpv4 ? 'SenderIP' : 'Sender', sender),
    labelled(isIpv4 ? 'TargetIP' : 'Target', target),
  ]);
  const addresses = isIpv4 ? { source: sender, destination: target } : {};
  return { layer: finishedLayer('ARP', header, { summary, ...addresses, end: header.position }) };
};

function operationText(operation: number): string {
  const name = operationNames.get(operation);
  return name === undefined ? String(operation) : `${name}(${operation})`;
}

function readAddress(
  header: HeaderReader,
  name: string,
  length: number,
  form: 'mac' | 'ipv4' | 'bytes',
): string | undefined {
  if (form === 'mac') return header.mac(name);
  if (form === 'ipv4') return header.ipv4(name);
  return header.bytes(name, length);
}
