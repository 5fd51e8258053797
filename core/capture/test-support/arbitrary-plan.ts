import fc from 'fast-check';
import {
  captureSetNames,
  captureTools,
  packetPlaces,
  windowsEditions,
  windowsVersions,
  type CapturePlan,
} from '../capture-plan.ts';

/** Plans of every kind, also such as no tool can carry out. */
export const arbitraryPlan: fc.Arbitrary<CapturePlan> = fc.record({
  tool: fc.constantFrom(...captureTools),
  windows: fc.constantFrom(...windowsVersions),
  edition: fc.constantFrom(...windowsEditions),
  packets: fc.constantFrom(...packetPlaces),
  truncation: fc.oneof(fc.constantFrom(0, 64, 128, 1500), fc.nat(65_535)),
  megabytes: fc.oneof(fc.constantFrom(0, 250, 512, 1024, 4096), fc.nat(1 << 20)),
  fileMode: fc.constantFrom('circular', 'single'),
  adapters: fc.array(fc.constantFrom('Ethernet', 'vEthernet (nat)', "Uplink 'A'"), { maxLength: 2 }),
  sets: fc.uniqueArray(fc.constantFrom(...captureSetNames), { maxLength: 3 }),
  providers: fc.array(
    fc.record(
      {
        provider: fc.constantFrom('Microsoft-Windows-TCPIP', '{67dc0d66-3695-47c0-9642-33f76f7bd7ad}'),
        keywords: fc.constantFrom('0x10', '0xffffffffffffffff'),
        level: fc.nat(255),
      },
      { requiredKeys: ['provider'] },
    ),
    { maxLength: 2 },
  ),
  file: fc.constantFrom('C:\\trace\\host.etl', 'D:\\my traces\\%COMPUTERNAME%.etl', '\\\\server\\share\\a.etl'),
  netshReport: fc.boolean(),
  bundle: fc.constantFrom('folder', 'zip', 'none'),
});
