import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import type { Layer, LayerField } from './layer.ts';
import { LinkType } from './link-type.ts';
import {
  bytesOf,
  datagram,
  dnsRequest,
  dnsResponse,
  domainName,
  ipv4,
  mdnsResponse,
  netbiosNodeStatus,
  netbiosQuery,
  tcp,
  word,
} from './test-frames.ts';

const topOf = (packet: string): Layer | undefined => dissectFrame(bytesOf(packet), LinkType.RawIp).at(-1);
const overUdp = (port: number, message: string): Layer | undefined => topOf(ipv4(17, datagram(port, port, message)));
const overTcp = (segment: string): Layer | undefined => topOf(ipv4(6, tcp(0x18, segment).replace('01bb', '0035')));
const named = (layer: Layer | undefined, name: string): LayerField[] =>
  (layer?.fields ?? []).filter((field) => field.name === name);
const streamed = (message: string): string => `${word(bytesOf(message).length)} ${message}`;

describe('a DNS message is summarised as Message Analyzer did', () => {
  it.each([
    [
      53,
      dnsRequest,
      'DNS',
      'Request, Query ID: 0x1A2B, OpCode: Query, Query Name: www.example.com, RR Type: A, RR Class: IN',
    ],
    [53, dnsRequest.replace('0100', '8583'), 'DNS', 'Response, RCode: NXDomain, Query ID: 0x1A2B, Answers: []'],
    [5353, mdnsResponse, 'MDNS', 'Response, RCode: NoError, Query ID: 0x0000, Answers: [10.0.0.4]'],
    [
      5355,
      dnsRequest,
      'LLMNR',
      'Request, Query ID: 0x1A2B, OpCode: Query, Query Name: www.example.com, RR Type: A, RR Class: IN',
    ],
    [
      137,
      netbiosQuery,
      'NBTNS',
      'Request, Query ID: 0x0007, OpCode: Query, Query Name: FILESERVER<20>, RR Type: NB, RR Class: IN',
    ],
    [137, netbiosNodeStatus, 'NBTNS', 'Response, RCode: NoError, Query ID: 0x0009, Answers: [FILESERVER<20>]'],
  ])('port %i: %s', (port, message, module, summary) => {
    expect(overUdp(port, message)).toMatchObject({ module, summary });
  });

  it('lists what each answer says', () => {
    expect(overUdp(53, dnsResponse)?.summary).toBe(
      'Response, RCode: NoError, Query ID: 0x1A2B, Answers: [web.example.com, 93.184.216.34, 2001:db8::22, ' +
        'ns.example.com, host.example, mail.example.com, "hi" "there", ldap.example:389, 1 ., 2 svc.example, ' +
        'other.example, a.example, 01 76]',
    );
  });

  it('does not list hundreds of answers', () => {
    const answers = 'c00c 0001 0001 00000000 0004 0a000001'.repeat(200);
    const summary = overUdp(53, `0001 8000 0000 00c8 0000 0000 ${answers}`)?.summary;
    expect(summary).toContain(`[${'10.0.0.1, '.repeat(16)}…]`);
  });
});

describe('a DNS message', () => {
  it('takes the class apart where MDNS has a bit in it', () => {
    const layer = overUdp(5353, mdnsResponse);
    const members = (name: string) => named(layer, name)[0].members?.map((member) => `${member.name}=${member.value}`);
    expect(members('Question')).toEqual([
      'QuestionName=pc.local',
      'QuestionType=A(1)',
      'UnicastResponse=true',
      'QuestionClass=IN(1)',
    ]);
    expect(members('AnswerRecord')).toContain('CacheFlush=true');
  });

  it('in a stream stands behind its length, and leaves the next one alone', () => {
    const layer = overTcp(`${streamed(dnsRequest)} ${streamed(dnsRequest)}`);
    expect(layer).toMatchObject({
      module: 'DNS',
      fields: [{ name: 'Length', value: '33' }, {}, {}, {}, {}, {}, {}, {}, { name: 'Payload', length: 35 }],
    });
  });

  it('in a stream that goes on in the next segment says so', () => {
    const layer = overTcp(`0400 ${dnsResponse}`);
    expect(layer?.note).toBe('The message goes on in the next segment: it has 1024 bytes.');
    expect(named(layer, 'AnswerRecord')).toHaveLength(13);
  });

  it('is not seen in the middle of a stream', () => {
    expect(overTcp('00'.repeat(40))?.module).toBe('TCP');
    expect(overTcp('7f'.repeat(40))?.module).toBe('TCP');
    expect(overUdp(53, '0102 0304')?.module).toBe('UDP');
  });

  it('says what is wrong with its names and records', () => {
    const question = (name: string): string => `0001 0000 0001 0000 0000 0000 ${name} 0001 0001`;
    expect(overUdp(53, question('c00c'))?.note).toBe('A name points forward.');
    const short = `0001 8000 0000 0001 0000 0000 00 0001 0001 00000000 0002 0a00`;
    expect(overUdp(53, short)?.note).toBe('AnswerRecord is too short for what belongs into it.');
    expect(overUdp(53, question(domainName('www.example').slice(0, -2)))?.note).toContain('ends inside this header');
  });

  it('stops at the last record that is there, whatever the counts say', () => {
    const layer = overUdp(53, dnsRequest.replace('0001 0000 0000 0000', 'ffff ffff ffff ffff'));
    expect(named(layer, 'Question')).toHaveLength(1);
    expect(layer?.note).toBeUndefined();
  });
});
