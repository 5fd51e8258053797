/** What a field's type is called, in the words of manifests. */
import type { SchemaField } from './event-schema.ts';
import { InType, OutType } from './event-schema.ts';
import { isBinary, isMacName, meaningfulOutType } from './in-types.ts';

const nameOfInType: ReadonlyMap<InType, string> = new Map([
  [InType.Null, 'Null'],
  [InType.UnicodeString, 'UnicodeString'],
  [InType.AnsiString, 'AnsiString'],
  [InType.Int8, 'Int8'],
  [InType.UInt8, 'UInt8'],
  [InType.Int16, 'Int16'],
  [InType.UInt16, 'UInt16'],
  [InType.Int32, 'Int32'],
  [InType.UInt32, 'UInt32'],
  [InType.Int64, 'Int64'],
  [InType.UInt64, 'UInt64'],
  [InType.Float, 'Float'],
  [InType.Double, 'Double'],
  [InType.Boolean, 'Boolean'],
  [InType.Binary, 'Binary'],
  [InType.Guid, 'GUID'],
  [InType.Pointer, 'Pointer'],
  [InType.FileTime, 'FILETIME'],
  [InType.SystemTime, 'SYSTEMTIME'],
  [InType.Sid, 'SID'],
  [InType.HexInt32, 'HexInt32'],
  [InType.HexInt64, 'HexInt64'],
  [InType.ManifestCountedString, 'CountedUnicodeString'],
  [InType.ManifestCountedAnsiString, 'CountedAnsiString'],
  [InType.ManifestCountedBinary, 'CountedBinary'],
  [InType.CountedString, 'CountedUnicodeString'],
  [InType.CountedAnsiString, 'CountedAnsiString'],
  [InType.ReversedCountedString, 'ReversedCountedUnicodeString'],
  [InType.ReversedCountedAnsiString, 'ReversedCountedAnsiString'],
  [InType.NonNullTerminatedString, 'RemainingUnicodeString'],
  [InType.NonNullTerminatedAnsiString, 'RemainingAnsiString'],
  [InType.UnicodeChar, 'UnicodeChar'],
  [InType.AnsiChar, 'AnsiChar'],
  [InType.SizeT, 'SizeT'],
  [InType.HexDump, 'HexDump'],
  [InType.WbemSid, 'WbemSID'],
]);

/** Integers have names of their own by their out-type, and so have bytes and text. */
const nameOfOutType: ReadonlyMap<number, string> = new Map<number, string>([
  [OutType.DateTime, 'DateTime'],
  [OutType.DateTimeUtc, 'DateTimeUtc'],
  [OutType.CultureInsensitiveDateTime, 'DateTimeCultureInsensitive'],
  [OutType.Boolean, 'Boolean'],
  [OutType.HexInt8, 'HexInt8'],
  [OutType.HexInt16, 'HexInt16'],
  [OutType.HexInt32, 'HexInt32'],
  [OutType.HexInt64, 'HexInt64'],
  [OutType.Pid, 'PID'],
  [OutType.Tid, 'TID'],
  [OutType.Port, 'Port'],
  [OutType.Ipv4, 'IPv4'],
  [OutType.Ipv6, 'IPv6'],
  [OutType.SocketAddress, 'SocketAddress'],
  [OutType.CimDateTime, 'CIMDateTime'],
  [OutType.EtwTime, 'ETWTIME'],
  [OutType.Xml, 'Xml'],
  [OutType.ErrorCode, 'ErrorCode'],
  [OutType.Win32Error, 'Win32Error'],
  [OutType.NtStatus, 'NTSTATUS'],
  [OutType.HResult, 'HRESULT'],
  [OutType.Json, 'Json'],
  [OutType.Utf8, 'Utf8String'],
  [OutType.Pkcs7, 'Pkcs7'],
  [OutType.CodePointer, 'CodePointer'],
]);

/** Small integers that an out-type of text makes a character. */
const nameOfCharacter: ReadonlyMap<InType, string> = new Map([
  [InType.Int8, 'AnsiChar'],
  [InType.UInt8, 'AnsiChar'],
  [InType.UInt16, 'UnicodeChar'],
]);

/** The type of one element of a field: `UInt32`, `IPv4`, `NTSTATUS`, `Struct`; `MAC` where the name says so. */
export function elementTypeName(field: SchemaField): string {
  if (field.members) return 'Struct';
  const { inType } = field;
  if (isBinary(inType) && field.length === 6 && isMacName(field.name)) return 'MAC';
  return outTypeName(field) ?? nameOfInType.get(inType) ?? `InType ${inType}`;
}

/** The type of a field as a whole: of an array, its elements' with `[]`. */
export function typeName(field: SchemaField): string {
  const element = elementTypeName(field);
  return field.count === undefined ? element : `${element}[]`;
}

function outTypeName(field: SchemaField): string | undefined {
  const outType = meaningfulOutType(field);
  if (outType === OutType.String) return nameOfCharacter.get(field.inType);
  return timeTypes.has(field.inType) ? undefined : nameOfOutType.get(outType);
}

/** In-types that are times whatever the out-type says. */
const timeTypes: ReadonlySet<InType> = new Set<InType>([InType.FileTime, InType.SystemTime]);
