import { utf8ZeroTerminated } from '../base/text.ts';
import { hexNumber, hexWord, namedNumber, nameOrNumber, printable } from './field-text.ts';
import { numberField, type HeaderReader } from './header-reader.ts';
import { elements, optionFields, optionsBetween, type OptionKind } from './options.ts';
import { numberKind, type ValueKind, listReading } from './value-kinds.ts';
import { cipherNames, keyManagementNames } from './wifi-codes.ts';
import { bytesReading, textReading, numberReading } from './field-readings.ts';
import type { FieldReading } from './layer.ts';

/** The elements that end most 802.11 management frames (IEEE 802.11-2020, 9.4.2). */

const networkNameElement = 0;
const longestNetworkName = 32;

/** Reads all that is left as elements; gives the name of the network, when there is one. */
export function readElements(header: HeaderReader): string | undefined {
  const { frame } = header.input;
  let name: string | undefined;
  header.group('Elements', header.remaining, (start, end) => {
    name = networkNameBetween(frame, start, end);
    const members = optionFields(frame, start, end, elements, elementKinds);
    return { value: members.map((member) => member.name).join(', '), members };
  });
  return name;
}

/** The text of the name element. One that claims more than is there tells nothing. */
function networkNameBetween(frame: Uint8Array, start: number, end: number): string | undefined {
  const element = optionsBetween(frame, start, end, elements).find(({ type }) => type === networkNameElement);
  if (element === undefined || element.length > longestNetworkName + 2) return undefined;
  const isWhole = element.length >= 2 && element.length === frame[element.start + 1] + 2;
  return isWhole ? networkNameAt(frame, element.valueStart, element.start + element.length) : undefined;
}

/** A request without a name asks every network. */
function networkNameAt(frame: Uint8Array, start: number, end: number): string {
  const { text } = utf8ZeroTerminated(frame, start, end);
  return text === '' ? '(any)' : printable(text);
}

const networkName: ValueKind = {
  type: 'text',
  read: (frame, start, end) => textReading(networkNameAt(frame, start, end)),
};

/** In Mbit/s; the high bit marks the rates that every station must know. */
const rates: ValueKind = {
  type: 'integer',
  read: (frame, start, end) =>
    listReading(Array.from(frame.subarray(start, end), rateReading)) ?? bytesReading(frame, start, end),
};

function rateReading(rate: number): FieldReading {
  return numberReading((rate & 0x7f) / 2, (megabits) => `${megabits}${(rate & 0x80) === 0 ? '' : '(B)'}`);
}

function readTrafficIndication(value: HeaderReader): string {
  const count = value.number('DTIMCount', 1);
  value.number('DTIMPeriod', 1);
  value.number('BitmapControl', 1, (bits) => hexNumber(bits, 2));
  value.bytes('PartialVirtualBitmap', value.remaining);
  return count === undefined ? '' : `DTIMCount: ${count}`;
}

function readCountry(value: HeaderReader): string {
  const code = value.utf8('CountryString', Math.min(3, value.remaining));
  while (value.remaining >= 3) {
    value.number('FirstChannel', 1);
    value.number('NumberOfChannels', 1);
    value.number('MaximumTransmitPower', 1);
  }
  return code?.trim() ?? '';
}

function readLoad(value: HeaderReader): string {
  const stations = value.littleEndian('StationCount', 2);
  value.number('ChannelUtilization', 1);
  value.littleEndian('AvailableAdmissionCapacity', 2);
  return stations === undefined ? '' : `StationCount: ${stations}`;
}

function readChannelSwitch(value: HeaderReader): string {
  value.number('ChannelSwitchMode', 1);
  const channel = value.number('NewChannelNumber', 1);
  value.number('ChannelSwitchCount', 1);
  return String(channel ?? '');
}

function readHighThroughputOperation(value: HeaderReader): string {
  const channel = value.number('PrimaryChannel', 1);
  value.bytes('HTOperationInformation', value.remaining);
  return String(channel ?? '');
}

function readHighThroughputCapabilities(value: HeaderReader): string {
  const capabilities = value.littleEndian('HTCapabilityInformation', 2, hexWord);
  value.number('AMPDUParameters', 1, (bits) => hexNumber(bits, 2));
  value.bytes('SupportedMCSSet', value.remaining);
  return capabilities === undefined ? '' : hexWord(capabilities);
}

function readVeryHighThroughputCapabilities(value: HeaderReader): string {
  const capabilities = value.littleEndian('VHTCapabilitiesInformation', 4, (bits) => hexNumber(bits, 8));
  value.bytes('SupportedVHTMCSSet', value.remaining);
  return capabilities === undefined ? '' : hexNumber(capabilities, 8);
}

function readVeryHighThroughputOperation(value: HeaderReader): string {
  const width = value.number('ChannelWidth', 1);
  value.number('ChannelCenterFrequencySegment0', 1);
  value.number('ChannelCenterFrequencySegment1', 1);
  value.bytes('BasicVHTMCSSet', value.remaining);
  return String(width ?? '');
}

/** The suites of the standard's own organisation have names. */
const standardOrganization = 0x000fac;

/** `textOf` is given the suite's number when it is one of the standard's. */
function suiteText(textOf: (value: number) => string): (value: number) => string {
  return (value) => (value >>> 8 === standardOrganization ? textOf(value & 0xff) : hexNumber(value, 8));
}

/** A field with the number of the standard's suites, and of others with the organisation in front of it. */
function readSuite(value: HeaderReader, name: string, names: ReadonlyMap<number, string>): number | undefined {
  return value.packed(4, (suite) => [
    suite >>> 8 === standardOrganization
      ? numberField(name, suite & 0xff, namedNumber(names))
      : numberField(name, suite, (number) => hexNumber(number, 8)),
  ]);
}

/** How the network is protected (9.4.2.24). Everything behind the version may be left out. */
function readRobustSecurity(value: HeaderReader): string {
  value.littleEndian('Version', 2);
  if (value.remaining > 0) readSuite(value, 'GroupCipherSuite', cipherNames);
  readSuites(value, 'PairwiseCipherSuite', cipherNames);
  const managed = readSuites(value, 'AKMSuite', keyManagementNames);
  if (value.remaining > 0) value.littleEndian('RSNCapabilities', 2, hexWord);
  const identifiers = value.remaining > 0 ? (value.littleEndian('PMKIDCount', 2) ?? 0) : 0;
  for (let index = 0; index < identifiers && value.remaining > 0; index++) value.bytes('PMKID', 16);
  if (value.remaining > 0) readSuite(value, 'GroupManagementCipherSuite', cipherNames);
  return managed.join(', ');
}

function readSuites(value: HeaderReader, name: string, names: ReadonlyMap<number, string>): string[] {
  const count = value.remaining > 0 ? (value.littleEndian(`${name}Count`, 2) ?? 0) : 0;
  const texts: string[] = [];
  for (let index = 0; index < count && value.remaining > 0; index++) {
    const suite = readSuite(value, name, names);
    if (suite !== undefined) texts.push(suiteText(nameOrNumber(names))(suite));
  }
  return texts;
}

function readVendorSpecific(value: HeaderReader): string {
  const organization = value.number('OrganizationIdentifier', 3, (number) => hexNumber(number, 6));
  value.bytes('VendorData', value.remaining);
  return organization === undefined ? '' : hexNumber(organization, 6);
}

const extensionNames = new Map([
  [35, 'HECapabilities'],
  [36, 'HEOperation'],
  [37, 'UORAParameterSet'],
  [38, 'MUEDCAParameterSet'],
  [39, 'SpatialReuseParameterSet'],
  [59, 'HE6GHzBandCapabilities'],
  [106, 'EHTOperation'],
  [107, 'MultiLink'],
  [108, 'EHTCapabilities'],
]);

function readExtension(value: HeaderReader): string {
  const type = value.number('ElementIDExtension', 1);
  value.bytes('ExtensionData', value.remaining);
  return type === undefined ? '' : nameOrNumber(extensionNames)(type);
}

export const elementKinds = new Map<number, OptionKind>([
  [networkNameElement, { name: 'SSID', value: networkName }],
  [1, { name: 'SupportedRates', value: rates }],
  [3, { name: 'DSParameterSet', length: 3, value: numberKind() }],
  [5, { name: 'TIM', parts: readTrafficIndication }],
  [7, { name: 'Country', parts: readCountry }],
  [11, { name: 'BSSLoad', length: 7, parts: readLoad }],
  [16, { name: 'ChallengeText' }],
  [32, { name: 'PowerConstraint', length: 3, value: numberKind() }],
  [33, { name: 'PowerCapability' }],
  [36, { name: 'SupportedChannels' }],
  [37, { name: 'ChannelSwitchAnnouncement', length: 5, parts: readChannelSwitch }],
  [42, { name: 'ERP', length: 3, value: numberKind((value) => hexNumber(value, 2)) }],
  [45, { name: 'HTCapabilities', length: 28, parts: readHighThroughputCapabilities }],
  [48, { name: 'RSN', parts: readRobustSecurity }],
  [50, { name: 'ExtendedSupportedRates', value: rates }],
  [54, { name: 'MobilityDomain' }],
  [55, { name: 'FastBSSTransition' }],
  [59, { name: 'SupportedOperatingClasses' }],
  [61, { name: 'HTOperation', length: 24, parts: readHighThroughputOperation }],
  [70, { name: 'RMEnabledCapabilities' }],
  [74, { name: 'OverlappingBSSScanParameters' }],
  [107, { name: 'Interworking' }],
  [127, { name: 'ExtendedCapabilities' }],
  [191, { name: 'VHTCapabilities', length: 14, parts: readVeryHighThroughputCapabilities }],
  [192, { name: 'VHTOperation', length: 7, parts: readVeryHighThroughputOperation }],
  [195, { name: 'TransmitPowerEnvelope' }],
  [221, { name: 'VendorSpecific', parts: readVendorSpecific }],
  [255, { name: 'ElementExtension', parts: readExtension }],
]);
