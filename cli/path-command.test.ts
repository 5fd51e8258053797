import { describe, expect, it, vi } from 'vitest';
import type { PacketPath, Row, ViewInfo } from '../core/engine/contract.ts';
import { tellPaths, type PathChoice } from './path-command.ts';
import { pathText } from './path-text.ts';
import {
  engineAnswering,
  madeUpAttempt,
  madeUpBlock,
  madeUpHop,
  madeUpLane,
  madeUpPath,
  type Answers,
} from './test-support/made-up-paths.ts';

const nothingChosen: PathChoice = { syn: undefined, row: undefined, filter: '', limit: Infinity, json: false };
const info = { trace: 1, events: 500 };
const lane = madeUpLane({ key: 'Ethernet' });

/** Every ten rows are the sightings of one packet; those that end in 9 are of none. */
function pathOfTen({ row }: { row: number }): PacketPath | null {
  if (row % 10 === 9) return null;
  const first = row - (row % 10);
  return madeUpPath(first, [madeUpHop(first, 0), madeUpHop(first + 1, 0), madeUpHop(first + 2, 0)], [lane]);
}

async function told(
  answers: Answers,
  choice: Partial<PathChoice>,
  view?: ViewInfo,
): Promise<{ out: string; err: string; calls: [string, unknown][] }> {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const { engine, calls } = engineAnswering(answers);
    let out = '';
    await tellPaths(
      engine,
      info,
      { ...nothingChosen, ...choice },
      {
        put: (text) => {
          out += text;
          return Promise.resolve(true);
        },
        view: () => (view ? Promise.resolve(view) : Promise.reject(new Error('No view was expected.'))),
      },
    );
    return { out, err: errors.mock.calls.map(([line]) => `${String(line)}\n`).join(''), calls };
  } finally {
    errors.mockRestore();
  }
}

describe('the path command', () => {
  it('shows the first SYN when nothing is chosen', async () => {
    const { out, calls } = await told({ connections: () => madeUpBlock([madeUpAttempt(4)]), path: pathOfTen }, {});
    expect(calls).toEqual([
      ['connections', { trace: 1, query: {}, from: 0, count: 1 }],
      ['path', { trace: 1, row: 40 }],
    ]);
    expect(out).toMatch(/^TCP 10\.0\.0\.50:50040 → 10\.0\.0\.60:80 SYN\n2024-05-01, 3 hops, 8 µs in all\n/);
  });

  it('asks for attempt N among those of all protocols', async () => {
    const { calls } = await told({ connections: () => madeUpBlock([madeUpAttempt(7)]), path: pathOfTen }, { syn: 7 });
    expect(calls[0]).toEqual([
      'connections',
      { trace: 1, query: { protocols: ['TCP', 'UDP', 'ICMP'] }, from: 6, count: 1 },
    ]);
    expect(calls[1]).toEqual(['path', { trace: 1, row: 70 }]);
  });

  it('counts messages from 1, as the grid and the other commands do', async () => {
    const { calls } = await told({ path: pathOfTen }, { row: 21 });
    expect(calls).toEqual([['path', { trace: 1, row: 20 }]]);
  });

  it.each<[what: string, choice: Partial<PathChoice>, message: RegExp]>([
    ['a message of no packet', { row: 10 }, /^Message 10 is of no packet/],
    ['a message in front of the first', { row: 0 }, /^There is no message 0: the trace has messages 1 to 500\.$/],
    ['a message behind the last', { row: 501 }, /^There is no message 501/],
    [
      'an attempt that is not there',
      { syn: 3 },
      /^There is no connection attempt 3: the trace has 0\.\nEvents were lost\.$/,
    ],
    ['a trace without a SYN', {}, /^No TCP SYN is in this trace: .*--row or --filter\.\nEvents were lost\.$/],
  ])('says what is wrong with %s', async (_, choice, message) => {
    const answers = { path: pathOfTen, connections: () => madeUpBlock([], { notes: ['Events were lost.'] }) };
    await expect(told(answers, choice)).rejects.toThrow(message);
  });

  /** A view of these rows. */
  function passing(rows: readonly number[]): { view: ViewInfo; answers: Answers } {
    return {
      view: { view: 9, rows: rows.length, available: 500, complete: true, notes: [] },
      answers: {
        path: pathOfTen,
        rows: ({ from, count }) => ({
          from,
          rows: rows.slice(from, from + count).map((row) => ({ row }) as Row),
        }),
      },
    };
  }

  it('shows every packet that a filter meets once, and says how many', async () => {
    const { view, answers } = passing([0, 1, 9, 20, 22, 30]);
    const { out, err } = await told(answers, { filter: 'TCP' }, view);
    expect(out.match(/^TCP .*$/gm)).toEqual(
      [0, 20, 30].map((row) => `TCP 10.0.0.50:${50_000 + row} → 10.0.0.60:80 SYN`),
    );
    expect(err).toBe('6 messages pass the filter; they are of 3 packets.\n');
  });

  it('stops at the limit and says so', async () => {
    const { view, answers } = passing([0, 1, 20, 22, 30, 40]);
    const { out, err } = await told(answers, { filter: 'TCP', limit: 2 }, view);
    expect(out.match(/^TCP /gm)).toHaveLength(2);
    expect(err).toMatch(/^2 paths shown; 2 of the 6 messages that pass the filter were not looked at\./);
  });

  it('gives JSON with message numbers and times', async () => {
    const { view, answers } = passing([0, 20]);
    const { out } = await told(answers, { filter: 'TCP', json: true }, view);
    const paths = JSON.parse(out) as unknown[];
    expect(paths).toHaveLength(2);
    expect(paths[1]).toMatchObject({
      messageNumber: 21,
      hops: [{ messageNumber: 21, time: '2024-05-01T14:30:00.0000020Z' }, { messageNumber: 22 }, { messageNumber: 23 }],
    });
    expect(JSON.stringify(paths)).not.toMatch(/"row"|milliseconds/);
    const none = passing([]);
    expect((await told(none.answers, { filter: 'TCP', json: true }, none.view)).out).toBe('[]\n');
  });
});

describe('the text of a path', () => {
  const lanes = [
    madeUpLane({ key: 'Ethernet', identifier: 'ifIndex 9' }),
    madeUpLane({ key: 'sw', kind: 'switch', name: 'Layered Ethernet', facts: [{ label: 'id', value: 'D2FD' }] }),
    madeUpLane({ key: 'C', kind: 'container-nic', name: 'Container NIC', within: 'sw' }),
  ];

  it('draws the lanes, the arrows between them, branches, drops and what was inferred', () => {
    const path: PacketPath = {
      ...madeUpPath(
        61,
        [
          madeUpHop(61, 0),
          madeUpHop(62, 1, {
            after: 0,
            latency: 9,
            sighting: 'nbl',
            step: 'received',
            text: 'NBL 0x1 received',
            link: { by: 'beside', isInferred: true, text: 'right beside on the same thread' },
          }),
          madeUpHop(64, 2, {
            after: 1,
            latency: 480,
            isSlow: true,
            link: { by: 'nbl', isInferred: false, text: 'the same NBL' },
          }),
          madeUpHop(65, 0, {
            after: 1,
            latency: 30,
            sighting: 'pktmon',
            step: 'dropped',
            text: 'Dropped: Filtered VLAN',
            drop: { reason: 'Filtered VLAN', location: 'VMS_ROUTER_FWD_PKT1' },
            link: { by: 'group', isInferred: false, text: 'group 5' },
          }),
        ],
        lanes,
      ),
      branches: 2,
      attempt: madeUpAttempt(3),
      answerRow: 70,
      retransmissionRows: [80, 90],
      notes: ['Events were lost while it travelled.'],
    };
    expect(pathText(path)).toBe(
      [
        'TCP 10.0.0.50:50061 → 10.0.0.60:80 SYN',
        '2024-05-01, 4 hops, 2 branches, 8 µs in all; attempt 3: answered after 412 µs',
        '',
        'A  physical NIC   Ethernet (ifIndex 9)',
        'B  switch         Layered Ethernet (id D2FD)',
        'C  container NIC  Container NIC (in Layered Ethernet)',
        '',
        '#  message  time (UTC)             latency  A   B   C  step      lane              what                                          linked by',
        '1       62  14:30:00.0000061                ●   │   │  frame     Ethernet          Frame in, 66 bytes',
        '2       63  14:30:00.0000062        900 ns  ├╌╌>○   │  received  Layered Ethernet  NBL 0x1 received                              inferred: right beside on the same thread',
        '3       65  14:30:00.0000064  48 µs (slow)  │   ├──>●  frame     Container NIC     Frame in, 66 bytes                            the same NBL',
        '4       66  14:30:00.0000065  3 µs after 2  ✗<──┤   │  dropped   Ethernet          Dropped: Filtered VLAN (VMS_ROUTER_FWD_PKT1)  group 5',
        '',
        'answered by message 71',
        'sent again: message 81, 91',
        'note: Events were lost while it travelled.',
        '',
      ].join('\n'),
    );
  });

  it('keeps names from steering the terminal', () => {
    const evil = madeUpLane({ key: 'x', name: 'a\u001b[2Jb\nc' });
    const text = pathText(madeUpPath(1, [madeUpHop(1, 0)], [evil]));
    expect(text).toContain('a␛[2Jb␊c');
    expect(text).not.toContain('\u001b');
  });
});
