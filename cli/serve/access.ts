import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is turned away. */
export interface Refusal {
  status: 401 | 403;
  sentence: string;
}

/**
 * Who may talk to the local web host. Other people's programs and every web page in the person's browser can reach a
 * port of this computer, so: a secret token (start address, then cookie), the right Host header (a foreign name that
 * resolves to 127.0.0.1 has another), and our own Origin for whatever changes something or opens a socket.
 */
export class Access {
  readonly #token = randomBytes(32).toString('base64url');
  readonly #host: string;
  readonly #origin: string;
  readonly #cookieName: string;

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`;
    this.#origin = `http://${this.#host}`;
    // Cookies do not know ports: without its own name, a second host would sign the first one's pages out.
    this.#cookieName = `hopscope-${port}`;
  }

  get origin(): string {
    return this.#origin;
  }

  get startAddress(): string {
    return `${this.#origin}/?token=${this.#token}`;
  }

  isToken(candidate: string): boolean {
    return timingSafeEqual(digest(candidate), digest(this.#token));
  }

  /** The Set-Cookie header for someone who came with the token. */
  cookie(): string {
    return `${this.#cookieName}=${this.#token}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Undefined when the request may go on. */
  refuseHost(request: IncomingMessage): Refusal | undefined {
    if (request.headers.host === this.#host) return undefined;
    return { status: 403, sentence: `Open Hopscope under the address ${this.#origin}/ only.` };
  }

  refuseStranger(request: IncomingMessage): Refusal | undefined {
    const value = cookieValue(request.headers.cookie ?? '', this.#cookieName);
    if (value !== undefined && this.isToken(value)) return undefined;
    return { status: 401, sentence: 'Use the address, with its token, that Hopscope printed when it was started.' };
  }

  /** For requests that change something. */
  refuseForeignChange(request: IncomingMessage): Refusal | undefined {
    const { origin } = request.headers;
    const foreign = origin !== undefined && origin !== this.#origin;
    if (!foreign && request.headers['x-hopscope'] === '1') return undefined;
    return { status: 403, sentence: 'Only Hopscope’s own page may ask for this.' };
  }

  /** For the WebSocket: browsers always send the Origin, and no page can forge it. */
  refuseForeignSocket(request: IncomingMessage): Refusal | undefined {
    if (request.headers.origin === this.#origin) return undefined;
    return { status: 403, sentence: 'Only Hopscope’s own page may ask for this.' };
  }
}

/** Equal lengths for the comparison, whatever came in. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals !== -1 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
