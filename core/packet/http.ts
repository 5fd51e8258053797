import type { Dissector } from './dissector.ts';
import { readHeaderLines, readStartLine, type StartLine } from './header-lines.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { summaryOf } from './field-text.ts';

/** Methods of HTTP, WebDAV, UPnP, and what Windows adds: BITS, RPC over HTTP, Configuration Manager. */
const methods = [
  'BITS_POST',
  'CCM_POST',
  'CONNECT',
  'COPY',
  'DELETE',
  'GET',
  'HEAD',
  'LOCK',
  'M-POST',
  'MKCOL',
  'MOVE',
  'NOTIFY',
  'OPTIONS',
  'PATCH',
  'POST',
  'PROPFIND',
  'PROPPATCH',
  'PUT',
  'REPORT',
  'RPC_IN_DATA',
  'RPC_OUT_DATA',
  'SEARCH',
  'SUBSCRIBE',
  'TRACE',
  'UNLOCK',
  'UNSUBSCRIBE',
];

const bytesOfText = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const responseStart = bytesOfText('HTTP/1.');
const versionOfRequest = bytesOfText(' HTTP/1.');
/** What a request starts with, by its first byte. */
const requestStarts: readonly (readonly Uint8Array[])[] = Array.from({ length: 256 }, (_, first) =>
  methods.filter((method) => method.charCodeAt(0) === first).map((method) => bytesOfText(`${method} `)),
);
const lineFeed = 0x0a;

/**
 * Whether a payload begins a message of HTTP/1: with a status line, or with a method we know and, where the line ends in
 * what was captured, the version. RTSP and SIP share methods with HTTP, but not the version.
 */
export function looksLikeHttp(bytes: Uint8Array, start: number, end: number): boolean {
  if (startsWith(bytes, start, end, responseStart)) return true;
  for (const request of requestStarts[bytes[start]])
    if (startsWith(bytes, start, end, request)) return isRequestLine(bytes, start + request.length, end);
  return false;
}

function isRequestLine(bytes: Uint8Array, target: number, end: number): boolean {
  let at = target;
  let version = -1;
  while (at < end && bytes[at] !== lineFeed) {
    if (startsWith(bytes, at, end, versionOfRequest)) version = at;
    at++;
  }
  return at === end || version >= 0;
}

function startsWith(bytes: Uint8Array, start: number, end: number, wanted: Uint8Array): boolean {
  if (start + wanted.length > end) return false;
  for (let index = 0; index < wanted.length; index++) if (bytes[start + index] !== wanted[index]) return false;
  return true;
}

/** The start of an HTTP/1 message (RFC 9112); bodies are bytes. */
export const dissectHttp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const line = readStartLine(header);
  const { isComplete } = readHeaderLines(header);
  const notes = [isComplete ? undefined : 'The headers go on behind these bytes.'];
  const layer = finishedLayer('HTTP', header, { summary: summaryText(line), notes });
  return { layer, payload: { start: header.position, end: input.end } };
};

/** `Request, GET /index.html, Version: HTTP/1.1`, or `Response, Status: OK (200)`. */
function summaryText(line: StartLine): string {
  if (line.kind === 'request') {
    const version = line.version === '' ? undefined : `Version: ${line.version}`;
    return summaryOf(['Request', `${line.method} ${line.target}`, version]);
  }
  const reason = line.reasonPhrase === '' ? line.statusCode : `${line.reasonPhrase} (${line.statusCode})`;
  return summaryOf(['Response', `Status: ${reason}`]);
}
