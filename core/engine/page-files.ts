import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** What a host answers when the page asks for one of its own files. */
export interface PageFile {
  status: 200 | 403 | 404;
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}

const contentTypes: Partial<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * One of the built page's files, for the path part of an address ("/" is index.html). What does not lie in `folder`,
 * or has a type the page never uses, is refused whatever the spelling.
 */
export async function readPageFile(folder: string, addressPath: string): Promise<PageFile> {
  const relative = relativePath(addressPath);
  if (relative === undefined) return words(403, 'This address is not one of the page’s.');
  const contentType = contentTypes[extname(relative)];
  if (contentType === undefined) return words(404, 'There is no such file.');
  try {
    return { status: 200, contentType, body: new Uint8Array(await readFile(join(folder, relative))) };
  } catch {
    return words(404, 'There is no such file.');
  }
}

/** The path below the page's folder; undefined when it would leave it or is badly written. */
function relativePath(addressPath: string): string | undefined {
  const decoded = decode(addressPath);
  if (decoded === undefined || /[\0\\:]/.test(decoded)) return undefined;
  const relative = normalize(decoded.replace(/^\/+/, '') || 'index.html');
  return relative.split(sep).includes('..') ? undefined : relative;
}

function decode(addressPath: string): string | undefined {
  try {
    return decodeURIComponent(addressPath);
  } catch {
    return undefined;
  }
}

function words(status: 403 | 404, sentence: string): PageFile {
  return { status, contentType: 'text/plain; charset=utf-8', body: new TextEncoder().encode(sentence) };
}

/** The headers of every answer to the page. `connections`: sources allowed for sockets besides the page's own origin. */
export function pageHeaders(connections: readonly string[] = []): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      // The grid sets its rows' positions as inline styles.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      ["connect-src 'self'", ...connections].join(' '),
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
