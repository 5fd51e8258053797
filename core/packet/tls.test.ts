import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { LinkType } from './link-type.ts';
import { bytesOf, ipv4, segment } from './test-frames.ts';
import { fieldTexts, topOf } from './test-support/corpus.ts';
import { looksLikeTls } from './tls.ts';

const layerOf = (payload: string) =>
  dissectFrame(bytesOf(ipv4(6, segment(50000, 8443, payload))), LinkType.RawIp).at(-1);

describe('the summary of TLS', () => {
  it('tells what a client asks for', () => {
    expect(topOf('TLS client hello').summary).toBe(
      'Records: [Handshake: [Client Hello]], Version: TLS 1.3, Server Name: www.contoso.com, ALPN: [h2, http/1.1]',
    );
  });

  it('tells what a server chose, over all records of the segment', () => {
    expect(topOf('TLS server hello and encrypted records').summary).toBe(
      'Records: [Handshake: [Server Hello], Change Cipher Spec, Application Data], Version: TLS 1.3, Cipher Suite: TLS_AES_128_GCM_SHA256',
    );
    expect(topOf('TLS 1.2 server hello, certificate and done').summary).toContain('Server Hello, Server Hello Done');
  });

  it('names alerts, unless they are encrypted', () => {
    expect(topOf('TLS alert').summary).toBe('Records: [Alert: Fatal Handshake Failure]');
    expect(layerOf('15 0303 0004 01020304')?.summary).toBe('Records: [Encrypted Alert]');
  });

  it('calls a handshake encrypted when it is no message', () => {
    expect(layerOf('16 0303 0008 9f01020304050607')?.summary).toBe(
      'Records: [Handshake: [Encrypted Handshake Message]]',
    );
  });

  it('tells a server that asks again', () => {
    const retry = `0303 cf21ad74 ${'00'.repeat(28)} 00 1301 00 0000`;
    expect(layerOf(`16 0303 002e 02 00002a ${retry}`)?.summary).toContain('[Hello Retry Request]');
  });
});

it('a record that goes on in the next segment is noted', () => {
  expect(layerOf('17 0303 0100 00112233')).toMatchObject({
    module: 'TLS',
    summary: 'Records: [Application Data]',
    note: 'The last message goes on in the next segment, for 252 bytes.',
  });
});

it('extensions are members with their bytes', () => {
  const { fields, start } = topOf('TLS client hello');
  const texts = fieldTexts(fields, start);
  expect(texts).toContain('ServerName www.contoso.com @71+15');
  expect(texts).toContain('Type server_name(0) @62+2');
});

it.each([
  ['16 0301 0001', true],
  ['16 0301 0000', false],
  ['16 0301 4900', false],
  ['16 0201 0010', false],
  ['16 0305 0010', false],
  ['19 0303 0010', false],
  ['16 0303 00', false],
])('%s looks like TLS: %s', (text, expected) => {
  const bytes = bytesOf(text);
  expect(looksLikeTls(bytes, 0, bytes.length)).toBe(expected);
});
