import { describe, expect, it } from 'vitest';
import { guidAt } from '../base/guid.ts';
import { utf16At, utf16ZeroTerminated } from '../base/text.ts';
import { inflateLzxpress } from '../etl/lzxpress.ts';
import { compileScenario } from './compile.ts';

/** A record as it lies in the file; read here in the plainest way, not by the reader that scenarios are to test. */
interface RawRecord {
  readonly processor: number;
  readonly headerType: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** All records behind the header buffer, in file order. */
function recordsOf(file: Uint8Array): RawRecord[] {
  const records: RawRecord[] = [];
  const view = viewOf(file);
  for (let at = view.getUint32(0, true); at < file.length; at += view.getUint32(at, true)) {
    const filled = view.getUint32(at + 0x30, true);
    const content = new Uint8Array(filled);
    if ((view.getUint16(at + 0x34, true) & 0x40) === 0) content.set(file.subarray(at, at + filled));
    else inflateLzxpress(file, at + 0x48, at + view.getUint32(at, true), content, 0x48, filled);
    records.push(...recordsOfBuffer(content, view.getUint16(at + 0x28, true)));
  }
  return records;
}

function recordsOfBuffer(content: Uint8Array, processor: number): RawRecord[] {
  const records: RawRecord[] = [];
  for (let at = 0x48; at < content.length;) {
    const headerType = content[at + 2];
    const size = viewOf(content).getUint16(at + ([1, 2, 3, 4, 16, 17].includes(headerType) ? 4 : 0), true);
    const bytes = content.slice(at, at + size);
    records.push({ processor, headerType, bytes, view: viewOf(bytes) });
    at += (size + 7) & ~7;
  }
  return records;
}

const idOf = (record: RawRecord): number => record.view.getUint16(0x28, true);
const keywordOf = (record: RawRecord): bigint => record.view.getBigUint64(0x30, true);
const payloadOf = (record: RawRecord): Uint8Array => record.bytes.slice(0x50);
const timeOf = (record: RawRecord): bigint => record.view.getBigInt64(0x10, true);
const frame = '| eth 00-15-5D-00-00-01 > 00-15-5D-00-00-02 | ipv4 10.0.0.50 > 10.0.0.60 | udp 5 > 6 "0123456789"';

describe('ndis', () => {
  it('logs a whole frame with interfaces, direction and the GFT fields', () => {
    const [record] = recordsOf(
      compileScenario(`+0.000118204 cpu1 pid4 tid88 ndis in miniport=9 lower=7 gft=5,6 ${frame}`),
    );
    const payload = payloadOf(record);
    const view = viewOf(payload);
    expect([record.processor, record.view.getUint32(8, true), record.view.getUint32(12, true)]).toEqual([1, 88, 4]);
    expect(timeOf(record)).toBe(36_000_000_000n + 1182n);
    expect([guidAt(record.bytes, 0x18), idOf(record), record.bytes[0x2c]]).toEqual([
      '{2ed6006e-4729-4609-b423-3ee7bcd678ef}',
      1001,
      4,
    ]);
    expect(keywordOf(record)).toBe(0x8000_0602_c000_0001n);
    expect([view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)]).toEqual([9, 7, 52]);
    expect([view.getBigUint64(64, true), view.getBigUint64(72, true), payload.length]).toEqual([5n, 6n, 80]);
  });

  it('leaves the GFT fields out for older builds', () => {
    const [record] = recordsOf(compileScenario(`ndis out miniport=9 gft=none ${frame}`));
    expect(payloadOf(record).length).toBe(12 + 52);
    expect(keywordOf(record) & 0x3_0000_0000n).toBe(0x1_0000_0000n);
  });

  it('cuts a frame into fragments and marks the first and the last', () => {
    const records = recordsOf(compileScenario(`ndis in miniport=9 fragments=20,20 ${frame}`));
    expect(records.map((record) => viewOf(payloadOf(record)).getUint32(8, true))).toEqual([20, 20, 12]);
    expect(records.map((record) => (keywordOf(record) >> 30n) & 3n)).toEqual([1n, 0n, 2n]);
    const torn = recordsOf(compileScenario(`ndis in fragments=20,20 without-start without-end ${frame}`));
    expect(torn.map((record) => (keywordOf(record) >> 30n) & 3n)).toEqual([0n, 0n, 0n]);
  });

  it('truncates to the snap length and says so', () => {
    const [record] = recordsOf(compileScenario(`ndis in snap=34 ${frame}`));
    expect(viewOf(payloadOf(record)).getUint32(8, true)).toBe(34);
    expect(keywordOf(record) & 0x200_0000n).toBe(0x200_0000n);
  });

  it('tells the medium by the outermost layer', () => {
    const mediumOf = (text: string): bigint =>
      keywordOf(recordsOf(compileScenario(`ndis in | ${text}`))[0]) & 0xff_ffffn;
    expect(mediumOf('ipv4 1.1.1.1 > 2.2.2.2')).toBe(0x200n);
    expect(mediumOf('wifi 00-15-5D-00-00-01 > 00-15-5D-00-00-02 bssid=00-15-5D-00-00-03')).toBe(0x1_0000n);
  });

  it('logs a switch frame with its ports, destinations and VLAN', () => {
    const text = `ndis switch in miniport=17 from=2:P2:N2:External to=5:P5:N5:Internal to2="6:P 6:N6:Synthetic" vlan=5 ${frame}`;
    const [record] = recordsOf(compileScenario(text));
    const payload = payloadOf(record);
    const view = viewOf(payload);
    const texts: string[] = [];
    let at = 12;
    const takeTexts = (): void => {
      for (let count = 0; count < 3; count++) {
        const { text: found, next } = utf16ZeroTerminated(payload, at, payload.length);
        texts.push(found);
        at = next;
      }
    };
    takeTexts();
    expect([view.getUint32(8, true), view.getUint32(at, true), view.getUint32(at + 4, true)]).toEqual([2, 2, 5]);
    at += 8;
    takeTexts();
    expect(view.getUint32(at, true)).toBe(6);
    at += 4;
    takeTexts();
    expect(texts).toEqual(['P2', 'N2', 'External', 'P5', 'N5', 'Internal', 'P 6', 'N6', 'Synthetic']);
    expect([view.getUint32(at, true), view.getUint32(at + 56, true)]).toEqual([52, 80]);
    expect(view.getUint32(at + 60 + 4 * 8, true) >> 4).toBe(5);
    expect([idOf(record), keywordOf(record) & 0x100_0000n]).toEqual([1003, 0x100_0000n]);
  });
});

describe('vmswitch', () => {
  it('counts the names and writes the address of the NBL', () => {
    const [record] = recordsOf(
      compileScenario(
        'vmswitch 56 NicName=AB NicFName="C D" SwitchName=E SwitchFName=F BufferAddress=0xffff9383cbf21490',
      ),
    );
    const payload = payloadOf(record);
    const view = viewOf(payload);
    expect([view.getUint32(0, true), utf16At(payload, 4, 2), view.getUint32(8, true), utf16At(payload, 12, 3)]).toEqual(
      [2, 'AB', 3, 'C D'],
    );
    expect(view.getBigUint64(payload.length - 8, true)).toBe(0xffff_9383_cbf2_1490n);
    expect(payload.length).toBe(4 * 4 + 7 * 2 + 8);
  });

  it('writes pointers of 4 bytes on a 32-bit system', () => {
    const [record] = recordsOf(compileScenario('vmswitch 56 BufferAddress=0x12345678', { pointerSize: 4 }));
    expect([record.headerType, payloadOf(record).length]).toEqual([18, 4 * 4 + 4]);
  });
});

describe('pktmon', () => {
  it('logs sightings and drops with their 34 bytes of metadata', () => {
    const text = `
      pktmon frame group=5 packet=1 appearance=2 direction=Rx component=59 edge=1 snap=40 ${frame}
      pktmon drop group=5 appearance=3 direction=Tx component=60 reason="MTU mismatch" location=0xE0002001 ${frame}`;
    const [seen, dropped] = recordsOf(compileScenario(text)).map((record) => viewOf(payloadOf(record)));
    expect([seen.getBigUint64(0, true), ...[8, 10, 12, 14, 16, 18, 20].map((at) => seen.getUint16(at, true))]).toEqual([
      5n,
      1,
      2,
      3,
      1,
      59,
      1,
      0,
    ]);
    expect([seen.getUint16(30, true), seen.getUint16(32, true), seen.byteLength]).toEqual([52, 40, 74]);
    expect([dropped.getUint32(22, true), dropped.getUint32(26, true), dropped.getUint16(12, true)]).toEqual([
      23, 0xe000_2001, 4,
    ]);
  });

  it('describes a component by one event, and one more for each property', () => {
    const text =
      'component 59 type=9 name=netvsc.sys description="Adapter" mac=00-15-5D-00-00-01 ifindex=7 ipv4=10.0.0.1 ipv6=fe80::1 switch=nat guid={4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac} medium=WiFi ethertype=IPv4';
    const records = recordsOf(compileScenario(text));
    expect(records.map(idOf)).toEqual([20, 70, 30, 65, 66, 73, 40, 60, 75]);
    expect([...payloadOf(records[1])]).toEqual([59, 0, 6, 0, 6, 0, 0, 0, 0, 0x15, 0x5d, 0, 0, 1]);
    expect([...payloadOf(records[3])]).toEqual([59, 0, 13, 0, 10, 0, 0, 1]);
    expect([...payloadOf(records[7])]).toEqual([59, 0, 5, 0, 16, 0]);
    expect([...payloadOf(records[8])]).toEqual([59, 0, 7, 0, 0, 8]);
  });
});

describe('other records', () => {
  it('are written as their statements say', () => {
    const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
    const text = `
      event ${guid} id=12 version=1 level=2 keyword=0x10 opcode=3 task=4 channel=5 payload=0011AABB related=${guid} stack=0x1,0x2
      event ${guid} pointer=4 text="hi"
      event ${guid} id=30 ComponentId=59 Type=1 Value=7
      classic ${guid} opcode=32 version=2 payload=01
      instance ${guid} opcode=1 instance=77
      error ${guid}
      system group=3 type=1 payload=02
      compact group=3 type=2
      perfinfo group=0xf type=46
      message ${guid} number=10 sequence=1
      interface 9 alias="Ethernet" mac=00-15-5D-00-00-01`;
    const records = recordsOf(compileScenario(text));
    expect(records.map((record) => record.headerType)).toEqual([19, 18, 19, 20, 21, 13, 2, 4, 17, 0, 20]);
    const [event, narrow, known, classic] = records;
    expect([idOf(event), ...event.bytes.slice(0x2a, 0x2e), event.view.getUint16(0x2e, true)]).toEqual([
      12, 1, 5, 2, 3, 4,
    ]);
    expect([...event.bytes.slice(-4)]).toEqual([0, 0x11, 0xaa, 0xbb]);
    expect([event.view.getUint16(0x52, true), event.view.getUint16(0x6a, true)]).toEqual([1, 6]);
    expect(utf16At(narrow.bytes, 0x50, 2)).toBe('hi');
    expect([...payloadOf(known)]).toEqual([59, 0, 1, 0, 7, 0, 0, 0]);
    expect([classic.bytes[4], classic.view.getUint16(6, true), classic.bytes[0x30]]).toEqual([32, 2, 1]);
    const row = records[10];
    expect([row.bytes[4], row.bytes.length, row.view.getUint32(0x30 + 8, true)]).toEqual([36, 0x30 + 1352, 9]);
    expect(utf16ZeroTerminated(row.bytes, 0x30 + 0x1c, row.bytes.length).text).toBe('Ethernet');
    expect([...row.bytes.slice(0x30 + 0x424, 0x30 + 0x42a)]).toEqual([0, 0x15, 0x5d, 0, 0, 1]);
  });
});

describe('metadata', () => {
  const text = `
    trace metadata
    +1 cpu1 tid5 pktmon frame direction=Rx ${frame}
    +2 cpu0 pktmon frame direction=Tx ${frame}
    +3 cpu1 pktmon drop reason=1 ${frame}`;
  const kindOf = (record: RawRecord): string =>
    record.headerType === 20 ? `opcode ${record.bytes[4]}` : `event ${idOf(record)}`;

  it("stands in front of the first event of each kind, each map once, with that event's time and thread", () => {
    const ofCpu1 = recordsOf(compileScenario(text)).filter((record) => record.processor === 1);
    const maps = ['opcode 33', 'opcode 33', 'opcode 33', 'opcode 33'];
    expect(ofCpu1.map(kindOf)).toEqual(['opcode 32', ...maps, 'event 160', 'opcode 32', 'event 170']);
    expect(ofCpu1.slice(0, 6).map((record) => [timeOf(record), record.view.getUint32(8, true)])).toEqual(
      Array.from({ length: 6 }, () => [36_010_000_000n, 5]),
    );
    const info = ofCpu1[0];
    expect([guidAt(info.bytes, 0x18), guidAt(info.bytes, 0x30)]).toEqual([
      '{bbccf6c1-6cd1-48c4-80ff-839482e37671}',
      '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}',
    ]);
    expect([info.view.getUint16(0x50, true), info.bytes[0x54], info.view.getBigUint64(0x58, true)]).toEqual([
      160,
      4,
      0x10n,
    ]);
  });

  it('is left out unless asked for', () => {
    expect(recordsOf(compileScenario(text, { metadata: false })).map(kindOf)).toEqual([
      'event 160',
      'event 170',
      'event 160',
    ]);
  });
});

describe('the container', () => {
  const text = 'trace cpus=4 buffer=1KiB\n+2 cpu1 raw text="late"\n+1 cpu1 raw text="early"';

  it('holds events in time order unless the text is to be kept', () => {
    const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
    const events = `+2 event ${guid} id=2\n+1 event ${guid} id=1`;
    expect(recordsOf(compileScenario(events)).map(idOf)).toEqual([1, 2]);
    expect(recordsOf(compileScenario(events, { unsorted: true })).map(idOf)).toEqual([2, 1]);
  });

  it('varies by options that override those of the text', () => {
    const sizeOf = (file: Uint8Array): number => file.length;
    expect(sizeOf(compileScenario(text))).toBe(2048);
    expect(sizeOf(compileScenario(text, { bufferSize: 4096 }))).toBe(8192);
    expect(sizeOf(compileScenario(text, { compressed: true }))).toBeLessThan(2048);
    const processorsOf = (file: Uint8Array): number => viewOf(file).getUint32(0x48 + 0x20 + 0x0c, true);
    expect([processorsOf(compileScenario(text)), processorsOf(compileScenario('cpu6 flush'))]).toEqual([4, 7]);
  });

  it('marks losses in the buffers of the CPU that had them', () => {
    const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
    const file = compileScenario(`trace buffer=1KiB\nevent ${guid}\nlost events\nflush\nlost buffers=3\nevent ${guid}`);
    const flagsAt = (at: number): [number, bigint] => [
      viewOf(file).getUint16(at + 0x34, true),
      viewOf(file).getBigInt64(at + 0x18, true),
    ];
    expect([flagsAt(1024), flagsAt(2048)]).toEqual([
      [0x22, 1n],
      [0x25, 5n],
    ]);
  });

  it('is a ring when it is told to be: later buffers take the places of the oldest', () => {
    const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
    const text = `trace buffer=1KiB ring=2\n${`event ${guid}\nflush\n`.repeat(5)}`;
    const file = compileScenario(text);
    const sequences = [1024, 2048].map((at) => viewOf(file).getBigInt64(at + 0x18, true));
    expect([file.length, sequences, viewOf(file).getUint32(0x48 + 0x20 + 0x20, true) & 3]).toEqual([3072, [5n, 4n], 2]);
    expect(() => compileScenario(text, { compressed: true })).toThrow('never compressed');
  });

  it('may have reserved space, no end, and buffers of a later session', () => {
    const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
    const file = compileScenario(
      `trace buffer=1KiB reserve=8KiB unclean\nevent ${guid}\nflush\nevent ${guid}\nappend\nbackup corrupt\nevent ${guid}`,
    );
    const view = viewOf(file);
    const header = 0x48 + 0x20;
    expect([view.getBigInt64(header + 0x10, true), view.getUint32(header + 0x24, true)]).toEqual([0n, 0]);
    expect(view.getUint32(header + 0x20, true) & 0x20).toBe(0x20);
    expect([1024, 2048, 3072].map((at) => view.getBigInt64(at + 0x18, true))).toEqual([1n, 2n, 1n]);
    expect(view.getUint16(3072 + 0x34, true)).toBe(0x39);
    expect([file.length, file.subarray(4096).every((byte) => byte === 0)]).toEqual([8192, true]);
  });
});

describe('rare records', () => {
  it('are written as their statements say', () => {
    const guid = '{4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac}';
    const text = `
      timed number=70000 payload=01
      timed old number=2
      timed untimed number=3
      wnode ${guid} payload=02
      system group=3 type=1 pmc=0x10,0x20 pebs=5 payload=03
      perfinfo group=3 type=1 pmc=7
      message number=10 component=12 untimed anonymous performance-time pointer=4`;
    const [timed, old, untimed, wnode, system, perfinfo, message] = recordsOf(compileScenario(text));
    expect([timed.bytes[2], timed.bytes[3], timed.bytes.length, timed.view.getUint32(4, true)]).toEqual([
      12, 0xc0, 17, 70_000,
    ]);
    expect([old.bytes[3], old.bytes.length, untimed.bytes[3], untimed.bytes.length]).toEqual([0xb0, 16, 0xa0, 8]);
    expect([timed.view.getBigInt64(8, true), old.view.getBigInt64(8, true)]).toEqual([
      36_000_000_000n,
      36_000_000_000n,
    ]);
    expect([wnode.bytes[2], wnode.bytes.length, guidAt(wnode.bytes, 0x18), timeOf(wnode)]).toEqual([
      14,
      0x31,
      guid,
      36_000_000_000n,
    ]);
    expect(system.view.getUint16(0, true)).toBe(0x8202);
    expect([0x20, 0x28, 0x30].map((at) => system.view.getBigUint64(at, true))).toEqual([5n, 0x10n, 0x20n]);
    expect(system.bytes[0x38]).toBe(3);
    expect([perfinfo.view.getUint16(0, true), perfinfo.view.getBigUint64(0x10, true)]).toEqual([0x0102, 7n]);
    expect([message.view.getUint16(6, true), message.bytes.length, message.view.getUint32(8, true)]).toEqual([
      0x54, 12, 12,
    ]);
  });

  it('hold no more than seven counters', () => {
    expect(() => compileScenario('system group=3 pmc=1,2,3,4,5,6,7,8')).toThrow('at most 7 counters');
  });
});
