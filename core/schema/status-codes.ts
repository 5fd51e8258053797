/** Status codes with their names, as engineers write them: `STATUS_ACCESS_DENIED (0xC0000022)`, `ERROR_TIMEOUT (1460)`. */
import { hresultLines, ntStatusLines, win32ErrorLines } from './status-codes-table.ts';

/** FACILITY_WIN32 of winerror.h, with the severity bit: what HRESULT_FROM_WIN32 puts above a Win32 error. */
const hresultOfWin32 = 0x8007;
/** The same for an NTSTATUS that carries a Win32 error: FACILITY_NTWIN32 of ntstatus.h. */
const ntStatusOfWin32 = 0xc007;
/** FACILITY_NT_BIT of winerror.h marks an HRESULT that is an NTSTATUS. */
const ntStatusBit = 0x1000_0000;

/** An NTSTATUS or NDIS_STATUS, given as an unsigned 32-bit number. */
export function ntStatusText(code: number): string {
  return withHexadecimal(ntStatusName(code), code);
}

/** An HRESULT, given as an unsigned 32-bit number. */
export function hresultText(code: number): string {
  return withHexadecimal(hresultName(code), code);
}

/** A Win32 or Winsock error. Numbers with the high bit set are HRESULTs that a provider logged as one. */
export function win32ErrorText(code: number): string {
  if (code >= 0x8000_0000) return hresultText(code);
  const name = win32ErrorNames().get(code);
  return name === undefined ? String(code) : `${name} (${code})`;
}

/** A code of which nobody says what kind it is. */
export function errorCodeText(code: number): string {
  const status = code >= 0x8000_0000 ? ntStatusName(code) : undefined;
  return status === undefined ? win32ErrorText(code) : withHexadecimal(status, code);
}

function withHexadecimal(name: string | undefined, code: number): string {
  const digits = `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
  return name === undefined ? digits : `${name} (${digits})`;
}

function ntStatusName(code: number): string | undefined {
  return ntStatusNames().get(code) ?? carriedWin32Error(code, ntStatusOfWin32, 'NTSTATUS_FROM_WIN32');
}

function hresultName(code: number): string | undefined {
  const name = hresultNames().get(code) ?? carriedWin32Error(code, hresultOfWin32, 'HRESULT_FROM_WIN32');
  if (name !== undefined || (code & ntStatusBit) === 0) return name;
  const status = ntStatusNames().get((code & ~ntStatusBit) >>> 0);
  return status === undefined ? undefined : `HRESULT_FROM_NT(${status})`;
}

function carriedWin32Error(code: number, prefix: number, macro: string): string | undefined {
  if (code >>> 16 !== prefix) return undefined;
  const name = win32ErrorNames().get(code & 0xffff);
  return name === undefined ? undefined : `${macro}(${name})`;
}

type Names = ReadonlyMap<number, string>;
const ntStatusNames = readWhenNeeded(ntStatusLines, 16);
const win32ErrorNames = readWhenNeeded(win32ErrorLines, 10);
const hresultNames = readWhenNeeded(hresultLines, 16);

function readWhenNeeded(lines: string, radix: number): () => Names {
  let names: Names | undefined;
  return () => (names ??= namesOf(lines, radix));
}

function namesOf(lines: string, radix: number): Names {
  const pairs = lines.trim().split('\n');
  return new Map(
    pairs.map((pair) => {
      const [code, name] = pair.split(' ');
      return [Number.parseInt(code, radix), name];
    }),
  );
}
