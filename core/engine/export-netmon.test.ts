import { afterAll, describe, expect, it } from 'vitest';
import {
  epochOf,
  everyPlace,
  exported,
  exportedScenario,
  frameDigests,
  frames,
  hasTshark,
  judged,
  judgeFolder,
  packetTable,
  sameAsHopscope,
  startSeconds,
} from './test-support/export-judge.ts';
import { realTraces } from './test-support/real-traces.ts';

const real = realTraces('no real packets are exported for Network Monitor.');
const pktMonTrace = `${real.folder}pktmon/demikernel-PktMon.etl`;
const folder = judgeFolder();
afterAll(() => {
  folder.remove();
});

describe.skipIf(!hasTshark)('an exported Network Monitor file', () => {
  it.skipIf(!real.present)('of the real pktmon trace has every packet, byte for byte, at its time', async () => {
    const file = folder.path('real.cap');
    const { lines } = await exported([pktMonTrace], file, 'cap');
    const wanted = packetTable(pktMonTrace);
    expect(frameDigests(file)).toEqual(wanted.map((cells) => cells[17]));
    expect(judged(file, ['frame.time_epoch'])).toEqual(wanted.map((cells) => [epochOf(cells[0])]));
    const { seen, said } = sameAsHopscope(file, lines);
    expect(seen).toEqual(said);
  });

  it('says of each packet what Hopscope says, whatever its medium', async () => {
    const file = folder.path('same.cap');
    const { lines, report } = await exportedScenario(everyPlace, file, 'cap');
    const { seen, said } = sameAsHopscope(file, lines);
    expect(seen).toHaveLength(9);
    expect(seen).toEqual(said);
    expect(report).toMatchObject({ packets: 9, events: 0, notes: [] });
    const media = judged(file, ['frame.encap_type']).flat();
    expect(media).toEqual(['1', '1', '1', '1', '1', '1', '7', '1', '20']);
  });

  it('has other events as ETW frames when asked: header, time and user data', async () => {
    const file = folder.path('events.cap');
    const lines = [
      ...everyPlace,
      '+0.8 cpu1 pid8 tid9 event {11111111-2222-3333-4444-555555555555} id=7 version=2 level=3 opcode=5 task=6 keyword=0x8000000000000001 activity={00000000-0000-0001-0000-00000000002a} payload=0011AABB',
      '+0.9 cpu0 pid10 tid11 classic {22222222-2222-3333-4444-555555555555} opcode=12 version=1 payload=0102',
    ];
    const { report } = await exportedScenario(lines, file, 'cap', { events: true });
    const seen = judged(file, [
      'frame.time_epoch',
      'netmon_event.provider_id',
      'netmon_event.event_desc.id',
      'netmon_event.event_desc.version',
      'netmon_event.event_desc.level',
      'netmon_event.event_desc.opcode',
      'netmon_event.event_desc.task',
      'netmon_event.event_desc.keyword',
      'netmon_event.process_id',
      'netmon_event.thread_id',
      'netmon_event.processor_number',
      'netmon_event.user_data_length',
      'netmon_event.user_data',
      'netmon_event.flags.classic_header',
    ]);
    const events = seen.filter(([, provider]) => provider !== '');
    expect(report).toMatchObject({ packets: 9, events: events.length });
    expect(seen).toHaveLength(9 + events.length);
    const at = (tenths: number): string => `${startSeconds}.${tenths}00000000`;
    expect(events.slice(-2)).toEqual([
      [
        at(8),
        '11111111-2222-3333-4444-555555555555',
        '7',
        '2',
        '3',
        '0x05',
        '6',
        expect.any(String),
        '8',
        '9',
        '1',
        '4',
        '0011aabb',
        '0',
      ],
      [
        at(9),
        '22222222-2222-3333-4444-555555555555',
        '0',
        '1',
        '0',
        '0x0c',
        '0',
        expect.any(String),
        '10',
        '11',
        '0',
        '2',
        '0102',
        '1',
      ],
    ]);
  });

  it('is one file for each link type when asked', async () => {
    const { report } = await exportedScenario(everyPlace, folder.path('split.cap'), 'cap', {
      splitByLinkType: true,
      events: true,
    });
    expect(report.files.map(({ name, packets }) => [name, packets])).toEqual([
      ['split.ethernet.cap', 7],
      ['split.raw-ip.cap', 1],
      ['split.wifi.cap', 1],
    ]);
    expect(report.notes).toEqual(['The events without a packet are in the first file.']);
    expect(frames(folder.path('split.ethernet.cap'))).toHaveLength(7 + report.events);
  });
});
