import { describe, expect, it } from 'vitest';
import { parseScenario } from './scenario.ts';
import { compileScenario } from './compile.ts';
import { ScenarioError } from './scenario-error.ts';

const timesOf = (text: string): bigint[] => parseScenario(text).statements.map((statement) => statement.time);

describe('the times of a scenario', () => {
  it('count from the start, from the statement above, or are the same as above', () => {
    const text = `
      +0.000118204 flush
      flush
      ++8us flush
      ++1.5ms flush
      -2ms flush
      +40ns flush`;
    expect(timesOf(text)).toEqual([118_204n, 118_204n, 126_204n, 1_626_204n, -2_000_000n, 40n]);
  });

  it('count from the travel inside a path', () => {
    const text = `
      path hops
        +0 flush
        +1us flush
        ++2us flush
      end
      +1 travel hops
      ++1ms travel hops`;
    expect(timesOf(text)).toEqual([
      1_000_000_000n,
      1_000_001_000n,
      1_000_003_000n,
      1_001_003_000n,
      1_001_004_000n,
      1_001_006_000n,
    ]);
  });
});

describe('shorthand', () => {
  it('stands for the words it was given, frames included', () => {
    const text = `
      let switch = SwitchName=S1 SwitchFName="Layered Ethernet"
      let nbl = 0xffff9383cbf21490
      vmswitch 56 NicName=N1 $switch BufferAddress=$nbl`;
    const [statement] = parseScenario(text).statements;
    expect(statement.tokens.map((token) => [token.key, token.text])).toEqual([
      [undefined, '56'],
      ['NicName', 'N1'],
      ['SwitchName', 'S1'],
      ['SwitchFName', 'Layered Ethernet'],
      ['BufferAddress', '0xffff9383cbf21490'],
    ]);
  });

  it('writes a path out with the frame and the values of the travel, on its CPU, process and thread', () => {
    const text = `
      path hops
        ndis in miniport=$nic | $frame
        cpu3 flush
      end
      cpu1 pid7 tid8 travel hops nic=9 | eth 00-15-5D-00-00-01 > broadcast | "x"`;
    const [first, second] = parseScenario(text).statements;
    expect([first.processor, first.process, first.thread, second.processor, second.process]).toEqual([1, 7, 8, 3, 7]);
    expect(first.tokens.map((token) => token.text)).toEqual([
      'in',
      '9',
      '|',
      'eth',
      '00-15-5D-00-00-01',
      '>',
      'broadcast',
      '|',
      'x',
    ]);
  });

  it('names a NIC in every role it plays, also by a name that a travel gives', () => {
    const text = `
      nic web id=/DEVICE/{5AA3} name="Network Adapter" port=6:P6 type=Synthetic
      nic wire id=W name=Wire port=2:P2 type=External
      path across
        vmswitch 57 $from-$source $to-$target
        ndis switch in from=$port-$source
      end
      vmswitch 56 $at-web
      travel across source=wire target=web`;
    const words = parseScenario(text).statements.map(({ tokens }) =>
      tokens.map(({ key, text: word }) => (key === undefined ? word : `${key}=${word}`)),
    );
    expect(words).toEqual([
      ['56', 'NicName=/DEVICE/{5AA3}', 'NicFName=Network Adapter'],
      ['57', 'SrcNicName=W', 'SrcNicFName=Wire', 'DestNicName=/DEVICE/{5AA3}', 'DestNicFName=Network Adapter'],
      ['switch', 'in', 'from=2:P2:W:External'],
    ]);
  });

  it('goes on in lines that start with a bar or three dots', () => {
    const [statement] = parseScenario('ndis in # a comment\n  ... miniport=9\n\n  | "a | # b"').statements;
    expect(statement.tokens.map((token) => token.text)).toEqual(['in', '9', '|', 'a | # b']);
  });
});

describe('a mistake in a scenario', () => {
  const cases: readonly (readonly [text: string, message: string])[] = [
    ['trace cpus=4 colour=red', 'Line 1, column 14: trace does not understand "colour"; it knows start, boot,'],
    ['flush\ntrace cpus=4', 'Line 2, column 1: "trace" comes first, and once'],
    ['trace start=yesterday', 'Line 1, column 7: "yesterday" is no time like 2024-05-01T14:03:07.0000000Z'],
    ['trace clock=sun', 'Line 1, column 7: there is no clock "sun"'],
    ['trace pointer=6', 'Line 1, column 7: a pointer has 4 or 8 bytes, not "6"'],
    ['nic web id=W name=Web port=6:P6', 'Line 1, column 5: "nic web" lacks type='],
    ['let a = b\nlet a = c', 'Line 2, column 5: $a stands for something already'],
    ['flush $from-$web', 'Line 1, column 7: nothing is called $web; there are none'],
    ['+0.1 dance', 'Line 1, column 6: nothing is called "dance" here; there are ndis, vmswitch,'],
    ['+0.1 cpu1', 'Line 1, column 1: this line says when and where, but not what'],
    ['+fast flush', 'Line 1, column 1: "+fast" is no time like +0.000118204'],
    ['+0.0000000001 flush', 'Line 1, column 1: "+0.0000000001" is no time like'],
    ['cpu9999 flush', 'Line 1, column 1: 9999 is too large, the largest number here is 2047'],
    ['ndis sideways', 'Line 1, column 6: a frame goes "in" or "out", not "sideways"'],
    ['ndis in minport=9', 'Line 1, column 9: ndis does not understand "minport"; it knows'],
    ['ndis in miniport=9 miniport=8', 'Line 1, column 20: miniport is given twice'],
    ['ndis in | eth 1 > 2', 'Line 1, column 15: "1" is no MAC address'],
    [
      'ndis in | eth 00-15-5D-00-00-01 00-15-5D-00-00-02',
      'Line 1, column 33: ">" is expected here, not "00-15-5D-00-00-02"',
    ],
    ['ndis in\n  | ether x', 'Line 2, column 5: no layer of a frame is called "ether"; there are eth, vlan,'],
    ['ndis in | ipv4 10.0.0.1 > 10.0.0.256', 'Line 1, column 27: "10.0.0.256" is no IPv4 address'],
    ['ndis in | tcp 1 > 70000', 'Line 1, column 19: 70000 is too large, the largest number here is 65535'],
    ['ndis in | tcp 1 > 2 SIN', 'Line 1, column 21: tcp does not understand "SIN"'],
    [
      'vmswitch 56 Colour=red',
      'Line 1, column 1: event 56 of Microsoft-Windows-Hyper-V-VmSwitch has no field Colour; it has NicNameLen, NicName,',
    ],
    [
      'vmswitch 9999',
      'Line 1, column 10: the fields of event 9999 of {67dc0d66-3695-47c0-9642-33f76f7bd7ad} are not known; give it payload=',
    ],
    ['vmswitch 55 DropReason="bad mood"', 'Line 1, column 1: Field DropReason takes an integer'],
    ['component 1 colour=red', 'Line 1, column 13: a component has no property "colour"; it has ifindex,'],
    ['event {123} id=1', 'Line 1, column 7: "{123}" is no GUID'],
    ['raw payload=012', 'Line 1, column 5: "012" is no list of bytes in hexadecimal digits'],
    [
      'event {4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac} text="open',
      'Line 1, column 51: this quoted text has no closing quote',
    ],
    ['raw text=a"b"', 'Line 1, column 11: a quote stands only around a whole text or value'],
    ['raw text="\\q"', 'Line 1, column 11: \\q means nothing in a quoted text'],
    ['  | "x"', 'Line 1, column 3: there is no statement above that this line could go on with'],
    ['let x 1', 'Line 1, column 7: "let x" lacks " = "'],
    ['flush $x', 'Line 1, column 7: nothing is called $x; there are none'],
    ['let x = a b\nraw payload=$x', 'Line 2, column 5: $x stands for more than a value, so payload= cannot take it'],
    ['path p\n  flush', 'Line 1, column 6: this path has no "end"'],
    ['travel nowhere', 'Line 1, column 8: there is no path "nowhere"; there are none'],
    ['path p\n  travel p\nend\ntravel p', 'Line 2, column 10: the path "p" travels itself'],
  ];
  it.each(cases)('%j names its place and what was expected', (text, message) => {
    expect(() => compileScenario(text)).toThrow(ScenarioError);
    expect(() => compileScenario(text)).toThrow(message);
  });
});
