import { type FieldText, numberField, flagField } from './header-reader.ts';

/** Bits of the word that every 802.11 frame starts with, read as a little-endian number (IEEE 802.11-2020, 9.2.4.1). */
export const FrameControlBit = {
  ToDS: 0x0100,
  FromDS: 0x0200,
  MoreFrag: 0x0400,
  Retry: 0x0800,
  PowerManagement: 0x1000,
  MoreData: 0x2000,
  ProtectedFrame: 0x4000,
  Order: 0x8000,
} as const;
/** One letter a flag, highest bit first. */
const flagLetters = 'OPDWRMFT';
export const FrameType = { Management: 0, Control: 1, Data: 2 } as const;
const frameTypeNames = ['Management', 'Control', 'Data', 'Extension'];

const subtypeNames = new Map<number, Readonly<Record<number, string | undefined>>>([
  [
    FrameType.Management,
    {
      0: 'Association Request',
      1: 'Association Response',
      2: 'Reassociation Request',
      3: 'Reassociation Response',
      4: 'Probe Request',
      5: 'Probe Response',
      6: 'Timing Advertisement',
      8: 'Beacon',
      9: 'ATIM',
      10: 'Disassociation',
      11: 'Authentication',
      12: 'Deauthentication',
      13: 'Action',
      14: 'Action No Ack',
    },
  ],
  [
    FrameType.Control,
    {
      4: 'Beamforming Report Poll',
      5: 'VHT NDP Announcement',
      7: 'Control Wrapper',
      8: 'Block Ack Request',
      9: 'Block Ack',
      10: 'PS-Poll',
      11: 'RTS',
      12: 'CTS',
      13: 'ACK',
      14: 'CF-End',
      15: 'CF-End CF-Ack',
    },
  ],
  [
    FrameType.Data,
    {
      0: 'Data',
      1: 'Data CF-Ack',
      2: 'Data CF-Poll',
      3: 'Data CF-Ack CF-Poll',
      4: 'Null',
      5: 'CF-Ack',
      6: 'CF-Poll',
      7: 'CF-Ack CF-Poll',
      8: 'QoS Data',
      9: 'QoS Data CF-Ack',
      10: 'QoS Data CF-Poll',
      11: 'QoS Data CF-Ack CF-Poll',
      12: 'QoS Null',
      14: 'QoS CF-Poll',
      15: 'QoS CF-Ack CF-Poll',
    },
  ],
]);

/** The one field of the word, its members being its bits. */
export function frameControlFields(control: number): FieldText[] {
  const members = [
    numberField('Version', control & 3),
    numberField('Type', frameTypeOf(control), (type) => `${frameTypeNames[type]}(${type})`),
    numberField('SubType', subtypeOf(control), (subtype) => `${subtypeName(control)}(${subtype})`),
    ...Object.entries(FrameControlBit).map(([name, bit]) => flagField(name, (control & bit) !== 0)),
  ];
  return [numberField('FrameControl', control, frameSummary, members)];
}

/** `QoS Data, Flags: .P.....T`. */
export function frameSummary(control: number): string {
  const flags = Array.from(flagLetters, (letter, index) => ((control & (0x8000 >> index)) === 0 ? '.' : letter)).join(
    '',
  );
  return `${subtypeName(control)}, Flags: ${flags}`;
}

export function frameTypeOf(control: number): number {
  return (control >> 2) & 3;
}

export function subtypeOf(control: number): number {
  return (control >> 4) & 15;
}

function subtypeName(control: number): string {
  const name = subtypeNames.get(frameTypeOf(control))?.[subtypeOf(control)];
  return name ?? `${frameTypeNames[frameTypeOf(control)]} SubType ${subtypeOf(control)}`;
}
