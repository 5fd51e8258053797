/**
 * The bytes of a file that holds a script or commands, as Windows reads it: lines end in CR LF; a PowerShell script begins
 * with a byte order mark, without which Windows PowerShell takes it for the machine's ANSI code page. cmd stumbles over
 * such a mark, so nothing else has one.
 */
export function scriptFileBytes(fileName: string, text: string): Uint8Array<ArrayBuffer> {
  const mark = /\.psm?1$/i.test(fileName) ? '\uFEFF' : '';
  const body = text.replace(/^\uFEFF/, '').replace(/\r\n|\r|\n/g, '\r\n');
  return new TextEncoder().encode(mark + body);
}
