import { describe, expect, it } from 'vitest';
import { dissectFrame } from './dissect.ts';
import { looksLikeHttp } from './http.ts';
import { LinkType } from './link-type.ts';
import { ascii, bytesOf, ipv4, segment } from './test-frames.ts';
import { fieldTexts, topOf } from './test-support/corpus.ts';

const looks = (text: string, missing = 0): boolean => {
  const bytes = bytesOf(ascii(text));
  return looksLikeHttp(bytes, 0, bytes.length - missing);
};

describe('an HTTP message', () => {
  it('is summarised by its first line', () => {
    expect(topOf('HTTP request').summary).toBe('Request, GET /index.html?a=1, Version: HTTP/1.1');
    expect(topOf('HTTP response').summary).toBe('Response, Status: Not Found (404)');
  });

  it('has its headers as members, and its body as bytes', () => {
    const { fields, start } = topOf('HTTP request with a body');
    expect(fieldTexts(fields, start)).toEqual([
      'Method POST @0+4',
      'Uri /wsman @5+6',
      'Version HTTP/1.1 @12+8',
      'Headers 3 lines @22+57',
      'Host srv1 @22+10',
      'Content-Type text/plain @34+24',
      'Content-Length 2 @60+17',
      'Payload 2 bytes @81+2',
    ]);
  });

  it('that is cut says so', () => {
    expect(topOf('HTTP request', 80)).toMatchObject({ module: 'HTTP', note: expect.stringMatching(/go on/) as string });
  });

  it('cannot break the line', () => {
    const frame = bytesOf(ipv4(6, segment(50000, 80, ascii('GET /\u001b[31m\u0085 HTTP/1.1\r\n\r\n'))));
    expect(dissectFrame(frame, LinkType.RawIp).at(-1)?.summary).not.toMatch(/\p{Cc}/u);
  });
});

describe('what looks like HTTP', () => {
  it.each(['GET / HTTP/1.1\r\n', 'HTTP/1.1 200 OK', 'RPC_IN_DATA /rpc HTTP/1.1\r\n', 'POST /a very long target'])(
    '%j does',
    (text) => {
      expect(looks(text)).toBe(true);
    },
  );

  it.each(['OPTIONS rtsp://a RTSP/1.0\r\n', 'GETTING', 'HTTP/2', 'GE', 'get / HTTP/1.1\r\n'])('%j does not', (text) => {
    expect(looks(text)).toBe(false);
  });

  it('does not look behind the end', () => {
    expect(looks('GET ', 1)).toBe(false);
  });
});
