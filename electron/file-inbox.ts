/**
 * Files that reach the app from outside: its command line, a second start, the operating system. Until a page has asked
 * for its initial files they wait here; afterwards they are sent to it.
 */
export class FileInbox {
  #initial: string[];
  #asked = false;
  readonly #send: (paths: string[]) => void;

  constructor(initial: string[], send: (paths: string[]) => void) {
    this.#initial = initial;
    this.#send = send;
  }

  put(paths: string[]): void {
    if (paths.length === 0) return;
    if (this.#asked) this.#send(paths);
    else this.#initial.push(...paths);
  }

  /** True for a window that was opened for files. */
  get startedWithFiles(): boolean {
    return this.#initial.length > 0;
  }

  /** The files to start with. A page that is loaded again starts with the same. */
  takeInitial(): string[] {
    this.#asked = true;
    return this.#initial;
  }

  /** The window is closed: what comes now is for the next one, which starts empty otherwise. */
  startAfresh(): void {
    this.#asked = false;
    this.#initial = [];
  }
}
