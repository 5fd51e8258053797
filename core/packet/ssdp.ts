import type { Dissector } from './dissector.ts';
import { labelled, summaryOf } from './field-text.ts';
import { readHeaderLines, readStartLine, type HeaderLines, type StartLine } from './header-lines.ts';
import { finishedLayer, HeaderReader } from './header-reader.ts';
import { plainText } from './value-kinds.ts';

/** The lines an SSDP message starts with; HTTP's version is always 1.1. */
const startLines = ['NOTIFY * HTTP/1.', 'M-SEARCH * HTTP/1.', 'HTTP/1.'];

/** SSDP, the discovery of UPnP: HTTP's header lines in datagrams, without a body (UPnP Device Architecture 2.0, 1). */
export const dissectSsdp: Dissector = (input) => {
  const header = new HeaderReader(input);
  const startLine = readStartLine(header);
  const headers = readHeaderLines(header);
  const layer = finishedLayer('SSDP', header, { summary: summaryText(startLine, headers) });
  return { layer, payload: { start: header.position, end: input.end } };
};

export function looksLikeSsdp(bytes: Uint8Array, start: number, end: number): boolean {
  return startLines.some((line) => plainText.read(bytes, start, Math.min(end, start + line.length)).value === line);
}

/** `Request, NOTIFY, NTS: ssdp:alive, NT: upnp:rootdevice`, or `Response, Status: OK (200), ST: upnp:rootdevice`. */
function summaryText(startLine: StartLine, { values }: HeaderLines): string {
  const wanted = ['NTS', 'NT', 'ST'].map((name) => labelled(name, values.get(name.toLowerCase())));
  if (startLine.kind === 'request') return summaryOf(['Request', startLine.method, ...wanted]);
  return summaryOf(['Response', `Status: ${startLine.reasonPhrase} (${startLine.statusCode})`, ...wanted]);
}
