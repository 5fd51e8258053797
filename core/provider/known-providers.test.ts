import { describe, expect, it } from 'vitest';
import { parseGuid } from '../base/guid.ts';
import { kernelGroupClass, knownProviderName, moduleName } from './known-providers.ts';
import { dropLocationMap } from './pktmon-drop-locations.ts';
import { dropReasonMap } from './pktmon-drop-reasons.ts';

describe('known providers', () => {
  it('have names', () => {
    expect(knownProviderName('{2ed6006e-4729-4609-b423-3ee7bcd678ef}')).toBe('Microsoft-Windows-NDIS-PacketCapture');
    expect(knownProviderName('{bbccf6c1-6cd1-48c4-80ff-839482e37671}')).toBe('EventMetadata');
    expect(knownProviderName('{00000000-0000-0000-0000-000000000000}')).toBeUndefined();
  });

  it('give kernel groups their class', () => {
    const names = [0x00, 0x03, 0x05, 0x06, 0x08, 0x09, 0x0b, 0x0f, 0x14, 0x18].map((group) =>
      knownProviderName(kernelGroupClass(group) ?? ''),
    );
    expect(names.join(' ')).toBe(
      'EventTrace Process Thread TcpIp UdpIp Registry SystemConfig PerfInfo Image StackWalk',
    );
    expect(kernelGroupClass(0xee)).toBeUndefined();
    for (let group = 0; group < 256; group++) {
      const guid = kernelGroupClass(group);
      if (guid !== undefined) expect(parseGuid(guid)).toBe(guid);
    }
  });

  it('are modules of the filter language under names without hyphens and blanks', () => {
    expect(moduleName('Microsoft-Windows-PktMon')).toBe('Microsoft_Windows_PktMon');
    expect(moduleName('Microsoft-Windows-Windows Firewall With Advanced Security')).toBe(
      'Microsoft_Windows_Windows_Firewall_With_Advanced_Security',
    );
  });
});

describe('pktmon’s drop tables', () => {
  it('know every reason and location', () => {
    expect([dropReasonMap.entries.size, dropLocationMap.entries.size]).toEqual([402, 612]);
    expect([9, 201, 701, 3401].map((reason) => dropReasonMap.entries.get(reason))).toEqual([
      'Filtered VLAN',
      expect.any(String),
      expect.any(String),
      'HTTP: Fault. User Abort',
    ]);
    expect(dropLocationMap.entries.get(0xe0002001)).toBe('VMS_EXT_FILTER_DEST_PROC1');
    expect(dropLocationMap.entries.get(0xe0009007)).toBe('NETCX_BUFFER_BOUNCE_FAILURE');
  });

  it('have no empty texts', () => {
    for (const map of [dropReasonMap, dropLocationMap]) {
      for (const [number, text] of map.entries) expect(text.trim(), String(number)).not.toBe('');
    }
  });
});
