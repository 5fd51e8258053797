import { describe, expect, it } from 'vitest';
import { errorCodeText, hresultText, ntStatusText, win32ErrorText } from './status-codes.ts';
import { hresultLines, ntStatusLines, win32ErrorLines } from './status-codes-table.ts';

describe('status codes', () => {
  it.each<[string, (code: number) => string, number, string]>([
    ['an NTSTATUS', ntStatusText, 0xc000_0022, 'STATUS_ACCESS_DENIED (0xC0000022)'],
    ['success', ntStatusText, 0, 'STATUS_SUCCESS (0x00000000)'],
    ['an NDIS_STATUS', ntStatusText, 0xc001_000d, 'NDIS_STATUS_RESET_IN_PROGRESS (0xC001000D)'],
    ['a hypervisor status', ntStatusText, 0xc035_0005, 'STATUS_HV_INVALID_PARAMETER (0xC0350005)'],
    ['an NTSTATUS nobody knows', ntStatusText, 0xc0de_0001, '0xC0DE0001'],
    [
      'a Win32 error inside an NTSTATUS',
      ntStatusText,
      0xc007_04c9,
      'NTSTATUS_FROM_WIN32(ERROR_CONNECTION_REFUSED) (0xC00704C9)',
    ],
    ['a Win32 error', win32ErrorText, 5, 'ERROR_ACCESS_DENIED (5)'],
    ['a Winsock error', win32ErrorText, 10060, 'WSAETIMEDOUT (10060)'],
    ['a Win32 error nobody knows', win32ErrorText, 60_000, '60000'],
    ['an HRESULT where a Win32 error belongs', win32ErrorText, 0x8007_0005, 'E_ACCESSDENIED (0x80070005)'],
    ['the HRESULT of success', hresultText, 0, 'S_OK (0x00000000)'],
    ['an HRESULT', hresultText, 0x8000_4005, 'E_FAIL (0x80004005)'],
    ['an HRESULT of the host network service', hresultText, 0x803b_0004, 'HCN_E_SWITCH_NOT_FOUND (0x803B0004)'],
    ['a Win32 error inside an HRESULT', hresultText, 0x8007_0490, 'HRESULT_FROM_WIN32(ERROR_NOT_FOUND) (0x80070490)'],
    ['an NTSTATUS inside an HRESULT', hresultText, 0xd000_0022, 'HRESULT_FROM_NT(STATUS_ACCESS_DENIED) (0xD0000022)'],
    ['an HRESULT nobody knows', hresultText, 0x8abc_0001, '0x8ABC0001'],
    ['an NTSTATUS of unsaid kind', errorCodeText, 0xc000_000d, 'STATUS_INVALID_PARAMETER (0xC000000D)'],
    ['an HRESULT of unsaid kind', errorCodeText, 0x8007_0057, 'E_INVALIDARG (0x80070057)'],
    ['a Win32 error of unsaid kind', errorCodeText, 87, 'ERROR_INVALID_PARAMETER (87)'],
  ])('names %s', (_, text, code, expected) => {
    expect(text(code)).toBe(expected);
  });

  it.each([
    ['NTSTATUS', ntStatusLines, /^[0-9A-F]{8} (?:NDIS_)?STATUS_\w+$/],
    ['Win32', win32ErrorLines, /^\d+ [A-Z]\w+$/],
    ['HRESULT', hresultLines, /^[0-9A-F]{8} [A-Z]\w+$/],
  ])('list every %s code once, in one shape', (_, lines, shape) => {
    const list = lines.trim().split('\n');
    expect(list.filter((line) => !shape.test(line))).toEqual([]);
    expect(new Set(list.map((line) => line.split(' ')[0])).size).toBe(list.length);
  });
});
