import { macAt } from '../base/address.ts';
import type { Dissector } from './dissector.ts';
import { hexNumber, hexWord, labelled, namedNumber, nameOrNumber, summaryOf } from './field-text.ts';
import { bigEndianAt, finishedLayer, HeaderReader, type FieldText, numberField, flagField } from './header-reader.ts';

/** The service access point of bridges (IEEE 802.1D, 7.12.3). */
export const bridgeServiceAccessPoint = 0x42;

const rapidConfiguration = 0x02;
const topologyChange = 0x80;
const kindNames = new Map([
  [0x00, 'Configuration'],
  [rapidConfiguration, 'Rapid Configuration'],
  [topologyChange, 'Topology Change Notification'],
]);
const versionNames = new Map([
  [0, 'STP'],
  [2, 'RSTP'],
  [3, 'MSTP'],
  [4, 'SPB'],
]);

/** What bridges tell each other about their tree: STP and RSTP, of MSTP what these share (IEEE 802.1D, 9.3). */
export const dissectSpanningTree: Dissector = (input) => {
  const header = new HeaderReader(input);
  header.number('ProtocolIdentifier', 2, hexWord);
  header.number('ProtocolVersionIdentifier', 1, namedNumber(versionNames));
  const kind = header.number('BPDUType', 1, namedNumber(kindNames));
  const tail = kind === undefined || kind === topologyChange ? [] : readTree(header, kind);
  const summary = summaryOf([kind === undefined ? undefined : nameOrNumber(kindNames)(kind), ...tail]);
  const layer = finishedLayer('STP', header, { summary });
  return header.cut ? { layer } : { layer, payload: { start: header.position, end: input.end } };
};

/** What RSTP added between the two flags of old. */
function rapidFlags(value: number): FieldText[] {
  return [
    flagField('Agreement', (value & 0x40) !== 0),
    flagField('Forwarding', (value & 0x20) !== 0),
    flagField('Learning', (value & 0x10) !== 0),
    numberField('PortRole', (value >> 2) & 3),
    flagField('Proposal', (value & 0x02) !== 0),
  ];
}

function readTree(header: HeaderReader, kind: number): (string | undefined)[] {
  header.packed(1, (value) => [
    numberField('Flags', value, (bits) => hexNumber(bits, 2), [
      flagField('TopologyChangeAcknowledgment', (value & 0x80) !== 0),
      ...(kind === rapidConfiguration ? rapidFlags(value) : []),
      flagField('TopologyChange', (value & 0x01) !== 0),
    ]),
  ]);
  const root = readBridge(header, 'RootIdentifier');
  const cost = header.number('RootPathCost', 4);
  const bridge = readBridge(header, 'BridgeIdentifier');
  const port = header.number('PortIdentifier', 2, hexWord);
  // Times are counted in units of 1/256 second.
  for (const name of ['MessageAge', 'MaxAge', 'HelloTime', 'ForwardDelay'])
    header.packed(2, (value) => [numberField(name, value / 256)]);
  return [labelled('Root', root), labelled('Cost', cost), labelled('Bridge', bridge), labelled('Port', port, hexWord)];
}

/** `32768/1/00-15-5D-01-02-03`: priority, VLAN or other system identifier, address. */
function readBridge(header: HeaderReader, name: string): string | undefined {
  return header.delimited(name, (frame, start, limit) => {
    const next = start + 8;
    if (next > limit) return undefined;
    const priority = bigEndianAt(frame, start, 2);
    return { value: `${priority & 0xf000}/${priority & 0x0fff}/${macAt(frame, start + 2)}`, next };
  });
}
