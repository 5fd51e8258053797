/** A page of WebAssembly's memory, in bytes. */
const pageBytes = 65_536;
const mostPages = 65_536;
/** Memory from here on comes from the system at once. */
const large = 64 << 20;

/**
 * Zeroed memory that all threads share, of at least so many bytes. Electron fills a large SharedArrayBuffer with zeros before it
 * hands it over: 400 MB a second, under a lock that every other thread of the process runs into, the main thread among them
 * (measured with Electron 42: 1.6 s for 600 MB). WebAssembly's memory is the system's own, which is zero until it is written;
 * each one takes address space for itself, so only the large ones are made so.
 */
export function sharedMemory(bytes: number): SharedArrayBuffer {
  const pages = Math.ceil(bytes / pageBytes);
  if (bytes < large || pages > mostPages) return new SharedArrayBuffer(bytes);
  try {
    const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    if (buffer instanceof SharedArrayBuffer) return buffer;
  } catch {
    // No address space left, or no WebAssembly: then as everybody else.
  }
  return new SharedArrayBuffer(bytes);
}
